import type { XAXisComponentOption, YAXisComponentOption } from 'echarts';

import { addDays, type Day } from '../../src/calendar';
import type { Language } from '../../src/playbooks';
import { shownWords } from '../words/shown';
import { FONT_FAMILY } from './font';
import { PALETTE } from './palette';
import { SMALLEST } from './render';

/** A line that lives near the top is shown larger: where the axis begins. */
export function axisFloor(scores: readonly number[]): number {
  const lowest = Math.min(...scores);
  if (lowest >= 84) return 80;
  return lowest >= 64 ? 60 : 0;
}

type CategoryAxis = Extract<XAXisComponentOption, { type?: 'category' }>;
type ValueAxis = Extract<YAXisComponentOption, { type?: 'value' }>;

/** As many labels as fit next to each other. */
const MOST_LABELS = 5;
/** Up to so many days, days are labelled; months where there are more. */
const LONGEST_IN_DAYS = 70;
/** How many points apart labels of days stand: so that weekdays stay in step once there are weeks. */
const STEPS = [1, 2, 7, 14] as const;
/** How many months apart labels of months stand: January is always among them. */
const MONTH_STEPS = [1, 2, 3, 6] as const;

/**
 * Which points of the axis are labelled, and with what: days counted back from the last one, or, for longer times, where
 * months begin; January is told as its year.
 * @param days oldest first, evenly spaced
 */
export function axisLabels(days: readonly Day[], language: Language): ReadonlyMap<number, string> {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return new Map();
  return last < addDays(first, LONGEST_IN_DAYS) ? dayLabels(days, language) : monthLabels(days, language);
}

function dayLabels(days: readonly Day[], language: Language): ReadonlyMap<number, string> {
  const { day: label } = shownWords(language).pictures;
  const step = STEPS.find((step) => Math.ceil(days.length / step) <= MOST_LABELS) ?? 14;
  return new Map(
    days.flatMap((day, place) => ((days.length - 1 - place) % step === 0 ? [[place, label(day)]] : [])),
  );
}

function monthLabels(days: readonly Day[], language: Language): ReadonlyMap<number, string> {
  const { month: monthLabel, year: yearLabel } = shownWords(language).pictures;
  const begins = days.flatMap((day, place) => {
    const before = place === 0 ? addDays(day, -1) : days[place - 1];
    return before?.slice(0, 7) === day.slice(0, 7) ? [] : [{ place, day, month: Number(day.slice(5, 7)) }];
  });
  const every = (step: number) => begins.filter(({ month }) => (month - 1) % step === 0);
  const step = MONTH_STEPS.find((step) => every(step).length <= MOST_LABELS) ?? 12;
  return new Map(
    every(step).map(({ place, day, month }) => [place, month === 1 ? yearLabel(day) : monthLabel(day)]),
  );
}

const LABEL = { fontFamily: FONT_FAMILY, fontSize: SMALLEST, color: PALETTE.quiet, margin: 14 } as const;

/** The days along the bottom, those of `labels` with their label; bars need room at both ends. */
export function dayAxis(
  days: readonly Day[],
  labels: ReadonlyMap<number, string>,
  what: 'line' | 'bars',
): CategoryAxis {
  return {
    type: 'category',
    data: [...days],
    boundaryGap: what === 'bars',
    axisLine: { onZero: false, lineStyle: { color: PALETTE.base, width: 2 } },
    axisTick: { show: false },
    axisLabel: {
      ...LABEL,
      interval: (place) => labels.has(place),
      formatter: (_, place) => labels.get(place) ?? '',
    },
  };
}

/** Values from `floor` to `top` with a line in the middle. */
export function valueAxis(floor: number, top: number): ValueAxis {
  return {
    type: 'value',
    min: floor,
    max: top,
    interval: (top - floor) / 2,
    splitLine: { lineStyle: { color: PALETTE.grid, width: 2 } },
    axisLabel: LABEL,
  };
}
