import type { Climb } from './account-score';
import { isPerfect, type Tally, total } from './tally';

const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
/** 100 % has to hold for so long: a control that comes and goes is no achievement. */
const HOLDS_FOR_MS = HOUR;
/** Whoever falls and is back at 100 % within so long after a celebration is not celebrated for that once more. */
const CELEBRATED_EVERY_MS = 7 * DAY_MS;
/** With fewer controls than this there is nothing to be proud of yet. */
export const ENOUGH_CONTROLS = 5;

/** Whole days from one moment to another. */
function daysBetween(from: string, to: Date): number {
  return Math.floor((to.getTime() - Date.parse(from)) / DAY_MS);
}

/** The climb after a count. Pure. */
export function stepClimb(climb: Climb, tally: Tally, now: Date): Climb {
  const at = now.toISOString();
  if (isPerfect(tally)) return climb.perfectSince === undefined ? { ...climb, perfectSince: at } : climb;
  const { perfectSince, ...rest } = climb;
  // Without data nobody has fallen, and nobody climbs.
  if (total(tally) === 0) return climb;
  const longestDays =
    perfectSince === undefined
      ? climb.longestDays
      : Math.max(climb.longestDays, daysBetween(perfectSince, now));
  // A moment at 100 % that nobody has celebrated ends no climb.
  const goesOn = perfectSince === undefined || climb.wasBelow === true;
  return { ...rest, longestDays, belowSince: goesOn ? (climb.belowSince ?? at) : at };
}

/** When 100 % may be celebrated; undefined where there is nothing to celebrate. */
export function celebratesAt(climb: Climb, tally: Tally): Date | undefined {
  const { perfectSince, wasBelow, celebratedAt, notBefore } = climb;
  if (perfectSince === undefined || wasBelow === undefined) return undefined;
  if (!isPerfect(tally) || total(tally) < ENOUGH_CONTROLS) return undefined;
  const reached = Date.parse(perfectSince);
  if (celebratedAt !== undefined && reached < Date.parse(celebratedAt) + CELEBRATED_EVERY_MS)
    return undefined;
  const putOff = notBefore === undefined ? 0 : Date.parse(notBefore);
  return new Date(Math.max(reached + HOLDS_FOR_MS, putOff));
}

/** There was nobody who could have climbed. */
export function uncelebrated(climb: Climb): Climb {
  const { wasBelow: _, notBefore: __, ...rest } = climb;
  return rest;
}

/** The climb after its celebration; the next one begins when a day ends below 100 % again. */
export function celebrated(climb: Climb, now: Date): Climb {
  return { ...uncelebrated(climb), times: climb.times + 1, celebratedAt: now.toISOString() };
}

/** Days at 100 % so far. */
export function perfectDays({ perfectSince }: Pick<Climb, 'perfectSince'>, now: Date): number {
  return perfectSince === undefined ? 0 : daysBetween(perfectSince, now);
}
