import type { EChartsOption } from 'echarts';
import type { Day } from '../../src/calendar';
import type { Language } from '../../src/playbooks';
import { shownWords } from '../words/shown';
import { axisFloor, axisLabels, dayAxis, valueAxis } from './axes';
import { drawChart } from './chart';
import { renderEmpty } from './empty';
import { textWidth } from './font';
import { heading } from './heading';
import { PALETTE } from './palette';
import type { Picture } from './picture';
import { card, MARGIN, render, SMALLEST, WIDTH } from './render';
import { scoreSeries } from './score-series';
import { circle, perfectStar, text } from './svg';
import { tenths } from './tenths';

interface OrganisationWeek {
  /** Its first day. */
  readonly week: Day;
  /** Of the accounts' scores; none when no account had one. */
  readonly median: number | undefined;
  /** Accounts at 100 %. */
  readonly perfect: number;
  /** Accounts that have a score. */
  readonly accounts: number;
}

/** The organisation's line: median score and accounts at 100 %, by week. */
export interface OrganisationPictureView {
  /** Oldest first. */
  readonly weeks: readonly OrganisationWeek[];
}

const HEIGHT = 600;
const LINE = { top: 176, bottom: 346 };
const BARS = { top: 432, bottom: 530 };
const LEFT = 90;
const RIGHT = 534;

/** Median score as a line, accounts at 100 % as bars; a friendly empty card when no week knows any account. */
export function drawOrganisationPicture(view: OrganisationPictureView, language: Language): Promise<Picture> {
  const { organisation, joined, axisFrom, date } = shownWords(language).pictures;
  const { weeks } = view;
  const last = weeks.at(-1);
  const medians = weeks.flatMap(({ median }) => (median === undefined ? [] : [median]));
  if (last === undefined || weeks.every(({ accounts }) => accounts === 0)) {
    const alone = heading(organisation.title, organisation.byWeek);
    return renderEmpty(alone, organisation.empty, organisation.emptyHint, organisation.altEmpty);
  }

  const floor = medians.length > 0 ? axisFloor(medians) : 0;
  const lastKnown = weeks.findLastIndex(({ median }) => median !== undefined);
  const median = weeks[lastKnown]?.median;
  const { svg, places } = drawChart(HEIGHT, chartOf(weeks, floor, language), [
    { grid: 0, category: Math.max(lastKnown, 0), value: median ?? floor },
    { grid: 1, category: weeks.length - 1, value: last.perfect },
  ]);
  const end = places[0] ?? { x: RIGHT, y: LINE.top };
  const x = RIGHT + 22;
  const number = String(tenths(median ?? 0));
  const baseline = Math.min(Math.max(end.y + 18, LINE.top + 30), LINE.bottom);
  const section = { size: 24, weight: 700, fill: PALETTE.ink } as const;
  const body = [
    card(HEIGHT),
    heading(organisation.title, joined([organisation.byWeek, organisation.until(date(last.week))])),
    text(
      MARGIN,
      LINE.top - 26,
      floor > 0 ? joined([organisation.median, axisFrom(floor)]) : organisation.median,
      section,
    ),
    perfectStar(MARGIN + 13, BARS.top - 34),
    text(MARGIN + 36, BARS.top - 26, organisation.perfect, section),
    svg,
    ...(median === undefined
      ? []
      : [
          circle(end.x, end.y, 10, `fill="${PALETTE.line}" stroke="${PALETTE.card}" stroke-width="4"`),
          text(x, baseline, number, { size: 56, weight: 700, fill: PALETTE.ink }),
          text(x + textWidth(number, 56, 700) + 5, baseline, '%', {
            size: 28,
            weight: 700,
            fill: PALETTE.ink,
          }),
        ]),
    text(x, BARS.bottom - 34, String(last.perfect), { size: 56, weight: 700, fill: PALETTE.ink }),
    text(x, BARS.bottom, organisation.of(last.accounts), {
      size: SMALLEST,
      weight: 400,
      fill: PALETTE.quiet,
    }),
  ];
  return render(body.join(''), HEIGHT, altOf(weeks, language));
}

/** Two grids, one above the other, on the same weeks. */
function chartOf(weeks: readonly OrganisationWeek[], floor: number, language: Language): EChartsOption {
  const days = weeks.map(({ week }) => week);
  const most = Math.max(...weeks.map(({ perfect }) => perfect));
  const grid = { left: LEFT, right: WIDTH - RIGHT };
  return {
    grid: [
      { ...grid, top: LINE.top, bottom: HEIGHT - LINE.bottom },
      { ...grid, top: BARS.top, bottom: HEIGHT - BARS.bottom },
    ],
    xAxis: [
      dayAxis(days, new Map(), 'bars'),
      { ...dayAxis(days, axisLabels(days, language), 'bars'), gridIndex: 1 },
    ],
    yAxis: [valueAxis(floor, 100), { ...valueAxis(0, most + (most % 2) || 2), gridIndex: 1 }],
    series: [
      scoreSeries(
        weeks.map(({ median }) => median),
        PALETTE.line,
      ),
      {
        type: 'bar',
        xAxisIndex: 1,
        yAxisIndex: 1,
        // A bar of no height would still have its edge.
        data: weeks.map(({ perfect }) => (perfect === 0 ? null : perfect)),
        barMaxWidth: 40,
        barCategoryGap: '28%',
        itemStyle: {
          color: PALETTE.gold,
          borderColor: PALETTE.goldEdge,
          borderWidth: 1,
          borderRadius: [4, 4, 0, 0],
        },
      },
    ],
  };
}

function altOf(weeks: readonly OrganisationWeek[], language: Language): string {
  const { organisation, date, percent, sentences } = shownWords(language).pictures;
  const known = weeks.flatMap(({ week, median }) => (median === undefined ? [] : [{ week, median }]));
  const [first, last] = [known[0], known.at(-1)];
  const [firstWeek, lastWeek] = [weeks[0], weeks.at(-1)];
  return sentences([
    last === undefined
      ? organisation.altNoMedian
      : organisation.altMedian(date(last.week), percent(tenths(last.median))),
    ...(first === undefined || known.length < 2
      ? []
      : [organisation.altSince(date(first.week), percent(tenths(first.median)))]),
    ...(lastWeek === undefined
      ? []
      : [organisation.altPerfect(date(lastWeek.week), lastWeek.perfect, lastWeek.accounts)]),
    ...(firstWeek === undefined || weeks.length < 2
      ? []
      : [organisation.altPerfectSince(date(firstWeek.week), firstWeek.perfect)]),
  ]);
}
