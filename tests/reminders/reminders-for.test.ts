import * as fc from 'fast-check';
import { addDays, type Calendar, loadCalendar } from '../../src/calendar';
import { nextWake, remindersFor } from '../../src/reminders/reminders-for';

/** Japan's: a weekend, public holidays, and the days around New Year. */
const calendar: Calendar = loadCalendar('config/calendar.yml', { timeZone: 'Asia/Tokyo', quiet: true });
const OPENED = '2026-10-01T00:00:00.000Z';

/** Half past eight in Tokyo, when a day's reminders are written. */
const half = (day: string) => `${addDays(day, -1)}T23:30:00.000Z`;
const at = (day: string, time = '08:30') => new Date(`${day}T${time}:00+09:00`);

describe('who hears of it on which morning', () => {
  // 2026-11-23 is a public holiday, 11-21 and 11-22 a weekend.
  it.each([
    ['two working days before', '2026-11-24', '2026-11-19', false, false],
    ['the last working day before, over a long weekend', '2026-11-24', '2026-11-20', true, false],
    ['a rest day before', '2026-11-24', '2026-11-22', false, false],
    ['the day itself, before its hour', '2026-11-24', '2026-11-24', true, false],
    ['the next working day', '2026-11-24', '2026-11-25', true, true],
    ['the second one', '2026-11-24', '2026-11-26', false, true],
    ['a rest day when it is overdue', '2026-11-24', '2026-11-28', false, false],
    ['a week after the first', '2026-11-24', '2026-12-02', true, true],
    ['two weeks after the first', '2026-11-24', '2026-12-09', true, true],
    ['the day after that', '2026-11-24', '2026-12-10', false, true],
    // Its turn, 2026-12-30, and the days around it are free: the first working day takes it over.
    ['the first working day of the year', '2026-11-24', '2027-01-04', true, true],
    ['and the next one', '2026-11-24', '2027-01-05', false, true],
    ['its turn after that', '2026-11-24', '2027-01-06', true, true],
  ])('%s', (_, due, day, owner, overdue) => {
    const dated = { due: `${due}T06:00:00.000Z`, openedAt: OPENED };
    expect(remindersFor(dated, calendar, at(day))).toEqual({ owner, overdue });
    expect(remindersFor(dated, calendar, at(day, '23:59'))).toEqual({ owner, overdue });
    expect(remindersFor(dated, calendar, at(day, '08:29'))).toEqual({ owner: false, overdue: false });
  });

  it('who was asked in the last twelve hours is not reminded', () => {
    const due = '2026-11-25T06:00:00.000Z';
    const opened = (openedAt: string) => remindersFor({ due, openedAt }, calendar, at('2026-11-25')).owner;
    expect(opened('2026-11-24T12:00:00.000Z')).toBe(true);
    expect(opened('2026-11-24T12:00:00.001Z')).toBe(false);
    expect(opened('2026-11-25T01:00:00.000Z')).toBe(false);
  });

  it('what has no deadline is never spoken of', () => {
    expect(remindersFor({ openedAt: OPENED }, calendar, at('2026-11-25'))).toEqual({
      owner: false,
      overdue: false,
    });
    expect(nextWake({ openedAt: OPENED }, calendar, at('2026-11-25'))).toBeUndefined();
  });
});

describe('when the clock looks next', () => {
  const due = '2026-11-24T06:00:00.000Z';
  it.each([
    ['long before', at('2026-10-05'), '2026-11-20'],
    ['on the first morning', at('2026-11-20'), '2026-11-24'],
    ['just before it', at('2026-11-20', '08:29'), '2026-11-20'],
    ['on the day itself', at('2026-11-24', '12:00'), '2026-11-25'],
    ['every working day from then on', at('2026-11-25'), '2026-11-26'],
    ['over a weekend', at('2026-11-27'), '2026-11-30'],
    ['over New Year', at('2026-12-28', '20:00'), '2027-01-04'],
  ])('%s', (_, now, day) => {
    expect(nextWake({ due, openedAt: OPENED }, calendar, now)).toBe(half(day));
  });

  it('passes over a morning on which people have only just been asked', () => {
    const openedAt = at('2026-11-24', '02:00').toISOString();
    expect(nextWake({ due, openedAt }, calendar, at('2026-11-24', '03:00'))).toBe(half('2026-11-25'));
  });
});

const minutes = (from: number, to: number) =>
  fc.integer({ min: 0, max: Math.floor((to - from) / 60_000) }).map((n) => new Date(from + n * 60_000));
const someTime = minutes(Date.parse('2026-01-01T00:00:00Z'), Date.parse('2027-12-01T00:00:00Z'));

describe('whatever the deadline', () => {
  it('nobody hears anything on a rest day, nor before half past eight', () => {
    fc.assert(
      fc.property(someTime, someTime, (due, now) => {
        const { owner, overdue } = remindersFor({ due: due.toISOString() }, calendar, now);
        const day = calendar.dayOf(now);
        const quiet = calendar.isRestDay(day) || now < at(day);
        expect(quiet && (owner || overdue)).toBe(false);
      }),
    );
  });

  it('the clock wakes for every morning that has something to say, and for no other', () => {
    fc.assert(
      fc.property(someTime, someTime, (due, from) => {
        const dated = { due: due.toISOString() };
        const wake = nextWake(dated, calendar, from);
        const until = new Date(wake ?? '');
        expect(until > from).toBe(true);
        const said = remindersFor(dated, calendar, until);
        expect(said.owner || said.overdue).toBe(true);
        for (let day = calendar.dayOf(from); day < calendar.dayOf(until); day = addDays(day, 1)) {
          if (at(day) <= from) continue;
          expect(remindersFor(dated, calendar, at(day))).toEqual({ owner: false, overdue: false });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('whoever is late hears of it again within a week of working days', () => {
    fc.assert(
      fc.property(someTime, (due) => {
        const dated = { due: due.toISOString() };
        const dueDay = calendar.dayOf(due);
        const first = calendar.workingDay(dueDay, 'after');
        expect(remindersFor(dated, calendar, at(first)).owner).toBe(true);
        const week = Array.from({ length: 7 }, (_, n) => addDays(first, 14 + n));
        const told = week.filter((day) => remindersFor(dated, calendar, at(day)).owner);
        const working = calendar.isRestDay(addDays(first, 14)) ? [0, 1] : [1];
        expect(working).toContain(told.length);
      }),
      { numRuns: 60 },
    );
  });
});
