import { withoutSecrets } from '../log';
import type { Key } from '../store';
import type { TableWrite } from './table-write';

/**
 * `audit`: an event of the audit log. `history`: one numbered step of a record. `record`: a whole record as it stood.
 */
type ArchivedKind = 'audit' | 'history' | 'record';

function kindOf({ pk, sk }: Key): ArchivedKind {
  if (pk.startsWith('AUDIT#')) return 'audit';
  return pk.endsWith('#H') && sk.startsWith('S#') ? 'history' : 'record';
}

/** DynamoDB promises no order of attributes; the same write has to be the same text whenever it is read. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A write as the archive keeps it: one line of JSON. Reasons, names and Slack ids are what an archive is for; a token
 * that somebody has written into a reason is nothing to keep for years.
 */
export function archiveLine({ key, ...write }: TableWrite): string {
  return JSON.stringify({ ...write, ...key, kind: kindOf(key) }, inOrder);
}
