import type { AccountId, Principal } from '../../src/accounts';
import { type Change, ChangeFailed, registered } from '../../src/changes';
import {
  claimAccount,
  describeClaimAccount,
  describeRegisterOwner,
  ownerRight,
  registerOwner,
  saveAccount,
  wishProblem,
} from '../../src/registry';
import { type Desk, openDesk } from '../requests/desk';

const PROD = '111122223333' as AccountId;
const STRAY = '777788889999' as AccountId;
const [OWNER, MEMBER, ANALYST, LEFT] = ['U0OWNER1', 'U0MEMBER', 'U0ANALYST', 'U0LEFT'] as Principal[] as [
  Principal,
  Principal,
  Principal,
  Principal,
];

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  desk.queues.cards.length = 0;
});
afterEach(() => desk.close());

const change = (over: Partial<Change> = {}): Change => ({
  id: 'change-1',
  kind: 'register-owner',
  actor: { id: OWNER, name: 'owner' },
  target: PROD,
  about: { account: PROD },
  payload: {},
  hash: 'h',
  proposedAt: '2026-11-24T01:00:00.000Z',
  status: 'applying',
  version: 1,
  seq: 0,
  uncopied: [],
  ...over,
});
const set = () => registered(registerOwner(desk.bot.registry));
const claim = () => registered(claimAccount(desk.bot.registry));
const lookup = (id: AccountId) => desk.bot.accounts.lookup(id);
const notices = () => desk.queues.cards.filter(({ record }) => record.startsWith('notice/'));
const free = () =>
  saveAccount(
    PROD,
    { owner: null },
    { source: 'csv', at: desk.spine.clock.now().toISOString() },
    desk.bot.registry,
  );

describe('setting an owner', () => {
  test('both are told once, however often it is applied', async () => {
    const kind = set();
    const handOver = change({ payload: { owner: MEMBER, deputy: 'S0LEADS' } });
    const before = await kind.before(handOver, handOver.payload);
    for (let n = 0; n < 3; n += 1) await kind.apply({ ...handOver, before }, handOver.payload);
    expect(lookup(PROD)).toMatchObject({ owner: MEMBER, deputy: 'S0LEADS' });
    expect(notices()).toEqual([expect.objectContaining({ channel: 'C0SHOPPRD' })]);
    const notice = await desk.bot.registry.notices.load({ kind: 'owner', subject: 'change-1' });
    expect(notice).toMatchObject({ before: OWNER, after: MEMBER, by: OWNER });
  });

  test('what does not touch the owner is told to nobody', async () => {
    const other = change({ payload: { channel: 'C0REQUESTS' } });
    const before = await set().before(other, other.payload);
    await set().apply({ ...other, before }, other.payload);
    expect(lookup(PROD).channel).toBe('C0REQUESTS');
    expect(notices()).toEqual([]);
  });

  test.each([
    [{ owner: LEFT }, 'owner-left'],
    [{ deputy: 'U0PARTNER' }, 'owner-left'],
    [{ owner: 'U0TOOL' }, 'owner-left'],
    [{ owner: 'S0NOBODY' }, 'no-such-group'],
    [{ channel: 'C0SHARED' }, 'channel-shared'],
    [{ channel: 'C0ARCHIVED' }, 'channel-gone'],
    [{ channel: 'C0NOWHERE' }, 'channel-gone'],
  ])('%j fails with %s, and changes nothing', async (payload, problem) => {
    const wrong = set().apply(change({ payload }), payload);
    await expect(wrong).rejects.toThrow(ChangeFailed);
    await expect(wrong).rejects.toMatchObject({ code: problem });
    expect(lookup(PROD)).toMatchObject({ owner: OWNER, channel: 'C0SHOPPRD' });
  });

  test('a guest may answer for an account', async () => {
    expect(await wishProblem({ owner: 'U0GUEST' as Principal }, desk.bot.registry)).toBeUndefined();
  });

  test('its owner may; a member may not; what an account is, and unknown ones, only the security team says', async () => {
    const ruled = async (actor: Principal, payload: object, target: AccountId = PROD) =>
      (await set().rule(change({ actor: { id: actor, name: 'x' }, payload, target }), payload)).effect;
    expect(await ruled(OWNER, { owner: MEMBER })).toBe('allow');
    expect(await ruled(MEMBER, { owner: MEMBER })).toBe('deny');
    expect(await ruled(ANALYST, { owner: MEMBER })).toBe('allow');
    expect(await ruled(OWNER, { kind: 'non-production' })).toBe('deny');
    expect(await ruled(ANALYST, { kind: 'non-production' })).toBe('allow');
    expect(await ruled(MEMBER, { owner: MEMBER }, STRAY)).toBe('deny');
    expect(ownerRight(lookup(STRAY))).toBe('register-account');
  });

  test('a target that is no account fails', async () => {
    await expect(set().apply(change({ target: 'x' }), {})).rejects.toMatchObject({ code: 'gone' });
    expect(set().about('x', {})).toEqual({});
  });

  test('is described by what is said and who answers for it, before and after', async () => {
    const describe = describeRegisterOwner(desk.bot.registry);
    const wish = change({ payload: { owner: MEMBER, deputy: null, channel: 'C0REQUESTS', name: 'shop' } });
    const facts = [
      { label: 'owner', value: MEMBER, kind: 'person' },
      { label: 'deputy', value: 'none', kind: 'word' },
      { label: 'channel', value: 'C0REQUESTS', kind: 'channel' },
      { label: 'name', value: 'shop', kind: 'text' },
      { label: 'present-owner', value: OWNER, kind: 'person' },
    ];
    expect(await describe(wish)).toEqual(facts);
    const before = await set().before(wish, wish.payload);
    await set().apply({ ...wish, before }, wish.payload);
    expect(await describe({ ...wish, before })).toEqual(facts);
  });
});

describe('a claim', () => {
  const mine = (over: Partial<Change> = {}) =>
    change({ kind: 'claim-account', actor: { id: MEMBER, name: 'member' }, ...over });

  test('is for accounts without owner alone, and takes an approval', async () => {
    expect(await claim().rule(mine(), {})).toEqual({ effect: 'deny', reason: { code: 'owned' } });
    await free();
    expect((await claim().rule(mine(), {})).effect).toBe('needs approval');
    const analyst = mine({ actor: { id: ANALYST, name: 'analyst' } });
    expect((await claim().rule(analyst, {})).effect).toBe('allow');
  });

  test('is done once, and holds against a later one', async () => {
    await free();
    const bound = await claim().target?.(mine(), {});
    for (let n = 0; n < 2; n += 1) await claim().apply(mine(), {});
    expect(lookup(PROD).owner).toBe(MEMBER);
    expect(notices()).toHaveLength(1);
    expect(await claim().target?.(mine(), {})).not.toEqual(bound);
    const second = mine({ id: 'change-2', actor: { id: OWNER, name: 'owner' } });
    await expect(claim().apply(second, {})).rejects.toMatchObject({ code: 'owned' });
    expect(await describeClaimAccount(desk.bot.registry)(mine({ before: {} }))).toEqual([
      { label: 'owner', value: MEMBER, kind: 'person' },
    ]);
  });
});
