import type { ByFunction } from '../commands/scale/per-item-file';
import { accountId } from '../src/accounts';
import { document } from './documents';
import { combine } from './per-item-meter';
import { BETWEEN_MS, openWorld } from './per-item-world';
import { sendFindings } from './send-findings';
import { trackedControls } from './tracked-controls';

const ACCOUNT = '111122223333';
/** Requests that a morning tells of. */
const REQUESTS = 10;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** A Tuesday afternoon in Tokyo. */
const START = new Date('2026-11-24T05:00:00.000Z');

/**
 * A finding that waits for the morning, and a request of which people are reminded, each with its part of the one message
 * that a channel gets. The first morning only warms up.
 */
export async function morningCosts(): Promise<{ newInBulletin: ByFunction; reminded: ByFunction }> {
  const world = await openWorld({ QUIET: 'on' }, START);
  try {
    const { bot, clock, hub, meter } = world;
    const account = accountId(ACCOUNT);
    if (account === undefined) throw new Error(`${ACCOUNT} is no account`);
    const longAgo = new Date(START.getTime() - 30 * DAY_MS).toISOString();
    await bot.intake.known.note({ account, kind: 'control', subject: 'ec2.1' }, longAgo);
    const medium = trackedControls(bot.config, ACCOUNT).filter(({ severity }) => severity === 'MEDIUM');
    if (medium.length < 2 * REQUESTS) throw new Error('the policy tracks too few MEDIUM controls');
    /** What scores and other records want done goes first, so that only what is asked about is left. */
    const settle = async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        clock.advance(MINUTE_MS);
        await world.tick();
        await world.drain();
      }
      meter.take();
    };
    const collect = async (from: number): Promise<ByFunction> => {
      for (const { id: control, severity } of medium.slice(from, from + REQUESTS)) {
        clock.advance(BETWEEN_MS);
        const finding = document({
          account: ACCOUNT,
          control,
          severity,
          resource: 1,
          updatedAt: clock.now(),
        });
        await hub.putFindings([finding]);
        await sendFindings([finding], { ...world, sqs: world.clients.sqs });
        await world.drain();
      }
      const held = meter.take();
      const nine = bot.config.calendar.nextMorning(clock.now());
      clock.set(new Date(nine.getTime() - 10 * MINUTE_MS));
      await settle();
      clock.set(nine);
      await world.tick();
      await world.drain();
      const morning = meter.take();
      const requests = (await bot.intake.requests.ofAccount(account)).filter(({ listed }) => listed);
      if (requests.length !== from + REQUESTS)
        throw new Error(`the morning told of ${requests.length} requests`);
      // A working afternoon again.
      clock.advance(5 * HOUR_MS);
      await settle();
      return combine([
        [held, 1 / REQUESTS],
        [morning, 1 / REQUESTS],
      ]);
    };
    await collect(0);
    const newInBulletin = await collect(REQUESTS);

    const remind = async (): Promise<ByFunction> => {
      const waking = (await bot.intake.requests.ofAccount(account)).flatMap(({ wakeAt }) => wakeAt ?? []);
      const [first = ''] = waking.sort();
      const due = waking.filter((at) => at === first).length;
      if (due < REQUESTS) throw new Error(`${due} requests are reminded of at once`);
      clock.set(new Date(Date.parse(first) - 10 * MINUTE_MS));
      await settle();
      clock.set(new Date(first));
      await world.tick();
      await world.drain();
      const written = meter.take();
      const nine = bot.config.calendar.nextMorning(clock.now());
      clock.set(new Date(nine.getTime() - 10 * MINUTE_MS));
      await settle();
      clock.set(nine);
      await world.tick();
      await world.drain();
      return combine([
        [written, 1 / due],
        [meter.take(), 1 / due],
      ]);
    };
    return { newInBulletin, reminded: await remind() };
  } finally {
    await world.close();
  }
}
