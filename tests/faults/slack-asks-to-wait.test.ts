import type { Bot } from '../../handlers/composition';
import { QUEUES } from '../../infra/resources';
import { derivedId } from '../../src/store';
import { register } from '../setup/register';
import { RESTING } from './at-rest';
import { bucket, type FaultScene, MINUTE, openFaultScene } from './fault-scene';

const [SLOW, OTHER, THIRD] = ['C0SHOPPRD', 'C0SHOPDEV', 'C0REQUESTS'] as const;
const ACCOUNTS = { [SLOW]: '300000000001', [OTHER]: '300000000002', [THIRD]: '300000000003' } as const;
const CONTROLS = ['S3.5', 'S3.8', 'S3.2'] as const;
/** What Slack takes: about a message a second and channel. */
const PACE_MS = 1_000;

let scene: FaultScene;
beforeEach(async () => {
  scene = await openFaultScene();
  for (const [channel, account] of Object.entries(ACCOUNTS)) {
    await register(scene.spine.bot, account, { channel, owner: 'U0OWNER1' as never });
  }
  await scene.spine.drain();
  await scene.spine.people.forgetCalls();
});
afterEach(() => scene.close());

const findings = Object.values(ACCOUNTS).flatMap((account) =>
  CONTROLS.map((control) => bucket(account, { account, control })),
);
const wait = (fault: object) =>
  scene.spine.people.fail({ method: 'chat.postMessage', kind: 'ratelimited', retryAfter: 30, ...fault });
const cards = async (channel: string) => (await scene.spine.people.channel(channel)).length;
const posts = async (channel: string) =>
  (await scene.spine.people.calls('chat.postMessage')).filter(({ args }) => args['channel'] === channel);
const reach = (at: number, bot: Bot = scene.bot) =>
  scene.time.pass(Math.max(0, at - scene.spine.clock.now().getTime()), bot);

test('Retry-After 30 in one channel: it is left alone for so long, all others go on, and no function sleeps', async () => {
  await wait({ channel: SLOW, next: 1 });
  await scene.arrive(...findings);
  await scene.serve();

  expect(await cards(OTHER)).toBe(CONTROLS.length);
  expect(await cards(THIRD)).toBe(CONTROLS.length);
  const [refused, ...none] = await posts(SLOW);
  expect(none).toEqual([]);
  expect(scene.time.delays.map(({ seconds }) => Math.floor(seconds))).toEqual([30]);
  // Nobody stands still but for the second between two posts.
  expect(scene.stood.length).toBeLessThanOrEqual(2 * CONTROLS.length);
  expect(Math.max(...scene.stood)).toBeLessThanOrEqual(PACE_MS);

  const at = refused?.at ?? 0;
  await reach(at + 29_900);
  expect(await posts(SLOW)).toHaveLength(1);
  await reach(at + 31_100);
  expect(await cards(SLOW)).toBe(CONTROLS.length);
  const later = (await posts(SLOW)).slice(1).map((post) => post.at);
  expect(later).toHaveLength(CONTROLS.length);
  expect(Math.min(...later)).toBeGreaterThanOrEqual(at + 30_000);
  for (const [index, time] of later.entries()) {
    if (index > 0) expect(time - (later[index - 1] ?? 0)).toBeGreaterThanOrEqual(PACE_MS);
  }
  expect(await scene.rest()).toEqual(RESTING);
});

test('Slack asks every other time, in all channels: everything is told once, and nothing is tried too early', async () => {
  await wait({ every: 2 });
  await scene.arrive(...findings);
  await scene.time.pass(10 * MINUTE, scene.bot);
  for (const channel of [SLOW, OTHER, THIRD]) {
    expect(await cards(channel)).toBe(CONTROLS.length);
    const tries = await posts(channel);
    for (const [index, { at }] of tries.entries()) {
      const before = tries[index - 1];
      if (before?.fault === 'ratelimited') expect(at - before.at).toBeGreaterThanOrEqual(30_000);
    }
  }
  expect(Math.max(...scene.stood)).toBeLessThanOrEqual(PACE_MS);
  // It was certainly not posted, so nobody looks for it.
  expect(await scene.spine.people.calls('conversations.history')).toEqual([]);
  expect(await scene.rest()).toEqual(RESTING);
});

test.each(['conversations.info', 'chat.update'])(
  'Slack asks at %s: the channel waits as well, and what was to be shown is shown',
  async (method) => {
    const [first] = findings;
    const again = bucket('another', { account: ACCOUNTS[SLOW] });
    await scene.arrive(...findings);
    await scene.serve();
    expect(first && (await scene.workflow(first))).toEqual(['NOTIFIED']);
    // What was looked up is no longer remembered.
    scene.spine.clock.advance(20 * MINUTE);
    await wait({ method, next: 1 });
    await scene.arrive(again);
    await scene.serve();
    expect(await scene.workflow(again)).toEqual(['NEW']);
    expect(scene.time.delays.map(({ seconds }) => Math.floor(seconds))).toEqual([30]);
    await scene.time.pass(MINUTE, scene.bot);
    expect(await scene.workflow(again)).toEqual(['NOTIFIED']);
    expect(Math.max(...scene.stood)).toBeLessThanOrEqual(PACE_MS);
    expect(await scene.rest()).toEqual(RESTING);
  },
);

test('Slack asks when the rights of a person are looked up: the wish waits, and is done', async () => {
  await scene.arrive(bucket('a'));
  await scene.serve();
  await wait({ method: 'usergroups.users.list', next: 1 });
  const id = await scene.propose('take', 'S3.5', {}, derivedId('take', 'S3.5'));
  const stood = scene.stood.length;
  await scene.serve();
  expect(scene.stood).toHaveLength(stood);
  expect((await scene.bot.changes.load(id))?.status).toBe('proposed');
  await scene.time.pass(QUEUES.changes.visibilitySeconds * 1_000, scene.bot);
  expect((await scene.bot.changes.load(id))?.status).toBe('applied');
  expect(await scene.rest()).toEqual(RESTING);
});
