import { drawTrendPicture, type Picture } from '../../../blocks/pictures';
import { decode, type Pixels } from './pixels';
import { climb, points, trendOf } from './views';

const name = 'checkout';
const draw = (scores: readonly (number | undefined)[]): Promise<Picture> =>
  drawTrendPicture({ name, points: points(scores) }, 'en');

/** How much of the line's blue there is between two places across the plot, 0 at its left and 1 at its right. */
function blueBetween(pixels: Pixels, from: number, to: number): number {
  const [left, right] = [from, to].map((part) => Math.round(2 * (90 + part * (522 - 90))));
  let found = 0;
  for (let y = 2 * 130; y < 2 * 350; y += 1) {
    for (let x = left!; x < right!; x += 1) {
      if (pixels.at(x, y).join() === '26,95,180,255') found += 1;
    }
  }
  return found;
}

it('draws a line where there are scores and nothing where there are none', async () => {
  const whole = decode(await draw(Array.from({ length: 31 }, () => 50)));
  const broken = decode(
    await draw(Array.from({ length: 31 }, (_, day) => (day > 10 && day < 20 ? undefined : 50))),
  );

  expect(blueBetween(whole, 0.4, 0.6)).toBeGreaterThan(500);
  expect(blueBetween(broken, 0.4, 0.6)).toBe(0);
  expect(blueBetween(broken, 0.1, 0.3)).toBe(blueBetween(whole, 0.1, 0.3));
});

it('breaks at days that are left out as at days without a score', async () => {
  const scores = [70, 71, undefined, undefined, 74, 75];
  const all = points(scores);

  const known = await drawTrendPicture(
    { name, points: all.filter(({ score }) => score !== undefined) },
    'en',
  );
  expect(known).toEqual(await drawTrendPicture({ name, points: all }, 'en'));
});

it('shows a day that stands alone between days without a score', async () => {
  const alone = Array.from({ length: 31 }, (_, day) => (day === 15 || day === 30 ? 50 : undefined));
  expect(blueBetween(decode(await draw(alone)), 0.45, 0.55)).toBeGreaterThan(50);
});

it('draws higher what is higher', async () => {
  const height = async (score: number): Promise<number> => {
    const pixels = decode(await draw([0, score, score, 0]));
    const x = Math.round(2 * (90 + (522 - 90) / 2));
    for (let y = 2 * 130; y < pixels.height; y += 1) if (pixels.at(x, y).join() === '26,95,180,255') return y;
    throw new Error('no line');
  };
  const [low, middle, high] = [await height(20), await height(60), await height(100)];

  expect(high).toBeLessThan(middle);
  expect(middle).toBeLessThan(low);
  expect(Math.abs(middle - high - (low - middle))).toBeLessThanOrEqual(2);
});

it.each([
  ['one day', [82], 'Security score of checkout over time: 82 % as of 23 Nov 2026.'],
  [
    'a rise',
    [79, 78, 82],
    'Security score of checkout over time: 82 % as of 23 Nov 2026. That is +3 points since 21 Nov 2026 (79 %). Lowest in this time 78 %, highest 82 %.',
  ],
  [
    'a fall, and days without data',
    [81, undefined, 80, undefined],
    'Security score of checkout over time: 80 % as of 22 Nov 2026. That is −1 point since 20 Nov 2026 (81 %). Lowest in this time 80 %, highest 81 %. 2 days without data.',
  ],
  [
    'nothing yet',
    [undefined, undefined],
    'Security score of checkout over time. There is no score yet; once scores are recorded, the line grows.',
  ],
])('says in words: %s', async (_what, scores, alt) => {
  expect((await draw(scores)).alt).toBe(alt);
});

it('says the same in Japanese', async () => {
  const { alt } = await drawTrendPicture({ name: '決済基盤', points: points([79, undefined, 82]) }, 'ja');
  expect(alt).toBe(
    '決済基盤 のセキュリティスコアの推移。2026/11/23 時点で 82 % です。2026/11/21 の 79 % から +3 ポイントです。この間の最低は 79 %、最高は 82 % です。データのない日が 1 日あります。',
  );
});

it('draws no scores alike, whether there are no days or none with a score', async () => {
  const [none, unknown] = [await draw([]), await draw([undefined, undefined])];

  expect(unknown).toEqual(none);
  expect(Buffer.from(none.png).equals((await drawTrendPicture(trendOf(name), 'en')).png)).toBe(false);
});

it('draws 400 days', async () => {
  const picture = await drawTrendPicture({ name, points: climb(400, 20) }, 'ja');
  expect(blueBetween(decode(picture), 0.9, 0.98)).toBeGreaterThan(200);
});
