import type { AccountId } from '../../src/accounts';
import { addDays } from '../../src/calendar';
import type { ControlId } from '../../src/controls';
import {
  type AccountScore,
  type ControlScore,
  type Counts,
  newAccountScore,
  newControlScore,
  type Snapshot,
} from '../../src/scores';

/** Records of scores: example accounts. */

export const SHOP = '111122223333' as AccountId;
export const TODAY = '2026-11-24';
export const NOW = new Date('2026-11-24T01:00:00.000Z');

export const counts = (passed: number, failed = 0, unknown = 0, noData = 0, disabled = 0): Counts => ({
  passed,
  failed,
  unknown,
  noData,
  disabled,
});

export const accountScore = (over: Partial<AccountScore> = {}): AccountScore => ({
  ...newAccountScore(SHOP, TODAY, NOW),
  asOf: NOW.toISOString(),
  ...over,
});

export const controlScore = (id: string, over: Partial<ControlScore> = {}): ControlScore => ({
  ...newControlScore(SHOP, id as ControlId, '2026-10-01T00:00:00.000Z'),
  status: 'failed',
  failing: 1,
  ...over,
});

/** The day so many days before today. */
export const snapshot = (daysAgo: number, then: Counts): Snapshot => ({
  account: SHOP,
  day: addDays(TODAY, -daysAgo),
  counts: then,
  exceptions: 0,
  resources: 10,
  standards: {},
});

/** How the days before today ended, oldest first. */
export const recent = (...scores: readonly (number | undefined)[]): AccountScore['recent'] =>
  scores.map((score, index) => ({ day: addDays(TODAY, index - scores.length), score }));
