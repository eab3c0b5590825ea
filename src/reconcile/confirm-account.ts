import type { AccountId } from '../accounts';
import type { AccountScore } from '../scores';
import { countPiece } from './count-piece';
import { mendPiece } from './mend-piece';
import { type Pace, pace } from './pace';
import { split } from './piece';
import type { Reconcile } from './reconcile';
import type { Piece } from './run';

/**
 * Compares one account with Security Hub now, as the nightly run does with all, and counts it.
 * @returns its score; undefined where Security Hub could not be read, which the log says
 * @throws the store's or a queue's error: the message is to be delivered again
 */
export async function confirmAccount(
  account: AccountId,
  reconcile: Reconcile,
): Promise<AccountScore | undefined> {
  const calls = notingFailures(pace(reconcile));
  const left: Piece[] = [{ accounts: [account] }];
  for (let piece = left.shift(); piece !== undefined; piece = left.shift()) {
    try {
      const mended = await mendPiece(piece, reconcile, calls);
      if (!mended.whole) left.unshift(...split(piece));
      else await countPiece(piece, mended, reconcile);
    } catch (error) {
      if (!calls.failures.has(error)) throw error;
      reconcile.log.warn('an account could not be compared with Security Hub', { account, error });
      return undefined;
    }
  }
  return reconcile.counts.scores.ofAccounts.load(account);
}

/** Tells what a call to Security Hub has thrown from what else went wrong meanwhile. */
function notingFailures(calls: Pace): Pace & { readonly failures: ReadonlySet<unknown> } {
  const failures = new Set<unknown>();
  return {
    failures,
    get calls() {
      return calls.calls;
    },
    async call(call) {
      try {
        return await calls.call(call);
      } catch (error) {
        failures.add(error);
        throw error;
      }
    },
  };
}
