import type { Bot } from '../../handlers/composition';
import { refreshCard } from '../../src/requests';
import { slackGateway, webClient } from '../../src/slack';
import { derivedId } from '../../src/store';
import type { AsffDocument } from '../fixtures/findings';
import { register } from '../setup/register';
import { RESTING } from './at-rest';
import { bucket, type FaultScene, MINUTE, openFaultScene } from './fault-scene';
import { impatient } from './impatient';

/** `FAULTS=all npx jest tests/faults/slack-outage` plays it with a thousand findings. */
const FINDINGS = process.env['FAULTS'] === 'all' ? 1_000 : 100;
const CHANNELS = ['C0SHOPPRD', 'C0SHOPDEV', 'C0REQUESTS', 'C0SCORES'] as const;
const CONTROLS = ['S3.5', 'S3.8', 'S3.2', 'S3.3', 'S3.1'] as const;
const RESOURCES = 5;
/** Fewer than are told in a digest. */
const AN_ACCOUNT = CONTROLS.length * RESOURCES;
const ACCOUNTS = Array.from({ length: FINDINGS / AN_ACCOUNT }, (_, n) => String(200_000_000_000 + n));

let scene: FaultScene;
beforeEach(async () => {
  scene = await openFaultScene();
});
afterEach(() => scene.close());

const all = ACCOUNTS.flatMap((account) =>
  CONTROLS.flatMap((control) =>
    Array.from({ length: RESOURCES }, (_, n) => bucket(`${account}-${n}`, { account, control })),
  ),
);
const at = (finding: AsffDocument, minute: string, status: 'FAILED' | 'PASSED'): AsffDocument => ({
  ...finding,
  UpdatedAt: `2026-11-24T01:${minute}:00.000Z`,
  Compliance: { ...finding.Compliance, Status: status },
});
const threads = async () =>
  (await Promise.all(CHANNELS.map((channel) => scene.spine.people.channel(channel)))).flat();
const posted = async () => (await threads()).length;
const chats = async () =>
  (await scene.spine.people.calls()).filter(({ method }) => /^chat\.(postMessage|update)$/.test(method));

test(`Slack is down for 30 minutes, and ${FINDINGS} findings come: all are told afterwards, in order, once`, async () => {
  const { spine, time } = scene;
  for (const [index, account] of ACCOUNTS.entries()) {
    await register(spine.bot, account, {
      channel: CHANNELS[index % CHANNELS.length],
      owner: 'U0OWNER1' as never,
    });
  }
  await spine.drain();
  const hasty = scene.composeWith({
    slack: impatient(
      slackGateway(webClient({ token: 'xoxb-test', apiUrl: spine.slack.apiUrl, timeoutMs: 50 }), {
        teamId: 'T0LOCAL',
        botId: 'B0BOT',
      }),
      spine.people,
    ),
  });
  const down = async (minutes: number, bot: Bot, ...faults: readonly object[]) => {
    await spine.people.stopFailing();
    for (const fault of faults) await spine.people.fail({ method: '*', ...fault });
    await time.pass(minutes * MINUTE, bot);
  };
  const [mended, relapsing, joining] = [
    all[0],
    all[1],
    bucket('joining', { account: ACCOUNTS[0] ?? '' }),
  ] as [AsffDocument, AsffDocument, AsffDocument];

  await spine.people.forgetCalls();
  await spine.people.fail({ method: '*', kind: 'http500' });
  await scene.arrive(...all);
  await down(10, scene.bot, { kind: 'http500' });
  await scene.arrive(at(mended, '10', 'PASSED'), at(relapsing, '10', 'PASSED'), joining);
  // Posts are done after nobody waits any more, and cannot be looked for.
  await down(
    8,
    hasty,
    { method: 'chat.postMessage', kind: 'slow', ms: 100 },
    { method: 'conversations.history', kind: 'refuse' },
  );
  // Nobody has been told for certain, so Security Hub has not either.
  expect(await posted()).toBe(CHANNELS.length);
  expect(await spine.hub.calls('BatchUpdateFindings')).toEqual([]);
  await scene.arrive(at(relapsing, '18', 'FAILED'));
  // Posts are done and no answer comes, but they can be found: one a channel and two minutes.
  await down(6, scene.bot, { method: 'chat.postMessage', kind: 'lost_answer' });
  expect(await posted()).toBeGreaterThanOrEqual(2 * CHANNELS.length);
  await down(6, scene.bot, { kind: 'http500' });

  await spine.people.stopFailing();
  await time.pass(10 * MINUTE, scene.bot);
  expect(await scene.rest()).toEqual(RESTING);

  expect(await posted()).toBe(ACCOUNTS.length * CONTROLS.length);
  for (const { replies } of await threads()) {
    const keys = replies.map((reply) => Number((reply as unknown as Told).metadata.event_payload.key));
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
  }
  const states = await scene.workflow(...all, joining);
  expect(states.filter((status) => status === 'NOTIFIED').length).toBeGreaterThanOrEqual(FINDINGS);

  // What stands there is how things are: drawn once more, no message changes.
  const before = (await chats()).length;
  for (const account of ACCOUNTS) {
    for (const control of CONTROLS) {
      const request = await scene.request(control, account);
      if (request) await refreshCard(request, scene.bot.publisher);
    }
  }
  await scene.serve();
  expect(await chats()).toHaveLength(before);
}, 900_000);

interface Told {
  readonly metadata: { readonly event_payload: { readonly key: string } };
}

test('somebody has pressed a button just before: it is done when Slack is back, once', async () => {
  const { spine, time } = scene;
  await scene.arrive(bucket('a'));
  await scene.serve();
  const id = await scene.propose('take', 'S3.5', {}, derivedId('take', 'S3.5'));
  await spine.people.fail({ method: '*', kind: 'http500' });
  await time.pass(30 * MINUTE, scene.bot);
  expect((await scene.bot.changes.load(id))?.status).toBe('proposed');
  await spine.people.stopFailing();
  await time.pass(15 * MINUTE, scene.bot);
  expect((await scene.bot.changes.load(id))?.status).toBe('applied');
  // Its message was given up after a quarter of an hour, for an operator to see; the clock has brought it back.
  expect(await scene.rest()).toEqual({ ...RESTING, deadLetters: { changes: 1 } });
});
