import type { AccountId } from '../../src/accounts';
import { NO_DRIFT, RESTING, type ReconcileRun, tableReconcileRuns } from '../../src/reconcile';
import { dynamoTable } from '../../src/store';
import { openWorld } from '../setup/world';

const [ONE, OTHER, THIRD] = ['111122223333', '444455556666', '123456789012'] as [
  AccountId,
  AccountId,
  AccountId,
];

async function openRuns() {
  const { dynamodb, environment } = await openWorld();
  const table = dynamoTable(dynamodb, environment['TABLE_NAME'] ?? '');
  return { table, runs: tableReconcileRuns(table) };
}

test('a run comes back as it was written', async () => {
  const { runs } = await openRuns();
  const run: ReconcileRun = {
    ...RESTING,
    status: 'running',
    startedAt: '2026-11-24T18:00:00.000Z',
    unsettled: '2026-11-24T18:00:00.000Z',
    after: ONE,
    pieces: [{ accounts: [OTHER], severities: ['HIGH'] }],
    drift: {
      [ONE]: { opened: 1, closed: 2, adopted: 3, lifted: 4, rewritten: 5, changed: 6, scores: 7 },
      [OTHER]: { ...NO_DRIFT, scores: 1_234 },
    },
    outside: { [ONE]: 12, [THIRD]: 1 },
    toldOutside: { [OTHER]: 3 },
  };
  expect(await runs.create(run)).toBe(true);
  expect(await runs.load('run')).toMatchObject(run);

  expect(await runs.replace({ ...RESTING, version: 2 }, 1)).toBe(true);
  expect(await runs.load('run')).toEqual({ ...RESTING, toldOutside: {}, version: 2 });
});

test('a run that an earlier version of the program has written is read', async () => {
  const { runs, table } = await openRuns();
  const earlier = { ...RESTING, outside: { [ONE]: 2 }, drift: { [ONE]: { ...NO_DRIFT, opened: 1 } } };
  await table.put({ pk: 'RECONCILE', sk: 'RUN', type: 'reconcile', ...earlier });

  expect(await runs.load('run')).toEqual(earlier);
});

test('something may be mended in all the accounts that Security Hub can have, and more', async () => {
  const { runs } = await openRuns();
  const accounts = Array.from({ length: 20_000 }, (_, n) =>
    // Spread over all numbers, as accounts are.
    String(100_000_000_000 + ((n * 618_033_988_749) % 899_999_999_981)),
  ) as AccountId[];
  const of = <T>(value: (n: number) => T) =>
    Object.fromEntries(accounts.map((account, n) => [account, value(n)])) as Record<AccountId, T>;
  const run: ReconcileRun = {
    ...RESTING,
    status: 'running',
    drift: of((n) => ({ ...NO_DRIFT, opened: 1 + (n % 61), changed: n % 7, scores: n % 23 })),
    outside: of((n) => 1 + (n % 47)),
    toldOutside: of((n) => 1 + (n % 43)),
  };
  expect(await runs.create(run)).toBe(true);
  expect((await runs.load('run'))?.drift).toEqual(run.drift);
});
