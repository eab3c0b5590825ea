import * as fc from 'fast-check';
import { type ControlStatus, countStatuses, isPerfect, scoreOf, type Tally, total } from '../../src/scores';

const tallies: fc.Arbitrary<Tally> = fc.record({
  passed: fc.nat({ max: 2_000 }),
  failed: fc.nat({ max: 2_000 }),
  unknown: fc.nat({ max: 2_000 }),
});
const STATUSES: readonly ControlStatus[] = ['passed', 'failed', 'unknown', 'no-data', 'disabled'];
const DECIDED: readonly ControlStatus[] = ['passed', 'failed', 'unknown'];

const many = (status: ControlStatus, count: number) => Array<ControlStatus>(count).fill(status);

describe('the score', () => {
  // Examples of the AWS documentation.
  test.each([
    [168, 22, 0, 88],
    [8, 29, 0, 22],
    [6, 35, 0, 15],
    [159, 56, 0, 74],
    [28, 17, 0, 62],
    [357, 515 - 357, 0, 69],
    [357, 0, 515 - 357, 69],
  ])('of %i passed, %i failed and %i unknown controls is %i', (passed, failed, unknown, score) => {
    expect(scoreOf({ passed, failed, unknown })).toBe(score);
  });

  test('leaves out what has no data: 6 of 12 enabled controls passed, 2 have none', () => {
    const counts = countStatuses([...many('passed', 6), ...many('failed', 4), ...many('no-data', 2)]);
    expect(counts).toEqual({ passed: 6, failed: 4, unknown: 0, noData: 2, disabled: 0 });
    expect(scoreOf(counts)).toBe(60);
  });

  test('leaves out what is switched off', () => {
    const counts = countStatuses([...many('passed', 1), ...many('disabled', 99)]);
    expect(counts).toEqual({ passed: 1, failed: 0, unknown: 0, noData: 0, disabled: 99 });
    expect(scoreOf(counts)).toBe(100);
  });

  test.each([
    [1, 7, 13],
    [3, 5, 38],
    [1, 199, 1],
    [1, 200, 0],
    [67, 133, 34],
    [199, 1, 100],
    [198, 2, 99],
  ])('rounds halves up: %i of %i more is %i', (passed, failed, score) => {
    expect(scoreOf({ passed, failed, unknown: 0 })).toBe(score);
  });

  test('is none where no control has data', () => {
    expect(scoreOf(countStatuses([]))).toBeUndefined();
    expect(scoreOf(countStatuses(['no-data', 'disabled']))).toBeUndefined();
  });

  test('is a whole number from 0 to 100, at most half a point from the truth, and no half is lost', () => {
    fc.assert(
      fc.property(tallies, (tally) => {
        const all = total(tally);
        const score = scoreOf(tally);
        if (all === 0) return score === undefined;
        if (score === undefined || !Number.isInteger(score) || score < 0 || score > 100) return false;
        // score - 0.5 <= 100 * passed / all < score + 0.5, in whole numbers
        return (2 * score - 1) * all <= 200 * tally.passed && 200 * tally.passed < (2 * score + 1) * all;
      }),
    );
  });

  test('rises with what passes, and falls with what does not', () => {
    fc.assert(
      fc.property(tallies, (tally) => {
        const score = scoreOf(tally) ?? 0;
        expect(scoreOf({ ...tally, passed: tally.passed + 1 })).toBeGreaterThanOrEqual(score);
        for (const worse of ['failed', 'unknown'] as const) {
          expect(scoreOf({ ...tally, [worse]: tally[worse] + 1 })).toBeLessThanOrEqual(score);
          if (tally[worse] === 0) continue;
          const fixed = { ...tally, [worse]: tally[worse] - 1, passed: tally.passed + 1 };
          expect(scoreOf(fixed)).toBeGreaterThanOrEqual(score);
        }
      }),
    );
  });

  test('does not depend on the order of the controls', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATUSES)), (statuses) => {
        expect(countStatuses([...statuses].reverse())).toEqual(countStatuses(statuses));
        expect(total(countStatuses(statuses))).toBe(statuses.filter((one) => DECIDED.includes(one)).length);
      }),
    );
  });
});

describe('100 %', () => {
  test.each([
    [{ passed: 1, failed: 0, unknown: 0 }, true],
    [{ passed: 999, failed: 1, unknown: 0 }, false],
    [{ passed: 999, failed: 0, unknown: 1 }, false],
    [{ passed: 0, failed: 0, unknown: 0 }, false],
  ])('of %j: %s, whatever the score is rounded to', (tally, perfect) => {
    expect(isPerfect(tally)).toBe(perfect);
  });
});
