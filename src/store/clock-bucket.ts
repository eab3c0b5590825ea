import { createHash } from 'node:crypto';
import type { Key } from './table';

export const CLOCK_SHARDS = 8;

/** Partition of the `clock` index that holds what is due in this hour and shard. `at` is ISO 8601. */
export function clockBucket(at: string, shard: number): string {
  return `${at.slice(0, 13)}#${shard}`;
}

/** The index attributes of a record that the clock has to look at, none for one it need not. */
export function clockAttributes(key: Key, nextAt: string | undefined): { clockPk?: string; nextAt?: string } {
  if (nextAt === undefined) return {};
  const shard = (createHash('sha256').update(`${key.pk}|${key.sk}`).digest()[0] ?? 0) % CLOCK_SHARDS;
  return { clockPk: clockBucket(nextAt, shard), nextAt };
}
