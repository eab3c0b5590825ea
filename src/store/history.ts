import type { HistoryEntry } from './history-entry';
import { recordType } from './record-item';
import type { Key, Table } from './table';

function partition(record: Key): string {
  return `${record.pk}#${record.sk}#H`;
}

const entryItems = recordType<HistoryEntry>('entry');
const entrySk = (seq: number) => `S#${String(seq).padStart(9, '0')}`;

/**
 * The history of any record: entries as items of their own, so that a long life does not reach
 * DynamoDB's 400 KB an item. Copying is idempotent: an entry's key is its number.
 */
export interface History {
  /** Keeps entries for good; a `mark` makes the entry findable by what caused it (see `marked`). */
  copy(
    record: Key,
    entries: readonly (HistoryEntry | (Record<string, unknown> & { seq: number; mark?: string }))[],
  ): Promise<void>;
  /** The number of the copied entry with this mark. */
  marked(record: Key, mark: string): Promise<number | undefined>;
  /** The newest entries first, at most `limit`. */
  latest(record: Key, limit: number): Promise<readonly HistoryEntry[]>;
}

export function tableHistory(table: Table): History {
  return {
    async copy(record, entries) {
      const pk = partition(record);
      for (const entry of entries) {
        // The mark goes first: once the entry has left the record, the mark must be findable.
        if ('mark' in entry && entry.mark !== undefined)
          await table.put({ pk, sk: `K#${entry.mark}`, seq: entry.seq });
        await table.put({ ...entry, pk, sk: entrySk(entry.seq) });
      }
    },
    async marked(record, mark) {
      return (await table.get({ pk: partition(record), sk: `K#${mark}` }))?.['seq'] as number | undefined;
    },
    async latest(record, limit) {
      const page = await table.query(partition(record), { begins: 'S#', limit, backwards: true });
      return page.items.map(entryItems.fromItem);
    },
  };
}
