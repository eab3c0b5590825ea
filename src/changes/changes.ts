import { type Amendable, type Item, type Key, recordType, settleBy, type Table } from '../store';
import { type Change, isWaiting } from './change';

export interface Changes extends Amendable<string, Change> {
  /** Writes a new change; false when this id has been proposed before. */
  create(change: Change): Promise<boolean>;
  /** Changes that wait for approval, the one that expires first at the head. */
  waiting(): Promise<readonly Change[]>;
  /** Applied changes of a kind that end by themselves, the one that ends first at the head; at most `limit`. */
  live(
    kind: string,
    options?: { readonly through?: string; readonly limit?: number },
  ): Promise<readonly Change[]>;
}

export function changeItemKey(id: string): Key {
  return { pk: `CH#${id}`, sk: 'CHANGE' };
}

export const changeItems = recordType<Change>('change');

const LONGEST_ID = 64;
const WAITING = 'waiting';
const live = (kind: string) => `live#${kind}`;

/** When it goes on by itself. */
function goesOnAt(change: Change): string | undefined {
  const { asked, status, until, remindAt } = change;
  if (isWaiting(change)) return asked?.remindedAt === undefined ? asked?.remindAt : asked.until;
  return status === 'applied' ? (remindAt ?? until) : undefined;
}

/** When the clock has to look at it next, for its own sake: a refresh of its card may have been lost as well. */
function dueAt(change: Change): string | undefined {
  const queuedAt = change.card?.queuedAt;
  return [queuedAt && settleBy(queuedAt), goesOnAt(change)].filter((at) => at !== undefined).toSorted()[0];
}

function openIn(change: Change): { openPk: string; openSk: string } | undefined {
  if (isWaiting(change)) return { openPk: WAITING, openSk: `${change.asked?.until}#${change.id}` };
  if (change.status !== 'applied' || change.until === undefined) return undefined;
  return { openPk: live(change.kind), openSk: `${change.until}#${change.id}` };
}

function itemOf(change: Change): Item {
  const indexed = openIn(change);
  return changeItems.toItem(changeItemKey(change.id), change, {
    dueAt: dueAt(change),
    ...(indexed && { indexed }),
  });
}

export function tableChanges(table: Table): Changes {
  const listed = async (
    partition: string,
    { through, limit = Number.POSITIVE_INFINITY }: { through?: string; limit?: number } = {},
  ): Promise<readonly Change[]> => {
    const found: Change[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await table.index('byChange', partition, {
        ...(through !== undefined && { through }),
        ...(Number.isFinite(limit) && { limit: limit - found.length }),
        ...(from && { from }),
      });
      found.push(...page.items.map(changeItems.fromItem));
      from = page.next;
    } while (from && found.length < limit);
    return found;
  };
  return {
    async load(id) {
      // Ids come back from buttons: no change has a longer one, and the table would refuse the key.
      if (id.length > LONGEST_ID) return undefined;
      const item = await table.get(changeItemKey(id));
      return item && changeItems.fromItem(item);
    },
    create: (change) => table.create(itemOf(change)),
    replace: (change, version) => table.replace(itemOf(change), version),
    waiting: () => listed(WAITING),
    live: (kind, options) => listed(live(kind), options),
  };
}
