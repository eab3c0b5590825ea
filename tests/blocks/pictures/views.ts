import type {
  CelebrationPictureView,
  OrganisationPictureView,
  RankingPictureView,
  TrendView,
} from '../../../blocks/pictures';
import { addDays } from '../../../src/calendar';

export const TODAY = '2026-11-23';

/** Scores of as many days as are given, the last one today. */
export const points = (scores: readonly (number | undefined)[]): TrendView['points'] =>
  scores.map((score, place) => ({ day: addDays(TODAY, place - scores.length + 1), score }));

/** As many days, climbing one point a day from `from` to at most 100. */
export const climb = (days: number, from: number): TrendView['points'] =>
  points(Array.from({ length: days }, (_, place) => Math.min(from + place, 100)));

export const trendOf = (name: string): TrendView => ({ name, points: climb(10, 81) });

export const rankingOf = (...names: readonly string[]): RankingPictureView => ({
  day: TODAY,
  rows: names.map((name, place) => ({
    rank: place + 1,
    name,
    score: 100 - place,
    perfect: place === 0,
    change: place === 1 ? undefined : 2 - place,
  })),
});

export const celebrationOf = (name: string): CelebrationPictureView => ({
  name,
  passed: 128,
  times: 1,
  points: climb(10, 91),
});

export const organisationOf = (weeks: number): OrganisationPictureView => ({
  weeks: Array.from({ length: weeks }, (_, place) => ({
    week: addDays('2026-11-16', 7 * (place - weeks + 1)),
    median: place === 1 ? undefined : 70 + (place % 20),
    perfect: place % 5,
    accounts: 12,
  })),
});
