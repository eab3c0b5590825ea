import type { Key } from '../store';

/** One write of the table, as its stream tells it. */
export interface TableWrite {
  /** The stream's own id of it: whoever reads it twice has read one write. */
  readonly id: string;
  /** Its place in the order of its shard of the stream. */
  readonly sequence: string;
  /** When the table wrote it, to the second (ISO 8601). */
  readonly written: string;
  readonly event: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly key: Key;
  /** What stood there afterwards; absent when it was removed. */
  readonly item?: Readonly<Record<string, unknown>>;
  /** Instead of `item`, as DynamoDB writes it: what plain JSON cannot say. */
  readonly image?: unknown;
}
