import type { AccountId } from '../accounts';
import { addDays, type Calendar, zoneOf } from '../calendar';
import type { ControlId } from '../controls';
import {
  type Issue,
  type Issues,
  type Known,
  parseRequestRef,
  type Request,
  type Requests,
  requestRef,
} from '../requests';
import { amend } from '../store';
import { type AccountScore, type DayScore, newAccountScore } from './account-score';
import { celebratesAt, stepClimb } from './climb';
import { type ControlReading, readControl } from './control-reading';
import { type ControlScore, newControlScore } from './control-score';
import { COUNT_AFTER_MS } from './marks';
import type { Scores } from './scores';
import { standardTallies } from './standard-tallies';
import { countStatuses, scoreOf } from './tally';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MS = 24 * HOUR;
/** Recent days kept beside the counts: enough for the change over a month. */
const RECENT_DAYS = 30;
const WEEK_DAYS = 7;
/** Findings that fall silent are looked after so often, not one by one. */
const SILENCE_EVERY_MS = 6 * HOUR;
/** Days of all accounts end together; their counting is spread over so long. */
const DAY_ENDS_OVER_MS = HOUR;
/** While an account is being counted its clock stands here: should this die, it is counted again. */
const TAKEN_FOR_MS = 10 * MINUTE;
/** What has been counted for less is still filling up: nothing in it is news. */
const SETTLED_DAYS = 14;
const MAX_FRESH = 30;
const MAX_FIX_HOURS = 50;
const PARALLEL = 8;

export interface CountSources {
  readonly scores: Scores;
  readonly issues: Issues;
  readonly requests: Pick<Requests, 'load' | 'ofAccount'>;
  readonly known: Pick<Known, 'requestsOf'>;
  readonly calendar: Calendar;
  /** Regions in which controls (in lower case) are known to be switched off. */
  readonly disabled: (account: AccountId) => Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  readonly now: () => Date;
}

/** What a count has to go by. */
export interface CountScope {
  /** Every control, whether marked or not; with the account's issues where they have just been read. */
  readonly all?: { readonly issues?: readonly Issue[]; readonly reconciled: boolean };
}

export interface Counted {
  readonly score: AccountScore;
  /** Controls that came to something else than was stored, though nothing had announced it. */
  readonly mended: number;
}

/**
 * Counts an account anew: the controls that are marked, or all of them, absolutely from their issues; then the account
 * from its controls. A day that has ended meanwhile becomes a snapshot first. Done twice it changes nothing.
 */
export async function countAccount(
  account: AccountId,
  sources: CountSources,
  { all }: CountScope = {},
): Promise<Counted> {
  const { scores, now } = sources;
  const taken = await take(account, sources);
  const stored = await scores.ofControls.of(account);
  const due = all ? await everyControl(account, stored, sources) : stored.filter((one) => isDue(one, now()));
  const disabled = due.length === 0 ? new Map() : await sources.disabled(account);
  const given = all?.issues && groupByControl(all.issues);
  const asked = all && (await requestsByControl(account, sources));
  const counted = await inParallel(due, (control) =>
    countControl(control, { disabled, issues: given, requests: asked }, sources),
  );
  const byControl = new Map(stored.map((control) => [control.control.toLowerCase(), control]));
  for (const { control } of counted) byControl.set(control.control.toLowerCase(), control);
  const controls = [...byControl.values()];
  if (taken.day < sources.calendar.dayOf(now()) && taken.asOf !== undefined) {
    await keepDay(taken, stored, sources);
  }
  const { record } = await amend(scores.ofAccounts, account, (score) =>
    summarise(score, controls, taken.wakeAt, sources, all?.reconciled ?? false),
  );
  return { score: record ?? taken, mended: counted.filter(({ mended }) => mended).length };
}

/** Sets the account's clock far enough for this count; whoever marks a control meanwhile sets it back. */
async function take(account: AccountId, sources: CountSources): Promise<AccountScore> {
  const { scores, calendar, now } = sources;
  const until = new Date(now().getTime() + TAKEN_FOR_MS);
  const { record } = await amend(scores.ofAccounts, account, (score) => ({
    ...score,
    wakeAt: until.toISOString(),
  }));
  if (record) return record;
  const score = newAccountScore(account, calendar.dayOf(now()), until);
  if (await scores.ofAccounts.create(score)) return score;
  return take(account, sources);
}

function isDue({ marked, recheckAt }: ControlScore, now: Date): boolean {
  return marked !== undefined || (recheckAt !== undefined && Date.parse(recheckAt) <= now.getTime());
}

async function everyControl(
  account: AccountId,
  stored: readonly ControlScore[],
  { known, now }: CountSources,
): Promise<readonly ControlScore[]> {
  const have = new Set(stored.map(({ control }) => control.toLowerCase()));
  const subjects = await known.requestsOf(account);
  const missing = subjects.filter(({ kind, subject }) => kind === 'control' && !have.has(subject));
  return [...stored, ...missing.map(({ subject }) => neverCounted(account, subject, now()))];
}

/** A control whose mark was lost with its process. */
function neverCounted(account: AccountId, subject: string, now: Date): ControlScore {
  return { ...newControlScore(account, subject as ControlId, now.toISOString()), version: 0 };
}

function groupByControl(issues: readonly Issue[]): ReadonlyMap<string, readonly Issue[]> {
  return Map.groupBy(
    issues.filter(({ product }) => product === 'control'),
    ({ control }) => control.toLowerCase(),
  );
}

/** What has been read of the account already; by control in lower case. */
interface Given {
  readonly disabled: ReadonlyMap<string, ReadonlySet<string>>;
  readonly issues: ReadonlyMap<string, readonly Issue[]> | undefined;
  readonly requests: ReadonlyMap<string, Request> | undefined;
}

async function requestsByControl(
  account: AccountId,
  { requests }: CountSources,
): Promise<ReadonlyMap<string, Request>> {
  const all = await requests.ofAccount(account);
  return new Map(all.flatMap((request) => (request.kind === 'control' ? [[request.subject, request]] : [])));
}

async function countControl(
  before: ControlScore,
  given: Given,
  sources: CountSources,
): Promise<{ readonly control: ControlScore; readonly mended: boolean }> {
  const { scores, issues, requests, now } = sources;
  const { account } = before;
  const subject = before.control.toLowerCase();
  const key = parseRequestRef(requestRef({ account, kind: 'control', subject }));
  if (key === undefined) return { control: before, mended: false };
  const [all, request] = await Promise.all([
    given.issues ? (given.issues.get(subject) ?? []) : issues.of(key),
    given.requests ? given.requests.get(subject) : requests.load(key),
  ]);
  // Other products' findings have requests of the same form, and no score.
  const own = all.filter(({ product }) => product === 'control');
  if (own.length === 0 && before.version === 0) return { control: before, mended: false };
  const off = given.disabled.get(subject);
  const reading = readControl(own, {
    now: now(),
    isDisabledIn: (region) => off?.has(region) ?? false,
    request,
  });
  const name = own[0]?.control ?? before.control;
  const write = (stored: ControlScore): ControlScore | undefined => {
    const next = withReading({ ...stored, control: name }, reading, before.marked, now());
    return isSame(stored, next) ? undefined : next;
  };
  if (before.version === 0) {
    const first = { ...withReading({ ...before, control: name }, reading, undefined, now()), version: 1 };
    if (await scores.ofControls.create(first)) {
      await scores.noteControl(name, first.firstSeen);
      return { control: first, mended: true };
    }
  }
  const { record } = await amend(scores.ofControls, { account, control: subject }, write);
  const mended = before.marked === undefined && before.status !== reading.status && !isSilence(before, now());
  return { control: record ?? before, mended };
}

/** It was known that this would come to something else by now. */
function isSilence({ recheckAt }: ControlScore, now: Date): boolean {
  return recheckAt !== undefined && Date.parse(recheckAt) <= now.getTime();
}

/** With what was read; a mark that has been set since stays. */
function withReading(
  stored: ControlScore,
  reading: ControlReading,
  seenMark: string | undefined,
  now: Date,
): ControlScore {
  const { marked, recheckAt: _, asked: __, ...rest } = stored;
  return {
    ...rest,
    ...reading,
    since: stored.status === reading.status ? stored.since : now.toISOString(),
    ...(marked !== undefined && marked !== seenMark && { marked }),
  };
}

function isSame(a: ControlScore, b: ControlScore): boolean {
  const { version: _, ...one } = a;
  const { version: __, ...other } = b;
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(record: object): unknown {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The day that has ended, and the days without a count after it, as they stood. */
async function keepDay(
  { account, day, counts, exceptions, resources }: AccountScore,
  controls: readonly ControlScore[],
  { scores, calendar, now }: CountSources,
): Promise<void> {
  const today = calendar.dayOf(now());
  const standards = standardTallies(controls);
  const oldest = addDays(today, -RECENT_DAYS);
  for (let past = day < oldest ? oldest : day; past < today; past = addDays(past, 1)) {
    await scores.keepSnapshot({ account, day: past, counts, exceptions, resources, standards });
  }
}

function summarise(
  before: AccountScore,
  controls: readonly ControlScore[],
  takenUntil: string,
  { calendar, now }: CountSources,
  reconciled: boolean,
): AccountScore {
  const at = now();
  const today = calendar.dayOf(at);
  const asOf = at.toISOString();
  const counts = countStatuses(controls.map(({ status }) => status));
  const rolled = rollDay(before, today);
  const climb = stepClimb(rolled.climb, counts, at);
  const sum = (of: (control: ControlScore) => number) => controls.reduce((n, control) => n + of(control), 0);
  const next = {
    ...rolled,
    counts,
    resources: sum(({ resources }) => resources),
    exceptions: sum(({ exceptions }) => exceptions),
    asOf,
    ...(reconciled && { reconciledAt: asOf }),
    fresh: freshControls(controls, at),
    week: weekOf(controls, at),
    climb,
  };
  return { ...next, wakeAt: nextWake(next, controls, before.wakeAt, takenUntil, calendar, at).toISOString() };
}

/** What the days that have ended leave behind. */
function rollDay(score: AccountScore, today: string): AccountScore {
  if (score.day >= today) return score;
  if (score.asOf === undefined) return { ...score, day: today };
  const ended: DayScore[] = [];
  const oldest = addDays(today, -RECENT_DAYS);
  for (let day = score.day < oldest ? oldest : score.day; day < today; day = addDays(day, 1)) {
    ended.push({ day, score: scoreOf(score.counts) });
  }
  const below = score.climb.perfectSince === undefined && scoreOf(score.counts) !== undefined;
  return {
    ...score,
    day: today,
    recent: [...score.recent, ...ended].slice(-RECENT_DAYS),
    ...(below && { climb: { ...score.climb, wasBelow: true } }),
  };
}

function freshControls(controls: readonly ControlScore[], now: Date): readonly ControlId[] {
  const age = ({ firstSeen }: ControlScore) => (now.getTime() - Date.parse(firstSeen)) / DAY_MS;
  if (!controls.some((control) => age(control) > SETTLED_DAYS)) return [];
  return controls
    .filter((control) => age(control) <= WEEK_DAYS && ['failed', 'unknown'].includes(control.status))
    .map(({ control }) => control)
    .sort()
    .slice(0, MAX_FRESH);
}

function weekOf(controls: readonly ControlScore[], now: Date): AccountScore['week'] {
  const since = new Date(now.getTime() - WEEK_DAYS * DAY_MS).toISOString();
  const asked = controls.flatMap((control) => control.asked ?? []);
  const closed = asked.filter(({ doneAt }) => doneAt !== undefined && doneAt >= since);
  const hours = closed
    .filter(({ fixed }) => fixed)
    .map(({ openedAt, doneAt = openedAt }) => Math.round((Date.parse(doneAt) - Date.parse(openedAt)) / HOUR));
  return {
    opened: asked.filter(({ openedAt }) => openedAt >= since).length,
    closed: closed.length,
    fixHours: hours.slice(0, MAX_FIX_HOURS),
  };
}

/** The earliest of: what is marked, what falls silent, the end of the day, a celebration that is due. */
function nextWake(
  { account, climb }: Pick<AccountScore, 'account' | 'climb'>,
  controls: readonly ControlScore[],
  wakeAt: string,
  takenUntil: string,
  calendar: Calendar,
  now: Date,
): Date {
  const tomorrow = addDays(calendar.dayOf(now), 1);
  const midnight = zoneOf(calendar.timeZone).instant({ day: tomorrow, time: 0 }).getTime();
  const times = [midnight + MINUTE + (Number(BigInt(account) % 3_571n) / 3_571) * DAY_ENDS_OVER_MS];
  // Somebody has set it back while this was counting.
  if (wakeAt !== takenUntil) times.push(Date.parse(wakeAt));
  for (const { marked, recheckAt } of controls) {
    if (marked !== undefined) times.push(Date.parse(marked) + COUNT_AFTER_MS);
    if (recheckAt !== undefined)
      times.push(Math.max(Date.parse(recheckAt), now.getTime() + SILENCE_EVERY_MS));
  }
  const celebrates = celebratesAt(climb);
  if (celebrates !== undefined) times.push(celebrates.getTime());
  return new Date(Math.max(Math.min(...times), now.getTime() + 1));
}

/** Some at a time, the results in order. */
async function inParallel<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += PARALLEL) {
    results.push(...(await Promise.all(items.slice(from, from + PARALLEL).map(act))));
  }
  return results;
}
