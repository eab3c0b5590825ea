import { createHash } from 'node:crypto';
import type { Language } from '../../src/playbooks';
import { shownWords } from '../words/shown';
import { drawChart } from './chart';
import { textWidth } from './font';
import { nameInWords, nameText } from './name';
import { PALETTE } from './palette';
import type { Picture } from './picture';
import { card, MARGIN, render, SMALLEST, WIDTH } from './render';
import { everyDay, knownPoints, type ScorePoint } from './score-points';
import { scoreSeries } from './score-series';
import { box, circle, star, text } from './svg';
import { tenths } from './tenths';

/** 100 % reached. */
export interface CelebrationPictureView {
  /** Untrusted. */
  readonly name: string;
  /** Controls, all of which passed. */
  readonly passed: number;
  /** How often the account has reached 100 %, this time included. */
  /** The how-manieth time this is; 0 where it has been there before, nobody knows how often. */
  readonly times: number;
  /** The climb, oldest first: the last 30 days or so. */
  readonly points: readonly ScorePoint[];
}

const CLIMB = { left: MARGIN + 84, right: WIDTH - MARGIN - 60, top: 372, bottom: 476 };
const HEIGHT = 510;
const HEIGHT_WITHOUT_CLIMB = 372;
const GROUND = `<defs><linearGradient id="ground" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="${PALETTE.night}"/><stop offset="1" stop-color="${PALETTE.dusk}"/></linearGradient></defs>`;

/** A festive card for an account that has reached 100 %, with the climb that led there where it is known. */
export function drawCelebrationPicture(view: CelebrationPictureView, language: Language): Promise<Picture> {
  const { celebration } = shownWords(language).pictures;
  const points = everyDay(view.points);
  const known = knownPoints(points);
  const climbs = known.length > 1;
  const height = climbs ? HEIGHT : HEIGHT_WITHOUT_CLIMB;
  const middle = WIDTH / 2;
  const centred = (y: number, content: string, size: number, weight: 400 | 700, fill: string): string =>
    text(middle, y, content, { size, weight, fill, anchor: 'middle' });
  const name = { size: 36, weight: 700, fill: PALETTE.onNight, anchor: 'middle' } as const;
  const body = [
    GROUND,
    card(height, 'url(#ground)', PALETTE.dusk),
    confetti(view.name, height),
    centred(58, celebration.headline, 24, 700, PALETTE.goldOnNight),
    nameText(middle, 108, view.name, name, WIDTH - 2 * MARGIN - 60, language),
    hundred(middle, 236),
    centred(286, celebration.passed(view.passed), 26, 700, PALETTE.onNight),
    centred(325, celebration.times(view.times), SMALLEST, 400, PALETTE.quietOnNight),
    ...(climbs ? [climb(points, language)] : []),
  ];
  return render(body.join(''), height, altOf(view, language));
}

function hundred(x: number, baseline: number): string {
  const digits = textWidth('100', 132, 700);
  const sign = textWidth('%', 60, 700);
  const left = x - (digits + 8 + sign) / 2;
  return [
    text(left, baseline, '100', { size: 132, weight: 700, fill: PALETTE.goldOnNight }),
    text(left + digits + 8, baseline, '%', { size: 60, weight: 700, fill: PALETTE.goldOnNight }),
  ].join('');
}

function climb(points: readonly ScorePoint[], language: Language): string {
  const { day, percent } = shownWords(language).pictures;
  const scores = points.map(({ score }) => score);
  const known = knownPoints(points);
  const from = scores.findIndex((score) => score !== undefined);
  const to = scores.findLastIndex((score) => score !== undefined);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return '';
  const lowest = Math.min(...known.map(({ score }) => score));
  const { svg, places } = drawChart(
    HEIGHT,
    {
      grid: {
        left: CLIMB.left,
        right: WIDTH - CLIMB.right,
        top: CLIMB.top,
        bottom: HEIGHT - CLIMB.bottom,
      },
      xAxis: { type: 'category', data: points.map(({ day }) => day), boundaryGap: false, show: false },
      yAxis: { type: 'value', min: Math.max(0, Math.min(lowest - 6, 90)), max: 100, show: false },
      series: scoreSeries(scores, PALETTE.goldOnNight),
    },
    [
      { grid: 0, category: from, value: first.score },
      { grid: 0, category: to, value: last.score },
    ],
  );
  const [start, end] = places;
  if (start === undefined || end === undefined) return '';
  const label = { size: SMALLEST, weight: 400, fill: PALETTE.quietOnNight, anchor: 'end' } as const;
  const labelY = Math.min(start.y, CLIMB.bottom - 24);
  return [
    svg,
    circle(start.x, start.y, 8, `fill="${PALETTE.goldOnNight}"`),
    text(start.x - 18, labelY + 2, percent(tenths(first.score)), {
      ...label,
      weight: 700,
      fill: PALETTE.onNight,
    }),
    text(start.x - 18, labelY + 30, day(first.day), label),
    circle(end.x, end.y, 30, `fill="${PALETTE.goldOnNight}" fill-opacity="0.18"`),
    star(end.x, end.y, 21, `fill="${PALETTE.gold}" stroke="${PALETTE.onNight}" stroke-width="3"`),
  ].join('');
}

const CONFETTI = ['#ffd75e', '#7fd1ae', '#8ec5ff', '#ff9e80', '#f4b6d2', '#ffffff'] as const;
const PIECES = 190;
/** Where texts stand: nothing falls there. */
const TEXTS = [
  { left: 190, right: 530, top: 22, bottom: 74 },
  { left: 40, right: 680, top: 70, bottom: 126 },
  { left: 150, right: 570, top: 122, bottom: 246 },
  { left: 110, right: 610, top: 246, bottom: 342 },
  { left: 0, right: WIDTH, top: 342, bottom: HEIGHT },
];

/** Confetti that falls in its own way for each name, and always in the same way for one. */
function confetti(name: string, height: number): string {
  let state = createHash('sha256').update(name).digest().readUInt32LE();
  // mulberry32, a small generator in the public domain.
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pieces: string[] = [];
  for (let n = 0; n < PIECES; n += 1) {
    const x = 16 + random() * (WIDTH - 32);
    const y = 16 + random() * (height - 32);
    const paint = `fill="${CONFETTI[Math.floor(random() * CONFETTI.length)] ?? CONFETTI[0]}" fill-opacity="${(0.65 + 0.35 * random()).toFixed(2)}"`;
    const [shape, turn] = [random(), Math.floor(random() * 180)];
    if (TEXTS.some(({ left, right, top, bottom }) => left < x && x < right && top < y && y < bottom))
      continue;
    if (shape < 0.3) pieces.push(circle(x, y, 5, paint));
    else if (shape < 0.4) pieces.push(star(x, y, 10, paint));
    else {
      const strip = box({ x: -4, y: -9, width: 8, height: 18 }, 2, paint);
      pieces.push(`<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})">${strip}</g>`);
    }
  }
  return pieces.join('');
}

function altOf(view: CelebrationPictureView, language: Language): string {
  const { celebration, date, percent, sentences } = shownWords(language).pictures;
  const first = knownPoints(view.points)[0];
  return sentences([
    celebration.alt(nameInWords(view.name, 200, language), view.passed, celebration.times(view.times)),
    ...(first === undefined || first.score >= 100
      ? []
      : [celebration.altClimb(date(first.day), percent(tenths(first.score)))]),
  ]);
}
