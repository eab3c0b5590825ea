import type { AccountId } from '../accounts';
import type { Day } from '../calendar';
import type { ControlId } from '../controls';
import { type Counts, NO_COUNTS, scoreOf } from './tally';

/** A day's score; undefined for a day without data. */
export interface DayScore {
  readonly day: Day;
  readonly score: number | undefined;
}

/** What lists and rankings read of an account; everything in it follows from its controls and days. */
export interface AccountScore {
  readonly account: AccountId;
  readonly counts: Counts;
  /** Resources that have findings. */
  readonly resources: number;
  /** Issues that somebody has suppressed with a reason. */
  readonly exceptions: number;
  /** When it was counted last, ISO 8601; absent before the first time. */
  readonly asOf?: string;
  /** When it was last compared with Security Hub. */
  readonly reconciledAt?: string;
  /** The local day that the counts stand for; when it is over they become its snapshot. */
  readonly day: Day;
  /** How the last 30 days before `day` ended, oldest first, without gaps. */
  readonly recent: readonly DayScore[];
  /** Controls that came to an account which had been counted for some time, in the last seven days. */
  readonly fresh: readonly ControlId[];
  /** Requests of the last seven days: begun, ended, and the hours that those took which were fixed. */
  readonly week: { readonly opened: number; readonly closed: number; readonly fixHours: readonly number[] };
  readonly climb: Climb;
  /** When something has to be counted again. */
  readonly wakeAt: string;
  readonly version: number;
}

/** How an account comes to 100 %, and stays there. */
export interface Climb {
  /** Since when every control with data has passed; absent while one has not. */
  readonly perfectSince?: string;
  /** Since when it has not been at 100 %: the climb that the next celebration ends. */
  readonly belowSince?: string;
  /** A day has ended below 100 % since the last celebration: there was something to climb. */
  readonly wasBelow?: true;
  /** Until when a celebration that was due has been put off. */
  readonly notBefore?: string;
  /** How often 100 % has been celebrated, and when the last time. */
  readonly times: number;
  readonly celebratedAt?: string;
  /** The longest time at 100 % that has come to its end, in days. */
  readonly longestDays: number;
}

/** An account that has never been counted. */
export function newAccountScore(account: AccountId, day: Day, wakeAt: Date): AccountScore {
  return {
    account,
    counts: NO_COUNTS,
    resources: 0,
    exceptions: 0,
    day,
    recent: [],
    fresh: [],
    week: { opened: 0, closed: 0, fixHours: [] },
    climb: { times: 0, longestDays: 0 },
    wakeAt: wakeAt.toISOString(),
    version: 1,
  };
}

/** The score so many days before the present one; undefined where that day had no data. */
export function scoreDaysAgo({ recent }: Pick<AccountScore, 'recent'>, days: number): number | undefined {
  return recent.at(-days)?.score;
}

/** Points gained (or lost) over so many days; undefined where one of the two days had no data. */
export function changeOver(score: Pick<AccountScore, 'counts' | 'recent'>, days: number): number | undefined {
  const now = scoreOf(score.counts);
  const then = scoreDaysAgo(score, days);
  return now === undefined || then === undefined ? undefined : now - then;
}
