import { createHash } from 'node:crypto';
import { type Account, type AccountId, type AccountLookup, accountId } from '../accounts';
import type { Policy } from '../policy';
import type { Queues } from '../queues';
import { type Known, queueRedecide } from '../requests';
import type { Item, Key, Table } from '../store';

/** What it takes to notice that issues were decided by rules that are no longer in force. */
export interface Rules {
  readonly table: Table;
  readonly queues: Queues;
  readonly known: Known;
  readonly accounts: AccountLookup;
  /** Registered accounts. */
  readonly registered: () => readonly Account[];
  readonly policy: () => Policy;
  readonly now: () => Date;
}

/** The rules by which an account's issues were last decided. */
interface Applied {
  readonly policy: string;
  readonly kind: string;
  readonly mode: string;
}

const PARTITION = 'APPLIED';
const ALL: Key = { pk: PARTITION, sk: 'ALL' };
const itemKey = (account: string): Key => ({ pk: PARTITION, sk: account });

function rulesFor({ kind, mode }: Pick<Account, 'kind' | 'mode'>, policy: Policy): Applied {
  return { policy: policy.version, kind, mode };
}

function same(item: Item | undefined, rules: Applied): boolean {
  return item?.['policy'] === rules.policy && item['kind'] === rules.kind && item['mode'] === rules.mode;
}

/** No account: what is said of it is said of every account that nobody has registered. */
const UNREGISTERED = accountId('000000000000') as AccountId;

/** One word for all the rules there are: while it stays, nobody needs to look at any account. */
function fingerprint({ registered, accounts: lookup, policy }: Rules): string {
  const accounts = [...registered(), lookup(UNREGISTERED)].map(({ id, kind, mode }) => [id, kind, mode]);
  return createHash('sha256')
    .update(JSON.stringify([policy().version, accounts]))
    .digest('base64url');
}

/**
 * Queues the accounts whose policy, kind or mode has changed since their issues were decided, one job each. Killed
 * half-way it starts again: a job that finds nothing to change writes nothing.
 * @returns how many accounts were queued
 */
export async function applyRules(rules: Rules): Promise<number> {
  const wanted = fingerprint(rules);
  const all = await rules.table.get(ALL);
  if (all?.['fingerprint'] === wanted) return 0;
  const applied = new Map((await rules.table.all(PARTITION)).map((item) => [item.sk, item]));
  const policy = rules.policy();
  let queued = 0;
  for (const { account } of await rules.known.accounts()) {
    if (same(applied.get(account), rulesFor(rules.accounts(account), policy))) continue;
    // Rules may go back to what they were within minutes: each time is a job of its own.
    await queueRedecide(account, `${wanted} ${rules.now().toISOString()}`, rules.queues);
    queued += 1;
  }
  await rules.table.put({ ...ALL, fingerprint: wanted });
  return queued;
}

/** True when the account's issues were decided in another mode: what that one held back is to happen now. */
export async function modeChanged(account: Account, table: Table): Promise<boolean> {
  return (await table.get(itemKey(account.id)))?.['mode'] !== account.mode;
}

/** Remembers that the account's issues have been decided by the rules in force. */
export async function rememberApplied(account: Account, policy: Policy, table: Table): Promise<void> {
  await table.put({ ...itemKey(account.id), ...rulesFor(account, policy) });
}
