import type { Language } from '../../src/playbooks';
import { shownWords } from '../words/shown';
import { axisFloor, axisLabels, dayAxis, valueAxis } from './axes';
import { drawChart } from './chart';
import { drawableName } from './drawable-name';
import { renderEmpty } from './empty';
import { textWidth } from './font';
import { heading } from './heading';
import { nameInWords } from './name';
import { PALETTE } from './palette';
import type { Picture } from './picture';
import { card, MARGIN, render, SMALLEST, WIDTH } from './render';
import { everyDay, type KnownPoint, knownPoints, type ScorePoint } from './score-points';
import { scoreSeries } from './score-series';
import { circle, text } from './svg';
import { tenths } from './tenths';

/** One account's score over time. */
export interface TrendView {
  /** Untrusted. */
  readonly name: string;
  /** Oldest first, one a day, up to 400. */
  readonly points: readonly ScorePoint[];
}

const HEIGHT = 420;
const PLOT = { left: 90, right: 522, top: 142, bottom: 346 };
const SCORE_SIZE = 60;

/** One account's score as a line, with its last value; a friendly empty card when no day has a score. */
export function drawTrendPicture(view: TrendView, language: Language): Promise<Picture> {
  const points = everyDay(view.points);
  const known = knownPoints(points);
  const first = known[0];
  const last = known.at(-1);
  const { trend, nameless, asOf, date, axisFrom, joined } = shownWords(language).pictures;
  const title = drawableName(view.name, { size: 34, weight: 700 }, WIDTH - 2 * MARGIN, nameless);
  if (first === undefined || last === undefined) {
    const alt = trend.altEmpty(nameInWords(view.name, 100, language));
    return renderEmpty(heading(title, trend.title), trend.empty, trend.emptyHint, alt);
  }

  const floor = axisFloor(known.map(({ score }) => score));
  const days = points.map(({ day }) => day);
  const { svg, places } = drawChart(
    HEIGHT,
    {
      grid: { left: PLOT.left, right: WIDTH - PLOT.right, top: PLOT.top, bottom: HEIGHT - PLOT.bottom },
      xAxis: dayAxis(days, axisLabels(days, language), 'line'),
      yAxis: valueAxis(floor, 100),
      series: scoreSeries(
        points.map(({ score }) => score),
        PALETTE.line,
      ),
    },
    [{ grid: 0, category: points.findLastIndex(({ score }) => score !== undefined), value: last.score }],
  );
  const end = places[0] ?? { x: PLOT.right, y: PLOT.top };
  const subtitle = joined([trend.title, asOf(date(last.day)), ...(floor > 0 ? [axisFrom(floor)] : [])]);
  const body = [
    card(HEIGHT),
    heading(title, subtitle),
    svg,
    circle(end.x, end.y, 10, `fill="${PALETTE.line}" stroke="${PALETTE.card}" stroke-width="4"`),
    endLabel(end.y, first, last, language),
  ];
  return render(body.join(''), HEIGHT, altOf(view.name, points, known, language));
}

const daysBetween = (first: KnownPoint, last: KnownPoint): number =>
  Math.round((Date.parse(last.day) - Date.parse(first.day)) / 86_400_000);

/** The last value large beside the end of the line, and what has changed. */
function endLabel(y: number, first: KnownPoint, last: KnownPoint, language: Language): string {
  const { points, inDays } = shownWords(language).pictures;
  const x = PLOT.right + 22;
  const baseline = Math.min(Math.max(y + 23, PLOT.top + 30), PLOT.bottom - 62);
  const score = String(tenths(last.score));
  const days = daysBetween(first, last);
  const change = tenths(last.score - first.score);
  const paint = { size: SMALLEST, weight: 700, fill: change > 0 ? PALETTE.line : PALETTE.quiet } as const;
  return [
    text(x, baseline, score, { size: SCORE_SIZE, weight: 700, fill: PALETTE.ink }),
    text(x + textWidth(score, SCORE_SIZE, 700) + 5, baseline, '%', {
      size: 30,
      weight: 700,
      fill: PALETTE.ink,
    }),
    ...(days === 0
      ? []
      : [
          text(x + 2, baseline + 36, inDays(days), { ...paint, weight: 400, fill: PALETTE.quiet }),
          text(x + 2, baseline + 66, points(change), paint),
        ]),
  ].join('');
}

function altOf(
  name: string,
  points: readonly ScorePoint[],
  known: readonly KnownPoint[],
  language: Language,
): string {
  const { trend, date, percent, points: change, sentences } = shownWords(language).pictures;
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return '';
  const scores = known.map(({ score }) => score);
  const gaps = points.length - known.length;
  const shown = (score: number): string => percent(tenths(score));
  return sentences([
    trend.altNow(nameInWords(name, 200, language), date(last.day), shown(last.score)),
    ...(known.length > 1
      ? [
          trend.altSince(date(first.day), shown(first.score), change(tenths(last.score - first.score))),
          trend.altRange(shown(Math.min(...scores)), shown(Math.max(...scores))),
        ]
      : []),
    ...(gaps > 0 ? [trend.altGaps(gaps)] : []),
  ]);
}
