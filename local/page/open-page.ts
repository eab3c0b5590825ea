import { join } from 'node:path';
import { tick } from '../../handlers/clock';
import type { Bot } from '../../handlers/composition';
import type { Calendar } from '../../src/calendar';
import { awsControl } from '../aws';
import type { MovedClock } from '../moved-clock';
import { quietQueues, type WatchedQueue } from '../quiet-queues';
import { SlackPeople } from '../slack';
import type { PageFiles } from './bundle';
import type { LiveWorld, WorldDeps } from './live-world';
import { registerWorldAccount } from './register-world-account';
import { sendEvents } from './send-events';
import { servePage } from './serve';
import { openWalk } from './walk';

const REFRESH_EVERY_MS = 3_600_000;

/** What a local run hands to its page. */
export interface PageSetup {
  readonly bot: Bot;
  readonly clock: MovedClock;
  /** Addresses of the stand-ins. */
  readonly slack: string;
  readonly aws: string;
  /** All queues of the bot, that of the findings among them. */
  readonly queues: readonly WatchedQueue[];
  readonly dataDir: string;
  readonly port: number;
  readonly bundle: () => Promise<PageFiles>;
  readonly startWorld: (deps: WorldDeps) => LiveWorld;
}

/** The page of a local run. */
export interface OpenPage {
  readonly url: string;
  /** Resolves when the browser can load it; rejects with what is wrong with its sources. */
  readonly ready: Promise<unknown>;
  /** True while time passes faster than it does: on a walk, and while the past is played. */
  readonly hurried: boolean;
  /** Plays the believable past, unless that has been done. */
  playPast(): Promise<void>;
  close(): Promise<void>;
}

function workingMorning(calendar: Calendar, now: Date, daysAgo: number): Date {
  let day = calendar.dayOf(now);
  for (let n = 0; n < daysAgo; n += 1) day = calendar.workingDay(day, 'before');
  return calendar.morningOf(day);
}

/** Brings the page, the AWS to break and the moved clock together around a running bot. */
export async function openPage(setup: PageSetup): Promise<OpenPage> {
  const { bot, clock, slack, aws, queues, dataDir, port, bundle, startWorld } = setup;
  const { calendar, catalogue } = bot.config;
  const findingsQueue = bot.settings.FINDINGS_QUEUE_URL;
  const sqs = queues.find(({ url }) => url === findingsQueue)?.client;
  if (sqs === undefined) throw new Error(`the findings queue ${findingsQueue} is not among the bot's queues`);
  const hub = awsControl(aws);
  const settle = async (looks?: number) => {
    const quiet = await quietQueues(queues, () => hub.pendingEvents(), looks);
    if (!quiet) bot.ports.log.warn('the queues do not come to rest; the clock goes on all the same');
  };
  const walk = openWalk({
    clock,
    calendar,
    refresh: () => world.refresh(),
    tick: () => tick(bot),
    settle,
    woken: () => settle(1),
  });
  const world = startWorld({
    now: () => clock.now(),
    hub,
    send: (events) => sendEvents(events, { sqs, queueUrl: findingsQueue }),
    people: new SlackPeople(slack),
    settle: () => settle(),
    walkTo: (to) => walk.to(to),
    setClock: (to) => clock.set(to),
    workingMorning: (daysAgo) => workingMorning(calendar, new Date(), daysAgo),
    catalogue,
    scores: bot.scores,
    calendar,
    registerAccount: (id, about) => registerWorldAccount(id, about, bot),
    dataFile: join(dataDir, 'world.json'),
  });
  let playing = false;
  const hurried = () => playing || walk.moving;
  // Also at the start: the bot may have been off for days, and AWS goes on without it.
  let refreshed = Promise.resolve();
  const refresh = () => {
    if (hurried()) return;
    refreshed = world.refresh().catch((error: unknown) => {
      bot.ports.log.error(
        'the findings of the example accounts could not be refreshed; next try in an hour',
        {
          error,
        },
      );
    });
  };
  const refreshing = setInterval(refresh, REFRESH_EVERY_MS);
  const page = await servePage({
    bot,
    slack,
    hub,
    world,
    clock,
    moving: hurried,
    walkTo: (to) => walk.to(to),
    door: { sqs, findingsQueue, aws, quarantine: bot.quarantine, settle: () => settle() },
    port,
    bundle,
  });
  refresh();
  return {
    url: page.url,
    ready: page.ready,
    get hurried() {
      return hurried();
    },
    async playPast() {
      playing = true;
      try {
        await world.seed();
      } finally {
        playing = false;
      }
    },
    async close() {
      clearInterval(refreshing);
      await refreshed;
      await page.close();
    },
  };
}
