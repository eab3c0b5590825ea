import type { Account, AccountId, AccountLookup } from './account';
import { ACCOUNT_FIELDS, type AccountRecord, registeredAccount } from './account-record';
import type { AccountStore } from './account-store';
import type { AccountDefaults, AccountEntry, AccountFile } from './load-accounts';
import { unregisteredAccount } from './unregistered-account';

/** The accounts as they stand in the table, in the memory of this process. */
export interface AccountRegister {
  /** A closed account stays registered, with that status; an unregistered one is only observed. */
  readonly lookup: AccountLookup;
  /** Registered accounts by id, closed ones too. */
  list(): readonly Account[];
  /**
   * Knows afterwards every account that was written before it was called. One consistent read, and all accounts again
   * only if something was written. The first one ever imports the accounts of the file.
   */
  refresh(): Promise<void>;
  /** Shows what this process has just written, before it reads it again. */
  remember(record: AccountRecord): void;
}

/**
 * @param seeds the accounts of the file, which answer until the table has been read, and which are imported once
 */
export function accountRegister(
  store: AccountStore,
  seeds: AccountFile,
  defaults: AccountDefaults,
  now: () => Date,
): AccountRegister {
  let accounts = new Map<AccountId, Account>(seeds.list().map((account) => [account.id, account]));
  let list = seeds.list();
  let stamp: string | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const hold = (found: Map<AccountId, Account>) => {
    accounts = found;
    list = [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  const accountOf = (record: AccountRecord) => registeredAccount(record, defaults.mode);

  const importFile = async (): Promise<void> => {
    if ((await store.importedFile()) !== undefined) return;
    const at = now().toISOString();
    for (const entry of seeds.entries) await store.create(importedRecord(entry, at));
    await store.rememberImport(seeds.hash);
    await store.stamp();
  };
  const read = async (): Promise<void> => {
    let found = await store.readStamp();
    if (found !== undefined && found === stamp) return;
    if (stamp === undefined) {
      await importFile();
      found = await store.readStamp();
    }
    // The stamp was read first: what is written from here on gives it another value.
    hold(new Map((await store.all()).map((record) => [record.id, accountOf(record)])));
    stamp = found;
  };
  const refresh = (): Promise<void> => {
    if (running === undefined) {
      running = read().finally(() => {
        running = undefined;
      });
      return running;
    }
    // The one under way may have read before the caller's account was written: all who come meanwhile share the next.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return refresh();
      });
    return next;
  };

  return {
    lookup: (id) => accounts.get(id) ?? unregisteredAccount(id, defaults),
    list: () => list,
    refresh,
    remember(record) {
      hold(new Map(accounts).set(record.id, accountOf(record)));
    },
  };
}

function importedRecord(entry: AccountEntry, at: string): AccountRecord {
  const fields = ACCOUNT_FIELDS.filter((field) => entry[field] !== undefined);
  return {
    ...entry,
    ...(entry.owner === undefined && { ownerlessSince: at }),
    registeredAt: at,
    updatedAt: at,
    version: 1,
    seq: 1,
    uncopied: [
      {
        seq: 1,
        at,
        what: 'imported',
        fields,
        source: entry.source,
        detail: fields.map((field) => `${field}: ${entry[field]}`).join('; '),
      },
    ],
    unsettled: at,
  };
}
