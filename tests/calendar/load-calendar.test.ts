import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { loadCalendar } from '../../src/calendar';
import { ConfigError } from '../../src/config';

const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HOUR = 3_600_000;

function calendarOf(text: string, timeZone = 'Asia/Tokyo') {
  const file = join(folder, 'calendar.yml');
  writeFileSync(file, text);
  return loadCalendar(file, { timeZone, quiet: true });
}

/** A calendar that differs from the default one only in what a test names. */
function calendar(
  over: { morning?: string; weekend?: string; holidays?: string; rest?: string; timeZone?: string } = {},
) {
  const { morning = '09:00', weekend = 'saturday, sunday', holidays = 'JP', rest = "'12-29..01-03'" } = over;
  return calendarOf(
    `morning: '${morning}'\nweekend: [${weekend}]\nholidays: ${holidays}\nrestDays: [${rest}]\nflood: { issues: 50 }\n`,
    over.timeZone,
  );
}

const inUtc = { holidays: 'none', rest: '', timeZone: 'UTC' };

describe('the default calendar in Japan', () => {
  const japan = loadCalendar('config/calendar.yml', { timeZone: 'Asia/Tokyo', quiet: false });

  it('says what the settings and the file say', () => {
    expect(japan).toMatchObject({ quiet: false, timeZone: 'Asia/Tokyo', flood: { issues: 50 } });
  });

  it.each([
    ['2026-11-23', 'Labor Thanksgiving Day, a Monday'],
    ['2027-03-22', 'the substitute of a Vernal Equinox on Sunday'],
    ['2026-05-06', 'the substitute of a Constitution Day on Sunday, behind two more holidays'],
    ['2026-09-22', 'a day between two holidays'],
    ['2026-11-22', 'Sunday'],
    ['2026-11-21', 'Saturday'],
    ['2026-12-29', 'year-end begins'],
    ['2026-12-31', 'New Year’s Eve'],
    ['2027-01-01', 'New Year’s Day'],
    ['2028-01-03', 'year-end ends, a Monday'],
  ])('nobody is at work on %s: %s', (day) => {
    expect(japan.isRestDay(day)).toBe(true);
  });

  it.each(['2026-11-24', '2026-12-28', '2027-01-04', '2026-09-24', '2026-05-07'])(
    '%s is a working day',
    (day) => {
      expect(japan.isRestDay(day)).toBe(false);
    },
  );

  it('knows the working days around Golden Week, year-end and a long September weekend', () => {
    expect(japan.workingDay('2026-05-01', 'after')).toBe('2026-05-07');
    expect(japan.workingDay('2026-05-07', 'before')).toBe('2026-05-01');
    expect(japan.workingDay('2026-12-28', 'after')).toBe('2027-01-04');
    expect(japan.workingDay('2026-09-18', 'after')).toBe('2026-09-24');
  });

  it('reads the day where the people are', () => {
    expect(japan.dayOf(new Date('2026-11-24T14:59:59.999Z'))).toBe('2026-11-24');
    expect(japan.dayOf(new Date('2026-11-24T15:00:00.000Z'))).toBe('2026-11-25');
  });

  it.each([
    ['2026-11-24T00:00:00.000Z', '2026-11-24T00:00:00.000Z', 'at nine sharp'],
    ['2026-11-24T00:00:00.001Z', '2026-11-25T00:00:00.000Z', 'just missed'],
    ['2026-11-23T20:00:00.000Z', '2026-11-24T00:00:00.000Z', 'early in the morning'],
    ['2026-11-20T09:00:00.000Z', '2026-11-24T00:00:00.000Z', 'Friday evening before a holiday'],
    ['2026-12-28T01:00:00.000Z', '2027-01-04T00:00:00.000Z', 'the last day of the year'],
  ])('the morning after %s is %s: %s', (at, morning) => {
    expect(japan.nextMorning(new Date(at)).toISOString()).toBe(morning);
  });

  it.each([
    ['2026-11-24T01:00:00.000Z', 24, '2026-11-25T01:00:00.000Z', 'a working day'],
    ['2026-11-20T05:30:00.000Z', 24, '2026-11-24T05:30:00.000Z', 'a Saturday, then Sunday and a holiday'],
    ['2026-11-19T05:30:00.000Z', 72, '2026-11-24T05:30:00.000Z', 'a Sunday'],
    [
      '2026-12-27T20:00:00.000Z',
      168,
      '2027-01-03T20:00:00.000Z',
      'early on the first working day of the year',
    ],
  ])('from %s in %i hours is %s: %s', (from, hours, due) => {
    expect(japan.dueAfter(new Date(from), hours).toISOString()).toBe(due);
  });
});

describe('where clocks are changed', () => {
  it.each([
    ['America/New_York', '2026-03-06', '2026-03-06T14:00:00.000Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T13:00:00.000Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-26T08:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-05', '2026-10-04T22:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-24', '2026-11-24T03:15:00.000Z'],
  ])('nine o’clock in %s on %s is %s', (timeZone, day, at) => {
    expect(calendar({ timeZone }).morningOf(day).toISOString()).toBe(at);
  });

  it('a morning that is skipped comes as much later, one that comes twice is the first', () => {
    const early = calendar({ ...inUtc, timeZone: 'America/New_York', morning: '02:30', weekend: '' });
    expect(early.morningOf('2026-03-08').toISOString()).toBe('2026-03-08T07:30:00.000Z');
    const twice = calendar({ ...inUtc, timeZone: 'America/New_York', morning: '01:30', weekend: '' });
    expect(twice.morningOf('2026-11-01').toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });

  it('keeps the local time of a deadline over a change of clocks', () => {
    const { dueAfter } = calendar({ ...inUtc, timeZone: 'America/New_York' });
    // Friday noon; 24 hours later is a Saturday, and clocks go forward on Sunday.
    expect(dueAfter(new Date('2026-03-06T17:00:00.000Z'), 24).toISOString()).toBe('2026-03-09T16:00:00.000Z');
  });
});

const ZONES = ['Asia/Tokyo', 'America/New_York', 'America/Nuuk', 'Asia/Beirut', 'Australia/Lord_Howe', 'UTC'];
const CALENDARS = ZONES.map((timeZone) => calendar({ timeZone, weekend: 'sunday' }));
const moments = fc.date({ min: new Date('2025-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });

it('a deadline is never on a rest day and never earlier than asked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CALENDARS),
      moments,
      fc.integer({ min: 1, max: 400 }),
      (days, from, hours) => {
        const due = days.dueAfter(from, hours);
        expect(days.isRestDay(days.dayOf(due))).toBe(false);
        expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime() + hours * HOUR);
      },
    ),
  );
});

it('the next morning is the nearest one of a working day', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CALENDARS), moments, (days, at) => {
      const morning = days.nextMorning(at);
      const day = days.dayOf(morning);
      expect(morning.getTime()).toBeGreaterThanOrEqual(at.getTime());
      expect(days.isRestDay(day)).toBe(false);
      expect(days.morningOf(day)).toEqual(morning);
      expect(days.morningOf(days.workingDay(day, 'before')).getTime()).toBeLessThan(at.getTime());
    }),
  );
});

it('days named once or every year rest beside weekend and holidays', () => {
  const { isRestDay } = calendar({ ...inUtc, weekend: '', rest: "'02-29', '2027-06-01', '08-13..08-15'" });
  const resting = ['2028-02-29', '2027-06-01', '2026-08-13', '2031-08-15'];
  expect(resting.filter((day) => !isRestDay(day))).toEqual([]);
  expect(['2027-02-28', '2026-06-01', '2026-08-16', '2026-01-01', '2026-11-22'].filter(isRestDay)).toEqual(
    [],
  );
});

describe('refuses, with line and column,', () => {
  const GOOD = "morning: '09:00'\nweekend: [sunday]\nholidays: JP\nflood: { issues: 50 }\n";
  const problem = (text: string): string => {
    try {
      calendarOf(text);
    } catch (error) {
      if (error instanceof ConfigError) return error.message.replace(/^.*calendar\.yml:/, '');
      throw error;
    }
    return '';
  };

  it('nothing in a good file', () => expect(problem(GOOD)).toBe(''));

  it.each([
    ['an hour that is none', GOOD.replace('09:00', '9:00'), `1:10 "morning": write an hour such as '09:00'`],
    [
      'a weekday it does not know',
      GOOD.replace('sunday', 'sonday'),
      '2:11 "sonday" is not known here; write one of',
    ],
    [
      'holidays it does not know',
      GOOD.replace('JP', 'US'),
      '3:11 "US" is not known here; write one of JP, none',
    ],
    ['a flood of nothing', GOOD.replace('50', '0'), '4:18 "issues": write at least 1'],
    [
      'a day that does not exist',
      `${GOOD}restDays: ['2027-02-29']\n`,
      '5:12 "restDays": write a day that exists',
    ],
    [
      'a range backwards in one go',
      `${GOOD}restDays: ['01-03..02-30']\n`,
      '5:12 "restDays": write a day that exists',
    ],
    ['an unknown key', `${GOOD}holyday: x\n`, '5:1 unknown key "holyday"; the keys here are'],
    [
      'a week without work',
      GOOD.replace('[sunday]', '[monday, tuesday, wednesday, thursday, friday, saturday, sunday]'),
      '2:10 nobody would be at work for more than 31 days from 2024-01-01',
    ],
    [
      'a year without work',
      `${GOOD}restDays: ['01-01..12-31']\n`,
      '5:11 nobody would be at work for more than 31 days from 2024-01-01',
    ],
    [
      'a winter without work',
      `${GOOD}restDays: ['12-01..01-31']\n`,
      '5:11 nobody would be at work for more than 31 days from 2024-12-01',
    ],
  ])('%s', (_, text, expected) => expect(problem(text)).toContain(expected));
});
