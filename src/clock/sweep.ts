import { type AccountRequestClock, accountRequestItems, wakeAccountRequest } from '../account-requests';
import { accountItems } from '../accounts';
import { bulletinItems, enqueueBulletin } from '../bulletins';
import { type Changes, changeItems } from '../changes';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import { enqueueNotice, type Notices, noticeItems } from '../notices';
import { type Reconcile, wakeReconcile } from '../reconcile';
import { type RegistryEffects, settleAccount } from '../registry';
import { type ReminderEffects, remind } from '../reminders';
import { emitEffects, issueItems, issueKeyOf, refreshCard, requestItems } from '../requests';
import { enqueueCount, scoredAccount } from '../scores';
import { amend, CLOCK_SHARDS, clockBucket, type Item, settleBy, type Table } from '../store';

export interface Clock extends ReminderEffects {
  readonly table: Table;
  readonly changes: Changes;
  readonly notices: Notices;
  readonly reconcile: Reconcile;
  readonly registry: RegistryEffects;
  readonly accountRequests: AccountRequestClock;
  readonly warn: Log['warn'];
  readonly metrics: Metrics;
}

/** Records whose work is to be shown; of the others it is something else that was not finished. */
const SHOWN: readonly unknown[] = ['request', 'bulletin', 'notice'];

const CURSOR = { pk: 'CLOCK', sk: 'CURSOR' };
const HOUR = 3_600_000;
/** The cursor trails by so much, so that a record written with a slightly slow clock is not passed over. */
const TRAIL_MS = 10 * 60_000;
/** How far a first sweep looks back, or one whose cursor was written by a clock that ran ahead. */
const FIRST_LOOK_MS = 24 * HOUR;

/** What a sweep found due, by type of record. */
export type Swept = Record<string, number>;

/**
 * Finds every record whose time has come: effects left behind by a crash are emitted again, changes that nobody
 * finished are resumed, exceptions that have ended are taken back, bulletins are posted, reminders written. Safe to
 * run twice at once: all it starts is idempotent.
 */
export async function sweep(clock: Clock): Promise<Swept> {
  const now = clock.now();
  const cursor = await clock.table.get(CURSOR);
  const through = Date.parse(String(cursor?.['through']));
  const from = through <= now.getTime() ? through : now.getTime() - FIRST_LOOK_MS;
  const swept: Swept = {};
  /** Found unfinished, long after it should have been done: not merely due for its own sake. */
  const late = { RecordsUnsettled: 0, CardsBehind: 0 };
  for (let hour = Math.floor(from / HOUR) * HOUR; hour <= now.getTime(); hour += HOUR) {
    const at = new Date(hour).toISOString();
    const pages = await Promise.all(
      Array.from({ length: CLOCK_SHARDS }, (_, shard) => due(clockBucket(at, shard), now, clock)),
    );
    for (const item of pages.flat()) {
      const type = String(item['type']);
      swept[type] = (swept[type] ?? 0) + 1;
      if (isBehind(item, now)) late.CardsBehind += 1;
      else if (item['unsettled'] !== undefined) late.RecordsUnsettled += 1;
      await wake(item, clock);
    }
  }
  clock.metrics.measure('RecordsUnsettled', late.RecordsUnsettled);
  clock.metrics.measure('CardsBehind', late.CardsBehind);
  await clock.table.put({ ...CURSOR, through: new Date(now.getTime() - TRAIL_MS).toISOString() });
  return swept;
}

/** Slack does not show it as it is. */
function isBehind(item: Item, now: Date): boolean {
  if (SHOWN.includes(item['type'])) return item['unsettled'] !== undefined;
  const { queuedAt } = (item['card'] ?? {}) as { readonly queuedAt?: string };
  return queuedAt !== undefined && settleBy(queuedAt) <= now.toISOString();
}

async function due(bucket: string, now: Date, clock: Clock): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await clock.table.index('clock', bucket, {
      through: now.toISOString(),
      ...(from && { from }),
    });
    items.push(...page.items);
    from = page.next;
  } while (from);
  return items;
}

const WAKE: Record<string, (item: Item, clock: Clock) => Promise<void>> = {
  async issue(item, clock) {
    const issue = issueItems.fromItem(item);
    // The new time first: should this crash, the clock comes back to it in a while and not at once.
    const { record, changed } = await amend(clock.issues, issueKeyOf(issue), (current) =>
      current.unsettled === undefined || current.version !== issue.version
        ? undefined
        : { ...current, unsettled: clock.now().toISOString() },
    );
    if (changed && record) await emitEffects(record, clock);
  },
  async request(item, clock) {
    const request = requestItems.fromItem(item);
    if (request.unsettled !== undefined) await refreshCard(request, clock);
    if (Date.parse(request.wakeAt ?? '') <= clock.now().getTime()) await remind(request, clock);
  },
  async bulletin(item, clock) {
    const bulletin = bulletinItems.fromItem(item);
    const { record, changed } = await amend(clock.bulletins, bulletin, (current) =>
      current.version === bulletin.version ? { ...current, unsettled: clock.now().toISOString() } : undefined,
    );
    if (changed && record) await enqueueBulletin(record, clock);
  },
  async notice(item, clock) {
    const notice = noticeItems.fromItem(item);
    const { record, changed } = await amend(clock.notices, notice, (current) =>
      current.unsettled === undefined ? undefined : { ...current, unsettled: clock.now().toISOString() },
    );
    if (changed && record) await enqueueNotice(record, clock.queues);
  },
  async account(item, clock) {
    const stored = accountItems.fromItem(item);
    const { record, changed } = await amend(clock.registry.accounts, stored.id, (current) =>
      current.unsettled === undefined || current.version !== stored.version
        ? undefined
        : { ...current, unsettled: clock.now().toISOString() },
    );
    if (changed && record) await settleAccount(record, clock.registry);
  },
  async 'account-request'(item, clock) {
    await wakeAccountRequest(accountRequestItems.fromItem(item), clock.accountRequests);
  },
  async 'account-score'(item, clock) {
    const account = scoredAccount(item);
    if (account !== undefined) await enqueueCount(account, String(item['nextAt']), clock.queues);
  },
  async reconcile(_item, clock) {
    await wakeReconcile(clock.reconcile);
  },
  async change(item, clock) {
    const stored = changeItems.fromItem(item);
    const now = clock.now();
    // Marked until it has ended: an end whose message is lost must be found again when its hour has gone by.
    const { record, changed } = await amend(clock.changes, stored.id, (current) =>
      current.version === stored.version ? { ...current, unsettled: now.toISOString() } : undefined,
    );
    if (!changed || record === undefined) return;
    await clock.queues.change({
      id: record.id,
      version: record.version,
      group: record.target,
      body: { type: 'resume', id: record.id },
    });
  },
};

async function wake(item: Item, clock: Clock): Promise<void> {
  const act = WAKE[String(item['type'])];
  if (act === undefined) {
    clock.warn('the clock found a record it does not know', { type: item['type'] });
    return;
  }
  await act(item, clock);
}
