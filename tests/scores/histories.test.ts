import fc from 'fast-check';
import { History, type Op } from './history';

/** Thousands of long ones, which take minutes: `SCORES=all npx jest tests/scores/histories`. */
const ALL = process.env['SCORES'] === 'all';

const slot = fc.nat({ max: 15 });
const as = fc.nat({ max: 4 });
const about = <T extends Op['op']>(op: T) => fc.record({ op: fc.constant(op), slot });
const wait = (max: number) =>
  fc.record({ op: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max }) });

const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ op: fc.constant('check' as const), slot, as, resets: fc.boolean() }) },
  { weight: 2, arbitrary: about('archive') },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constant('recreate' as const), slot, as, archived: fc.boolean() }),
  },
  { weight: 2, arbitrary: about('suppress outside') },
  { weight: 2, arbitrary: about('lift outside') },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('suppress here' as const),
      slot,
      hours: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: about('deliver twice') },
  { weight: 2, arbitrary: about('reorder') },
  { weight: 4, arbitrary: about('fall silent') },
  { weight: 2, arbitrary: about('speak again') },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('reconcile' as const) }) },
  { weight: 3, arbitrary: wait(120) },
  { weight: 2, arbitrary: wait(30 * 60) },
  { weight: 2, arbitrary: wait(5 * 24 * 60) },
) as fc.Arbitrary<Op>;

describe('whatever happens', () => {
  test(
    "the score is Security Hub's rule over the last state of every finding",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(op, { minLength: 1, maxLength: ALL ? 60 : 30, size: 'max' }), (ops) =>
          new History().play(ops),
        ),
        { seed: 20_261_124, numRuns: ALL ? 3_000 : 40 },
      );
    },
    ALL ? 3_600_000 : 60_000,
  );
});
