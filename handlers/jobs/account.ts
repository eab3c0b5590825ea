import * as z from 'zod';
import { drawAccount } from '../../blocks/cards/account';
import {
  type AccountHistoryEntry,
  type AccountId,
  accountId,
  accountItemKey,
  principal,
} from '../../src/accounts';
import type { Bot } from '../composition';
import { ownerOffer } from '../owner-offer';

/** The card of one account. */
export const AccountJob = z.object({
  job: z.literal('account'),
  user: z.string(),
  account: z.string(),
  responseUrl: z.url(),
});
export type AccountJob = z.infer<typeof AccountJob>;

/** How many requests of an account are open. */
export async function openRequestsOf(account: AccountId, bot: Bot): Promise<number> {
  const requests = await bot.intake.requests.ofAccount(account);
  return requests.filter(({ phase }) => phase === 'open').length;
}

/** What moved the account's record last: it may not have been copied to the history yet. */
async function lastChange(id: AccountId, bot: Bot): Promise<AccountHistoryEntry | undefined> {
  const record = await bot.registry.accounts.load(id);
  if (record === undefined) return undefined;
  const copied = await bot.registry.history.latest(accountItemKey(id), 1);
  // An account's history holds no other entries.
  return record.uncopied.at(-1) ?? (copied[0] as AccountHistoryEntry | undefined);
}

export async function runAccount(job: AccountJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  const id = accountId(job.account);
  if (user === undefined || id === undefined) return;
  const account = bot.accounts.lookup(id);
  const [offer, changed, openRequests, language] = await Promise.all([
    ownerOffer(user, account, bot),
    lastChange(id, bot),
    openRequestsOf(id, bot),
    bot.languageOf(user),
  ]);
  const message = drawAccount(
    { account, ...(changed && { changed }), openRequests, offer: offer.may },
    language,
  );
  await bot.ports.respond(job.responseUrl, { ...message, replaceOriginal: false });
}
