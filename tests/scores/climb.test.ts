import {
  type Climb,
  celebrated,
  celebratesAt,
  ENOUGH_CONTROLS,
  perfectDays,
  stepClimb,
  type Tally,
} from '../../src/scores';

const ALL: Tally = { passed: 20, failed: 0, unknown: 0 };
const ONE_FAILS: Tally = { passed: 19, failed: 1, unknown: 0 };
const ONE_UNKNOWN: Tally = { passed: 19, failed: 0, unknown: 1 };
const NOTHING: Tally = { passed: 0, failed: 0, unknown: 0 };
const NEW: Climb = { times: 0, longestDays: 0 };

const at = (time: string) => new Date(`2026-11-${time}Z`);
const iso = (time: string) => at(time).toISOString();

/** Counts one after the other; a day that ends below 100 % leaves its mark, as the count of the next day does. */
function climbed(climb: Climb, ...counts: readonly (readonly [string, Tally])[]): Climb {
  let [next, day] = [climb, counts[0]?.[0].slice(0, 2)];
  for (const [time, tally] of counts) {
    const today = time.slice(0, 2);
    if (today !== day && next.perfectSince === undefined && next.belowSince !== undefined) {
      next = { ...next, wasBelow: true };
    }
    day = today;
    next = stepClimb(next, tally, at(time));
  }
  return next;
}

describe('a climb', () => {
  test('begins with the first count below 100 %, by what fails or cannot be checked', () => {
    expect(climbed(NEW, ['02T01:00', ONE_FAILS])).toEqual({ ...NEW, belowSince: iso('02T01:00') });
    expect(climbed(NEW, ['02T01:00', ONE_UNKNOWN])).toEqual({ ...NEW, belowSince: iso('02T01:00') });
  });

  test('is none of an account that has always been at 100 %', () => {
    const climb = climbed(NEW, ['02T01:00', ALL], ['03T01:00', ALL]);
    expect(climb).toEqual({ ...NEW, perfectSince: iso('02T01:00') });
    expect(celebratesAt(climb, ALL)).toBeUndefined();
  });

  test('ends with a celebration when 100 % has held for an hour', () => {
    const climb = climbed(NEW, ['02T01:00', ONE_FAILS], ['03T01:00', ONE_FAILS], ['03T05:00', ALL]);
    expect(climb).toMatchObject({ belowSince: iso('02T01:00'), perfectSince: iso('03T05:00') });
    expect(celebratesAt(climb, ALL)).toEqual(at('03T06:00'));
    const done = celebrated(climb, at('03T06:01'));
    expect(done).toMatchObject({ times: 1, celebratedAt: iso('03T06:01') });
    expect(celebratesAt(done, ALL)).toBeUndefined();
  });

  test('is none within a day: what comes and goes is no achievement', () => {
    const climb = climbed(NEW, ['02T01:00', ALL], ['02T05:00', ONE_FAILS], ['02T07:00', ALL]);
    expect(climb.wasBelow).toBeUndefined();
    expect(climb.perfectSince).toBe(iso('02T07:00'));
    expect(celebratesAt(climb, ALL)).toBeUndefined();
  });

  test('starts its hour anew with each fall, and still began when it began', () => {
    const climb = climbed(
      NEW,
      ['02T01:00', ONE_FAILS],
      ['05T01:00', ALL],
      ['05T01:30', ONE_FAILS],
      ['05T02:00', ALL],
    );
    expect(climb.belowSince).toBe(iso('02T01:00'));
    expect(celebratesAt(climb, ALL)).toEqual(at('05T03:00'));
  });

  test('that begins after a celebration begins with the fall', () => {
    const climb = climbed(NEW, ['02T01:00', ONE_FAILS], ['03T01:00', ALL]);
    const again = climbed(celebrated(climb, at('03T02:00')), ['09T01:00', ONE_FAILS]);
    expect(again).toMatchObject({ belowSince: iso('09T01:00'), longestDays: 6, times: 1 });
  });

  test('a second time within a week is not celebrated, and the next one is', () => {
    const first = celebrated(climbed(NEW, ['02T01:00', ONE_FAILS], ['03T01:00', ALL]), at('03T02:00'));
    const second = climbed(first, ['04T01:00', ONE_FAILS], ['05T01:00', ALL]);
    expect(celebratesAt(second, ALL)).toBeUndefined();
    const later = climbed(second, ['06T01:00', ONE_FAILS], ['12T01:00', ALL]);
    expect(celebratesAt(later, ALL)).toEqual(at('12T02:00'));
  });

  test('goes on, and streaks too, where there is no data for a while', () => {
    const below = climbed(NEW, ['02T01:00', ONE_FAILS], ['03T01:00', NOTHING]);
    expect(below.belowSince).toBe(iso('02T01:00'));
    const perfect = climbed(NEW, ['02T01:00', ONE_FAILS], ['03T01:00', ALL], ['03T01:10', NOTHING]);
    expect(perfect.perfectSince).toBe(iso('03T01:00'));
    expect(celebratesAt(perfect, NOTHING)).toBeUndefined();
    expect(climbed(perfect, ['09T01:00', ALL]).perfectSince).toBe(iso('03T01:00'));
  });

  test('with few controls is not celebrated', () => {
    const climb = climbed(NEW, ['02T01:00', ONE_FAILS], ['03T01:00', ALL]);
    const few = { passed: ENOUGH_CONTROLS - 1, failed: 0, unknown: 0 };
    expect(celebratesAt(climb, few)).toBeUndefined();
    expect(celebratesAt(climb, { ...few, passed: ENOUGH_CONTROLS })).toEqual(at('03T02:00'));
  });

  test('that is put off is celebrated no earlier', () => {
    const climb = climbed(NEW, ['02T01:00', ONE_FAILS], ['03T01:00', ALL]);
    const notBefore = iso('05T00:00');
    expect(celebratesAt({ ...climb, notBefore }, ALL)).toEqual(at('05T00:00'));
    expect(celebrated({ ...climb, notBefore }, at('05T00:01')).notBefore).toBeUndefined();
  });

  test('counts its days at 100 %, and remembers the longest time', () => {
    const climb = climbed(NEW, ['01T01:00', ALL], ['11T00:59', ONE_FAILS], ['12T00:00', ALL]);
    expect(climb.longestDays).toBe(9);
    expect(perfectDays(climb, at('13T23:59'))).toBe(1);
    expect(climbed(climb, ['15T00:00', ONE_FAILS]).longestDays).toBe(9);
    expect(perfectDays(NEW, at('13T23:59'))).toBe(0);
  });
});
