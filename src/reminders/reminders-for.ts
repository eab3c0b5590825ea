import { addDays, type Calendar, type Day } from '../calendar';

/** What reminders are reckoned from. */
export interface Dated {
  /** The nearest deadline of its open issues; one without a deadline is never reminded of. */
  readonly due?: string | undefined;
  /** When people were first asked. */
  readonly openedAt?: string | undefined;
}

/** What one morning has to say about a request. */
export interface Reminders {
  /** The owner is reminded. */
  readonly owner: boolean;
  /** It stands in the security team's list of what is past its date. */
  readonly overdue: boolean;
}

const DAY_MS = 24 * 3_600_000;
/** Requests wake so long before the morning, so that its bulletins are complete when they are posted. */
const WAKE_BEFORE_MS = 30 * 60_000;
/** Whoever was asked within this time before the morning has not forgotten yet. */
const FRESH_MS = 12 * 3_600_000;
const WEEK = 7;
/** Further than this nobody looks for a reminder; far more than the longest row of rest days. */
const DAYS_AHEAD = 60;

const NONE: Reminders = { owner: false, overdue: false };

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** The moment at which a day's reminders are written. */
function wakeOf(day: Day, calendar: Calendar): number {
  return calendar.morningOf(day).getTime() - WAKE_BEFORE_MS;
}

/** True on the first working day after the deadline's, and once a week from there; a rest day passes its turn on. */
function isWeekly(day: Day, dueDay: Day, calendar: Calendar): boolean {
  const first = calendar.workingDay(dueDay, 'after');
  if (day < first) return false;
  const since = calendar.workingDay(day, 'before');
  // Is there a multiple of seven days among the rest days before this day, or on it?
  const [earliest, latest] = [daysBetween(first, since) + 1, daysBetween(first, day)];
  return Math.floor(latest / WEEK) * WEEK >= earliest;
}

function remindersOn(day: Day, request: Dated, calendar: Calendar): Reminders {
  const due = Date.parse(request.due ?? '');
  if (Number.isNaN(due) || calendar.isRestDay(day)) return NONE;
  const morning = calendar.morningOf(day).getTime();
  const dueDay = calendar.dayOf(new Date(due));
  const fresh = Date.parse(request.openedAt ?? '') > morning - FRESH_MS;
  return {
    owner:
      !fresh &&
      (day === dueDay || day === calendar.workingDay(dueDay, 'before') || isWeekly(day, dueDay, calendar)),
    overdue: due <= morning,
  };
}

/**
 * What today has to say about an open request: on the last working day before its deadline's, on that day itself, on
 * the next working day and then once a week its owner is reminded; while it is overdue the security team's list holds
 * it every working day. Nothing before half an hour to the morning, nothing on rest days; later in the day it is still
 * said, so that an outage in the morning loses nothing. Pure.
 */
export function remindersFor(request: Dated, calendar: Calendar, now: Date): Reminders {
  const today = calendar.dayOf(now);
  return now.getTime() < wakeOf(today, calendar) ? NONE : remindersOn(today, request, calendar);
}

/** When the clock has to look for reminders next, ISO 8601: later than `now`; undefined without a deadline. */
export function nextWake(request: Dated, calendar: Calendar, now: Date): string | undefined {
  const due = Date.parse(request.due ?? '');
  if (Number.isNaN(due)) return undefined;
  const first = calendar.workingDay(calendar.dayOf(new Date(due)), 'before');
  const today = calendar.dayOf(now);
  let day = today < first ? first : today;
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead += 1) {
    const at = wakeOf(day, calendar);
    const { owner, overdue } = remindersOn(day, request, calendar);
    if (at > now.getTime() && (owner || overdue)) return new Date(at).toISOString();
    day = addDays(day, 1);
  }
  return undefined;
}
