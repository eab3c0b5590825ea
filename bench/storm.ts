import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '../handlers/composition';
import { type AwsControl, awsControl } from '../local/aws';
import { SlackPeople, type Thread } from '../local/slack';
import { readSettings } from '../src/settings';
import { configWith } from './config-with';
import type { Document } from './documents';
import { type Measured, quantile, rounded } from './figures';
import { say } from './say';
import { auditStorm } from './storm-audit';
import { openStormGround, type StormGround } from './storm-ground';
import { type Pressed, pressThroughout } from './storm-presses';
import { readStormTable, restlessRecords, untoldRecords } from './storm-table';
import { stormOf, stormWorld } from './storm-world';

export const STORM_FINDINGS = 10_000;
/** Slack's outage in a whole storm; a smaller one has one as much shorter. */
const OUTAGE_MS = 300_000;
const LOOK_EVERY_MS = 1_000;
const SAY_EVERY_MS = 30_000;
/** Longer than this is no storm but a breakdown. */
const LIMIT_MS = 1_800_000;
const MB_AT = [0.25, 0.5, 0.75, 1];

/** What was seen while the storm raged. */
interface Watch {
  /** When everything had been told and settled, in ms since the first message was sent. */
  readonly drainedMs: number;
  mostWaiting: number;
  readonly memoryMb: number[];
}

/**
 * A storm of findings of many accounts, every fifth delivered twice, in no order, into 25 channels, while Slack answers
 * 429 now and then, takes one message a second and channel, and is down for a while in the middle; and people press all
 * the time. The bot is a process of its own, fed as in AWS; embedded servers and stand-ins are in others. All time is
 * real. Ends when no queue holds anything, nothing is left to do, and everything has been told.
 * @param count of findings, each of a resource of its own
 */
export async function storm(count: number): Promise<Measured> {
  const world = stormWorld(count);
  const environment = { QUIET: 'on', CONFIG_DIR: configWith(world.accounts, 'alone') };
  const ground = await openStormGround(world.workspace, environment);
  try {
    const config = loadConfig(readSettings(ground.environment));
    const { findings, sent } = stormOf(count, world, config, new Date());
    const people = new SlackPeople(ground.slack);
    const hub = awsControl(ground.aws);
    for (let from = 0; from < findings.length; from += 100) {
      await hub.putFindings(findings.slice(from, from + 100));
    }
    await bluster(people);

    const from = performance.now();
    const presses = pressThroughout(people, world);
    const outage = outageInTheMiddle(ground, people, (OUTAGE_MS * count) / STORM_FINDINGS, sent.length);
    await ground.send(sent);
    say(`  ${sent.length} messages are on the queue after ${since(from)} s`);
    const { watch, pressed } = await watchStorm(ground, hub, from, presses);
    await outage;
    const { answeredMs, unanswered, acts } = pressed;

    const messages = await messagesOf(people, [...world.channels, ...OTHER_CHANNELS]);
    const table = await readStormTable(ground);
    const audit = auditStorm(findings, table, messages, config.catalogue);
    const dead = await ground.deadLetters();
    for (const problem of audit.problems.slice(0, 20)) say(`  ! ${problem}`);
    const untrue = unmirrored(await hub.findings());
    const { peakMb, calls } = ground.lastReport();
    say(`  calls: ${JSON.stringify(calls)}`);
    const replies = messages.reduce((sum, message) => sum + message.replies.length, 0);
    say(
      `  ${messages.length} messages and ${replies} replies stand in Slack, which answered ${calls['Slack.429'] ?? 0} calls with 429; at most ${watch.mostWaiting} messages waited`,
    );
    say(
      `  issues: ${JSON.stringify(audit.states)}; ${untrue} findings say something else in Security Hub; ${dead} dead letters`,
    );
    say(`  ${answeredMs.length} presses and commands answered, ${unanswered} not: ${JSON.stringify(acts)}`);
    return {
      stormLost: audit.lost + dead,
      stormDoubled: audit.doubled,
      stormDrainSeconds: rounded(watch.drainedMs / 1_000),
      stormPeakMB: rounded(peakMb),
      stormAckP99Ms: rounded(quantile(answeredMs, 0.99)),
      stormUnanswered: unanswered,
      stormMostWaiting: watch.mostWaiting,
      stormPosts: messages.length + replies,
      storm429s: calls['Slack.429'] ?? 0,
      ...Object.fromEntries(MB_AT.map((part) => [`stormMBAt${part * 100}`, memoryAt(watch.memoryMb, part)])),
    };
  } finally {
    for (const [complaint, times] of Object.entries(ground.lastReport().complaints)) {
      say(`  ~ ${times} × ${complaint}`);
    }
    await ground.close();
  }
}

/** Where messages go that belong to no account's channel. */
const OTHER_CHANNELS = ['C0SECURITY', 'C0REQUESTS', 'C0SCORES'];

const since = (from: number) => rounded((performance.now() - from) / 1_000, 1);

/** Throughout: now and then Slack asks to wait, seldom for long. */
async function bluster(people: SlackPeople): Promise<void> {
  await people.fail({ method: 'chat.postMessage', kind: 'ratelimited', every: 50, retryAfter: 10 });
  await people.fail({ method: '*', kind: 'ratelimited', every: 20, retryAfter: 2 });
}

/** Slack is gone from the moment when half of the messages have been taken off the queue. */
async function outageInTheMiddle(
  ground: StormGround,
  people: SlackPeople,
  lasts: number,
  sent: number,
): Promise<void> {
  let arrived = 0;
  while (arrived === 0 || (await ground.waiting()).findings > sent / 2) {
    await pause(LOOK_EVERY_MS / 2);
    arrived = Math.max(arrived, (await ground.waiting()).findings);
  }
  say(`  Slack goes down for ${rounded(lasts / 1_000)} s`);
  await people.stopFailing();
  await people.fail({ method: '*', kind: 'refuse' });
  await pause(lasts);
  await people.stopFailing();
  await bluster(people);
  say('  Slack is back');
}

/** People press until everything has been told; what they have asked for last is waited for as well. */
async function watchStorm(
  ground: StormGround,
  hub: AwsControl,
  from: number,
  presses: ReturnType<typeof pressThroughout>,
): Promise<{ readonly watch: Watch; readonly pressed: Pressed }> {
  const watch: Watch = { drainedMs: 0, mostWaiting: 0, memoryMb: [] };
  let pressed: Pressed | undefined;
  let saidAt = from;
  while (performance.now() - from < LIMIT_MS) {
    await pause(LOOK_EVERY_MS);
    const waiting = await ground.waiting();
    const all = sum(Object.values(waiting));
    watch.mostWaiting = Math.max(watch.mostWaiting, all);
    watch.memoryMb.push(ground.lastReport().memoryMb);
    if (performance.now() - saidAt > SAY_EVERY_MS) {
      saidAt = performance.now();
      say(`  ${since(from)} s: ${JSON.stringify(waiting)}, ${rounded(ground.lastReport().memoryMb)} MB`);
    }
    if (pressed === undefined) {
      const own = all - waiting.changes;
      if (own === 0 && (await untoldRecords(ground)) === 0) pressed = await presses.stop();
      continue;
    }
    if (all > 0 || (await hub.pendingEvents()) > 0) continue;
    const lookedAt = performance.now();
    // Looked at twice: between a handler's last write and its next message both can seem to be over.
    const restless = await restlessRecords(ground);
    if (restless > 0 || sum(Object.values(await ground.waiting())) > 0) continue;
    return { watch: { ...watch, drainedMs: lookedAt - from }, pressed };
  }
  throw new Error('the storm is not over');
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

async function messagesOf(people: SlackPeople, channels: readonly string[]): Promise<readonly Thread[]> {
  return (await Promise.all(channels.map((id) => people.channel(id)))).flat();
}

/** Findings of which Security Hub still says that nobody has heard. */
function unmirrored(findings: readonly Document[]): number {
  return findings.filter(({ Workflow }) => Workflow?.Status === 'NEW').length;
}

function memoryAt(memoryMb: readonly number[], part: number): number {
  return rounded(memoryMb[Math.max(0, Math.ceil(memoryMb.length * part) - 1)] ?? 0);
}
