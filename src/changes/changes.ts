import { type Amendable, type Item, type Key, recordType, type Table } from '../store';
import type { Change } from './change';

export interface Changes extends Amendable<string, Change> {
  /** Writes a new change; false when this id has been proposed before. */
  create(change: Change): Promise<boolean>;
}

export function changeItemKey(id: string): Key {
  return { pk: `CH#${id}`, sk: 'CHANGE' };
}

export const changeItems = recordType<Change>('change');

function itemOf(change: Change): Item {
  const open = change.unsettled !== undefined;
  return changeItems.toItem(changeItemKey(change.id), change, {
    ...(change.status === 'applied' && { dueAt: change.until }),
    ...(open && { indexed: { openPk: `open#${change.kind}`, openSk: change.proposedAt } }),
  });
}

export function tableChanges(table: Table): Changes {
  return {
    async load(id) {
      const item = await table.get(changeItemKey(id));
      return item && changeItems.fromItem(item);
    },
    create: (change) => table.create(itemOf(change)),
    replace: (change, version) => table.replace(itemOf(change), version),
  };
}
