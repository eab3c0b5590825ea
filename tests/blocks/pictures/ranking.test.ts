import { drawRankingPicture, type RankingPictureView } from '../../../blocks/pictures';
import { decode, type Pixels } from './pixels';
import { rankingOf, TODAY } from './views';

const row: RankingPictureView['rows'][number] = {
  rank: 1,
  name: 'checkout',
  score: 100,
  perfect: false,
  change: 3,
};

/** Pixels of exactly one colour. */
function count(pixels: Pixels, color: string): number {
  let found = 0;
  for (let y = 0; y < pixels.height; y += 1) {
    for (let x = 0; x < pixels.width; x += 1) if (pixels.at(x, y).join() === color) found += 1;
  }
  return found;
}

const FILL = '211,227,248,255';
const GOLD_FILL = '255,233,168,255';
const draw = (...rows: RankingPictureView['rows']) => drawRankingPicture({ rows, day: TODAY }, 'en');

it('grows with its rows', async () => {
  const heights: number[] = [];
  for (const rows of [1, 2, 10, 30]) {
    const picture = await drawRankingPicture(rankingOf(...Array.from({ length: rows }, () => 'x')), 'en');
    heights.push(picture.height / picture.width);
  }
  for (const [place, height] of heights.slice(1).entries()) expect(height).toBeGreaterThan(heights[place]!);
});

it('draws bars as long as the scores', async () => {
  const [half, whole] = [
    count(decode(await draw({ ...row, name: '.', score: 50 })), FILL),
    count(decode(await draw({ ...row, name: '.', score: 100 })), FILL),
  ];
  expect(whole / half).toBeGreaterThan(1.9);
  expect(whole / half).toBeLessThan(2.1);
});

it('gives its star to who passed everything, not to a score that is rounded to 100', async () => {
  const [rounded, perfect] = [await draw(row), await draw({ ...row, perfect: true })];

  expect(count(decode(rounded), GOLD_FILL)).toBe(0);
  expect(count(decode(perfect), GOLD_FILL)).toBeGreaterThan(10_000);
  expect(rounded.alt).toBe(
    'Score ranking as of 23 Nov 2026, top 1 account: 1. checkout 100 % (+3 in 7 days).',
  );
  expect(perfect.alt).toBe(
    'Score ranking as of 23 Nov 2026, top 1 account: 1. checkout 100 % every control passed (+3 in 7 days).',
  );
});

it('says in words what it shows', async () => {
  const { alt } = await drawRankingPicture(rankingOf('決済基盤', '在庫管理', '検索'), 'ja');
  expect(alt).toBe(
    '2026/11/23 時点のスコアランキング、上位 3 アカウント。1 位 決済基盤 100 % すべて合格 (7 日間で +2)、2 位 在庫管理 99 %、3 位 検索 98 % (7 日間で ±0)。',
  );
  const [fallen, empty] = [await draw({ ...row, change: -2 }), await draw()];
  expect(fallen.alt).toContain('(−2 in 7 days)');
  expect(empty.alt).toBe('Score ranking. There is no ranking yet.');
});

it('gives two accounts of one rank the same number', async () => {
  const { alt } = await draw(row, { ...row, name: 'search' });
  expect(alt).toContain('1. checkout 100 % (+3 in 7 days), 1. search 100 %');
});
