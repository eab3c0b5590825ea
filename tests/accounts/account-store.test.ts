import { type AccountId, type AccountRecord, accountItemKey, tableAccounts } from '../../src/accounts';
import { amend, dynamoTable, type Table } from '../../src/store';
import { openWorld } from '../setup/world';

const ID = '111122223333' as AccountId;
const record = (over: Partial<AccountRecord> = {}): AccountRecord => ({
  id: ID,
  name: 'shop-prod',
  kind: 'production',
  status: 'active',
  source: 'csv',
  registeredAt: '2026-11-24T01:00:00.000Z',
  updatedAt: '2026-11-24T01:00:00.000Z',
  version: 1,
  seq: 0,
  uncopied: [],
  ...over,
});

let table: Table;
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, String(world.environment['TABLE_NAME']));
});

it('keeps an account once, and lists all of them', async () => {
  const store = tableAccounts(table);
  expect(await store.create(record())).toBe(true);
  expect(await store.create(record({ name: 'other' }))).toBe(false);
  expect(await store.load(ID)).toEqual(record());
  const other = record({ id: '012345678901' as AccountId });
  await store.create(other);
  expect(await store.all()).toEqual([other, record()]);
});

it('is moved by version, and found by the clock while it is unsettled', async () => {
  const store = tableAccounts(table);
  await store.create(record());
  const unsettled = '2026-11-24T01:00:00.000Z';
  await amend(store, ID, (current) => ({ ...current, unsettled }));
  expect(await table.get(accountItemKey(ID))).toMatchObject({
    type: 'account',
    version: 2,
    nextAt: '2026-11-24T01:10:00.000Z',
  });
  expect(await store.replace(record(), 1)).toBe(false);
});

it('has another stamp after every write that is announced', async () => {
  const store = tableAccounts(table);
  expect(await store.readStamp()).toBeUndefined();
  await store.stamp();
  const first = await store.readStamp();
  await store.stamp();
  expect(await store.readStamp()).not.toBe(first);
});
