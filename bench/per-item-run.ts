import type { AccountId } from '../src/accounts';
import { NO_DRIFT, RESTING, type ReconcileRun } from '../src/reconcile';

/** As long as account ids are, and as far apart. */
const account = (n: number) => String(100_000_000_000 + ((n * 618_033_988_749) % 899_999_999_981));

/** A comparison that has mended something, and found something suppressed outside, in so many accounts. */
export function runAbout(accounts: number): ReconcileRun {
  const ids = Array.from({ length: accounts }, (_, n) => account(n) as AccountId);
  const of = <T>(value: (n: number) => T) =>
    Object.fromEntries(ids.map((id, n) => [id, value(n)])) as Record<AccountId, T>;
  return {
    ...RESTING,
    drift: of((n) => ({ ...NO_DRIFT, opened: 1 + (n % 61), changed: n % 7, scores: n % 23 })),
    outside: of((n) => 1 + (n % 47)),
    toldOutside: of((n) => 1 + (n % 43)),
  };
}
