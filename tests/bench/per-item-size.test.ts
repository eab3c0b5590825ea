import { indexWriteUnits, itemBytes, writeUnits } from '../../bench/per-item-size';

test.each([
  // Names count as well as what they hold.
  [{ pk: 'A#1', sk: 'é' }, 2 + 3 + 2 + 2],
  [{ n: 0 }, 1 + 1],
  [{ n: 1_000 }, 1 + 2],
  [{ n: -12.5 }, 1 + 4],
  [{ yes: true, no: null }, 3 + 1 + 2 + 1],
  [{ packed: new Uint8Array(5) }, 6 + 5],
  [{ list: ['a', 'bc'] }, 4 + 3 + 2 + 3],
  [{ map: { a: 'b', gone: undefined } }, 3 + 3 + 1 + 1 + 1],
  [{ kept: 'x', gone: undefined }, 4 + 1],
])('DynamoDB takes %j to be %i bytes', (item, bytes) => {
  expect(itemBytes(item)).toBe(bytes);
});

test('a write is a unit for each kilobyte that it begins', () => {
  expect([1_020, 1_021].map((length) => writeUnits({ text: 'x'.repeat(length) }))).toEqual([1, 2]);
});

describe('what a write costs in the indexes', () => {
  const plain = { pk: 'A', sk: 'B' };
  const due = { ...plain, clockPk: '2026-11-24T01#3', nextAt: '2026-11-24T01:10:00.000Z' };
  const later = { ...due, nextAt: '2026-11-24T01:20:00.000Z' };
  const large = { ...due, text: 'x'.repeat(3_000) };

  test.each([
    ['stays out of them', plain, { ...plain, a: 1 }, 0],
    ['comes into one', undefined, due, 1],
    ['leaves it', large, plain, 3],
    ['is moved within it: taken out and put in', due, later, 2],
    ['is altered at its place', due, large, 3],
    ['is written as it is', due, due, 0],
    ['is in two of them', plain, { ...due, ownerPk: 'O#U1', urgency: '9' }, 2],
  ])('of an item that %s', (_, before, after, units) => {
    expect(indexWriteUnits(before, after)).toBe(units);
  });
});
