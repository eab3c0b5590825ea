import { accountId } from '../../src/accounts';
import { type BulletinKey, bulletinRef } from '../../src/bulletins';
import { addDays } from '../../src/calendar';
import { sweep } from '../../src/clock';
import { remind } from '../../src/reminders';
import { type Request, type RequestKey, requestRef } from '../../src/requests';
import { type Desk, openDesk } from '../requests/desk';
import { register } from '../setup/register';
import { manualClock } from '../setup/spine';

const HOUR = 3_600_000;
const PROD = accountId('111122223333')!;
const STRAY = accountId('777788889999')!;
const CHANNEL = 'C0SHOPPRD';
/** Half past eight of a Tuesday in Tokyo; the day before was a holiday. */
const START = '2026-11-23T23:30:00.000Z';
const TODAY = '2026-11-24';
const NINE = '2026-11-24T00:00:00.000Z';

let desk: Desk;
const open = async (start = START, environment: Record<string, string> = {}) => {
  desk = await openDesk({ clock: manualClock(start), environment });
  await register(desk.bot, STRAY);
  await cursorAt(start);
};
afterEach(() => desk.close());

const bulletins = () => desk.bot.bulletinPublisher.bulletins;
const reminder = (day: string, owner = 'U0OWNER1', channel = CHANNEL): BulletinKey => ({
  kind: 'reminder',
  subject: `${channel}/${owner}`,
  day,
});
const overdue = (day: string): BulletinKey => ({ kind: 'overdue', subject: 'all', day });
const refs = async (key: BulletinKey) => (await bulletins().lines(key)).map(({ ref }) => ref);
const stored = async (key: RequestKey) => (await desk.bot.intake.requests.load(key))!;

async function request(due: string, over: Partial<Request> = {}): Promise<Request> {
  const record: Request = {
    account: PROD,
    kind: 'control',
    subject: 's3.5',
    control: 'S3.5' as Request['control'],
    product: 'control',
    channel: CHANNEL,
    revision: 1,
    phase: 'open',
    openedAt: '2026-11-02T00:00:00.000Z',
    summary: { open: 1, severity: 'MEDIUM', title: 'S3.5', due },
    card: { shownRevision: 1, toldThrough: 1 },
    wakeAt: START,
    version: 1,
    seq: 1,
    outbox: [],
    ...over,
  };
  await desk.bot.intake.requests.create(record);
  return record;
}
/** Where the last sweep has been; without it, a sweep looks through a whole day. */
const cursorAt = (through: string) => desk.spine.ports.table.put({ pk: 'CLOCK', sk: 'CURSOR', through });
const wake = () => sweep(desk.bot.clock);

it('writes the owner and the security team what this morning has to say, to be posted at nine', async () => {
  await open();
  const late = await request('2026-11-20T06:00:00.000Z');
  const ahead = await request('2026-11-25T06:00:00.000Z', { subject: 's3.8' });
  expect(await wake()).toMatchObject({ request: 2 });
  expect(await refs(reminder(TODAY))).toEqual([requestRef(late), requestRef(ahead)]);
  expect(await refs(overdue(TODAY))).toEqual([requestRef(late)]);
  expect(await bulletins().load(reminder(TODAY))).toMatchObject({ channel: CHANNEL, postAt: NINE });
  expect(await bulletins().load(overdue(TODAY))).toMatchObject({ channel: 'C0SECURITY', postAt: NINE });
  expect((await stored(late)).wakeAt).toBe('2026-11-24T23:30:00.000Z');
  expect(desk.queues.cards).toEqual([]);
  desk.spine.clock.advance(HOUR / 2);
  expect(await wake()).toEqual({ bulletin: 2 });
  expect(desk.queues.cards.map(({ record }) => record).sort()).toEqual(
    [bulletinRef(overdue(TODAY)), bulletinRef(reminder(TODAY))].sort(),
  );
});

it('goes on every working morning, and to the owner once a week', async () => {
  await open();
  // Due on Friday the 20th: overdue from the 24th on.
  const late = await request('2026-11-20T06:00:00.000Z');
  const days: Record<string, string> = {};
  for (let day = TODAY; day < '2026-12-06'; day = addDays(day, 1)) {
    await cursorAt(desk.spine.clock.now().toISOString());
    await wake();
    const [owner, team] = [await refs(reminder(day)), await refs(overdue(day))];
    days[day] = `${owner.length} ${team.length}`;
    desk.spine.clock.advance(24 * HOUR);
  }
  expect(days).toEqual({
    '2026-11-24': '1 1',
    '2026-11-25': '0 1',
    '2026-11-26': '0 1',
    '2026-11-27': '0 1',
    '2026-11-28': '0 0',
    '2026-11-29': '0 0',
    '2026-11-30': '0 1',
    '2026-12-01': '1 1',
    '2026-12-02': '0 1',
    '2026-12-03': '0 1',
    '2026-12-04': '0 1',
    '2026-12-05': '0 0',
  });
  expect((await stored(late)).wakeAt).toBe('2026-12-06T23:30:00.000Z');
});

it('run twice, or by two clocks at once, it says nothing twice', async () => {
  await open();
  const late = await request('2026-11-20T06:00:00.000Z');
  await Promise.all([wake(), wake()]);
  await remind(late, desk.bot.clock);
  expect(await refs(reminder(TODAY))).toEqual([requestRef(late)]);
  expect(await refs(overdue(TODAY))).toEqual([requestRef(late)]);
  expect(desk.queues.cards).toEqual([]);
});

it('a crash before the new time is written loses nothing', async () => {
  await open();
  const late = await request('2026-11-20T06:00:00.000Z');
  const requests = { ...desk.bot.clock.requests, replace: () => Promise.reject(new Error('away')) };
  await expect(remind(late, { ...desk.bot.clock, requests })).rejects.toThrow('away');
  await wake();
  expect(await refs(reminder(TODAY))).toEqual([requestRef(late)]);
  expect((await stored(late)).wakeAt).toBe('2026-11-24T23:30:00.000Z');
});

it('after an outage of days, today is still spoken of, and once; the days gone by are not', async () => {
  await open();
  const late = await request('2026-11-20T06:00:00.000Z');
  desk.spine.clock.advance(54 * HOUR);
  await wake();
  await wake();
  expect(await refs(overdue('2026-11-24'))).toEqual([]);
  expect(await refs(reminder('2026-11-24'))).toEqual([]);
  expect(await refs(overdue('2026-11-26'))).toEqual([requestRef(late)]);
  // A message that is begun late waits a moment, so that it holds all that is late.
  const posted = new Date(desk.spine.clock.now().getTime() + 2 * 60_000).toISOString();
  expect(await bulletins().load(overdue('2026-11-26'))).toMatchObject({ postAt: posted });
});

it('a clock that is put back says nothing again', async () => {
  await open();
  await request('2026-11-20T06:00:00.000Z');
  await wake();
  desk.spine.clock.advance(-HOUR);
  await wake();
  desk.spine.clock.advance(HOUR);
  expect(await wake()).toEqual({});
  expect((await bulletins().load(overdue(TODAY)))?.revision).toBe(1);
});

it('a request that only a bulletin has told gets its card with its first reminder', async () => {
  await open();
  const listed = { bulletin: 'bulletin/morning/2026-11-10/C0SHOPPRD', at: '2026-11-10T00:00:00.000Z' };
  const late = await request('2026-11-20T06:00:00.000Z', { listed });
  await wake();
  expect(await stored(late)).toMatchObject({ own: true });
  expect(desk.queues.cards).toMatchObject([{ record: requestRef(late) }]);
});

it('the card of what is overdue says so as well', async () => {
  await open();
  const card = { shownRevision: 1, toldThrough: 1, channel: CHANNEL, ts: '1795000000.000001' };
  const late = await request('2026-11-20T06:00:00.000Z', { card });
  await request('2026-11-25T06:00:00.000Z', { subject: 's3.8', card });
  await wake();
  expect(desk.queues.cards).toEqual([{ record: requestRef(late), revision: 2, channel: CHANNEL }]);
  expect((await stored(late)).wakeAt).toBe('2026-11-24T23:30:00.000Z');
});

it('without an owner the security team is reminded', async () => {
  await open();
  const late = await request('2026-11-20T06:00:00.000Z', { account: STRAY });
  await wake();
  expect(await refs(reminder(TODAY, 'S0ANALYSTS'))).toEqual([requestRef(late)]);
});

it('nobody is reminded of threats, of what is done, nor in mode notify', async () => {
  await open(START, { UNKNOWN_ACCOUNT_MODE: 'notify' });
  const due = '2026-11-20T06:00:00.000Z';
  const threat = await request(due, { kind: 'threat', product: 'guardduty', subject: 'a'.repeat(26) });
  const done = await request(due, { phase: 'done' });
  const quiet = await request(due, { account: STRAY });
  for (const each of [threat, done, quiet]) await remind(each, desk.bot.clock);
  expect(await refs(overdue(TODAY))).toEqual([]);
  expect(await refs(reminder(TODAY))).toEqual([]);
  expect(await stored(done)).not.toHaveProperty('wakeAt');
  // Modes change: it is looked at again.
  expect((await stored(quiet)).wakeAt).toBe('2026-11-24T23:30:00.000Z');
});

it('a long reminder brings cards for its first requests only', async () => {
  await open();
  for (let n = 0; n < 8; n += 1) {
    await request('2026-11-20T06:00:00.000Z', {
      subject: `s3.${n + 10}`,
      listed: { bulletin: 'bulletin/digest/2026-11-18/111122223333/1', at: '2026-11-18T00:00:00.000Z' },
    });
  }
  await wake();
  expect(await refs(reminder(TODAY))).toHaveLength(8);
  const all = await desk.bot.intake.requests.ofAccount('111122223333');
  expect(all.filter(({ own }) => own)).toHaveLength(5);
});
