import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { ACTIONS, CALLBACKS } from '../../blocks/ids';
import { SLACK_TIMEOUT_MS, webClient } from '../../src/slack';
import type { Bot } from '../composition';
import { openAnswer } from './actions/answer';
import { openAsk } from './actions/ask';
import { openBulletinList, turnBulletinList } from './actions/bulletin-list';
import { pressDecide } from './actions/decide';
import { reportRequestFixed } from './actions/fixed';
import { pickQuestions, pickRequests, turnQuestions, turnRequests } from './actions/lists';
import { menuHelp, menuRequests } from './actions/menu';
import { chooseMore, pressCheck, pressDetails } from './actions/more';
import { openResources, turnResources } from './actions/resources';
import { showRequest } from './actions/show';
import { openSuppress } from './actions/suppress';
import { takeRequest } from './actions/take';
import { undoChange } from './actions/undo';
import { secopsCommand } from './commands/secops';
import { hearMention } from './events/mention';
import { suggestAccountOptions } from './options/accounts';
import { onPress, type Press } from './press';
import { submitAnswer } from './views/answer';
import { submitAsk } from './views/ask';
import { submitSuppress } from './views/suppress';

/** Binds every listener; the app does not know how it is hosted (Lambda, Socket Mode). */
export function registerListeners(app: App, bot: Bot): void {
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = bot.settings;
  // Not `app.client`: an app that is told by `authorize` who it is has a client without a token.
  const client = webClient({
    token,
    ...(apiUrl !== undefined && { apiUrl }),
    timeoutMs: SLACK_TIMEOUT_MS / 4,
  });
  for (const [id, serve] of Object.entries(pressesOf(client))) app.action(id, onPress(bot, serve));
  // Choices inside the dialog are read when it is sent.
  app.action(
    new RegExp(`^(${[ACTIONS.scope, ACTIONS.issues, ACTIONS.days].join('|').replaceAll('.', '\\.')})$`),
    async ({ ack }) => ack(),
  );
  app.command('/secops', secopsCommand(bot));
  app.view(CALLBACKS.suppress, submitSuppress(bot));
  app.view(CALLBACKS.ask, submitAsk(bot));
  app.view(CALLBACKS.answer, submitAnswer(bot));
  for (const id of [ACTIONS.pickAccount, ACTIONS.pickQuestions]) {
    app.options({ type: 'block_suggestion', action_id: id }, suggestAccountOptions(bot));
  }
  app.event('app_mention', hearMention(bot));
  // Bolt would throw: the ack would be lost and the person would see an error without words.
  app.error(async (error) => bot.ports.log.error('a listener failed', { error: error.original ?? error }));
}

/** Who serves what is pressed, by action id. */
function pressesOf(client: WebClient): Record<string, (press: Press, bot: Bot) => Promise<void>> {
  return {
    [ACTIONS.take]: takeRequest,
    [ACTIONS.fixed]: reportRequestFixed,
    [ACTIONS.suppress]: openSuppress(client),
    [ACTIONS.resources]: openResources(client),
    [ACTIONS.previousPage]: turnResources(client),
    [ACTIONS.nextPage]: turnResources(client),
    [ACTIONS.more]: chooseMore(client),
    [ACTIONS.details]: pressDetails(client),
    [ACTIONS.checkNow]: pressCheck,
    [ACTIONS.undo]: undoChange,
    [ACTIONS.menuRequests]: menuRequests,
    [ACTIONS.menuPolicy]: menuHelp,
    [ACTIONS.menuHelp]: menuHelp,
    [ACTIONS.previousRequests]: turnRequests,
    [ACTIONS.nextRequests]: turnRequests,
    [ACTIONS.pickAccount]: pickRequests,
    [ACTIONS.previousQuestions]: turnQuestions,
    [ACTIONS.nextQuestions]: turnQuestions,
    [ACTIONS.pickQuestions]: pickQuestions,
    [ACTIONS.ask]: openAsk(client),
    [ACTIONS.answer]: openAnswer(client),
    [ACTIONS.showRequest]: showRequest,
    [ACTIONS.bulletinList]: openBulletinList(client),
    [ACTIONS.bulletinPrevious]: turnBulletinList(client),
    [ACTIONS.bulletinNext]: turnBulletinList(client),
    [ACTIONS.decideTrack]: pressDecide('track'),
    [ACTIONS.decideNotify]: pressDecide('notify'),
    [ACTIONS.decideIgnore]: pressDecide('ignore'),
    [ACTIONS.decideLeave]: pressDecide('leave'),
    // An address is opened by Slack itself; it only wants to hear that the press has arrived.
    [ACTIONS.console]: async () => undefined,
  };
}
