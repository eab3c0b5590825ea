import type { AccountId } from '../accounts';
import { SEVERITIES } from '../controls';
import { type CountSources, countAccount, type DisabledSources, refreshDisabled } from '../scores';
import type { Mended } from './mend-piece';
import { type Drift, NO_DRIFT, type Piece } from './run';

/** What the scores of compared accounts are counted from. */
export interface Counting {
  readonly counts: CountSources;
  readonly disabled: DisabledSources;
}

/** Of an account that is read by severity, the piece after which it has been read as a whole. */
const LAST = SEVERITIES.at(-1);

/**
 * Counts the scores of the accounts that have been compared with Security Hub as a whole, from all their issues.
 * @returns by account, how many controls came to something else than was stored, where any did
 */
export async function countPiece(
  { accounts, severities }: Piece,
  { whole, implausible, issues }: Mended,
  { counts, disabled }: Counting,
): Promise<Readonly<Record<AccountId, Drift>>> {
  const drift: Record<AccountId, Drift> = {};
  if (!whole || implausible || (severities !== undefined && !severities.includes(LAST ?? 'INFORMATIONAL'))) {
    return drift;
  }
  for (const account of accounts) {
    const own = issues.filter((issue) => issue.account === account);
    if (own.length === 0) continue;
    await refreshDisabled(account, own, disabled);
    const { mended } = await countAccount(account, counts, { all: { issues: own, reconciled: true } });
    if (mended > 0) drift[account] = { ...NO_DRIFT, scores: mended };
  }
  return drift;
}
