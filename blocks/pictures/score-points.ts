import { addDays, type Day } from '../../src/calendar';

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
