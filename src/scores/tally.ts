/**
 * What Security Hub says of a control, over all its findings. `no-data`: none that counts; `disabled`: switched off in
 * the account. The last two are in no score.
 */
export type ControlStatus = 'passed' | 'failed' | 'unknown' | 'no-data' | 'disabled';

/** Controls with data, by their status. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
}

/** All controls of an account, by their status. */
export interface Counts extends Tally {
  readonly noData: number;
  readonly disabled: number;
}

export const NO_COUNTS: Counts = { passed: 0, failed: 0, unknown: 0, noData: 0, disabled: 0 };

const COUNTED = {
  passed: 'passed',
  failed: 'failed',
  unknown: 'unknown',
  'no-data': 'noData',
  disabled: 'disabled',
} as const satisfies Record<ControlStatus, keyof Counts>;

export function countStatuses(statuses: Iterable<ControlStatus>): Counts {
  const counts: Record<keyof Counts, number> = { ...NO_COUNTS };
  for (const status of statuses) counts[COUNTED[status]] += 1;
  return counts;
}

/** How many controls have data. */
export function total({ passed, failed, unknown }: Tally): number {
  return passed + failed + unknown;
}

/**
 * The security score, in percent: controls that passed among those with data, to the nearest whole number, halves up.
 * Undefined where no control has data.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html (AWS does not say what
 *   becomes of a half; the console's figures go with rounding up)
 */
export function scoreOf(tally: Tally): number | undefined {
  const all = total(tally);
  // In whole numbers: a half must not be lost to binary fractions.
  return all === 0 ? undefined : Math.floor((200 * tally.passed + all) / (2 * all));
}

/** True where every control with data has passed: a score of 100 alone may be a rounded one. */
export function isPerfect(tally: Tally): boolean {
  return tally.passed > 0 && tally.passed === total(tally);
}
