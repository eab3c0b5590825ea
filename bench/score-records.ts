import type { AccountId } from '../src/accounts';
import { addDays, type Day } from '../src/calendar';
import type { ControlId } from '../src/controls';
import {
  type AccountScore,
  type ControlScore,
  type ControlStatus,
  type Counts,
  newAccountScore,
  newControlScore,
  type Snapshot,
  scoreOf,
} from '../src/scores';

const RECENT_DAYS = 30;
const CONTROLS = 500;
export const FSBP = 'aws-foundational-security-best-practices/v/1.0.0';
const CIS = 'cis-aws-foundations-benchmark/v/5.0.0';

/** So many accounts, told apart by a number. */
export const benchAccount = (number: number) => String(200_000_000_000 + number) as AccountId;

/** Between 60 and 100 %, another one for each number; the tenth account has no failure. */
function countsOf(number: number): Counts {
  const failed = number % 10 === 0 ? 0 : (number * 37) % 200;
  return { passed: CONTROLS - failed, failed, unknown: 0, noData: 20, disabled: 4 };
}

/** An account's score as a count leaves it. */
export function accountScore(number: number, today: Day, now: Date): AccountScore {
  const counts = countsOf(number);
  const at = new Date(now.getTime() + 3_600_000);
  return {
    ...newAccountScore(benchAccount(number), today, at),
    counts,
    resources: 400 + number,
    exceptions: number % 5,
    asOf: now.toISOString(),
    recent: Array.from({ length: RECENT_DAYS }, (_, ago) => ({
      day: addDays(today, ago - RECENT_DAYS),
      score: (scoreOf(counts) ?? 0) - ((RECENT_DAYS - ago) % 7),
    })),
    week: { opened: number % 4, closed: number % 3, fixHours: [number % 90] },
    climb: { times: number % 3, longestDays: number % 40, belowSince: now.toISOString() },
  };
}

/** How one control of an account counts: one of ten fails. */
export function controlScore(
  account: AccountId,
  control: ControlId,
  number: number,
  at: string,
): ControlScore {
  const status: ControlStatus = number % 10 === 0 ? 'failed' : 'passed';
  return {
    ...newControlScore(account, control, at),
    status,
    standards: { [FSBP]: status, ...(number % 3 === 0 && { [CIS]: status }) },
    failing: status === 'failed' ? 1 + (number % 40) : 0,
    resources: 3 + (number % 60),
    recheckAt: at,
  };
}

/** How one day of an account ended. */
export function snapshot(account: AccountId, day: Day, number: number): Snapshot {
  const counts = countsOf(number + 1);
  return {
    account,
    day,
    counts,
    exceptions: 3,
    resources: 900,
    standards: { [FSBP]: counts, [CIS]: counts },
  };
}
