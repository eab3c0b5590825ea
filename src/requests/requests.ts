import { severityRank } from '../controls';
import {
  type Amendable,
  clockAttributes,
  type Item,
  type Page,
  recordType,
  settleBy,
  type Table,
} from '../store';
import { requestItemKey } from './keys';
import type { Request, RequestKey } from './request';

export interface Requests extends Amendable<RequestKey, Request> {
  /** Writes a new request; false when there is one already. */
  create(request: Request): Promise<boolean>;
  /** Raises the revision: the card wants to be shown anew. The request, or undefined when there is none. */
  raise(key: RequestKey, now: Date): Promise<Request | undefined>;
  /** Requests with open issues of one owner (`none` for the ownerless), nearest deadline first. */
  openOf(owner: string, limit: number): Promise<readonly Request[]>;
  /** All requests with open issues, nearest deadline first. */
  open(limit: number): Promise<readonly Request[]>;
  /** All requests of one account. */
  ofAccount(account: string): Promise<readonly Request[]>;
}

const URGENCY_SHARDS = 8;
const FAR = '9999-12-31T00:00:00.000Z';

/** Sorts as urgency does: nearest deadline first, the more severe first among equals. */
export function urgency(request: Pick<Request, 'summary' | 'account' | 'subject'>): string {
  const { summary } = request;
  return `${summary?.due ?? FAR}#${summary ? severityRank(summary.severity) : 9}#${request.account}#${request.subject}`;
}

function urgencyOf(item: Item | undefined): string {
  const value = item?.['urgency'];
  return typeof value === 'string' ? value : '';
}

export const requestItems = recordType<Request>('request');

function itemOf(request: Request, owner: string | undefined): Item {
  const listed = request.phase === 'open' && request.summary !== undefined;
  const shard = Number(BigInt(request.account) % BigInt(URGENCY_SHARDS));
  const indexed = {
    ownerPk: `O#${owner ?? 'none'}`,
    urgencyPk: `open#${shard}`,
    urgency: urgency(request),
  };
  return requestItems.toItem(requestItemKey(request), request, {
    ...(listed && { indexed }),
    ...(request.phase === 'open' && { dueAt: request.wakeAt }),
  });
}

/** One part of the open requests, as far as it has been read. */
interface Shard {
  readonly pk: string;
  readonly items: Item[];
  next?: Page['next'];
}

/** The first of all shards together: of each its part, and more only of those that may still hold more urgent ones. */
async function mostUrgent(table: Table, limit: number): Promise<readonly Item[]> {
  // Accounts spread evenly, so a shard seldom holds more than twice its part of them.
  const part = Math.ceil((2 * limit) / URGENCY_SHARDS);
  const readOn = async (shard: Shard) => {
    const page = await table.index('byUrgency', shard.pk, {
      limit: part,
      ...(shard.next && { from: shard.next }),
    });
    shard.items.push(...page.items);
    shard.next = page.next;
  };
  const shards = Array.from(
    { length: URGENCY_SHARDS },
    (_, shard): Shard => ({ pk: `open#${shard}`, items: [] }),
  );
  let unread = shards;
  let first: readonly Item[] = [];
  while (unread.length > 0) {
    await Promise.all(unread.map(readOn));
    first = shards
      .flatMap(({ items }) => items)
      .sort((a, b) => (urgencyOf(a) < urgencyOf(b) ? -1 : 1))
      .slice(0, limit);
    const last = first[limit - 1];
    unread = shards.filter(
      ({ items, next }) => next && (last === undefined || urgencyOf(items.at(-1)) < urgencyOf(last)),
    );
  }
  return first;
}

/** @param ownerOf the present owner of an account, by which open requests are listed */
export function tableRequests(
  table: Table,
  ownerOf: (account: Request['account']) => string | undefined,
): Requests {
  return {
    async load(key) {
      const item = await table.get(requestItemKey(key));
      return item && requestItems.fromItem(item);
    },
    create: (request) => table.create(itemOf(request, ownerOf(request.account))),
    replace: (request, version) => table.replace(itemOf(request, ownerOf(request.account)), version),
    async raise(key, now) {
      const itemKey = requestItemKey(key);
      const unsettled = now.toISOString();
      const { clockPk, nextAt } = clockAttributes(itemKey, settleBy(unsettled));
      const item = await table.raise(itemKey, {
        unsettled,
        ...(clockPk !== undefined && nextAt !== undefined && { clockPk, nextAt }),
      });
      return item && requestItems.fromItem(item);
    },
    async openOf(owner, limit) {
      const page = await table.index('byOwner', `O#${owner}`, { limit });
      return page.items.map(requestItems.fromItem);
    },
    async open(limit) {
      return (await mostUrgent(table, limit)).map(requestItems.fromItem);
    },
    async ofAccount(account) {
      return (await table.all(`A#${account}`))
        .filter((item) => item['type'] === 'request')
        .map(requestItems.fromItem);
    },
  };
}
