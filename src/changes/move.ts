import { createHash } from 'node:crypto';
import type { Change, ChangeStatus } from './change';

/** What a move says in the history, where it is not the status itself. */
export interface Noted {
  readonly what?: string;
  readonly by?: string;
  readonly detail?: string;
}

/** The change one step on, with its history entry; its effects are still to come. */
export function move(
  change: Change,
  status: ChangeStatus,
  now: Date,
  more: Partial<Change> = {},
  { what = status, by, detail }: Noted = {},
): Change {
  const at = now.toISOString();
  const seq = change.seq + 1;
  return {
    ...change,
    ...more,
    status,
    seq,
    revision: (change.revision ?? 0) + 1,
    uncopied: [
      ...change.uncopied,
      { seq, at, what, ...(by !== undefined && { by }), ...(detail !== undefined && { detail }) },
    ],
    unsettled: at,
  };
}

/** What an approval approves, from the proposal alone. */
export function proposalHash(kind: string, target: string, payload: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, target, payload]))
    .digest('hex');
}
