import { addDays } from '../calendar';
import {
  CATEGORIES,
  type Catalogue,
  type Category,
  type ControlId,
  type Severity,
  severityRank,
} from '../controls';
import { type AccountScore, changeOver, type DayScore } from './account-score';
import { perfectDays } from './climb';
import type { ControlScore } from './control-score';
import type { Snapshot } from './snapshot';
import { standardTallies } from './standard-tallies';
import { type Counts, countStatuses, NO_COUNTS, scoreOf, type Tally, total } from './tally';

/** How far back the picture of a score goes. */
export const TREND_DAYS = 90;
const WEEKS = 12;
const WEEK_DAYS = 7;
const MONTH_DAYS = 30;
/** As many as somebody takes on: a list of all that fails is what nobody reads. */
const SHOWN_HOLDING = 5;
/** Of a control that the catalogue does not know. */
const UNKNOWN_SEVERITY: Severity = 'MEDIUM';

/** A control that keeps a score down. */
export interface Holding {
  readonly control: ControlId;
  readonly severity: Severity;
  /** `unknown`: AWS cannot check it, so there is nothing to repair in the resource itself. */
  readonly status: 'failed' | 'unknown';
  /** Resources that fail, or cannot be checked. */
  readonly resources: number;
}

/** One account's score with all that stands behind it, read at one moment. */
export interface ScoreView {
  /** In percent; undefined where no control has data. */
  readonly score: number | undefined;
  readonly counts: Counts;
  /** Points over 7 and 30 days; undefined where there is no such past. */
  readonly week: number | undefined;
  readonly month: number | undefined;
  /** Absent before the account has been counted for the first time. */
  readonly asOf?: string;
  readonly reconciledAt?: string;
  /** The last 90 days, oldest first; days of which nothing is known are left out. */
  readonly points: readonly DayScore[];
  /** How each of the last 12 weeks ended, oldest first. */
  readonly weeks: readonly (number | undefined)[];
  /** What to begin with; see `byQuickestWin`. */
  readonly holding: readonly Holding[];
  /** How many more there are. */
  readonly moreHolding: number;
  /** Points that each of them is worth, unrounded. */
  readonly pointsEach: number;
  /** The score once those of `holding` pass. */
  readonly lifted: number | undefined;
  readonly standards: readonly { readonly standard: string; readonly tally: Tally }[];
  /** `undefined`: controls that the catalogue does not know. */
  readonly categories: readonly { readonly category: Category | undefined; readonly tally: Tally }[];
  /** Issues that somebody has suppressed with a reason. */
  readonly exceptions: number;
  /** Days at 100 % so far, and the longest time ever. */
  readonly streak: { readonly days: number; readonly longest: number };
}

/** What is stored of one account. */
export interface ScoreRecords {
  /** Undefined for an account that no finding has ever come of. */
  readonly score: AccountScore | undefined;
  readonly controls: readonly ControlScore[];
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[];
}

/**
 * Every control lifts the score by the same, whatever its severity and its resources. So the order decides what people
 * do first: by resources alone the score would climb on trifles while the worst stays, by severity alone it would not
 * climb at all for who has one big heap. A danger with one resource comes before a danger with fifty, and both before
 * what hardly matters; among equals what can be repaired comes before what AWS cannot check.
 */
function byQuickestWin(a: Holding, b: Holding): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    Number(a.status === 'unknown') - Number(b.status === 'unknown') ||
    a.resources - b.resources ||
    (a.control < b.control ? -1 : 1)
  );
}

/** Controls that fail or cannot be checked, in the order in which to begin. */
function holdingOf(
  controls: readonly ControlScore[],
  catalogue: Pick<Catalogue, 'find'>,
): readonly Holding[] {
  return controls
    .flatMap(({ control, status, failing, unchecked }): Holding[] => {
      if (status !== 'failed' && status !== 'unknown') return [];
      const severity = catalogue.find(control)?.severity ?? UNKNOWN_SEVERITY;
      return [{ control, severity, status, resources: status === 'failed' ? failing : unchecked }];
    })
    .sort(byQuickestWin);
}

function categoryTallies(
  controls: readonly ControlScore[],
  catalogue: Pick<Catalogue, 'find'>,
): ScoreView['categories'] {
  const statuses = Map.groupBy(controls, ({ control }) => catalogue.find(control)?.category);
  return [...CATEGORIES, undefined].flatMap((category) => {
    const tally = countStatuses((statuses.get(category) ?? []).map(({ status }) => status));
    return total(tally) === 0 ? [] : [{ category, tally }];
  });
}

/** Each week's last known score; the last week ends with the last point. */
function weeksOf(points: readonly DayScore[]): readonly (number | undefined)[] {
  const today = points.at(-1)?.day;
  if (today === undefined) return [];
  return Array.from({ length: WEEKS }, (_, week) => {
    const end = addDays(today, -WEEK_DAYS * (WEEKS - 1 - week));
    const start = addDays(end, -WEEK_DAYS);
    return points.findLast(({ day, score }) => day > start && day <= end && score !== undefined)?.score;
  });
}

/** What is shown of one account's score. Pure. */
export function viewScore(
  { score: record, controls, snapshots }: ScoreRecords,
  catalogue: Pick<Catalogue, 'find'>,
  now: Date,
): ScoreView {
  const counts = record?.counts ?? NO_COUNTS;
  const oldest = record && addDays(record.day, -TREND_DAYS);
  const past = snapshots
    .filter(({ day }) => oldest !== undefined && day > oldest && day < (record?.day ?? ''))
    .map(({ day, counts: then }): DayScore => ({ day, score: scoreOf(then) }));
  const points = record?.asOf === undefined ? past : [...past, { day: record.day, score: scoreOf(counts) }];
  const holding = holdingOf(controls, catalogue);
  const shown = holding.slice(0, SHOWN_HOLDING);
  const all = total(counts);
  const streakDays = record ? perfectDays(record.climb, now) : 0;
  return {
    score: scoreOf(counts),
    counts,
    week: record && changeOver(record, WEEK_DAYS),
    month: record && changeOver(record, MONTH_DAYS),
    ...(record?.asOf !== undefined && { asOf: record.asOf }),
    ...(record?.reconciledAt !== undefined && { reconciledAt: record.reconciledAt }),
    points,
    weeks: weeksOf(points),
    holding: shown,
    moreHolding: holding.length - shown.length,
    pointsEach: all === 0 ? 0 : 100 / all,
    lifted: shown.length === 0 ? undefined : liftedBy(counts, shown),
    standards: Object.entries(standardTallies(controls)).map(([standard, tally]) => ({ standard, tally })),
    categories: categoryTallies(controls, catalogue),
    exceptions: record?.exceptions ?? 0,
    streak: { days: streakDays, longest: Math.max(streakDays, record?.climb.longestDays ?? 0) },
  };
}

/** The score if these controls passed. */
function liftedBy({ passed, failed, unknown }: Tally, fixed: readonly Holding[]): number | undefined {
  // The account may have been counted between the reads of its controls and its counts.
  const gained = Math.min(fixed.length, failed + unknown);
  return scoreOf({ passed: passed + gained, failed: failed + unknown - gained, unknown: 0 });
}
