import * as fc from 'fast-check';
import {
  addToBulletin,
  BULLETIN_KINDS,
  type BulletinKey,
  bulletinRef,
  parseBulletinRef,
  refreshBulletin,
  tableBulletins,
} from '../../src/bulletins';
import { dynamoTable } from '../../src/store';
import { keptQueues } from '../requests/desk';
import { manualClock } from '../setup/spine';
import { openWorld } from '../setup/world';

const MINUTE = 60_000;
const KEY: BulletinKey = { kind: 'morning', subject: 'C0SHOPPRD', day: '2026-11-25' };
const MORNING = new Date('2026-11-25T00:00:00.000Z');
const TARGET = { key: KEY, channel: 'C0SHOPPRD', postAt: MORNING };
const line = (n: number) => ({ ref: `111122223333/control/s3.${n}`, about: 'request' }) as const;

async function open(start?: string) {
  const world = await openWorld();
  const table = dynamoTable(world.dynamodb, world.environment['TABLE_NAME'] ?? '');
  const clock = manualClock(start);
  const queues = keptQueues();
  const bulletins = tableBulletins(table);
  const item = () => table.get({ pk: 'B#morning#2026-11-25#C0SHOPPRD', sk: 'BULLETIN' });
  return { effects: { bulletins, queues, now: clock.now }, bulletins, queues, clock, item };
}

describe('the reference of a bulletin', () => {
  it.each([
    ['digest', '2026-11-24', '111122223333/3'],
    ['reminder', '2026-11-24', 'C0SHOPPRD/S0OWNERS'],
    ['undecided', 'any', 'ec2.19'],
    ['undecided', 'any', 'software and configuration checks/aws: best practices/cve-2026-1'],
    ['overdue', '2026-11-24', 'all'],
  ] as const)('%s %s %s comes back', (kind, day, subject) => {
    expect(parseBulletinRef(bulletinRef({ kind, day, subject }))).toEqual({ kind, day, subject });
  });

  it('comes back whatever the subject', () => {
    const key = fc.record({
      kind: fc.constantFrom(...BULLETIN_KINDS),
      day: fc.constantFrom('any', '2026-11-24'),
      subject: fc.stringMatching(/^[\w./: #@-]{1,200}$/),
    });
    fc.assert(fc.property(key, (k) => expect(parseBulletinRef(bulletinRef(k))).toEqual(k)));
  });

  it.each([
    'bulletin/morning/2026-11-25/',
    'bulletin/other/2026-11-25/x',
    'bulletin/morning/tomorrow/x',
    'bulletin/morning/any/a\u0000b',
    `bulletin/morning/any/${'x'.repeat(301)}`,
    '111122223333/control/bulletin',
    '',
  ])('%j names none', (ref) => {
    expect(parseBulletinRef(ref)).toBeUndefined();
  });
});

describe('a line of tomorrow morning', () => {
  it('brings the bulletin into being, which the clock posts at its time', async () => {
    const { effects, bulletins, queues, item } = await open();
    await addToBulletin(TARGET, line(1), effects);
    expect(await bulletins.load(KEY)).toMatchObject({
      ...KEY,
      channel: 'C0SHOPPRD',
      postAt: MORNING.toISOString(),
      revision: 1,
      version: 1,
    });
    expect(await bulletins.lines(KEY)).toEqual([line(1)]);
    expect(await item()).toMatchObject({ nextAt: MORNING.toISOString() });
    expect(queues.cards).toEqual([]);
  });

  it('is written once, however often it comes, and beside the others', async () => {
    const { effects, bulletins, queues, item } = await open();
    await Promise.all([3, 1, 2, 1, 3].map((n) => addToBulletin(TARGET, line(n), effects)));
    expect(await bulletins.lines(KEY)).toEqual([line(1), line(2), line(3)]);
    expect(await item()).toMatchObject({ nextAt: MORNING.toISOString() });
    expect(queues.cards).toEqual([]);
  });

  it('written shortly before its time is not overlooked by a publisher whose clock runs fast', async () => {
    const { effects, bulletins, item, clock } = await open();
    await addToBulletin(TARGET, line(1), effects);
    clock.advance(MORNING.getTime() - clock.now().getTime() - MINUTE / 2);
    await addToBulletin(TARGET, line(2), effects);
    // Raised, and posted at its time all the same.
    expect((await bulletins.load(KEY))?.revision).toBe(2);
    expect(await item()).toMatchObject({ nextAt: MORNING.toISOString() });
    expect(await item()).not.toHaveProperty('unsettled');
  });
});

describe('a line of a bulletin whose time has come', () => {
  it('is asked for at once, each at a revision of its own', async () => {
    const { effects, bulletins, queues, item, clock } = await open('2026-11-25T00:00:00.000Z');
    await addToBulletin(TARGET, line(1), effects);
    await addToBulletin(TARGET, line(2), effects);
    await addToBulletin(TARGET, line(2), effects);
    const record = bulletinRef(KEY);
    expect(queues.cards).toEqual([1, 2, 3].map((revision) => ({ record, revision, channel: 'C0SHOPPRD' })));
    expect(await bulletins.load(KEY)).toMatchObject({ unsettled: clock.now().toISOString() });
    expect((await item())?.['nextAt']).toBe(new Date(clock.now().getTime() + 10 * MINUTE).toISOString());
  });

  it('keeps the channel that the bulletin has moved to', async () => {
    const { effects, bulletins, queues } = await open('2026-11-25T00:00:00.000Z');
    await addToBulletin(TARGET, line(1), effects);
    const bulletin = (await bulletins.load(KEY))!;
    await bulletins.replace({ ...bulletin, channel: 'C0SECURITY', version: 2 }, 1);
    await addToBulletin(TARGET, line(2), effects);
    expect(queues.cards.at(-1)).toMatchObject({ channel: 'C0SECURITY' });
  });
});

it('a bulletin that nobody has begun cannot be refreshed', async () => {
  const { effects, queues } = await open();
  expect(await refreshBulletin(KEY, effects)).toBeUndefined();
  expect(queues.cards).toEqual([]);
});
