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

/**
 * A record as an item: with its key, its type, and the one time at which the clock has to look at it.
 * @param more attributes of further indexes, and when the record itself falls due
 */
export function toItem(
  key: Key,
  type: string,
  record: { readonly unsettled?: string; readonly nextAt?: string },
  more: { readonly dueAt?: string | undefined; readonly indexed?: Readonly<Record<string, string>> } = {},
): Item {
  const { nextAt: _, ...rest } = record;
  const nextAt = record.unsettled === undefined ? more.dueAt : settleBy(record.unsettled);
  return { ...rest, ...key, type, ...more.indexed, ...clockAttributes(key, nextAt) };
}

/** The record in an item of its type: what `toItem` added is left out. */
export function fromItem<R>(item: Item): R {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !STORED.includes(name))) as R;
}
