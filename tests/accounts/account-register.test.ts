import {
  type Account,
  type AccountFile,
  type AccountId,
  type AccountRecord,
  type AccountRegister,
  type AccountStore,
  accountRegister,
  registeredAccount,
  tableAccounts,
} from '../../src/accounts';
import { amend, dynamoTable, type Table } from '../../src/store';
import { openWorld } from '../setup/world';

const PROD = '111122223333' as AccountId;
const LAB = '777788889999' as AccountId;
const NOW = '2026-11-24T01:00:00.000Z';

const ENTRY = {
  id: PROD,
  name: 'shop-prod',
  kind: 'non-production',
  status: 'active',
  source: 'file',
} as const;
const SEED = registeredAccount(ENTRY, 'notify');
const FILE: AccountFile = {
  lookup: () => SEED,
  list: () => [SEED],
  entries: [ENTRY],
  hash: 'h1',
};

let table: Table;
let reads: string[];
let store: AccountStore;
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, String(world.environment['TABLE_NAME']));
  reads = [];
  store = counted(table);
});

/** Notes what the register reads. */
function counted(of: Table): AccountStore {
  const real = tableAccounts(of);
  return {
    ...real,
    readStamp: async () => {
      reads.push('stamp');
      return real.readStamp();
    },
    all: async () => {
      reads.push('all');
      return real.all();
    },
  };
}

const open = (over: Partial<AccountStore> = {}): AccountRegister =>
  accountRegister({ ...store, ...over }, FILE, { kind: 'production', mode: 'enforce' }, () => new Date(NOW));
const lab = (over: Partial<AccountRecord> = {}): AccountRecord => ({
  id: LAB,
  kind: 'production',
  mode: 'notify',
  status: 'active',
  source: 'slack',
  registeredAt: NOW,
  updatedAt: NOW,
  version: 1,
  seq: 0,
  uncopied: [],
  ...over,
});
const ids = (accounts: readonly Account[]) => accounts.map(({ id }) => id);

it('answers with the accounts of the file until the table has been read', () => {
  const register = open();
  expect(register.lookup(PROD)).toEqual(SEED);
  expect(register.list()).toEqual([SEED]);
});

it('only observes what nobody has registered, whatever the mode of registered accounts is', async () => {
  const register = open();
  await register.refresh();
  expect(register.lookup(LAB)).toEqual({
    id: LAB,
    kind: 'production',
    mode: 'observe',
    status: 'active',
    registered: false,
  });
  expect(register.lookup(PROD).mode).toBe('enforce');
});

it('imports the accounts of the file once, with their history, to be settled by the clock', async () => {
  await open().refresh();
  const [imported, ...others] = await store.all();
  expect(others).toEqual([]);
  expect(imported).toEqual({
    ...ENTRY,
    ownerlessSince: NOW,
    registeredAt: NOW,
    updatedAt: NOW,
    version: 1,
    seq: 1,
    unsettled: NOW,
    nextAt: '2026-11-24T01:10:00.000Z',
    uncopied: [
      {
        seq: 1,
        at: NOW,
        what: 'imported',
        source: 'file',
        fields: ['name', 'kind', 'status'],
        detail: 'name: shop-prod; kind: non-production; status: active',
      },
    ],
  });
  expect(await store.importedFile()).toBe('h1');

  await amend(store, PROD, (record) => ({ ...record, name: 'renamed' }));
  await store.stamp();
  const later = open();
  await later.refresh();
  expect(later.lookup(PROD).name).toBe('renamed');
});

it('goes on with an import that was cut off, and leaves alone what was registered before it', async () => {
  await store.create(lab());
  await store.stamp();
  const dying = open({ rememberImport: async () => Promise.reject(new Error('killed')) });
  await expect(dying.refresh()).rejects.toThrow('killed');
  const register = open();
  await register.refresh();
  expect(ids(register.list())).toEqual([PROD, LAB]);
  expect((await store.load(PROD))?.version).toBe(1);
  expect(await store.importedFile()).toBe('h1');
});

it('reads one item while nothing has been written, and all accounts when the stamp has moved', async () => {
  const register = open();
  await register.refresh();
  reads.length = 0;
  await register.refresh();
  expect(reads).toEqual(['stamp']);
  await store.create(lab());
  await register.refresh();
  expect(register.lookup(LAB).registered).toBe(false);
  await store.stamp();
  reads.length = 0;
  await register.refresh();
  expect(reads).toEqual(['stamp', 'all']);
  expect(register.lookup(LAB)).toMatchObject({ registered: true, mode: 'notify' });
});

it('whoever comes while a reading is under way gets one that began after, and shares it', async () => {
  await open().refresh();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let first = true;
  const slow = open({
    readStamp: async () => {
      const value = await store.readStamp();
      if (first) {
        first = false;
        await held;
      }
      return value;
    },
  });
  const early = slow.refresh();
  await store.create(lab());
  await store.stamp();
  const late = [slow.refresh(), slow.refresh(), slow.refresh()];
  reads.length = 0;
  release();
  await Promise.all([early, ...late]);
  expect(slow.lookup(LAB).registered).toBe(true);
  // The end of the first reading, and one more for all three.
  expect(reads.filter((read) => read === 'stamp').length).toBeLessThanOrEqual(2);
});

it('a reading that fails is tried again by the next one', async () => {
  let broken = true;
  const register = open({
    readStamp: async () => {
      if (broken) throw new Error('throttled');
      return store.readStamp();
    },
  });
  const both = [register.refresh(), register.refresh()];
  await expect(both[0]).rejects.toThrow('throttled');
  await expect(both[1]).rejects.toThrow('throttled');
  broken = false;
  await register.refresh();
  expect(ids(register.list())).toEqual([PROD]);
});

it('knows at once what this process has written, and a closed account as registered', async () => {
  const register = open();
  await register.refresh();
  register.remember(lab({ status: 'closed' }));
  expect(register.lookup(LAB)).toMatchObject({ registered: true, status: 'closed' });
  expect(ids(register.list())).toEqual([PROD, LAB]);
});
