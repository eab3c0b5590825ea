import type { Bot } from '../../handlers/composition';
import {
  type AccountRequest,
  type AccountWish,
  accountRequestRef,
  nextStep,
} from '../../src/account-requests';
import type { AccountId, Principal } from '../../src/accounts';
import { approvalHash, type ChangeCommand, runChange } from '../../src/changes';
import { sweep } from '../../src/clock';
import type { Table } from '../../src/store';
import { type Desk, openDesk } from '../requests/desk';

const MEMBER = { id: 'U0MEMBER' as Principal, name: 'member' };
const ANALYST = { id: 'U0ANALYST' as Principal, name: 'analyst' };
const LAB = '777788889999' as AccountId;
const ID = 'new1';

const WISH: AccountWish = {
  name: 'lab',
  kind: 'non-production',
  purpose: 'Trying new services',
  owner: MEMBER.id,
  mail: 'aws+lab@example.com',
  fields: {},
};

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.spine.hub.setMembers([{ AccountId: LAB, MemberStatus: 'Enabled' }]);
});
afterEach(() => desk.close());

const at = () => desk.spine.clock.now().toISOString();
const proposal = (): ChangeCommand => ({
  type: 'propose',
  id: ID,
  kind: 'request-account',
  actor: MEMBER,
  target: ID,
  payload: WISH,
  at: at(),
});
const registration = (): ChangeCommand => ({
  type: 'propose',
  id: 'register1',
  kind: 'register-account',
  actor: ANALYST,
  target: LAB,
  payload: { name: 'lab', kind: 'non-production', owner: MEMBER.id, mail: WISH.mail, request: ID },
  at: at(),
});
async function approval(bot: Bot): Promise<ChangeCommand> {
  const change = await bot.changes.load(ID);
  if (change === undefined) throw new Error('nothing to approve');
  return { type: 'approve', id: ID, actor: ANALYST, hash: approvalHash(change) };
}

/** A bot whose process dies at its nth write. */
function dying(n: number): Bot {
  let writes = 0;
  const dies = async <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1;
    if (writes >= n) throw new Error('killed');
    return write();
  };
  const { table } = desk.spine.ports;
  const killed: Table = {
    ...table,
    create: (item) => dies(() => table.create(item)),
    replace: (item, version) => dies(() => table.replace(item, version)),
    put: (item) => dies(() => table.put(item)),
  };
  return desk.spine.composeWith({ table: killed, queues: desk.queues });
}

/**
 * Kills one command at each of its writes; the clock alone goes on, since the message may be lost as well when its change
 * has been written.
 */
async function survives(
  command: (bot: Bot) => Promise<ChangeCommand>,
  n: number,
): Promise<{ readonly killed: boolean; readonly request: AccountRequest | undefined }> {
  const { bot } = desk;
  await bot.accounts.refresh();
  const mortal = dying(n);
  await mortal.accounts.refresh();
  const given = await command(bot);
  let killed = false;
  try {
    await runChange(given, mortal.engine, false);
  } catch {
    killed = true;
  }
  if (killed) await runChange(given, bot.engine, false);
  for (let turn = 0; turn < 2; turn += 1) {
    desk.spine.clock.advance(11 * 60_000);
    await sweep(bot.clock);
    for (const { body } of desk.queues.changes.splice(0)) {
      // Accounts that are registered are decided anew by a job, which is none of this test's.
      if (!('job' in (body as object))) await runChange(body as ChangeCommand, bot.engine, false);
    }
  }
  return { killed, request: await bot.accountRequests.load(ID) };
}

/** Everything that had to be done of the last move has been: it is settled, and its card was asked for. */
function expectSettled(request: AccountRequest | undefined) {
  expect(request).toBeDefined();
  expect(request).not.toHaveProperty('unsettled');
  expect(request?.uncopied).toEqual([]);
  const refreshed = desk.queues.cards
    .filter(({ record }) => record === accountRequestRef(ID))
    .map(({ revision }) => revision);
  expect(Math.max(...refreshed)).toBe(request?.revision);
}

const POINTS = [1, 2, 4, 6, 8, 11];

test.each(POINTS)('killed at write %i, the request is asked for, approved and registered once', async (n) => {
  const { bot } = desk;
  const asked = await survives(async () => proposal(), n);
  expectSettled(asked.request);
  expect(nextStep(asked.request as AccountRequest)).toBe('approved');

  const approved = await survives(approval, n);
  expectSettled(approved.request);
  expect(nextStep(approved.request as AccountRequest)).toBe('created');
  expect(approved.request?.steps.approved?.by).toEqual([ANALYST.id]);

  const registered = await survives(async () => registration(), n);
  expectSettled(registered.request);
  expect(nextStep(registered.request as AccountRequest)).toBeUndefined();
  expect((await bot.changes.load('register1'))?.status).toBe('applied');
  await bot.accounts.refresh();
  expect(bot.accounts.lookup(LAB)).toMatchObject({ registered: true, owner: MEMBER.id });
  const record = await bot.registry.accounts.load(LAB);
  expect(record).toMatchObject({ seq: 1, uncopied: [] });

  const steps = (await bot.engine.history.latest({ pk: `NEW#${ID}`, sk: 'REQUEST' }, 20)).map(
    ({ what }) => what,
  );
  expect(steps.filter((what) => what !== 'checked').toReversed()).toEqual([
    'requested',
    'approved',
    'created',
    'baseline',
    'registered',
    'ready',
  ]);
});
