import { type Amendable, clockAttributes, type Item, type Key, type Table } from '../store';
import type { Change } from './change';

export interface Changes extends Amendable<string, Change> {
  /** Writes a new change; false when this id has been proposed before. */
  create(change: Change): Promise<boolean>;
}

export function changeItemKey(id: string): Key {
  return { pk: `CH#${id}`, sk: 'CHANGE' };
}

/** Minutes after which the clock takes up a change that nobody has finished. */
const RESUME_AFTER_MINUTES = 10;

function toItem(change: Change): Item {
  const key = changeItemKey(change.id);
  const { nextAt: _, ...rest } = change;
  const resumeAt =
    change.unsettled === undefined
      ? undefined
      : new Date(Date.parse(change.unsettled) + RESUME_AFTER_MINUTES * 60_000).toISOString();
  const endsAt = change.status === 'applied' ? change.until : undefined;
  return {
    ...rest,
    ...key,
    type: 'change',
    ...(change.unsettled !== undefined && { openPk: `open#${change.kind}`, openSk: change.proposedAt }),
    ...clockAttributes(key, resumeAt ?? endsAt),
  };
}

export function changeFromItem(item: Item): Change {
  const { pk: _p, sk: _s, type: _t, clockPk: _c, openPk: _o, openSk: _k, ...change } = item;
  return change as unknown as Change;
}

export function tableChanges(table: Table): Changes {
  return {
    async load(id) {
      const item = await table.get(changeItemKey(id));
      return item && changeFromItem(item);
    },
    create: (change) => table.create(toItem(change)),
    replace: (change, version) => table.replace(toItem(change), version),
  };
}
