import { type AccountId, accountId } from '../accounts';
import type { Item, Key, Table } from '../store';
import { parseRequestRef, requestRef } from './keys';
import type { RequestKey } from './request';

/**
 * Every account, and every request subject of it, that has ever had an issue. Issues and suppressed controls have no
 * index of their own: whoever walks over all of them (policy, reconcile) starts here.
 */
export interface Known {
  /** Remembers a request's subject, before its first issue is written. Idempotent, and cheap when repeated. */
  note(key: RequestKey, at: string): Promise<void>;
  accounts(): Promise<readonly KnownAccount[]>;
  account(id: AccountId): Promise<KnownAccount | undefined>;
  requestsOf(account: AccountId): Promise<readonly RequestKey[]>;
}

export interface KnownAccount {
  readonly account: AccountId;
  /** When the bot first heard of it, ISO 8601. */
  readonly firstSeen: string;
}

const ACCOUNTS = 'KNOWN';
/** Accounts and references that one process remembers having written; forgotten as a whole, because repeating is harmless. */
const REMEMBERED = 50_000;

const accountKey = (account: string): Key => ({ pk: ACCOUNTS, sk: account });
const subjectsOf = (account: string) => `A#${account}#KNOWN`;

function knownAccount(item: Item): KnownAccount[] {
  const account = accountId(item.sk);
  return account === undefined ? [] : [{ account, firstSeen: String(item['firstSeen']) }];
}

export function tableKnown(table: Table): Known {
  const written = new Set<string>();
  return {
    async note(key, at) {
      const ref = requestRef(key);
      if (written.has(ref)) return;
      if (!written.has(key.account)) await table.create({ ...accountKey(key.account), firstSeen: at });
      await table.create({ pk: subjectsOf(key.account), sk: ref });
      if (written.size >= REMEMBERED) written.clear();
      written.add(key.account).add(ref);
    },
    accounts: async () => (await table.all(ACCOUNTS)).flatMap(knownAccount),
    async account(id) {
      const item = await table.get(accountKey(id));
      return item && knownAccount(item)[0];
    },
    async requestsOf(account) {
      return (await table.all(subjectsOf(account))).flatMap(({ sk }) => parseRequestRef(sk) ?? []);
    },
  };
}
