import type { AccountId } from '../accounts';
import { type Effects, refreshCard } from '../requests';

const PARALLEL = 8;

/**
 * Has the cards of all open requests of an account shown anew: owner, mentions and names on them are the account's,
 * and so is the owner's list in which each request stands.
 */
export async function refreshCardsOf(
  account: AccountId,
  effects: Pick<Effects, 'requests' | 'queues' | 'now'>,
): Promise<void> {
  const open = (await effects.requests.ofAccount(account)).filter(({ phase }) => phase === 'open');
  for (let from = 0; from < open.length; from += PARALLEL) {
    await Promise.all(open.slice(from, from + PARALLEL).map((request) => refreshCard(request, effects)));
  }
}
