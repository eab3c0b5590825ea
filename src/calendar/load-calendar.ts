import holidayJp from '@holiday-jp/holiday_jp';
import * as z from 'zod';
import { ConfigError, type Problem, readYaml, section } from '../config';
import type { Calendar, Day, Flood } from './calendar';
import { addDays, isDay, weekdayOf } from './days';
import { zoneOf } from './zone';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const MORNING = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write an hour such as '09:00'");
/** Any leap year: the 29th of February may be named. */
const isMonthDay = (text: string) => isDay(`2024-${text}`);
const REST = z.string().refine((text) => {
  const [from = '', to = from, ...more] = text.split('..');
  return more.length === 0 && (isDay(text) || (isMonthDay(from) && isMonthDay(to)));
}, "write a day that exists: '12-31' or '12-29..01-03' for every year, '2027-06-01' for once");

const CALENDAR = section({
  morning: MORNING,
  weekend: z.array(z.enum(WEEKDAYS)),
  holidays: z.enum(['JP', 'none']),
  restDays: z.array(REST).optional(),
  flood: section({ issues: z.number().int('write a whole number').min(1, 'write at least 1') }),
});

/** Whether a day is among those of one entry of `restDays`. */
function restRule(entry: string): (day: Day) => boolean {
  if (isDay(entry)) return (day) => day === entry;
  const [from = '', to = from] = entry.split('..');
  // The turn of the year lies inside a range that ends before it begins.
  return from <= to
    ? (day) => from <= day.slice(5) && day.slice(5) <= to
    : (day) => from <= day.slice(5) || day.slice(5) <= to;
}

/** Weekdays and leap days repeat after so many years: what has working days in them always has some. */
const CYCLE_FROM: Day = '2024-01-01';
const CYCLE_DAYS = 28 * 365 + 7;
/** Longer than any holidays: whoever has no working day for so long has made a mistake. */
const LONGEST_REST_DAYS = 31;

function tooLongRest(isRestDay: (day: Day) => boolean): Day | undefined {
  let resting = 0;
  for (let n = 0, day = CYCLE_FROM; n < CYCLE_DAYS; n += 1, day = addDays(day, 1)) {
    resting = isRestDay(day) ? resting + 1 : 0;
    if (resting > LONGEST_REST_DAYS) return addDays(day, -LONGEST_REST_DAYS);
  }
  return undefined;
}

/** What the deployment's settings say about time. */
export interface CalendarSettings {
  /** IANA name. */
  readonly timeZone: string;
  /** False: nothing waits for a morning. */
  readonly quiet: boolean;
}

/**
 * Reads when people are at work.
 * @throws {ConfigError} when the file is wrong, or leaves no working day for more than a month
 */
export function loadCalendar(file: string, settings: CalendarSettings): Calendar & { readonly flood: Flood } {
  const { value, problemAt } = readYaml(file, CALENDAR);
  const zone = zoneOf(settings.timeZone);
  const weekend = new Set(value.weekend.map((name) => WEEKDAYS.indexOf(name)));
  // The list itself: the package's functions read a Date in the process's time zone.
  const holidays = new Set(value.holidays === 'JP' ? Object.keys(holidayJp.holidays) : []);
  const rules = (value.restDays ?? []).map(restRule);
  const isRestDay = (day: Day) =>
    weekend.has(weekdayOf(day)) || holidays.has(day) || rules.some((rests) => rests(day));

  const since = tooLongRest(isRestDay);
  if (since !== undefined) {
    const path = weekend.size === WEEKDAYS.length ? ['weekend'] : ['restDays'];
    const problem: Problem = problemAt(
      path,
      `nobody would be at work for more than ${LONGEST_REST_DAYS} days from ${since}; leave working days between`,
    );
    throw new ConfigError(file, [problem]);
  }

  const [hours = 0, minutes = 0] = value.morning.split(':').map(Number);
  const morning = hours * HOUR_MS + minutes * MINUTE_MS;
  const workingDay: Calendar['workingDay'] = (day, direction) => {
    const step = direction === 'after' ? 1 : -1;
    let next = addDays(day, step);
    while (isRestDay(next)) next = addDays(next, step);
    return next;
  };
  const morningOf = (day: Day) => zone.instant({ day, time: morning });

  return {
    quiet: settings.quiet,
    timeZone: settings.timeZone,
    flood: value.flood,
    dayOf: (at) => zone.localTime(at).day,
    isRestDay,
    morningOf,
    workingDay,
    nextMorning(at) {
      const { day: today } = zone.localTime(at);
      let day = isRestDay(today) ? workingDay(today, 'after') : today;
      while (morningOf(day) < at) day = workingDay(day, 'after');
      return morningOf(day);
    },
    dueAfter(from, hours) {
      const wanted = new Date(from.getTime() + hours * HOUR_MS);
      const { time } = zone.localTime(wanted);
      let due = wanted;
      // More than once where clocks are put forward at midnight: a skipped time then lies in the next day.
      for (let { day } = zone.localTime(due); isRestDay(day); { day } = zone.localTime(due)) {
        due = zone.instant({ day: workingDay(day, 'after'), time });
      }
      return due;
    },
  };
}
