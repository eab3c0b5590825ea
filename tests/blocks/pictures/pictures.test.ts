import * as fc from 'fast-check';
import {
  drawCelebrationPicture,
  drawOrganisationPicture,
  drawRankingPicture,
  drawTrendPicture,
  type Picture,
} from '../../../blocks/pictures';
import type { Language } from '../../../src/playbooks';
import { CORPUS, hostile, intruders } from '../hostile';
import { decode } from './pixels';
import { celebrationOf, organisationOf, rankingOf, trendOf } from './views';

const LANGUAGES = ['ja', 'en'] as const;

/** [what, how it is drawn] */
const PICTURES: readonly (readonly [string, (language: Language, name: string) => Promise<Picture>])[] = [
  ['trend', (language, name) => drawTrendPicture(trendOf(name), language)],
  ['trend of nothing', (language, name) => drawTrendPicture({ name, points: [] }, language)],
  ['ranking', (language, name) => drawRankingPicture(rankingOf(name, 'b', 'c'), language)],
  ['ranking of nobody', (language) => drawRankingPicture(rankingOf(), language)],
  ['celebration', (language, name) => drawCelebrationPicture(celebrationOf(name), language)],
  [
    'celebration without a climb',
    (language, name) => drawCelebrationPicture({ ...celebrationOf(name), points: [] }, language),
  ],
  ['organisation', (language) => drawOrganisationPicture(organisationOf(12), language)],
  ['organisation without weeks', (language) => drawOrganisationPicture({ weeks: [] }, language)],
];
const NAMED = PICTURES.filter(([what]) => !/nobody|organisation/.test(what));

const CORNER = 2;

describe.each(PICTURES)('%s', (_what, draw) => {
  it.each(LANGUAGES)('is a card of its own ground with clear corners (%s)', async (language) => {
    const picture = await draw(language, 'checkout');
    const pixels = decode(picture);

    expect(pixels.width).toBeGreaterThanOrEqual(1080);
    for (const x of [CORNER, pixels.width - 1 - CORNER]) {
      for (const y of [CORNER, pixels.height - 1 - CORNER]) expect(pixels.at(x, y)[3]).toBe(0);
    }
    const middle = Math.round(pixels.height / 2);
    for (let x = 4; x < pixels.width - 4; x += 1) expect(pixels.at(x, middle)[3]).toBe(255);
  });

  it('is the same, byte for byte, whatever was drawn in between', async () => {
    const once = await draw('ja', 'checkout');
    await drawTrendPicture(trendOf('another'), 'en');
    const again = await draw('ja', 'checkout');

    expect(Buffer.from(again.png).equals(once.png)).toBe(true);
    expect(again).toEqual(once);
  });

  it('speaks its own language, and says in words what it shows', async () => {
    const [ja, en] = [await draw('ja', 'checkout'), await draw('en', 'checkout')];

    expect(Buffer.from(ja.png).equals(en.png)).toBe(false);
    expect(ja.alt).toMatch(/[ぁ-ん]/);
    expect(en.alt).toMatch(/[a-z]{3}/);
    expect(en.alt).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  });
});

describe.each(NAMED)('a name in the picture: %s', (_what, draw) => {
  it('is drawn with Japanese glyphs: other names, other pictures', async () => {
    const [one, other] = [await draw('ja', '決済基盤'), await draw('ja', '在庫管理')];

    expect(Buffer.from(one.png).equals(other.png)).toBe(false);
    expect(one.alt).toContain('決済基盤');
  });
});

/** What every text for who cannot see a picture has to be. */
function expectSound(alt: string): void {
  expect(alt.length).toBeLessThanOrEqual(1900);
  expect(intruders({ alt_text: alt })).toEqual([]);
  expect(alt).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
}

describe('hostile names', () => {
  it('break no ranking', async () => {
    for (const rows of [CORPUS.slice(0, 20), CORPUS.slice(20)]) {
      const picture = await drawRankingPicture(rankingOf(...rows), 'en');
      const pixels = decode(picture);
      const edge = Math.round((pixels.width / 720) * 505);
      // Between the bars and the scores: no name reaches there.
      for (let y = Math.round(pixels.width / 5.5); y < pixels.height - 8; y += 1) {
        expect(pixels.at(edge, y)).toEqual([255, 255, 255, 255]);
      }
      expectSound(picture.alt);
    }
  });

  it.each([
    ['markup', '<script>&"'],
    ['emoji', '🚀'],
    ['turned around', '\u202Egnp.exe'],
    ['half a character', 'lone \uD83D'],
    ['endless', 'x'.repeat(10_000)],
    ['empty', ''],
  ])('break no celebration: %s', async (_what, name) => {
    const [picture, calm] = [
      await drawCelebrationPicture(celebrationOf(name), 'en'),
      await drawCelebrationPicture(celebrationOf('checkout'), 'en'),
    ];
    const [pixels, other] = [decode(picture), decode(calm)];
    // Below the confetti.
    expect(pixels.rows(700, 1000).equals(other.rows(700, 1000))).toBe(true);
    expectSound(picture.alt);
  });

  it('touch nothing of a trend but the line where the name stands', async () => {
    const calm = decode(await drawTrendPicture(trendOf('checkout'), 'ja'));
    const [top, bottom] = [2 * 28, 2 * 84];
    const edge = 2 * (720 - 34);

    await fc.assert(
      fc.asyncProperty(hostile(300), async (name) => {
        const picture = await drawTrendPicture(trendOf(name), 'ja');
        const pixels = decode(picture);
        expect(pixels.rows(0, top).equals(calm.rows(0, top))).toBe(true);
        expect(pixels.rows(bottom, pixels.height).equals(calm.rows(bottom, calm.height))).toBe(true);
        for (let y = top; y < bottom; y += 1) expect(pixels.at(edge, y)).toEqual([255, 255, 255, 255]);
        expectSound(picture.alt);
      }),
      { numRuns: 12 },
    );
  });

  it('leave the words of a full ranking short enough for Slack, with every rank in them', async () => {
    for (const language of LANGUAGES) {
      const { alt } = await drawRankingPicture(
        rankingOf(...Array.from({ length: 30 }, () => '長い名前のアカウント&<x>'.repeat(12))),
        language,
      );
      expect(alt.length).toBeLessThanOrEqual(1900);
      expect(alt).toContain(language === 'ja' ? '30 位' : '30. ');
    }
  });
});
