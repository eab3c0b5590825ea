import { archiveObjects } from '../../src/archive/archive-objects';
import type { TableWrite } from '../../src/archive/table-write';

const write = (number: number, written = '2026-11-24T01:02:03.000Z'): TableWrite => ({
  id: `event-${number}`,
  sequence: `44${number}`,
  written,
  event: 'INSERT',
  key: { pk: 'A#111122223333#C#s3.5#H', sk: `S#00000000${number}` },
  item: { seq: number, at: '2026-11-24T01:02:02.500Z', what: 'open' },
});

test('a batch is one object, in its order, under day, time and place in the stream', () => {
  const [object, ...others] = archiveObjects([write(1), write(2)]);
  expect(others).toEqual([]);
  expect(object?.name).toMatch(/^records\/day=2026-11-24\/010203Z-441-[0-9a-f]{16}\.ndjson\.gz$/);
  expect(object?.first).toBe('441');
  const lines = object?.text.split('\n') ?? [];
  expect(lines).toHaveLength(3);
  expect(lines.at(-1)).toBe('');
  expect(lines.slice(0, 2).map((line) => JSON.parse(line).id)).toEqual(['event-1', 'event-2']);
});

test('midnight (UTC) parts a batch, so that a day has all that was written on it', () => {
  const objects = archiveObjects([
    write(1, '2026-12-31T23:59:59.000Z'),
    write(2, '2027-01-01T00:00:00.000Z'),
    write(3, '2027-01-01T00:00:01.000Z'),
  ]);
  expect(objects.map(({ first }) => first)).toEqual(['441', '442']);
  expect(objects.map(({ name }) => name.split('-').slice(0, 3).join('-'))).toEqual([
    'records/day=2026-12-31/235959Z',
    'records/day=2027-01-01/000000Z',
  ]);
});

test('a name follows from the content: the same for the same batch, another for another one', () => {
  const nameOf = (...writes: TableWrite[]) => archiveObjects(writes)[0]?.name;
  const again: TableWrite = {
    ...write(1),
    // DynamoDB need not give attributes in the same order twice.
    item: { what: 'open', at: '2026-11-24T01:02:02.500Z', seq: 1 },
  };
  expect(nameOf(again, write(2))).toBe(nameOf(write(1), write(2)));
  expect(nameOf(write(1))).not.toBe(nameOf(write(1), write(2)));
  expect(nameOf({ ...write(1), item: { ...write(1).item, what: 'left' } })).not.toBe(nameOf(write(1)));
});

test('an empty batch is no object', () => {
  expect(archiveObjects([])).toEqual([]);
});
