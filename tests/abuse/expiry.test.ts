import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import type { Bot } from '../../handlers/composition';
import { DAY } from '../story/stage';
import { low, steps, suppress, suppressions, told } from './asked';
import { type FrontDoor, openFrontDoor } from './front-door';

const w = words('ja');
const MINUTE = 60_000;
let door: FrontDoor;
let until: number;
beforeEach(async () => {
  door = await openFrontDoor();
  await tick(door.bot);
  await door.report(low);
  await suppress(door, { days: '7' });
  const [change] = await door.bot.changes.live('suppress');
  until = Date.parse(change?.until ?? '');
  expect(await suppressions(door)).toBe(1);
});
afterEach(async () => {
  await door.close();
  expect(door.logged).toEqual([]);
});

/** A clock function whose own clock is wrong by so much. */
const skewed = (ms: number): Bot =>
  door.composeWith({ now: () => new Date(door.clock.now().getTime() + ms) });
const goTo = (time: number) => door.clock.advance(time - door.clock.now().getTime());
const sweep = async (bot = door.bot) => {
  await tick(bot);
  await door.drain();
};
/** Lifted once: Security Hub hears NEW once, then that people are asked again; the thread hears it once. */
const expectLiftedOnce = async () => {
  expect(await told(door)).toEqual(['NOTIFIED', 'SUPPRESSED', 'NEW', 'NOTIFIED']);
  expect((await steps(door, 'suppress')).filter((step) => step.startsWith('expired'))).toHaveLength(1);
  const { replies } = await door.card();
  const said = replies.filter((reply) => JSON.stringify(reply).includes(w.thread.expired(1).markup));
  expect(said).toHaveLength(1);
};
const status = async () => (await door.workflow(low)).status;

test('swept by a clock that is fast: not lifted before its time, and once at the next sweep', async () => {
  goTo(until - 5 * MINUTE);
  await sweep(skewed(8 * MINUTE));
  expect(await status()).toBe('SUPPRESSED');
  goTo(until - MINUTE);
  await sweep();
  expect(await status()).toBe('SUPPRESSED');
  // What the fast sweep has begun is settled, or found again ten minutes later at the most.
  for (let minute = 0; minute < 16; minute += 5) {
    goTo(until + minute * MINUTE);
    await sweep();
  }
  expect(await status()).toBe('NOTIFIED');
  await expectLiftedOnce();
});

test('swept by a clock that is slow: lifted at its first sweep after the end by its own time', async () => {
  // Its reminder is over: nothing else wakes it.
  goTo(until - DAY);
  await sweep();
  goTo(until + 3 * MINUTE);
  await sweep(skewed(-4 * MINUTE));
  expect(await status()).toBe('SUPPRESSED');
  goTo(until + 5 * MINUTE);
  await sweep(skewed(-4 * MINUTE));
  await sweep(skewed(-4 * MINUTE));
  await sweep();
  expect(await status()).toBe('NOTIFIED');
  await expectLiftedOnce();
});

test('applied by a worker whose clock is slow: the sweep comes again', async () => {
  goTo(until + MINUTE);
  await tick(door.bot);
  await door.drain({ bot: skewed(-3 * MINUTE) });
  expect(await status()).toBe('SUPPRESSED');
  for (let minute = 2; minute < 18; minute += 5) {
    goTo(until + minute * MINUTE);
    await sweep();
  }
  expect(await status()).toBe('NOTIFIED');
  await expectLiftedOnce();
});

test('swept by a clock that jumped a day ahead, and back: nothing is passed over', async () => {
  goTo(until - 2 * DAY);
  await sweep(skewed(DAY));
  goTo(until + MINUTE);
  await sweep();
  expect(await status()).toBe('NOTIFIED');
  await expectLiftedOnce();
});

test('the bot was down over the end for days; two sweeps begin at once when it is back: lifted once', async () => {
  goTo(until + 2 * DAY);
  await Promise.all([tick(door.bot), tick(skewed(MINUTE))]);
  await door.drain();
  await sweep();
  expect(await status()).toBe('NOTIFIED');
  await expectLiftedOnce();
});

test('the finding was archived meanwhile: the end says nothing and writes nothing; failing later, it is asked about again', async () => {
  goTo(until - DAY);
  await door.report({ ...low, RecordState: 'ARCHIVED' });
  const before = (await door.card()).replies.length;
  goTo(until + MINUTE);
  await sweep();
  await sweep();
  expect(await told(door)).toEqual(['NOTIFIED', 'SUPPRESSED']);
  expect((await door.card()).replies).toHaveLength(before);
  expect((await steps(door, 'suppress')).filter((step) => step.startsWith('expired'))).toHaveLength(1);

  goTo(until + DAY);
  await door.report(low);
  await sweep();
  expect((await door.workflow(low)).status).toBe('NOTIFIED');
  expect((await told(door)).filter((status) => status === 'SUPPRESSED')).toHaveLength(1);
});
