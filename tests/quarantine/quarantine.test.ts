import { s3Objects } from '../../src/aws';
import { type Quarantine, tableQuarantine } from '../../src/quarantine';
import { dynamoTable } from '../../src/store';
import { type ManualClock, manualClock } from '../setup/spine';
import { openWorld } from '../setup/world';

let quarantine: Quarantine;
let clock: ManualClock;
beforeEach(async () => {
  const world = await openWorld();
  clock = manualClock();
  quarantine = tableQuarantine(
    dynamoTable(world.dynamodb, world.tableName),
    s3Objects(world.s3, world.bucket),
    clock.now,
  );
});

const REFUSALS = [{ field: 'detail.findings.0.Resources', problem: 'is missing' }];

it('keeps a message with the reason, its size and its original', async () => {
  await quarantine.keep('message-1', '{"あ": 1}', REFUSALS);
  const item = (await quarantine.find('message-1'))!;
  expect(item).toMatchObject({
    messageId: 'message-1',
    at: '2026-11-24T01:00:00.000Z',
    refusals: REFUSALS,
    bytes: 10,
    original: 'quarantine/message-1.json',
  });
  expect(item).not.toHaveProperty('resentAt');
  expect(await quarantine.original(item)).toBe('{"あ": 1}');
});

it('delivered again, the message is there once', async () => {
  await quarantine.keep('message-1', 'x', REFUSALS);
  await quarantine.keep('message-1', 'x', REFUSALS);
  expect(await quarantine.list()).toHaveLength(1);
});

it('lists the newest first, and says what has been sent again', async () => {
  for (const id of ['b', 'c', 'a']) {
    await quarantine.keep(id, id, REFUSALS);
    clock.advance(1_000);
  }
  expect((await quarantine.list()).map(({ messageId }) => messageId)).toEqual(['a', 'c', 'b']);
  const item = (await quarantine.find('c'))!;
  await quarantine.resent(item);
  expect(await quarantine.find('c')).toMatchObject({
    messageId: 'c',
    resentAt: '2026-11-24T01:00:03.000Z',
    at: item.at,
    refusals: REFUSALS,
  });
  expect(await quarantine.original(item)).toBe('c');
});

it('keeps as many problems as a person reads', async () => {
  const many = Array.from({ length: 5_000 }, (_, n) => ({
    field: `findings.${n}`,
    problem: 'x'.repeat(200),
  }));
  await quarantine.keep('message-1', 'x', many);
  expect((await quarantine.find('message-1'))?.refusals).toEqual(many.slice(0, 20));
});

it('knows nothing of other messages', async () => {
  expect(await quarantine.find('none')).toBeUndefined();
  expect(await quarantine.list()).toEqual([]);
});
