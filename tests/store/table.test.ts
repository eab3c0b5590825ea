import { dynamoTable, type Table } from '../../src/store';
import { openWorld } from '../setup/world';

let table: Table;
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, world.tableName);
});

const KEY = { pk: 'A#1', sk: 'B#1' };

it('writes a new item once', async () => {
  expect(await table.create({ ...KEY, version: 1, name: 'first' })).toBe(true);
  expect(await table.create({ ...KEY, version: 1, name: 'second' })).toBe(false);
  expect(await table.get({ ...KEY, more: 1 } as never)).toEqual({ ...KEY, version: 1, name: 'first' });
});

it('replaces an item of this version only, the whole of it', async () => {
  expect(await table.replace({ ...KEY, version: 1 }, 0)).toBe(false);
  await table.create({ ...KEY, version: 1, name: 'first' });
  expect(await table.replace({ ...KEY, version: 2, other: true }, 1)).toBe(true);
  expect(await table.get(KEY)).toEqual({ ...KEY, version: 2, other: true });
  expect(await table.replace({ ...KEY, version: 2 }, 1)).toBe(false);
});

it('of fifty who replace at once one wins', async () => {
  await table.create({ ...KEY, version: 1 });
  const won = await Promise.all(
    Array.from({ length: 50 }, (_, writer) => table.replace({ ...KEY, version: 2, writer }, 1)),
  );
  expect(won.filter(Boolean)).toHaveLength(1);
  expect(await table.get(KEY)).toMatchObject({ version: 2, writer: won.indexOf(true) });
});

it('raises revision and version together, whoever else does', async () => {
  expect(await table.raise(KEY, { unsettled: 'x' })).toBeUndefined();
  expect(await table.get(KEY)).toBeUndefined();
  await table.create({ ...KEY, version: 1, revision: 5, kept: 'yes' });
  await Promise.all(Array.from({ length: 10 }, (_, n) => table.raise(KEY, { unsettled: String(n) })));
  expect(await table.raise(KEY, { unsettled: 'last', nextAt: 'a' })).toEqual({
    ...KEY,
    version: 12,
    revision: 16,
    kept: 'yes',
    unsettled: 'last',
    nextAt: 'a',
  });
});

it('leaves out what is undefined', async () => {
  await table.put({ ...KEY, version: 1, nothing: undefined, deep: { nothing: undefined, some: 1 } });
  expect(await table.get(KEY)).toEqual({ ...KEY, version: 1, deep: { some: 1 } });
});

it('reads a partition in order, page by page, and from the end', async () => {
  const big = 'x'.repeat(100_000);
  await Promise.all(
    Array.from({ length: 15 }, (_, n) => table.put({ pk: 'P', sk: `I#${String(n).padStart(2, '0')}`, big })),
  );
  await table.put({ pk: 'P', sk: 'OTHER' });
  const all = await table.all('P', 'I#');
  expect(all.map(({ sk }) => sk)).toEqual(
    Array.from({ length: 15 }, (_, n) => `I#${String(n).padStart(2, '0')}`),
  );
  // 15 items of 100 KB are more than one answer of 1 MB holds.
  const first = await table.query('P');
  expect(first.items.length).toBeLessThan(16);
  expect(first.next).toBeDefined();
  expect((await table.all('P')).length).toBe(16);
  const newest = await table.query('P', { begins: 'I#', limit: 2, backwards: true });
  expect(newest.items.map(({ sk }) => sk)).toEqual(['I#14', 'I#13']);
  const rest = await table.query('P', { begins: 'I#', limit: 2, backwards: true, from: newest.next! });
  expect(rest.items.map(({ sk }) => sk)).toEqual(['I#12', 'I#11']);
});

it('has in an index what carries its attributes, in order and through a bound', async () => {
  await table.put({ pk: 'a', sk: 'a', clockPk: 'hour#1', nextAt: '2026-11-24T02:00:00.000Z' });
  await table.put({ pk: 'b', sk: 'b', clockPk: 'hour#1', nextAt: '2026-11-24T01:00:00.000Z' });
  await table.put({ pk: 'c', sk: 'c', clockPk: 'hour#2', nextAt: '2026-11-24T01:00:00.000Z' });
  await table.put({ pk: 'd', sk: 'd' });
  const pks = async (options = {}) =>
    (await table.index('clock', 'hour#1', options)).items.map(({ pk }) => pk);
  expect(await pks()).toEqual(['b', 'a']);
  expect(await pks({ through: '2026-11-24T01:59:59.999Z' })).toEqual(['b']);
  const page = await table.index('clock', 'hour#1', { limit: 1 });
  expect(page.next).toBeDefined();
  expect((await table.index('clock', 'hour#1', { from: page.next! })).items.map(({ pk }) => pk)).toEqual([
    'a',
  ]);
});

it('passes on what is wrong with the table itself', async () => {
  const world = await openWorld();
  const missing = dynamoTable(world.dynamodb, 'no-such-table');
  const said = 'resource not found';
  await expect(missing.get(KEY)).rejects.toThrow(said);
  await expect(missing.create({ ...KEY })).rejects.toThrow(said);
  await expect(missing.raise(KEY, { a: 'b' })).rejects.toThrow(said);
});
