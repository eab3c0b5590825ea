import { callSpacing } from '../../src/aws';

test('calls of a kind are kept apart, whoever makes them; other kinds do not wait', async () => {
  let time = 1_000;
  const waited: number[] = [];
  const turn = callSpacing({
    now: () => new Date(time),
    pause: async (ms) => {
      waited.push(ms);
    },
  });
  await Promise.all([turn('a', 100), turn('a', 100), turn('b', 1_000), turn('a', 100)]);
  expect(waited).toEqual([100, 200]);
  time += 250;
  await turn('a', 100);
  time += 1_000;
  await turn('a', 100);
  await turn('b', 1_000);
  expect(waited).toEqual([100, 200, 50]);
});
