import { join } from 'node:path';
import { limitsOf } from '../../commands/scale/limits';
import { USUAL } from '../../commands/scale/load';
import { PerItemFile } from '../../commands/scale/per-item-file';
import { readData } from '../../commands/scale/read-data';
import type { AccountId } from '../../src/accounts';
import { NO_DRIFT, RESTING, tableReconcileRuns } from '../../src/reconcile';
import { dynamoTable } from '../../src/store';
import { openWorld } from '../setup/world';

const perItem = readData(join(__dirname, '..', '..', 'commands', 'scale', 'per-item.json'), PerItemFile);

test('the record of a comparison is too large at the number of accounts that is named', async () => {
  const world = await openWorld();
  const runs = tableReconcileRuns(dynamoTable(world.dynamodb, world.environment['TABLE_NAME'] ?? ''));
  const named = limitsOf(USUAL, perItem).find(({ name }) => name === 'reconcileRecord')?.reachedAt ?? 0;
  const about = (accounts: number) => {
    const ids = Array.from(
      { length: accounts },
      (_, number) => String(200_000_000_000 + number) as AccountId,
    );
    const of = <T>(value: T) => Object.fromEntries(ids.map((id) => [id, value])) as Record<AccountId, T>;
    const outside = of(12);
    return { ...RESTING, drift: of({ ...NO_DRIFT, opened: 12, scores: 3 }), outside, toldOutside: outside };
  };
  await runs.create(RESTING);
  // What is beside it in the record is small; the embedded table reckons a little differently than DynamoDB does.
  expect(await runs.replace({ ...about(Math.floor(named * 0.9)), version: 2 }, 1)).toBe(true);
  await expect(runs.replace({ ...about(Math.ceil(named * 1.1)), version: 3 }, 2)).rejects.toThrow(/size/i);
});
