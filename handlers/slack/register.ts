import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { ACTIONS, CALLBACKS } from '../../blocks/ids';
import { SLACK_TIMEOUT_MS, webClient } from '../../src/slack';
import type { FrontBot } from '../composition';
import { showAccount, showAccountHistory, turnAccounts } from './actions/accounts';
import { openAccountsCsv } from './actions/accounts-csv';
import { openAnswer } from './actions/answer';
import { approveChange } from './actions/approve';
import { openAsk } from './actions/ask';
import { openBulk } from './actions/bulk';
import { openBulletinList, turnBulletinList } from './actions/bulletin-list';
import { checkAccountAgain } from './actions/check-account';
import { pressDecide } from './actions/decide';
import { openDeny } from './actions/deny';
import { openEnterAccount } from './actions/enter-account';
import { openExtend } from './actions/extend';
import { reportRequestFixed } from './actions/fixed';
import {
  pickExceptions,
  pickQuestions,
  pickRequests,
  turnExceptions,
  turnHistory,
  turnQuestions,
  turnRequests,
} from './actions/lists';
import { menuHelp, menuRequests } from './actions/menu';
import { chooseMore, pressCheck, pressDetails } from './actions/more';
import { openRegisterAccount } from './actions/register-account';
import { openRequestAccount } from './actions/request-account';
import { openResources, turnResources } from './actions/resources';
import { openOwner } from './actions/set-owner';
import { showRequest } from './actions/show';
import { openSuppress } from './actions/suppress';
import { takeRequest } from './actions/take';
import { undoChange } from './actions/undo';
import { withdrawChange } from './actions/withdraw';
import { secopsCommand } from './commands/secops';
import { openHome, turnHome } from './events/home';
import { hearMention } from './events/mention';
import { noteListeners } from './note-listeners';
import { suggestAccountOptions } from './options/accounts';
import { suggestGroups } from './options/groups';
import { onPress, type Press } from './press';
import { submitAnswer } from './views/answer';
import { submitAsk } from './views/ask';
import { submitBulk } from './views/bulk';
import { submitBulkTerms } from './views/bulk-terms';
import { submitClaim } from './views/claim';
import { submitDeny } from './views/deny';
import { submitEnterAccount } from './views/enter-account';
import { submitOwner } from './views/owner';
import { submitRegisterAccount } from './views/register-account';
import { submitRequestAccount } from './views/request-account';
import { submitSuppress } from './views/suppress';

/** Binds every listener; the app does not know how it is hosted (Lambda, Socket Mode). */
export function registerListeners(app: App, listening: FrontBot): void {
  const bot = noteListeners(app, listening);
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
    new RegExp(
      `^(${[ACTIONS.scope, ACTIONS.issues, ACTIONS.days, ACTIONS.bulkRequests].join('|').replaceAll('.', '\\.')})$`,
    ),
    async ({ ack }) => ack(),
  );
  app.command('/secops', secopsCommand(bot, client));
  app.view(CALLBACKS.suppress, submitSuppress(bot));
  app.view(CALLBACKS.bulk, submitBulk(bot));
  app.view(CALLBACKS.bulkTerms, submitBulkTerms(bot));
  app.view(CALLBACKS.ask, submitAsk(bot));
  app.view(CALLBACKS.answer, submitAnswer(bot));
  app.view(CALLBACKS.deny, submitDeny(bot));
  for (const id of [ACTIONS.pickAccount, ACTIONS.pickQuestions, ACTIONS.pickExceptions]) {
    app.options({ type: 'block_suggestion', action_id: id }, suggestAccountOptions(bot));
  }
  app.view(CALLBACKS.owner, submitOwner(bot));
  app.view(CALLBACKS.claim, submitClaim(bot));
  app.view(CALLBACKS.requestAccount, submitRequestAccount(bot));
  app.view(CALLBACKS.enterAccount, submitEnterAccount(bot));
  app.view(CALLBACKS.registerAccount, submitRegisterAccount(bot));
  for (const id of [ACTIONS.ownerGroup, ACTIONS.deputyGroup]) {
    app.options({ type: 'block_suggestion', action_id: id }, suggestGroups(bot));
  }
  app.event('app_mention', hearMention(bot));
  app.event('app_home_opened', openHome(bot));
  // Bolt would throw: the ack would be lost and the person would see an error without words.
  app.error(async (error) => bot.ports.log.error('a listener failed', { error: error.original ?? error }));
}

/** Who serves what is pressed, by action id. */
type Presses = Record<string, (press: Press, bot: FrontBot) => Promise<void>>;

/** Menus, and the pages of lists. */
const LISTS: Presses = {
  [ACTIONS.menuRequests]: menuRequests,
  [ACTIONS.menuPolicy]: menuHelp,
  [ACTIONS.menuHelp]: menuHelp,
  [ACTIONS.previousRequests]: turnRequests,
  [ACTIONS.nextRequests]: turnRequests,
  [ACTIONS.pickAccount]: pickRequests,
  [ACTIONS.previousQuestions]: turnQuestions,
  [ACTIONS.nextQuestions]: turnQuestions,
  [ACTIONS.pickQuestions]: pickQuestions,
  [ACTIONS.previousExceptions]: turnExceptions,
  [ACTIONS.nextExceptions]: turnExceptions,
  [ACTIONS.pickExceptions]: pickExceptions,
  [ACTIONS.olderHistory]: turnHistory,
  [ACTIONS.newestHistory]: turnHistory,
};

function pressesOf(client: WebClient): Presses {
  return {
    ...LISTS,
    ...approvalPresses(client),
    ...newAccountPresses(client),
    [ACTIONS.take]: takeRequest,
    [ACTIONS.fixed]: reportRequestFixed,
    [ACTIONS.suppress]: openSuppress(client),
    [ACTIONS.bulk]: openBulk(client),
    [ACTIONS.resources]: openResources(client),
    [ACTIONS.previousPage]: turnResources(client),
    [ACTIONS.nextPage]: turnResources(client),
    [ACTIONS.more]: chooseMore(client),
    [ACTIONS.details]: pressDetails(client),
    [ACTIONS.checkNow]: pressCheck,
    [ACTIONS.undo]: undoChange,
    [ACTIONS.extend]: openExtend(client),
    [ACTIONS.ask]: openAsk(client),
    [ACTIONS.answer]: openAnswer(client),
    [ACTIONS.homeRefresh]: turnHome,
    [ACTIONS.homePrevious]: turnHome,
    [ACTIONS.homeNext]: turnHome,
    [ACTIONS.setOwner]: openOwner(client),
    [ACTIONS.showAccount]: showAccount,
    [ACTIONS.accountHistory]: showAccountHistory,
    [ACTIONS.previousAccounts]: turnAccounts,
    [ACTIONS.nextAccounts]: turnAccounts,
    [ACTIONS.accountsCsv]: openAccountsCsv(client),
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

/** Answers to changes that wait for approval. */
function approvalPresses(client: WebClient): Presses {
  return {
    [ACTIONS.approve]: approveChange,
    [ACTIONS.deny]: openDeny(client),
    [ACTIONS.withdraw]: withdrawChange,
  };
}

/** Accounts on their way into the register. */
function newAccountPresses(client: WebClient): Presses {
  return {
    [ACTIONS.requestAccount]: openRequestAccount(client),
    [ACTIONS.enterAccount]: openEnterAccount(client),
    [ACTIONS.checkAccount]: checkAccountAgain,
    [ACTIONS.registerAccount]: openRegisterAccount(client),
  };
}
