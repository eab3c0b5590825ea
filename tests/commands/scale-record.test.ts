import { join } from 'node:path';
import { runAbout } from '../../bench/per-item-run';
import { limitsOf } from '../../commands/scale/limits';
import { USUAL } from '../../commands/scale/load';
import { PerItemFile } from '../../commands/scale/per-item-file';
import { readData } from '../../commands/scale/read-data';
import { tableReconcileRuns } from '../../src/reconcile';
import { dynamoTable } from '../../src/store';
import { openWorld } from '../setup/world';

const perItem = readData(join(__dirname, '..', '..', 'commands', 'scale', 'per-item.json'), PerItemFile);

test('the record of a comparison is too large from about the number of accounts on that is named', async () => {
  const world = await openWorld();
  const runs = tableReconcileRuns(dynamoTable(world.dynamodb, world.environment['TABLE_NAME'] ?? ''));
  const named = limitsOf(USUAL, perItem).find(({ name }) => name === 'reconcileRecord')?.reachedAt ?? 0;
  // The embedded table reckons a little differently than DynamoDB does.
  await expect(runs.create(runAbout(Math.ceil(named * 1.4)))).rejects.toThrow(/size/i);
  expect(await runs.create(runAbout(Math.floor(named * 0.7)))).toBe(true);
});
