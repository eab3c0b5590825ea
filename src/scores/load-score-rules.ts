import * as z from 'zod';
import { readYaml, section } from '../config';

/** As `weekdayOf` of the calendar counts them. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
/** More than these would neither fit into a message nor be read. */
const MOST_SHOWN = 20;
const MINUTE_MS = 60_000;

/** What a deployment decides about its rankings. */
export interface ScoreRules {
  readonly weekly: {
    /** 0 for Sunday … 6 for Saturday. */
    readonly weekday: number;
    /** Milliseconds that a clock shows since midnight. */
    readonly time: number;
  };
  /** Accounts that are shown. */
  readonly size: number;
  /** With fewer resources than these an account is in a class of its own. */
  readonly fewResources: number;
}

const wholeNumber = z.number().int('write a whole number');

const RULES = section({
  weekly: section({
    day: z.enum(WEEKDAYS),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write an hour such as '10:00'"),
  }),
  ranking: section({
    size: wholeNumber.min(1, 'write at least 1').max(MOST_SHOWN, `write at most ${MOST_SHOWN}`),
    fewResources: wholeNumber.min(0, 'write at least 0'),
  }),
});

/**
 * Reads what rankings show, and when they are posted.
 * @throws {ConfigError} when the file is wrong
 */
export function loadScoreRules(file: string): ScoreRules {
  const { weekly, ranking } = readYaml(file, RULES).value;
  const [hours = 0, minutes = 0] = weekly.time.split(':').map(Number);
  return {
    weekly: { weekday: WEEKDAYS.indexOf(weekly.day), time: (hours * 60 + minutes) * MINUTE_MS },
    ...ranking,
  };
}
