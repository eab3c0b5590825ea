import type { FrontBot } from '../../composition';
import { queueAccounts } from '../commands/accounts/list';
import { queueAccount } from '../commands/accounts/show';
import { queueHistory } from '../commands/history';
import type { Press } from '../press';

/** Turns the pages of the list of accounts: the button's value is the page. */
export async function turnAccounts(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  const page = Number(press.value);
  if (responseUrl === undefined || !Number.isInteger(page) || page < 1) return;
  await queueAccounts({ ...press, responseUrl }, bot, { page, turn: true });
}

/** Brings the card of an account, beside the list in which it was pressed. */
export async function showAccount(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  if (responseUrl === undefined) return;
  await queueAccount({ ...press, responseUrl }, bot, { account: press.value });
}

/** Brings the history of an account, beside its card. */
export async function showAccountHistory(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  if (responseUrl === undefined) return;
  await queueHistory({ ...press, responseUrl }, bot, { of: press.value, turn: false });
}
