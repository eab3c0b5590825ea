import {
  type AccountId,
  type AccountRegister,
  accountRegister,
  loadAccounts,
  tableAccounts,
} from '../../src/accounts';
import { sqsQueues } from '../../src/queues';
import { importAccounts, previewImport, type RegistryEffects, registryEffects } from '../../src/registry';
import { dynamoTable } from '../../src/store';
import { openWorld } from '../setup/world';

const DEFAULTS = { kind: 'production', mode: 'observe' } as const;
const NOW = '2026-11-24T01:00:00.000Z';
const CAUSE = { source: 'csv', byName: 'somebody', at: NOW } as const;
const id = (number: number) => String(number).padStart(12, '0') as AccountId;

let effects: RegistryEffects;
let register: AccountRegister;
beforeEach(async () => {
  const world = await openWorld();
  const table = dynamoTable(world.dynamodb, world.tableName);
  const now = () => new Date(NOW);
  const seeds = loadAccounts('config/accounts.yml', DEFAULTS);
  register = accountRegister(tableAccounts(table), seeds, DEFAULTS, now);
  effects = registryEffects({ table, queues: sqsQueues(world.sqs, world.queueUrls), register, now });
});

const rows = Array.from({ length: 40 }, (_, number) => ({
  id: id(number + 1),
  fields: { name: `account-${number + 1}` },
  line: number + 2,
}));

it('saves each account once, and again alters nothing', async () => {
  let done = 0;
  const first = await importAccounts(rows, CAUSE, effects, () => {
    done += 1;
  });
  expect(first.failed).toEqual([]);
  expect(first.imported).toEqual(rows.map((row) => ({ id: row.id, outcome: 'created' })));
  expect(done).toBe(40);
  const records = await effects.accounts.all();
  expect(records).toHaveLength(40);
  expect(records[0]).toMatchObject({
    id: id(1),
    name: 'account-1',
    kind: 'production',
    source: 'csv',
    seq: 1,
  });
  expect(records.filter(({ unsettled }) => unsettled !== undefined)).toEqual([]);

  const again = await importAccounts(rows, CAUSE, effects, () => undefined);
  expect(new Set(again.imported.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
  expect(await effects.accounts.all()).toEqual(records);
});

it('goes on behind an account that cannot be saved, and names its line', async () => {
  const broken: RegistryEffects = {
    ...effects,
    accounts: {
      ...effects.accounts,
      create: async (record) => {
        if (record.id === id(3)) throw new Error('the table is away');
        return effects.accounts.create(record);
      },
    },
  };
  const { imported, failed } = await importAccounts(rows, CAUSE, broken, () => undefined);
  expect(imported).toHaveLength(39);
  expect(failed).toEqual([
    { id: id(3), line: 4, problem: 'could not be saved (the table is away); import it again' },
  ]);
  expect((await importAccounts(rows, CAUSE, effects, () => undefined)).imported[2]).toEqual({
    id: id(3),
    outcome: 'created',
  });
});

it('foretells what it will do, and writes nothing meanwhile', async () => {
  await importAccounts(
    [
      { id: id(1), fields: { name: 'one', project: 'shop' } },
      { id: id(2), fields: { name: 'two' } },
      { id: id(3), fields: { name: 'three' } },
    ],
    CAUSE,
    effects,
    () => undefined,
  );
  const wanted = [
    { id: id(1), fields: { name: 'one', project: null } },
    { id: id(2), fields: { name: 'two', project: null } },
    { id: id(3), fields: {} },
    { id: id(4), fields: {} },
  ];
  const before = await effects.accounts.all();
  const foretold = await previewImport(wanted, effects);
  expect(foretold.map(({ outcome }) => outcome)).toEqual(['changed', 'unchanged', 'unchanged', 'created']);
  expect(await effects.accounts.all()).toEqual(before);
  expect((await importAccounts(wanted, CAUSE, effects, () => undefined)).imported).toEqual(foretold);
  expect(await effects.accounts.load(id(1))).not.toHaveProperty('project');
});
