import type { AccountId } from '../../src/accounts';
import { accountId } from '../../src/accounts';
import { addDays, type Calendar, type Day, mondayOf, zoneOf } from '../../src/calendar';
import type { ControlId } from '../../src/controls';
import {
  type AccountScore,
  type Climb,
  type ControlScore,
  type ControlStatus,
  celebrated,
  celebratesAt,
  countStatuses,
  isPerfect,
  newAccountScore,
  newControlScore,
  type OrganisationWeek,
  type Scores,
  type Snapshot,
  scoreOf,
  standardTallies,
  stepClimb,
  uncelebrated,
} from '../../src/scores';
import { NEIGHBOURS } from './neighbours';
import { standardsOf } from './standards-of';
import type { StandingCheck } from './standing-checks';
import { uuidOf } from './uuid-of';

/** So many days before the end of the history, a score in percent; between two of them it moves evenly. */
type Point = readonly [daysBefore: number, percent: number];

const HOUR = 3_600_000;
const NOON = 12 * HOUR;
/** Kept beside an account's counts. */
const RECENT_DAYS = 30;
const AT_ONCE = 25;
const QUIET_DAYS = 6;
const WEEK_DAYS = 7;

const PROD = '111122223333';
const DEV = '444455556666';

/**
 * How each account came to where it stands. No score is better than what fails in it to this day allows, so a curve
 * that ends at 100 ends at what is there.
 */
const CURVES: Readonly<Record<string, readonly Point[]>> = {
  // Plateaus, and a release after which much had to be done again.
  [PROD]: [
    [200, 58],
    [184, 58],
    [172, 64],
    [150, 66],
    [138, 66],
    [120, 74],
    [96, 75],
    [80, 83],
    [64, 86],
    [62, 72],
    [52, 75],
    [36, 83],
    [24, 84],
    [10, 93],
    [1, 100],
  ],
  // At 100 % for 23 days, then fallen.
  [DEV]: [
    [200, 74],
    [170, 80],
    [140, 88],
    [110, 93],
    [80, 97],
    [74, 98],
    [73, 100],
    [51, 100],
    [50, 95],
    [36, 97],
    [10, 98],
    [1, 98],
  ],
  '222233334444': [
    [120, 75],
    [90, 84],
    [64, 92],
    [63, 100],
    [1, 100],
  ],
  '555566667777': [
    [120, 77],
    [100, 85],
    [80, 77],
    [50, 85],
    [9, 93],
    [1, 100],
  ],
  '666677778888': [
    [120, 38],
    [90, 50],
    [40, 50],
    [15, 63],
    [1, 100],
  ],
  '888899990000': [
    [120, 57],
    [90, 64],
    [60, 71],
    [30, 79],
    [1, 100],
  ],
  '999900001111': [
    [75, 50],
    [60, 75],
    [30, 88],
    [11, 88],
    [10, 100],
    [1, 100],
  ],
  '121234345656': [
    [60, 36],
    [40, 45],
    [12, 55],
    [1, 100],
  ],
};

export interface HistoryDeps {
  readonly scores: Pick<Scores, 'keepSnapshot' | 'keepWeek' | 'noteControl'> & {
    readonly ofAccounts: Pick<Scores['ofAccounts'], 'create'>;
    readonly ofControls: Pick<Scores['ofControls'], 'create'>;
  };
  readonly calendar: Pick<Calendar, 'dayOf' | 'timeZone'>;
}

/** What is written of one account. */
interface PastAccount {
  readonly score: AccountScore;
  readonly controls: readonly ControlScore[];
  /** Oldest first, without gaps, until yesterday. */
  readonly snapshots: readonly Snapshot[];
}

/** One control of an account, as its checks stand to this day. */
interface PastControl {
  readonly control: ControlId;
  readonly standing: ControlStatus;
  readonly standards: readonly string[];
  readonly resources: number;
}

/**
 * Writes the scores of the example accounts as if the bot had counted them for months: days, weeks, and the records
 * from which the next count goes on. Done twice it changes nothing.
 * @param checks all that Security Hub has always checked
 * @param at where the history ends
 */
export async function writeScoreHistory(
  { scores, calendar }: HistoryDeps,
  checks: readonly StandingCheck[],
  at: Date,
): Promise<void> {
  const past = [...Map.groupBy(checks, ({ checked }) => checked.account)].flatMap(([id, own]) => {
    const account = accountId(id);
    const curve = CURVES[id];
    return account && curve ? [pastOf(account, curve, controlsOf(own), calendar, at)] : [];
  });
  const firstSeen = new Map<ControlId, string>();
  for (const { control, firstSeen: seen } of past.flatMap(({ controls }) => controls)) {
    const known = firstSeen.get(control);
    if (known === undefined || seen < known) firstSeen.set(control, seen);
  }
  await inParallel([...firstSeen], ([control, seen]) => scores.noteControl(control, seen));
  await inParallel(
    past.flatMap(({ snapshots }) => snapshots),
    (snapshot) => scores.keepSnapshot(snapshot),
  );
  await inParallel(weeksOf(past, calendar.dayOf(at)), (week) => scores.keepWeek(week));
  await inParallel(
    past.flatMap(({ controls }) => controls),
    (control) => scores.ofControls.create(control),
  );
  // Last: from here on the account is counted.
  await inParallel(past, ({ score }) => scores.ofAccounts.create(score));
}

function controlsOf(checks: readonly StandingCheck[]): readonly PastControl[] {
  const byControl = Map.groupBy(checks, ({ checked }) => checked.control.id);
  return [...byControl].map(([id, own]): PastControl => {
    const statuses = own.map(({ status }) => status);
    return {
      control: id,
      standing: statuses.includes('FAILED') ? 'failed' : statuses.includes('WARNING') ? 'unknown' : 'passed',
      standards: standardsOf(id).map((name) => name.replace(/^standards\//, '')),
      resources: new Set(
        own.flatMap(({ checked: { resource } }) => (resource.type === 'AwsAccount' ? [] : [resource.id])),
      ).size,
    };
  });
}

function percentAt(curve: readonly Point[], daysBefore: number): number {
  const after = curve.findIndex(([days]) => days <= daysBefore);
  const [toDays, to] = curve[after] ?? [0, 100];
  const [fromDays, from] = curve[after - 1] ?? [toDays, to];
  return fromDays === toDays ? to : from + ((to - from) * (fromDays - daysBefore)) / (fromDays - toDays);
}

function pastOf(
  account: AccountId,
  curve: readonly Point[],
  controls: readonly PastControl[],
  calendar: HistoryDeps['calendar'],
  at: Date,
): PastAccount {
  const today = calendar.dayOf(at);
  const zone = zoneOf(calendar.timeZone);
  const days = curve[0]?.[0] ?? 0;
  const dayBefore = (daysBefore: number) => addDays(today, -daysBefore);
  const start = zone.instant({ day: dayBefore(days), time: NOON }).toISOString();
  // What fails to this day has always failed; the others in an order that looks like none.
  const hash = ({ control }: PastControl) => uuidOf(account, control);
  const inOrder = controls
    .filter(({ standing }) => standing !== 'unknown')
    .sort(
      (a, b) =>
        Number(b.standing === 'failed') - Number(a.standing === 'failed') || (hash(a) < hash(b) ? -1 : 1),
    );
  const standing = controls.filter((one) => one.standing === 'failed').length;
  const failingAt = (daysBefore: number) => {
    const wanted = controls.length * (1 - percentAt(curve, daysBefore) / 100);
    const failing = Math.round(wanted - (controls.length - inOrder.length));
    return Math.max(standing, failing);
  };

  const past = new Map<ControlId, ControlScore>(
    controls.map((one) => [
      one.control,
      { ...newControlScore(account, one.control, start), resources: one.resources },
    ]),
  );
  const snapshots: Snapshot[] = [];
  let climb: Climb = { times: 0, longestDays: 0 };
  for (let daysBefore = days; daysBefore >= 1; daysBefore -= 1) {
    const day = dayBefore(daysBefore);
    const noon = zone.instant({ day, time: NOON });
    const failing = new Set(inOrder.slice(0, failingAt(daysBefore)));
    for (const one of controls) {
      const before = past.get(one.control);
      if (before) past.set(one.control, onDay(before, one, failing.has(one), noon));
    }
    const now = [...past.values()];
    const counts = countStatuses(now.map(({ status }) => status));
    climb = climbOn(
      climb,
      counts,
      noon,
      NEIGHBOURS.some(({ id }) => id === account),
    );
    const resources = now.reduce((sum, one) => sum + one.resources, 0);
    snapshots.push({ account, day, counts, exceptions: 0, resources, standards: standardTallies(now) });
  }
  const last = snapshots.at(-1);
  const fresh = newAccountScore(account, today, at);
  return {
    controls: [...past.values()],
    snapshots,
    score: {
      ...fresh,
      ...(last && { counts: last.counts, resources: last.resources, asOf: at.toISOString() }),
      recent: snapshots.slice(-RECENT_DAYS).map(({ day, counts }) => ({ day, score: scoreOf(counts) })),
      // What comes to 100 % in the first days that are played was suppressed: the first thing that is mended is celebrated.
      climb: { ...climb, notBefore: new Date(at.getTime() + QUIET_DAYS * 24 * HOUR).toISOString() },
    },
  };
}

function onDay(before: ControlScore, one: PastControl, fails: boolean, noon: Date): ControlScore {
  const status: ControlStatus = one.standing === 'unknown' ? 'unknown' : fails ? 'failed' : 'passed';
  if (before.status === status) return before;
  return {
    ...before,
    status,
    standards: Object.fromEntries(one.standards.map((standard) => [standard, status])),
    failing: status === 'failed' ? 1 : 0,
    unchecked: status === 'unknown' ? 1 : 0,
    since: noon.toISOString(),
  };
}

/** As the counts of a day leave it, and as its end does. */
function climbOn(before: Climb, counts: Snapshot['counts'], noon: Date, observed: boolean): Climb {
  const climb = stepClimb(before, counts, noon);
  if (!isPerfect(counts)) return { ...climb, wasBelow: true };
  const due = celebratesAt(climb, counts);
  if (due === undefined) return climb;
  return observed ? uncelebrated(climb) : celebrated(climb, due);
}

/** The organisation as it stood on each Monday, from the days of all accounts before it. */
function weeksOf(past: readonly PastAccount[], today: Day): readonly OrganisationWeek[] {
  const days = Map.groupBy(
    past.flatMap(({ snapshots }) => snapshots),
    ({ day }) => day,
  );
  const first = [...days.keys()].sort()[0];
  if (first === undefined) return [];
  const weeks: OrganisationWeek[] = [];
  for (let week = addDays(mondayOf(first), WEEK_DAYS); week < today; week = addDays(week, WEEK_DAYS)) {
    const ended = days.get(addDays(week, -1)) ?? [];
    const began = days.get(addDays(week, -1 - WEEK_DAYS)) ?? [];
    const scores = ended.flatMap(({ counts }) => scoreOf(counts) ?? []).sort((a, b) => a - b);
    const median = scores[Math.floor(scores.length / 2)];
    const moved = ended.map(({ account, counts }) => {
      const then = began.find((other) => other.account === account);
      return then === undefined ? 0 : counts.failed - then.counts.failed;
    });
    // Two more came, and one of them went, without showing in a score.
    const opened = moved.reduce((sum, more) => sum + Math.max(0, more), 2);
    const closed = moved.reduce((sum, more) => sum + Math.max(0, -more), 1);
    const weeksAgo = Math.round((Date.parse(today) - Date.parse(week)) / (WEEK_DAYS * 24 * HOUR));
    weeks.push({
      week,
      accounts: scores.length,
      perfect: ended.filter(({ counts }) => isPerfect(counts)).length,
      ...(median !== undefined && { median }),
      opened,
      closed,
      // People have become faster.
      medianFixHours: 30 + 3 * weeksAgo + 5 * (closed % 4),
    });
  }
  return weeks;
}

async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    await Promise.all(items.slice(from, from + AT_ONCE).map(act));
  }
}
