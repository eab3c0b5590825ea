import { Ring } from '../../../local/slack/ring';

test('a ring keeps the newest entries, in order', () => {
  const ring = new Ring<number>(3);
  for (let entry = 1; entry <= 10; entry += 1) {
    ring.add(entry);
    expect(ring.all()).toEqual([entry - 2, entry - 1, entry].filter((kept) => kept > 0));
  }
  ring.clear();
  expect(ring.all()).toEqual([]);
});
