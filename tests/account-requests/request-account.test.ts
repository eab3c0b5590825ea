import { type AccountWish, nextStep } from '../../src/account-requests';
import type { AccountId, Principal } from '../../src/accounts';
import { approvalHash, type ChangeCommand, runChange } from '../../src/changes';
import { type Desk, openDesk } from '../requests/desk';
import { register } from '../setup/register';

const MEMBER = { id: 'U0MEMBER' as Principal, name: 'member' };
const ANALYST = { id: 'U0ANALYST' as Principal, name: 'analyst' };
const LEAD = { id: 'U0LEAD' as Principal, name: 'lead' };
const LAB = '777788889999' as AccountId;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.bot.accounts.refresh();
});
afterEach(() => desk.close());

const run = (command: ChangeCommand) => runChange(command, desk.bot.engine, false);
const at = () => desk.spine.clock.now().toISOString();
const wish = (over: Partial<AccountWish> = {}): AccountWish => ({
  name: 'lab',
  kind: 'non-production',
  purpose: 'Trying new services',
  owner: MEMBER.id,
  mail: 'aws+lab@example.com',
  fields: {},
  ...over,
});

async function propose(id: string, payload: AccountWish, kind = 'request-account', actor = MEMBER) {
  await run({ type: 'propose', id, kind, actor, target: id, payload, at: at() });
  return desk.bot.changes.load(id);
}

async function approve(id: string, actor = ANALYST) {
  const change = await desk.bot.changes.load(id);
  if (change === undefined) throw new Error(`no change ${id}`);
  await run({ type: 'approve', id, actor, hash: approvalHash(change) });
  return desk.bot.changes.load(id);
}

test('what is wanted decides who approves, whatever the proposal calls itself', async () => {
  const change = await propose('new1', wish({ kind: 'production' }), 'request-account');
  expect(change?.ruling).toMatchObject({
    needs: [
      { of: 'lead', count: 1 },
      { of: 'analyst', count: 1 },
    ],
  });
  expect((await approve('new1'))?.status).toBe('proposed');
  expect((await approve('new1', LEAD))?.status).toBe('applied');
  const request = await desk.bot.accountRequests.load('new1');
  expect(request?.steps.approved?.by).toEqual([ANALYST.id, LEAD.id]);
});

test('nobody approves their own, not even a lead', async () => {
  await propose('new1', wish(), 'request-account', LEAD);
  expect((await approve('new1', LEAD))?.status).toBe('proposed');
});

test('an address that somebody else has got meanwhile ends it, and says why', async () => {
  await propose('new1', wish());
  await register(desk.bot, '444455557777', { name: 'other', mail: 'AWS+LAB@example.com' });
  expect(await approve('new1')).toMatchObject({ status: 'failed', failure: 'mail-used' });
  const request = await desk.bot.accountRequests.load('new1');
  expect(request?.end).toMatchObject({ as: 'failed', reason: 'mail-used' });
  expect(await desk.bot.accountRequests.open()).toEqual([]);
});

test('what nobody may ask for leaves no timeline', async () => {
  const guest = { id: 'U0GUEST' as Principal, name: 'guest' };
  expect((await propose('new1', wish(), 'request-account', guest))?.status).toBe('denied');
  expect(await desk.bot.accountRequests.load('new1')).toBeUndefined();
});

describe('registering', () => {
  const registration = (id: string, actor = ANALYST, request?: string): ChangeCommand => ({
    type: 'propose',
    id,
    kind: 'register-account',
    actor,
    target: LAB,
    payload: { name: 'lab', kind: 'non-production', owner: MEMBER.id, ...(request && { request }) },
    at: at(),
  });

  test('is for the security team, and for requests that are approved', async () => {
    await run(registration('r1', MEMBER));
    expect((await desk.bot.changes.load('r1'))?.status).toBe('denied');
    await propose('new1', wish());
    await run(registration('r2', ANALYST, 'new1'));
    expect(await desk.bot.changes.load('r2')).toMatchObject({ status: 'failed', failure: 'gone' });
    expect(desk.bot.accounts.lookup(LAB).registered).toBe(false);
  });

  test('an account that has an owner is left alone; one that a sync has found is completed', async () => {
    await desk.spine.hub.setMembers([{ AccountId: LAB, MemberStatus: 'Enabled' }]);
    await register(desk.bot, LAB, { name: 'found', mail: 'aws+lab@example.com' });
    await run(registration('r1'));
    expect((await desk.bot.changes.load('r1'))?.status).toBe('applied');
    expect(desk.bot.accounts.lookup(LAB)).toMatchObject({ name: 'lab', owner: MEMBER.id });
    await run(registration('r2', LEAD));
    expect(await desk.bot.changes.load('r2')).toMatchObject({ status: 'failed', failure: 'registered' });
  });

  test('an owner who has left meanwhile is left out and named; the account is registered all the same', async () => {
    await desk.spine.hub.setMembers([{ AccountId: LAB, MemberStatus: 'Enabled' }]);
    await propose('new1', wish());
    await approve('new1');
    const command = registration('r1', ANALYST, 'new1');
    await run({
      ...command,
      payload: { name: 'lab', kind: 'non-production', owner: 'U0LEFT', request: 'new1' },
    } as ChangeCommand);
    const request = await desk.bot.accountRequests.load('new1');
    expect(request?.dropped).toEqual(['owner']);
    expect(request && nextStep(request)).toBeUndefined();
    expect(desk.bot.accounts.lookup(LAB)).toMatchObject({ registered: true, name: 'lab' });
    expect(desk.bot.accounts.lookup(LAB)).not.toHaveProperty('owner');
  });
});
