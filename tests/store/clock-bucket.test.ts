import { CLOCK_SHARDS, clockAttributes, clockBucket } from '../../src/store';

it('has one bucket an hour and shard', () => {
  expect(clockBucket('2026-11-24T01:59:59.999Z', 0)).toBe('2026-11-24T01#0');
  expect(clockBucket('2026-11-24T02:00:00.000Z', 7)).toBe('2026-11-24T02#7');
});

it('a record that the clock need not look at is not in the index', () => {
  expect(clockAttributes({ pk: 'a', sk: 'b' }, undefined)).toEqual({});
});

it('a record keeps its shard, and records are spread over all of them', () => {
  const at = '2026-11-24T01:00:00.000Z';
  const shardOf = (sk: string) => clockAttributes({ pk: 'A#1', sk }, at).clockPk?.split('#')[1];
  expect(clockAttributes({ pk: 'A#1', sk: 'x' }, at)).toEqual({
    clockPk: clockBucket(at, Number(shardOf('x'))),
    nextAt: at,
  });
  expect(shardOf('x')).toBe(shardOf('x'));
  const shards = new Set(Array.from({ length: 200 }, (_, n) => shardOf(String(n))));
  expect(shards).toEqual(new Set(Array.from({ length: CLOCK_SHARDS }, (_, n) => String(n))));
});
