import type { Log } from '../log';
import type { Metrics } from '../metrics';

/** What has been done in Slack, or need not be done, about one record. */
export interface Shown {
  /** Reference of the record. */
  readonly record: string;
  /** The revision that was asked for, where the record has them. */
  readonly revision?: number | undefined;
  readonly channel: string;
  /** Slack's name of the message. */
  readonly ts?: string;
  /**
   * `replied`: something was told in its thread. `found`: it stood there already, from a try whose end nobody saw.
   * `held`: it waits for a bulletin.
   */
  readonly did: 'posted' | 'updated' | 'unchanged' | 'replied' | 'found' | 'held';
  /** What the thread was told, and the change behind it. */
  readonly entry?: string;
  readonly change?: string;
  /** The bulletin that it waits for. */
  readonly bulletin?: string;
  /** How long after AWS knew of it people are told, in seconds. */
  readonly seconds?: number | undefined;
}

const COUNTED = {
  posted: 'CardsPosted',
  updated: 'CardsUpdated',
  unchanged: 'CardsUnchanged',
  replied: 'ThreadReplies',
} as const;

const isCounted = (did: Shown['did']): did is keyof typeof COUNTED => Object.hasOwn(COUNTED, did);

/** Writes down what has been shown: a line of the log for each, but for refreshes that changed nothing. */
export function noteShown(log: Log, metrics: Metrics): (shown: Shown) => void {
  return (shown) => {
    const { did, seconds } = shown;
    if (isCounted(did)) metrics.count(COUNTED[did]);
    if (seconds !== undefined) metrics.measure('SecondsUntilTold', seconds);
    if (did !== 'unchanged') log.info('card shown', { ...shown });
  };
}
