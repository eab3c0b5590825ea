import type { Day } from './calendar';

const DAY_MS = 86_400_000;

/** Midnight of the day as if it were in UTC: for arithmetic on days, which knows no time zone. */
function utcOf(day: Day): number {
  return Date.parse(`${day}T00:00:00.000Z`);
}

const dayOfUtc = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** True for a day that the calendar has: not for `2026-02-30`. */
export function isDay(text: string): boolean {
  const ms = utcOf(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(ms) && dayOfUtc(ms) === text;
}

export function addDays(day: Day, days: number): Day {
  return dayOfUtc(utcOf(day) + days * DAY_MS);
}

/** The Monday of the day's week. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((weekdayOf(day) + 6) % 7));
}

/** 0 for Sunday … 6 for Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(utcOf(day)).getUTCDay();
}
