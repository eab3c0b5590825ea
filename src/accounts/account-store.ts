import { randomUUID } from 'node:crypto';
import { type Amendable, type Item, type Key, recordType, type Table } from '../store';
import type { AccountId } from './account';
import type { AccountRecord } from './account-record';

/** The accounts that the table holds. */
export interface AccountStore extends Amendable<AccountId, AccountRecord> {
  /** Writes a new account; false when there is one already. */
  create(record: AccountRecord): Promise<boolean>;
  /** All of them, by id. */
  all(): Promise<readonly AccountRecord[]>;
  /** Gives the stamp a new value: whoever remembers accounts reads them again. */
  stamp(): Promise<void>;
  /** Consistent read of the stamp; undefined while nothing has been written. */
  readStamp(): Promise<string | undefined>;
  /** The hash of the file whose accounts were imported; undefined while none were. */
  importedFile(): Promise<string | undefined>;
  rememberImport(hash: string): Promise<void>;
}

const PARTITION = 'ACCOUNTS';
const STAMP: Key = { pk: 'ACCOUNTS#STAMP', sk: 'STAMP' };
const FILE: Key = { pk: 'ACCOUNTS#STAMP', sk: 'FILE' };

export function accountItemKey(id: AccountId): Key {
  return { pk: PARTITION, sk: id };
}

export const accountItems = recordType<AccountRecord>('account');

function itemOf(record: AccountRecord): Item {
  return accountItems.toItem(accountItemKey(record.id), record);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function tableAccounts(table: Table): AccountStore {
  return {
    async load(id) {
      const item = await table.get(accountItemKey(id));
      return item && accountItems.fromItem(item);
    },
    create: (record) => table.create(itemOf(record)),
    replace: (record, version) => table.replace(itemOf(record), version),
    all: async () => (await table.all(PARTITION)).map(accountItems.fromItem),
    stamp: () => table.put({ ...STAMP, value: randomUUID() }),
    readStamp: async () => text((await table.get(STAMP))?.['value']),
    importedFile: async () => text((await table.get(FILE))?.['hash']),
    rememberImport: (hash) => table.put({ ...FILE, hash }),
  };
}
