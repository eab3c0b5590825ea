import * as fc from 'fast-check';
import { COMPLIANCE, History, type Op } from './history';

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
);

const check = (slot: number, as: 'PASSED' | 'FAILED'): Op => ({
  op: 'check',
  slot,
  as: COMPLIANCE.indexOf(as),
  resets: false,
});
const waited = (hours: number): Op => ({ op: 'wait', minutes: hours * 60 });

/** What chance may leave out of a few short histories. */
const EXAMPLES: readonly (readonly Op[])[] = [
  // One of two falls silent, then both; one speaks again.
  [
    check(0, 'PASSED'),
    check(1, 'FAILED'),
    { op: 'fall silent', slot: 1 },
    waited(60),
    { op: 'fall silent', slot: 0 },
    waited(60),
    { op: 'speak again', slot: 1 },
    waited(1),
  ],
  // Of Security Hub V2 alone: suppressed by policy, by a person for a while, and found by ASFF later.
  [
    check(9, 'FAILED'),
    check(10, 'FAILED'),
    { op: 'suppress here', slot: 10, hours: 5 },
    waited(2),
    waited(9),
  ],
  [
    check(11, 'FAILED'),
    { op: 'suppress here', slot: 11, hours: 30 },
    waited(1),
    check(11, 'FAILED'),
    waited(40),
  ],
  // Two standards, one of which is suppressed outside; then lifted.
  [
    check(3, 'FAILED'),
    check(4, 'FAILED'),
    { op: 'suppress outside', slot: 4 },
    { op: 'suppress outside', slot: 3 },
    waited(3),
    { op: 'lift outside', slot: 4 },
    { op: 'reconcile' },
  ],
  // A refresh that came too early to be remembered, and the echo of the bot's own write half a day later.
  [
    check(1, 'FAILED'),
    { op: 'speak again', slot: 1 },
    { op: 'suppress here', slot: 1, hours: 12 },
    { op: 'fall silent', slot: 1 },
    waited(47),
    { op: 'reconcile' },
    waited(1),
  ],
  // Made anew while it is suppressed, the old one archived.
  [
    check(0, 'FAILED'),
    { op: 'suppress here', slot: 0, hours: 20 },
    { op: 'recreate', slot: 0, as: 1, archived: true },
    waited(1),
    { op: 'archive', slot: 0 },
    waited(30),
  ],
];

describe('whatever happens', () => {
  test(
    "the score is Security Hub's rule over the last state of every finding",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(op, { minLength: 1, maxLength: ALL ? 60 : 30, size: 'max' }), (ops) =>
          new History().play(ops),
        ),
        { seed: 20_261_124, examples: EXAMPLES.map((ops): [Op[]] => [[...ops]]), numRuns: ALL ? 2_000 : 30 },
      );
    },
    ALL ? 3_600_000 : 60_000,
  );
});
