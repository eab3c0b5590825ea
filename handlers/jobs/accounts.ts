import * as z from 'zod';
import { ACCOUNT_PAGE, drawAccountList } from '../../blocks/cards/account-list';
import { type Account, principal } from '../../src/accounts';
import { unregisteredAccounts } from '../../src/registry';
import type { Bot } from '../composition';
import { openRequestsOf } from './account';

/** The list of registered accounts. */
export const AccountsJob = z.object({
  job: z.literal('accounts'),
  user: z.string(),
  page: z.int().min(1),
  responseUrl: z.url(),
  /** True when the pages are turned: the message is replaced. */
  turn: z.boolean(),
});
export type AccountsJob = z.infer<typeof AccountsJob>;

/** Those that nobody answers for first, closed ones last, each by name. */
function byNeed(accounts: readonly Account[]): readonly Account[] {
  const rank = ({ status, owner }: Account) => (status === 'closed' ? 2 : owner === undefined ? 0 : 1);
  const key = (account: Account) => `${rank(account)}|${account.name ?? ''}|${account.id}`;
  return [...accounts].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

export async function runAccounts(job: AccountsJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  if (user === undefined) return;
  const all = byNeed(bot.accounts.list());
  const pages = Math.max(1, Math.ceil(all.length / ACCOUNT_PAGE));
  const page = Math.min(job.page, pages);
  const shown = all.slice((page - 1) * ACCOUNT_PAGE, page * ACCOUNT_PAGE);
  const message = drawAccountList(
    {
      accounts: await Promise.all(
        shown.map(async (account) => ({ account, openRequests: await openRequestsOf(account.id, bot) })),
      ),
      page,
      pages,
      total: all.length,
      unregistered: (await unregisteredAccounts(bot.accountList)).length,
    },
    await bot.languageOf(user),
  );
  await bot.ports.respond(job.responseUrl, { ...message, replaceOriginal: job.turn });
}
