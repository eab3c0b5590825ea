import { type Amendable, type Item, type Key, recordType, settleBy, type Table } from '../store';
import { type AccountRequest, nextStep } from './account-request';

export interface AccountRequests extends Amendable<string, AccountRequest> {
  /** Writes a new one; false when there is one already. */
  create(request: AccountRequest): Promise<boolean>;
  /** All that are under way, the oldest first (eventually consistent, as indexes are). */
  open(): Promise<readonly AccountRequest[]>;
}

export function accountRequestKey(id: string): Key {
  return { pk: `NEW#${id}`, sk: 'REQUEST' };
}

export const accountRequestItems = recordType<AccountRequest>('account-request');

const OPEN = 'account-requests';

function itemOf(request: AccountRequest): Item {
  const { dueAt, lookAt, card } = request;
  const open = nextStep(request) !== undefined;
  const [soonest] = [...(open ? [dueAt, lookAt] : []), card.queuedAt && settleBy(card.queuedAt)]
    .filter((at) => at !== undefined)
    .toSorted();
  const [first] = Object.values(request.steps)
    .map(({ at }) => at)
    .toSorted();
  return accountRequestItems.toItem(accountRequestKey(request.id), request, {
    dueAt: soonest,
    ...(open && { indexed: { openPk: OPEN, openSk: `${first}#${request.id}` } }),
  });
}

export function tableAccountRequests(table: Table): AccountRequests {
  return {
    async load(id) {
      const item = await table.get(accountRequestKey(id));
      return item && accountRequestItems.fromItem(item);
    },
    create: (request) => table.create(itemOf(request)),
    replace: (request, version) => table.replace(itemOf(request), version),
    async open() {
      const found: AccountRequest[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await table.index('byChange', OPEN, { ...(from && { from }) });
        found.push(...page.items.map(accountRequestItems.fromItem));
        from = page.next;
      } while (from);
      return found;
    },
  };
}
