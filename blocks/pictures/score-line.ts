import type { EChartsOption, LineSeriesOption } from 'echarts';
import { addDays, type Day } from '../../src/calendar';
import type { Language } from '../../src/playbooks';
import { words } from '../words';
import { FONT_FAMILY } from './font';
import { PALETTE } from './palette';
import { SMALLEST } from './render';

/** A day's score; none where nothing was known. */
export interface ScorePoint {
  readonly day: Day;
  readonly score: number | undefined;
}

export type KnownPoint = ScorePoint & { readonly score: number };

const isKnown = (point: ScorePoint): point is KnownPoint => point.score !== undefined;

export function knownPoints(points: readonly ScorePoint[]): KnownPoint[] {
  return points.filter(isKnown);
}

/** One point for every day from the first to the last: a day that is left out is a day without data. */
export function everyDay(points: readonly ScorePoint[]): ScorePoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const scores = new Map(points.map(({ day, score }) => [day, score]));
  const all: ScorePoint[] = [];
  for (let { day } = first; day <= last.day; day = addDays(day, 1)) all.push({ day, score: scores.get(day) });
  return all;
}

/** A line that lives near the top is shown larger: where the axis begins. */
export function axisFloor(scores: readonly number[]): number {
  const lowest = Math.min(...scores);
  if (lowest >= 84) return 80;
  return lowest >= 64 ? 60 : 0;
}

/** As many labels as fit next to each other. */
const MOST_LABELS = 5;
/** Steps that people count in, in points of the axis. */
const STEPS = [1, 2, 7, 14] as const;

/**
 * Which points of the axis are labelled, and with what: counted back from the last one, or, for longer times, where
 * months begin; January is told as its year.
 */
export function axisLabels(days: readonly Day[], language: Language): ReadonlyMap<number, string> {
  const { day: dayLabel, month: monthLabel, year: yearLabel } = words(language).pictures;
  const step = STEPS.find((step) => Math.ceil(days.length / step) <= MOST_LABELS);
  const labels = new Map<number, string>();
  if (step !== undefined) {
    for (let place = days.length - 1; place >= 0; place -= step) labels.set(place, dayLabel(days[place] ?? ''));
    return labels;
  }
  const begins = days.flatMap((day, place) => {
    const begins = place === 0 ? day.endsWith('-01') : days[place - 1]?.slice(0, 7) !== day.slice(0, 7);
    return begins ? [{ place, day, month: Number(day.slice(5, 7)) }] : [];
  });
  const everyMonths = [1, 2, 3, 6].find(
    (every) => begins.filter(({ month }) => (month - 1) % every === 0).length <= MOST_LABELS,
  );
  for (const { place, day, month } of begins) {
    if ((month - 1) % (everyMonths ?? 12) !== 0) continue;
    labels.set(place, month === 1 ? yearLabel(day) : monthLabel(day));
  }
  return labels;
}

/** Both axes of a chart of scores over time. */
export function scoreAxes(
  days: readonly Day[],
  labels: ReadonlyMap<number, string>,
  floor: number,
): { xAxis: NonNullable<EChartsOption['xAxis']>; yAxis: NonNullable<EChartsOption['yAxis']> } {
  return {
    xAxis: {
      type: 'category',
      data: [...days],
      boundaryGap: false,
      axisLine: { onZero: false, lineStyle: { color: PALETTE.base, width: 2 } },
      axisTick: { show: false },
      axisLabel: { ...AXIS_LABEL, interval: (place) => labels.has(place), formatter: (_, place) => labels.get(place) ?? '' },
    },
    yAxis: {
      type: 'value',
      min: floor,
      max: 100,
      interval: (100 - floor) / 2,
      splitLine: { lineStyle: { color: PALETTE.grid, width: 2 } },
      axisLabel: AXIS_LABEL,
    },
  };
}

export const AXIS_LABEL = {
  fontFamily: FONT_FAMILY,
  fontSize: SMALLEST,
  color: PALETTE.quiet,
  margin: 14,
} as const;

/** Up to so many points each has its dot. */
const MOST_DOTS = 14;

/** A line of scores that breaks where nothing was known; a day alone between such days is a dot. */
export function scoreSeries(scores: readonly (number | undefined)[], color: string): LineSeriesOption {
  const alone = (place: number): boolean => scores[place - 1] === undefined && scores[place + 1] === undefined;
  return {
    type: 'line',
    data: scores.map((score) => score ?? null),
    connectNulls: false,
    showAllSymbol: true,
    symbol: 'circle',
    symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) =>
      scores.length <= MOST_DOTS || alone(dataIndex) ? 10 : 0,
    itemStyle: { color },
    lineStyle: { color, width: 4, cap: 'round', join: 'round' },
    areaStyle: {
      color: {
        type: 'linear',
        x: 0,
        y: 0,
        x2: 0,
        y2: 1,
        colorStops: [
          { offset: 0, color: `${color}38` },
          { offset: 1, color: `${color}05` },
        ],
      },
      origin: 'start',
    },
  };
}
