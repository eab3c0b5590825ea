import { createHash } from 'node:crypto';
import { archiveLine } from './archive-line';
import type { TableWrite } from './table-write';

/** What becomes one object of the archive: writes of one day, in their order. */
export interface ArchiveObject {
  readonly name: string;
  /** Lines of JSON. */
  readonly text: string;
  /** The place of its first write in the stream. */
  readonly first: string;
}

const DAY = 'YYYY-MM-DD'.length;
const DIGEST = 16;

/**
 * Objects for a batch of the stream: one, or two where the batch goes past midnight (UTC). A name follows from the content,
 * so a batch that is delivered again comes to the same objects; and it begins with the day, so that a day, a month or a
 * year can be read by itself.
 */
export function archiveObjects(writes: readonly TableWrite[]): readonly ArchiveObject[] {
  const days: TableWrite[][] = [];
  for (const write of writes) {
    const current = days.at(-1);
    if (current?.[0] && dayOf(current[0]) === dayOf(write)) current.push(write);
    else days.push([write]);
  }
  return days.map(objectOf);
}

const dayOf = ({ written }: TableWrite): string => written.slice(0, DAY);

function objectOf(writes: readonly TableWrite[]): ArchiveObject {
  const text = writes.map((write) => `${archiveLine(write)}\n`).join('');
  const [{ written, sequence } = { written: '', sequence: '' }] = writes;
  const time = written.slice(DAY + 1, DAY + 9).replaceAll(':', '');
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST);
  return {
    name: `records/day=${written.slice(0, DAY)}/${time}Z-${sequence}-${digest}.ndjson.gz`,
    text,
    first: sequence,
  };
}
