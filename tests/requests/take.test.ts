import { type Principal, principal } from '../../src/accounts';
import { ChangeFailed } from '../../src/changes';
import { take, targetRequest } from '../../src/requests';
import { change } from '../changes/change';
import { type Desk, EC2_19, openDesk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const taking = () =>
  take({ ...desk.bot.intake, directory: desk.bot.directory, rules: desk.bot.config.access });
const request = async () => (await desk.bot.intake.requests.load(EC2_19))!;

/** As once the publisher has shown the card. */
async function shown(): Promise<void> {
  await desk.take(await desk.held());
  const known = await request();
  await desk.bot.intake.requests.replace(
    { ...known, phase: 'open', version: known.version + 1 },
    known.version,
  );
  desk.queues.cards.length = 0;
}

it('says on the card and in the thread who has it', async () => {
  await shown();
  expect(await taking().apply(change(), {})).toEqual({});
  const { takenBy, outbox } = await request();
  expect(takenBy).toEqual({ who: 'U0OWNER1', at: '2026-11-24T01:00:00.000Z' });
  expect(outbox).toMatchObject([{ kind: 'taken', change: 'change-1', who: 'U0OWNER1' }]);
  expect(desk.queues.cards).toHaveLength(1);
});

it('applied again after a crash it says so once', async () => {
  await shown();
  await taking().apply(change(), {});
  await taking().apply(change(), {});
  expect((await request()).outbox).toHaveLength(1);
});

it('keeps who had it before', async () => {
  await shown();
  await taking().apply(change(), {});
  expect(await taking().before(change({ id: 'change-2' }), {})).toEqual({
    takenBy: { who: 'U0OWNER1', at: '2026-11-24T01:00:00.000Z' },
  });
});

it('fails where there is nothing to take', async () => {
  await expect(taking().apply(change(), {})).rejects.toThrow(new ChangeFailed('gone'));
  await desk.take(await desk.held());
  await expect(taking().apply(change(), {})).rejects.toThrow(new ChangeFailed('nothing-open'));
  expect(() => targetRequest(change({ target: 'nonsense' }))).toThrow(new ChangeFailed('gone'));
});

test.each([
  ['U0MEMBER', { effect: 'allow', as: 'member' }],
  ['U0GUEST', { effect: 'deny', reason: { code: 'guest' } }],
  ['U0PARTNER', { effect: 'deny', reason: { code: 'outsider' } }],
  ['U0LEFT', { effect: 'deny', reason: { code: 'left' } }],
  ['U0TOOL', { effect: 'deny', reason: { code: 'outsider' } }],
])('rules with fresh rights: %s', async (id, ruling) => {
  const by = change({ actor: { id: principal(id) as Principal, name: id } });
  expect(await taking().rule(by, {})).toEqual(ruling);
});
