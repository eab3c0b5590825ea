import { dynamoTable, type History, tableHistory } from '../../src/store';
import { openWorld } from '../setup/world';

const RECORD = { pk: 'A#1', sk: 'C#ec2.19' };
const AT = '2026-11-24T01:00:00.000Z';

let history: History;
beforeEach(async () => {
  const world = await openWorld();
  history = tableHistory(dynamoTable(world.dynamodb, world.tableName));
});

const entry = (seq: number) => ({ seq, at: AT, what: `step ${seq}` });

it('keeps entries, newest first, however many there are', async () => {
  await history.copy(RECORD, [entry(2), entry(9), entry(10), entry(100)]);
  expect((await history.latest(RECORD, 3)).map(({ seq }) => seq)).toEqual([100, 10, 9]);
  expect(await history.latest(RECORD, 1)).toEqual([expect.objectContaining(entry(100))]);
});

it('copied twice, an entry is there once', async () => {
  await history.copy(RECORD, [entry(1), entry(2)]);
  await history.copy(RECORD, [entry(1), entry(2)]);
  expect(await history.latest(RECORD, 10)).toHaveLength(2);
});

it("does not mix one record's with another's", async () => {
  await history.copy(RECORD, [entry(1)]);
  expect(await history.latest({ ...RECORD, sk: 'C#ec2.1' }, 10)).toEqual([]);
  expect(await history.marked({ ...RECORD, sk: 'C#ec2.1' }, 'x')).toBeUndefined();
});

it('finds an entry by its mark, which is no entry itself', async () => {
  await history.copy(RECORD, [{ ...entry(1), mark: 'change-1:suppressed' }, entry(2)]);
  expect(await history.marked(RECORD, 'change-1:suppressed')).toBe(1);
  expect(await history.marked(RECORD, 'change-1:undone')).toBeUndefined();
  expect((await history.latest(RECORD, 10)).map(({ seq }) => seq)).toEqual([2, 1]);
});
