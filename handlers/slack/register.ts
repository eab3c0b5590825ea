import type { App } from '@slack/bolt';
import { ACTIONS, CALLBACKS } from '../../blocks/ids';
import { SLACK_TIMEOUT_MS, webClient } from '../../src/slack';
import type { Bot } from '../composition';
import { reportRequestFixed } from './actions/fixed';
import { menuHelp, menuRequests, turnRequests } from './actions/menu';
import { chooseMore, pressCheck, pressDetails } from './actions/more';
import { openResources, turnResources } from './actions/resources';
import { openSuppress } from './actions/suppress';
import { takeRequest } from './actions/take';
import { undoChange } from './actions/undo';
import { secopsCommand } from './commands/secops';
import { onPress, type Press } from './press';
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
  const presses: Record<string, (press: Press, bot: Bot) => Promise<void>> = {
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
    // An address is opened by Slack itself; it only wants to hear that the press has arrived.
    [ACTIONS.console]: async () => undefined,
  };
  for (const [id, serve] of Object.entries(presses)) app.action(id, onPress(bot, serve));
  // Choices inside the dialog are read when it is sent.
  app.action(
    new RegExp(`^(${[ACTIONS.scope, ACTIONS.issues, ACTIONS.days].join('|').replaceAll('.', '\\.')})$`),
    async ({ ack }) => ack(),
  );
  app.command('/secops', secopsCommand(bot));
  app.view(CALLBACKS.suppress, submitSuppress(bot));
  // Bolt would throw: the ack would be lost and the person would see an error without words.
  app.error(async (error) => bot.ports.log.error('a listener failed', { error: error.original ?? error }));
}
