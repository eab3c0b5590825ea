import { clockAttributes } from './clock-bucket';
import type { Item, Key } from './table';

/** After so long the clock takes up what a crash has left behind: later than any queue tries again by itself. */
const SETTLE_WITHIN_MS = 10 * 60_000;

/** When the clock looks again at a record that was left unsettled at this time (ISO 8601). */
export function settleBy(unsettled: string): string {
  return new Date(Date.parse(unsettled) + SETTLE_WITHIN_MS).toISOString();
}

/** What is stored beside a record, for the table and its indexes. */
const STORED: readonly string[] = [
  'pk',
  'sk',
  'type',
  'clockPk',
  'ownerPk',
  'urgencyPk',
  'urgency',
  'openPk',
  'openSk',
];

export interface Stored {
  /** When the clock has to look at the record for its own sake, settled or not. */
  readonly dueAt?: string | undefined;
  /** Attributes of further indexes. */
  readonly indexed?: Readonly<Record<string, string>>;
}

/** How one type of record becomes an item and comes back. */
export interface RecordType<R> {
  /** With its key, its type, and the one time at which the clock has to look at it. */
  toItem(key: Key, record: R, stored?: Stored): Item;
  /** Without what `toItem` has added. */
  fromItem(item: Item): R;
}

/** What the clock cares about in a record that it may have to look at. */
interface Clocked {
  readonly unsettled?: string;
  readonly nextAt?: string;
}

/** @param type what the clock knows an item by */
export function recordType<R extends object>(type: string): RecordType<R> {
  return {
    toItem(key, record, stored = {}) {
      const { nextAt: _, ...rest }: Clocked = record;
      const nextAt = rest.unsettled === undefined ? stored.dueAt : settleBy(rest.unsettled);
      return { ...rest, ...key, type, ...stored.indexed, ...clockAttributes(key, nextAt) };
    },
    fromItem: (item) =>
      Object.fromEntries(Object.entries(item).filter(([name]) => !STORED.includes(name))) as R,
  };
}
