import { addDays } from '../../src/calendar';
import type { Control, ControlId, Severity } from '../../src/controls';
import { viewScore } from '../../src/scores';
import { accountScore, controlScore, counts, NOW, recent, snapshot, TODAY } from './records';

const FSBP = 'aws-foundational-security-best-practices/v/1.0.0';
const CIS = 'cis-aws-foundations-benchmark/v/5.0.0';

const control = (id: string, severity: Severity, category: Control['category'] = 'other'): Control => ({
  id: id as ControlId,
  title: id,
  severity,
  category,
  scope: 'regional',
  schedule: 'both',
});
const CATALOGUE = [
  control('EC2.19', 'CRITICAL'),
  control('IAM.4', 'CRITICAL', 'required'),
  control('S3.5', 'HIGH', 'encryption-in-transit'),
  control('S3.8', 'HIGH'),
  control('KMS.4', 'HIGH', 'encryption-at-rest'),
  control('S3.14', 'LOW'),
  control('RDS.2', 'LOW'),
];
const catalogue = { find: (id: string) => CATALOGUE.find((known) => known.id === id) };
const view = (records: Partial<Parameters<typeof viewScore>[0]> = {}) =>
  viewScore({ score: accountScore(), controls: [], snapshots: [], ...records }, catalogue, NOW);

test('what has never been heard of, or counted, has no score and no line', () => {
  const unheard = view({ score: undefined });
  expect(unheard).toMatchObject({ score: undefined, points: [], weeks: [], holding: [], exceptions: 0 });
  expect(unheard.asOf).toBeUndefined();
  const { asOf: _, ...uncounted } = accountScore();
  expect(view({ score: uncounted })).toMatchObject({ score: undefined, points: [] });
});

test('the change is told where there is a past, whole points against that day', () => {
  const score = accountScore({
    counts: counts(87, 13),
    recent: recent(90, 80, 81, undefined, 83, 84, 85, 86),
  });
  expect(view({ score })).toMatchObject({ score: 87, week: 7, month: undefined });
  const month = accountScore({
    counts: counts(1, 1),
    recent: recent(...Array.from({ length: 30 }, () => 51)),
  });
  expect(view({ score: month })).toMatchObject({ score: 50, week: -1, month: -1 });
  const gap = accountScore({ counts: counts(1, 1), recent: recent(undefined, 1, 2, 3, 4, 5, 6) });
  expect(view({ score: gap }).week).toBeUndefined();
});

test('the line ends today, begins 89 days earlier, and leaves out what is older', () => {
  const snapshots = [200, 90, 89, 2, 1].map((daysAgo) => snapshot(daysAgo, counts(3, 1)));
  const { points } = view({ score: accountScore({ counts: counts(4) }), snapshots });
  expect(points).toEqual([
    { day: addDays(TODAY, -89), score: 75 },
    { day: addDays(TODAY, -2), score: 75 },
    { day: addDays(TODAY, -1), score: 75 },
    { day: TODAY, score: 100 },
  ]);
});

test('of each week the last known score; weeks without any stay empty', () => {
  const snapshots = [
    snapshot(80, counts(1, 9)),
    snapshot(15, counts(2, 8)),
    snapshot(14, counts(3, 7)),
    snapshot(13, counts(0, 0, 0, 5)),
    snapshot(8, counts(4, 6)),
  ];
  const { weeks } = view({ score: accountScore({ counts: counts(5, 5) }), snapshots });
  const nothing = Array.from({ length: 8 }, () => undefined);
  expect(weeks).toEqual([10, ...nothing, 30, 40, 50]);
});

test.each([
  {
    about: 'severity, then what can be repaired, then the fewest resources, then the name',
    controls: [
      controlScore('S3.14', { failing: 1 }),
      controlScore('S3.8', { failing: 9 }),
      controlScore('KMS.4', { status: 'unknown', failing: 0, unchecked: 1 }),
      controlScore('S3.5', { failing: 2 }),
      controlScore('EC2.19', { failing: 50 }),
    ],
    order: ['EC2.19 50', 'S3.5 2', 'S3.8 9', 'KMS.4 1', 'S3.14 1'],
  },
  {
    about: 'equal ones by name; what the catalogue does not know counts as medium',
    controls: [controlScore('X.1'), controlScore('IAM.4'), controlScore('EC2.19'), controlScore('RDS.2')],
    order: ['EC2.19 1', 'IAM.4 1', 'X.1 1', 'RDS.2 1'],
  },
  {
    about: 'nothing that passes, has no data or is switched off',
    controls: (['passed', 'no-data', 'disabled'] as const).map((status) => controlScore('S3.5', { status })),
    order: [],
  },
])('what to begin with: $about', ({ controls, order }) => {
  const { holding } = view({ score: accountScore({ counts: counts(5, 5) }), controls });
  expect(holding.map((one) => `${one.control} ${one.resources}`)).toEqual(order);
});

test.each([
  { passed: 61, failed: 7, unknown: 2, listed: 9, lifted: 94, more: 4 },
  { passed: 1, failed: 1, unknown: 0, listed: 1, lifted: 100, more: 0 },
  // Counted between the two reads.
  { passed: 3, failed: 1, unknown: 0, listed: 3, lifted: 100, more: 0 },
  { passed: 4, failed: 0, unknown: 0, listed: 0, lifted: undefined, more: 0 },
])(
  'five of $listed lift $passed passed to $lifted %',
  ({ passed, failed, unknown, listed, lifted, more }) => {
    const controls = Array.from({ length: listed }, (_, n) => controlScore(`EC2.${n}`));
    const score = accountScore({ counts: counts(passed, failed, unknown, 12, 3) });
    const found = view({ score, controls });
    expect(found).toMatchObject({ lifted, moreHolding: more, pointsEach: 100 / (passed + failed + unknown) });
    expect(found.holding.length).toBe(Math.min(5, listed));
  },
);

test('standards count a control in each of theirs; categories count it once', () => {
  const both = { [FSBP]: 'failed', [CIS]: 'passed' } as const;
  const found = view({
    controls: [
      controlScore('S3.5', { status: 'failed', standards: both }),
      controlScore('IAM.4', { status: 'passed', standards: { [FSBP]: 'passed' } }),
      controlScore('KMS.4', { status: 'unknown' }),
      controlScore('S3.8', { status: 'no-data', standards: { 'pci-dss/v/4.0.1': 'no-data' } }),
      controlScore('X.1', { status: 'passed' }),
    ],
  });
  expect(found.standards).toEqual([
    { standard: FSBP, tally: { passed: 1, failed: 1, unknown: 0 } },
    { standard: CIS, tally: { passed: 1, failed: 0, unknown: 0 } },
  ]);
  expect(
    found.categories.map(({ category, tally }) => [category, tally.passed, tally.failed, tally.unknown]),
  ).toEqual([
    ['required', 1, 0, 0],
    ['encryption-in-transit', 0, 1, 0],
    ['encryption-at-rest', 0, 0, 1],
    [undefined, 1, 0, 0],
  ]);
});

test.each([
  { about: 'never', climb: { times: 0, longestDays: 0 }, streak: { days: 0, longest: 0 } },
  { about: 'once', climb: { times: 1, longestDays: 9 }, streak: { days: 0, longest: 9 } },
  {
    about: 'now, and longer than ever',
    climb: { times: 1, longestDays: 9, perfectSince: '2026-11-12T00:00:00.000Z' },
    streak: { days: 12, longest: 12 },
  },
  {
    about: 'now, and not as long as before',
    climb: { times: 1, longestDays: 30, perfectSince: '2026-11-23T00:00:00.000Z' },
    streak: { days: 1, longest: 30 },
  },
])('days at 100 %: $about', ({ climb, streak }) => {
  expect(view({ score: accountScore({ climb }) }).streak).toEqual(streak);
});
