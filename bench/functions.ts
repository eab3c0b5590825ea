import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { ACTIONS } from '../blocks/ids';
import { compose } from '../handlers/composition';
import { bundleHandlers, codeOf } from '../infra/bundle-handlers';
import type { SlackPeople } from '../local/slack';
import { type BundledFunction, loadMs, startFunction } from './bundled-function';
import { document } from './documents';
import { type Measured, median, quantile, rounded } from './figures';
import { openFrontDoor } from './front-door';
import { type Outside, openOutside, serve } from './outside';
import { say } from './say';
import { sendFindings } from './send-findings';

const LOADS = 15;
const COLD_STARTS = 9;
const WARM = 400;
/** The first calls of a process are what a cold start is about. */
const UNCOUNTED = 20;
const CHANNEL = 'C0SHOPPRD';
const OWNER = 'U0OWNER1';
const CONTROLS = ['S3.8', 'EC2.19', 'RDS.2'];

/** How large the functions are that somebody waits for, and how soon they answer: the bundles that are deployed. */
export async function functions(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'functions-'));
  try {
    await bundleHandlers(folder);
    const [slack, findings] = [codeOf(folder, 'slack'), codeOf(folder, 'findings')];
    const loads = { slackLoadMs: await middleLoad(slack), findingsLoadMs: await middleLoad(findings) };
    const gzipKb = gzipSync(readFileSync(join(slack, 'index.js'))).length / 1000;
    return { slackBundleGzipKB: rounded(gzipKb), ...loads, ...(await acks(slack)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The middle of some fresh processes. */
async function middleLoad(folder: string): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < LOADS; n += 1) times.push(await loadMs(folder, { AWS_REGION: 'ap-northeast-1' }));
  return rounded(median(times));
}

/** From Slack's signed request to the answer, first with a function that has just been started, then with a warm one. */
async function acks(folder: string): Promise<Measured> {
  const outside = await openOutside({ QUIET: 'off' });
  let current: BundledFunction | undefined;
  const door = await openFrontDoor(async (event) => {
    if (current === undefined) throw new Error('no function is running');
    return current.call(event);
  });
  try {
    const card = await postCards(outside);
    await outside.people.deliverTo(door.url, outside.settings.SLACK_SIGNING_SECRET ?? '');
    const cold: number[] = [];
    for (let n = 0; n < COLD_STARTS; n += 1) {
      const from = performance.now();
      current = startFunction(folder, outside.environment);
      await answered(outside.people.press(OWNER, card, { action_id: ACTIONS.take }));
      cold.push(performance.now() - from);
      current.stop();
    }
    current = startFunction(folder, outside.environment);
    const warm = (await press(outside.people, card, UNCOUNTED + WARM)).slice(UNCOUNTED);
    say(
      `  cold: ${cold.map((ms) => rounded(ms)).join(', ')} ms; warm: median ${rounded(median(warm), 1)} ms`,
    );
    return {
      ackWarmP99Ms: rounded(quantile(warm, 0.99), 1),
      ackColdMs: rounded(median(cold)),
      ackColdWorstMs: rounded(Math.max(...cold)),
    };
  } finally {
    current?.stop();
    await door.close();
    await outside.close();
  }
}

interface Card {
  readonly channel: string;
  readonly ts: string;
}

/** Some requests in a channel; the first one's card. */
async function postCards(outside: Outside): Promise<Card> {
  const bot = compose(outside.settings, outside.ports, outside.config, 0);
  const pollers = serve(bot, outside, ['findings', 'cards']);
  const findings = CONTROLS.map((control, resource) =>
    document({ account: '111122223333', control, severity: 'HIGH', resource, updatedAt: new Date() }),
  );
  await outside.hub.putFindings(findings);
  let since = 0;
  await sendFindings(findings, outside);
  const cards: Card[] = [];
  while (cards.length < CONTROLS.length) {
    const { seq, ts } = await outside.people.wait(
      { type: 'message.posted', since, channel: CHANNEL },
      20_000,
    );
    since = seq;
    cards.push({ channel: CHANNEL, ts: String(ts) });
  }
  // What follows a post is done before the queues are left alone.
  await pause(500);
  await Promise.all(pollers.map((poller) => poller.stop()));
  const [first] = cards;
  if (first === undefined) throw new Error('no card has been posted');
  return first;
}

async function answered(act: Promise<{ readonly ack: string }>): Promise<void> {
  const { ack } = await act;
  if (ack !== 'acked') throw new Error(`Slack was answered ${ack}`);
}

/** ms of each: buttons that queue a change, one that opens a dialog, commands that are answered and that are queued. */
async function press(people: SlackPeople, card: Card, times: number): Promise<number[]> {
  const acts = [
    () => people.press(OWNER, card, { action_id: ACTIONS.take }),
    () => people.command(OWNER, CHANNEL, 'help'),
    () => people.press(OWNER, card, { action_id: ACTIONS.suppress }),
    () => people.command(OWNER, CHANNEL, 'requests'),
    () => people.home(OWNER),
  ];
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const act = acts[n % acts.length];
    if (act === undefined) continue;
    const from = performance.now();
    await answered(act());
    taken.push(performance.now() - from);
    // A dialog that is open covers everything else.
    if ((await people.user(OWNER)).modal !== null) await people.close(OWNER, true);
  }
  return taken;
}
