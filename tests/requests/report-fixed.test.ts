import { ChangeFailed } from '../../src/changes';
import { reportFixed } from '../../src/requests';
import { change } from '../changes/change';
import { type Desk, EC2_19, group, openDesk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const LATER = '2026-11-24T00:30:00.000Z';
const fixing = () =>
  reportFixed({ ...desk.bot.intake, directory: desk.bot.directory, rules: desk.bot.config.access });
const request = async () => (await desk.bot.intake.requests.load(EC2_19))!;

/** Two open issues, shown on a card. */
async function shown(): Promise<void> {
  for (const n of [1, 2]) await desk.take(await desk.held({ resource: group(n) }));
  const known = await request();
  await desk.bot.intake.requests.replace(
    { ...known, phase: 'open', version: known.version + 1 },
    known.version,
  );
  desk.queues.cards.length = 0;
}

it('says who reported it and how many still fail', async () => {
  await shown();
  await desk.held({ resource: group(1), status: 'PASSED', updatedAt: LATER });
  await fixing().apply(change(), {});
  const { fixedBy, outbox } = await request();
  expect(fixedBy).toEqual({ who: 'U0OWNER1', at: '2026-11-24T01:00:00.000Z', stillFailing: 1 });
  expect(outbox).toMatchObject([{ kind: 'fixed', count: 1, who: 'U0OWNER1', change: 'change-1' }]);
  expect(desk.queues.cards.length).toBeGreaterThan(0);
});

it('says nothing in the thread where everything has passed: the thanks follow by themselves', async () => {
  await shown();
  for (const n of [1, 2]) await desk.held({ resource: group(n), status: 'PASSED', updatedAt: LATER });
  await fixing().apply(change(), {});
  const { fixedBy, outbox } = await request();
  expect(fixedBy).toMatchObject({ who: 'U0OWNER1' });
  expect(outbox).toEqual([]);
});

it('applied again after a crash it says so once', async () => {
  await shown();
  await fixing().apply(change(), {});
  await fixing().apply(change(), {});
  expect((await request()).outbox).toHaveLength(1);
});

it('a second report, of somebody else, replaces the first and is told as well', async () => {
  await shown();
  await fixing().apply(change(), {});
  const other = change({ id: 'change-2', actor: { id: 'U0MEMBER' as never, name: 'Member' } });
  expect(await fixing().before(other, {})).toMatchObject({ fixedBy: { who: 'U0OWNER1' } });
  await fixing().apply(other, {});
  const { fixedBy, outbox } = await request();
  expect(fixedBy).toMatchObject({ who: 'U0MEMBER', stillFailing: 2 });
  expect(outbox).toHaveLength(2);
});

it('does nothing where nothing is open any more, and fails where there is no such request', async () => {
  await expect(fixing().apply(change(), {})).rejects.toThrow(new ChangeFailed('gone'));
  await desk.take(await desk.held());
  expect(await fixing().apply(change(), {})).toEqual({});
  expect(await request()).not.toHaveProperty('fixedBy');
});

it('anybody of the workspace may', async () => {
  await shown();
  expect(await fixing().rule(change(), {})).toEqual({ effect: 'allow', as: 'member' });
});
