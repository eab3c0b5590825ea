import { isDeepStrictEqual } from 'node:util';
import type { AccountId } from '../accounts';
import { addDays, type Calendar, type Day, zoneOf } from '../calendar';
import type { ControlId } from '../controls';
import type { Issue, Issues, Known, Request, RequestKey, Requests } from '../requests';
import { amendOrCreate, ContentionError } from '../store';
import { type AccountScore, type DayScore, newAccountScore } from './account-score';
import { celebratesAt, stepClimb } from './climb';
import { type ControlReading, readControl, SILENT_AFTER_MS } from './control-reading';
import { type ControlScore, newControlScore } from './control-score';
import { COUNT_AFTER_MS, MARK_STAYS_MS } from './marks';
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
const TRIES = 20;
const SILENT_DAYS = SILENT_AFTER_MS / DAY_MS;

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
  for (const { control } of counted) {
    // What has a request and no finding of Security Hub's controls is none of them.
    if (control.version > 0) byControl.set(control.control.toLowerCase(), control);
  }
  // One moment for both: a day that ends in between is kept by the next count.
  const at = now();
  await keepDay(taken, stored, at, sources);
  const score = await keepSummary(
    [...byControl.values()],
    { taken, at, reconciled: all?.reconciled ?? false },
    sources,
  );
  return { score, mended: counted.filter(({ mended }) => mended).length };
}

/**
 * Writes what the controls come to. Where somebody else has written the account since it was taken, another count's
 * controls may be newer than these: then all of them are read once more.
 */
async function keepSummary(
  counted: readonly ControlScore[],
  {
    taken,
    at,
    reconciled,
  }: { readonly taken: AccountScore; readonly at: Date; readonly reconciled: boolean },
  { scores, calendar }: CountSources,
): Promise<AccountScore> {
  let [score, controls]: [AccountScore, readonly ControlScore[]] = [taken, counted];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const next = summarise(score, controls, taken.wakeAt, calendar, at, reconciled);
    const written = { ...next, version: score.version + 1 };
    if (await scores.ofAccounts.replace(written, score.version)) return written;
    score = (await scores.ofAccounts.load(taken.account)) ?? score;
    controls = await scores.ofControls.of(taken.account);
  }
  throw new ContentionError(`the score of account ${taken.account} moved under ${TRIES} attempts`);
}

/** Sets the account's clock far enough for this count; whoever marks a control meanwhile sets it back. */
async function take(account: AccountId, sources: CountSources): Promise<AccountScore> {
  const { scores, calendar, now } = sources;
  const until = new Date(now().getTime() + TAKEN_FOR_MS);
  const { record } = await amendOrCreate(
    scores.ofAccounts,
    account,
    () => newAccountScore(account, calendar.dayOf(now()), until),
    (score) => ({ ...score, wakeAt: until.toISOString() }),
  );
  return record;
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

/** Counts one control from its issues, as they were after the record was read that is written over. */
async function countControl(
  before: ControlScore,
  given: Given,
  sources: CountSources,
): Promise<{ readonly control: ControlScore; readonly mended: boolean }> {
  const { scores, issues, requests, now } = sources;
  const { account } = before;
  const subject = before.control.toLowerCase();
  const key: RequestKey = { account, kind: 'control', subject };
  const request = given.requests ? given.requests.get(subject) : await requests.load(key);
  const off = given.disabled.get(subject);
  let stored = before;
  // What was read before the record only shows where there is something to count.
  let earlier = before.marked === undefined && given.issues ? (given.issues.get(subject) ?? []) : undefined;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const all = earlier ?? (await issues.of(key));
    // Other products' findings have requests of the same form, and no score.
    const own = all.filter(({ product }) => product === 'control');
    if (own.length === 0 && stored.version === 0) return { control: stored, mended: false };
    const at = now();
    const reading = readControl(own, {
      now: at,
      isDisabledIn: (region) => off?.has(region) ?? false,
      request,
    });
    const next = withReading({ ...stored, control: own[0]?.control ?? stored.control }, reading, at);
    if (stored.version > 0 && isDeepStrictEqual(stored, next)) return { control: stored, mended: false };
    if (earlier !== undefined) {
      earlier = undefined;
      continue;
    }
    const control = { ...next, version: stored.version + 1 };
    if (await keepControl(control, scores)) {
      const mended = stored.marked === undefined && stored.status !== next.status && !isSilence(stored, at);
      return { control, mended };
    }
    // Marked, or counted by somebody else: its issues may have moved, too.
    stored = (await scores.ofControls.load({ account, control: subject })) ?? stored;
  }
  throw new ContentionError(`control ${subject} of account ${account} moved under ${TRIES} attempts`);
}

async function keepControl(control: ControlScore, scores: Scores): Promise<boolean> {
  if (control.version > 1) return scores.ofControls.replace(control, control.version - 1);
  await scores.noteControl(control.control, control.firstSeen);
  return scores.ofControls.create(control);
}

/** It was known that this would come to something else by now. */
function isSilence({ recheckAt }: ControlScore, now: Date): boolean {
  return recheckAt !== undefined && Date.parse(recheckAt) <= now.getTime();
}

/** With what was read. A young mark stays: what it announces may not be written yet. */
function withReading(stored: ControlScore, reading: ControlReading, now: Date): ControlScore {
  const { marked, recheckAt: _, asked: __, ...rest } = stored;
  return {
    ...rest,
    ...reading,
    since: stored.status === reading.status ? stored.since : now.toISOString(),
    ...(marked !== undefined && now.getTime() < Date.parse(marked) + MARK_STAYS_MS && { marked }),
  };
}

/** How the days that have ended since the account was counted last ended: as it stood then, while that held. */
async function keepDay(
  { account, day, asOf, counts, exceptions, resources }: AccountScore,
  controls: readonly ControlScore[],
  at: Date,
  { scores, calendar }: CountSources,
): Promise<void> {
  if (asOf === undefined) return;
  const standards = standardTallies(controls);
  for (const past of daysBefore(calendar.dayOf(at), day)) {
    if (!holdsOn(past, day)) break;
    await scores.keepSnapshot({ account, day: past, counts, exceptions, resources, standards });
  }
}

/** All days from the first one, that before the last one included. */
function daysBefore(last: Day, first: Day): readonly Day[] {
  const days: Day[] = [];
  for (let day = first; day < last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Whatever was counted on a day has fallen silent two days later: what nobody has counted since is not known. */
function holdsOn(past: Day, counted: Day): boolean {
  return past < addDays(counted, SILENT_DAYS);
}

function summarise(
  before: AccountScore,
  controls: readonly ControlScore[],
  takenUntil: string,
  calendar: Calendar,
  at: Date,
  reconciled: boolean,
): AccountScore {
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
  const points = scoreOf(score.counts);
  const ended: DayScore[] = daysBefore(today, score.day).map((day) => ({
    day,
    score: holdsOn(day, score.day) ? points : undefined,
  }));
  const below = score.climb.perfectSince === undefined && points !== undefined;
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
  { account, climb, counts }: Pick<AccountScore, 'account' | 'climb' | 'counts'>,
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
  const celebrates = celebratesAt(climb, counts);
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
