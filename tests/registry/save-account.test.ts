import { type AccountId, accountItemKey, type Principal } from '../../src/accounts';
import { sweep } from '../../src/clock';
import { type AccountWish, type RegistryEffects, type SaveCause, saveAccount } from '../../src/registry';
import { type Request, requestRef } from '../../src/requests';
import { type Desk, openDesk } from '../requests/desk';

const PROD = '111122223333' as AccountId;
const LAB = '777788889999' as AccountId;
const AOI = 'U0AOI' as Principal;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const now = () => desk.spine.clock.now().toISOString();
const save = (
  id: AccountId,
  fields: AccountWish,
  cause: Partial<SaveCause> = {},
  effects: Partial<RegistryEffects> = {},
) => {
  // Time passes between any two.
  desk.spine.clock.advance(1_000);
  const because = { source: 'slack', by: AOI, byName: 'Aoi', at: now(), ...cause } as const;
  return saveAccount(id, fields, because, { ...desk.bot.registry, ...effects });
};
const history = (id: AccountId) => desk.bot.registry.history.latest(accountItemKey(id), 10);
const events = async (id: AccountId) =>
  (await desk.bot.audit.of({ account: id }, { limit: 10 })).events.map(({ what, by, detail, id: of }) => ({
    what,
    by,
    detail,
    of,
  }));

async function openRequest(over: Partial<Request> = {}): Promise<Request> {
  const request: Request = {
    account: PROD,
    kind: 'control',
    subject: 's3.5',
    control: 'S3.5' as Request['control'],
    product: 'control',
    channel: 'C0SHOPPRD',
    revision: 1,
    phase: 'open',
    card: { shownRevision: 1, toldThrough: 0 },
    version: 1,
    seq: 0,
    outbox: [],
    ...over,
  };
  await desk.bot.intake.requests.create(request);
  return request;
}

it('registers an account: what is not said is what an unregistered one has, but for the mode', async () => {
  const { record, outcome } = await save(LAB, { name: 'lab', owner: AOI, mail: null });
  expect(outcome).toBe('created');
  expect(record).toMatchObject({
    name: 'lab',
    kind: 'production',
    status: 'active',
    source: 'slack',
    seq: 1,
  });
  expect(record).not.toHaveProperty('mail');
  expect(record).not.toHaveProperty('mode');
  expect(record).not.toHaveProperty('unsettled');
  // The deployment's mode; known here at once, elsewhere after the next look at the stamp.
  expect(desk.bot.accounts.lookup(LAB)).toMatchObject({ name: 'lab', mode: 'enforce', registered: true });
  const elsewhere = desk.spine.bot;
  expect(elsewhere.accounts.lookup(LAB).registered).toBe(false);
  await elsewhere.accounts.refresh();
  expect(elsewhere.accounts.lookup(LAB).owner).toBe(AOI);

  expect(await history(LAB)).toMatchObject([
    {
      seq: 1,
      what: 'registered',
      by: AOI,
      source: 'slack',
      detail: 'name: lab; kind: production; owner: U0AOI; status: active',
    },
  ]);
  expect(await events(LAB)).toEqual([
    {
      what: 'registered',
      by: AOI,
      of: `account/${LAB}`,
      detail: 'name: lab; kind: production; owner: U0AOI; status: active',
    },
  ]);
});

it('alters what is said, removes what is null, leaves the rest, and says from what to what', async () => {
  await save(PROD, { deputy: AOI });
  const { record, outcome } = await save(PROD, { deputy: null, project: 'Shop', name: undefined });
  expect(outcome).toBe('changed');
  expect(record).toMatchObject({ name: 'shop-prod', project: 'Shop', owner: 'U0OWNER1' });
  expect(record).not.toHaveProperty('deputy');
  expect((await history(PROD))[0]?.detail).toBe('deputy: U0AOI → –; project: – → Shop');
});

it('writes nothing when nothing changes', async () => {
  const before = await desk.bot.registry.accounts.load(PROD);
  const stamp = await desk.bot.registry.accounts.readStamp();
  const { outcome } = await save(PROD, { name: 'shop-prod', project: null });
  expect(outcome).toBe('unchanged');
  expect(await desk.bot.registry.accounts.load(PROD)).toEqual(before);
  expect(await desk.bot.registry.accounts.readStamp()).toBe(stamp);
});

it('a change that is tried again alters nothing, whatever has been altered since, and says what it did', async () => {
  const change = { change: 'change-1' };
  expect((await save(LAB, { owner: AOI }, change)).outcome).toBe('created');
  expect((await save(LAB, { owner: AOI }, change)).outcome).toBe('created');
  await save(PROD, { owner: AOI }, change);
  await save(PROD, { owner: 'U0LEAD' as Principal }, { change: 'change-2' });
  const { outcome, record } = await save(PROD, { owner: AOI }, change);
  expect([outcome, record.owner]).toEqual(['changed', 'U0LEAD']);
  // What a change did is in the log as that change.
  expect((await events(LAB)).length).toBe(0);
});

it('shows the cards of open requests anew when they would look different, and only then', async () => {
  const open = await openRequest();
  await openRequest({ subject: 's3.1', phase: 'done' });
  await save(PROD, { project: 'Shop', mail: 'root@example.com' });
  expect(desk.queues.cards).toEqual([]);
  await save(PROD, { owner: AOI });
  expect(desk.queues.cards).toEqual([{ record: requestRef(open), revision: 2, channel: 'C0SHOPPRD' }]);
});

it('two who save at once: both are kept', async () => {
  await Promise.all([
    save(LAB, { name: 'lab' }),
    save(LAB, { project: 'Lab' }),
    save(LAB, { owner: AOI }),
    save(LAB, { channel: 'C0SHOPDEV' }),
  ]);
  expect(await desk.bot.registry.accounts.load(LAB)).toMatchObject({
    name: 'lab',
    project: 'Lab',
    owner: AOI,
    channel: 'C0SHOPDEV',
    seq: 4,
  });
  expect(
    (await history(LAB)).length + ((await desk.bot.registry.accounts.load(LAB))?.uncopied.length ?? 0),
  ).toBe(4);
});

describe('killed on the way', () => {
  const killed = async () => Promise.reject(new Error('killed'));
  type Kill = (effects: RegistryEffects) => Partial<RegistryEffects>;
  const KILLS: Readonly<Record<string, Kill>> = {
    'before the stamp': ({ accounts }) => ({ accounts: { ...accounts, stamp: killed } }),
    'before the cards': () => ({ refreshCardsOf: killed }),
    'before the history': ({ history: real }) => ({ history: { ...real, copy: killed } }),
    'before the audit log': () => ({ audit: { record: killed } }),
    'before the mark is cleared': ({ accounts }) => {
      let writes = 0;
      const replace: typeof accounts.replace = async (record, version) => {
        writes += 1;
        return writes > 1 ? killed() : accounts.replace(record, version);
      };
      return { accounts: { ...accounts, replace } };
    },
  };

  test.each(Object.keys(KILLS))('%s, the clock finishes it', async (name) => {
    const open = await openRequest();
    await expect(save(PROD, { owner: AOI }, {}, KILLS[name]?.(desk.bot.registry))).rejects.toThrow('killed');
    desk.spine.clock.advance(10 * 60_000);
    await sweep(desk.bot.clock);
    const record = await desk.bot.registry.accounts.load(PROD);
    expect(record).toMatchObject({ owner: AOI, uncopied: [] });
    expect(record).not.toHaveProperty('unsettled');
    expect((await history(PROD))[0]).toMatchObject({ what: 'changed', by: AOI });
    expect((await events(PROD))[0]).toMatchObject({ what: 'changed', detail: 'owner: U0OWNER1 → U0AOI' });
    expect(desk.queues.cards.at(-1)).toMatchObject({ record: requestRef(open) });
    await desk.spine.bot.accounts.refresh();
    expect(desk.spine.bot.accounts.lookup(PROD).owner).toBe(AOI);
    desk.spine.clock.advance(11 * 60_000);
    expect(await sweep(desk.bot.clock)).not.toHaveProperty('account');
  });
});
