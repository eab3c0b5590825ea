import type { Bot } from '../../handlers/composition';
import { serveWarm } from '../../handlers/slack';
import { keepWarm, type WarmBot } from '../../handlers/warm-bot';
import type { SlackSecret, SlackSecretSource } from '../../src/aws';
import { SettingsError } from '../../src/settings';
import { type Counted, counting } from '../setup/counting';
import { manualClock, openSpine, type Spine } from '../setup/spine';
import { signedVerification } from './signed-verification';

let spine: Spine;
beforeAll(async () => {
  // Bolt's own check behind ours looks at the machine's clock.
  spine = await openSpine({ clock: manualClock(new Date().toISOString()) });
});
afterAll(() => spine.close());

/** What stands in the secret, and what has been read of it. */
let written: SlackSecret;
let read: SlackSecret;
let demands: (string | undefined)[];
beforeEach(() => {
  written = { botToken: 'xoxb-one', signingSecret: 'first' };
  read = written;
  demands = [];
});
const source: SlackSecretSource = {
  read: async (demand) => {
    demands.push(demand);
    if (demand === 'newest') read = written;
    return read;
  },
};
const environment = () => ({
  ...spine.world.environment,
  SLACK_TEAM_ID: 'T0LOCAL',
  SLACK_BOT_ID: 'B0BOT',
  SLACK_BOT_USER_ID: 'U0BOT',
  DEFAULT_CHANNEL_ID: 'C0REQUESTS',
  SECURITY_CHANNEL_ID: 'C0SECURITY',
});
const warm = (): WarmBot<Bot> => keepWarm(environment(), source, (settings) => ({ ...spine.bot, settings }));

const statusOf = async (serve: ReturnType<typeof serveWarm>, secret: string) =>
  (await serve(signedVerification(secret, spine.clock.now()))).statusCode;

test('the bot is kept while the secret is the same, and put together anew with another', async () => {
  const bot = warm();
  const first = await bot();
  expect(first.settings).toMatchObject({ SLACK_BOT_TOKEN: 'xoxb-one', SLACK_SIGNING_SECRET: 'first' });
  expect(await bot()).toBe(first);
  written = { botToken: 'xoxb-two', signingSecret: 'second', previousSigningSecret: 'first' };
  expect(await bot()).toBe(first);
  expect((await bot('newest')).settings).toMatchObject({
    SLACK_BOT_TOKEN: 'xoxb-two',
    SLACK_SIGNING_SECRET: 'second',
    SLACK_PREVIOUS_SIGNING_SECRET: 'first',
  });
});

test('without a secret the settings are the environment alone', async () => {
  const bot = keepWarm({ ...environment(), SLACK_BOT_TOKEN: 'xoxb-env' }, undefined, (settings) => ({
    ...spine.bot,
    settings,
  }));
  expect((await bot()).settings.SLACK_BOT_TOKEN).toBe('xoxb-env');
  await expect(keepWarm(environment(), undefined, () => spine.bot)()).rejects.toThrow(SettingsError);
});

test('a request that Slack did not sign is counted, once the newest secret has been looked at', async () => {
  const counted: Counted = {};
  const flushed: number[] = [];
  const metrics = {
    ...counting(counted),
    flush: () => void flushed.push(counted.SignatureFailures?.[0] ?? 0),
  };
  const counts = keepWarm(environment(), source, (settings) => ({
    ...spine.bot,
    settings,
    ports: { ...spine.bot.ports, metrics },
  }));
  const serve = serveWarm(counts);
  written = { botToken: 'xoxb-one', signingSecret: 'second' };
  expect(await statusOf(serve, 'second')).toBe(200);
  expect(await statusOf(serve, 'somebody')).toBe(401);
  expect(await statusOf(serve, 'somebody')).toBe(401);
  // Handed over at each event: the function may be gone after it.
  expect(flushed).toEqual([0, 1, 2]);
});

test('while the signing secret changes, no request of Slack is refused', async () => {
  const serve = serveWarm(warm());
  expect(await statusOf(serve, 'first')).toBe(200);
  expect(demands).toEqual([undefined]);
  written = { botToken: 'xoxb-one', signingSecret: 'second', previousSigningSecret: 'first' };
  for (const secret of ['first', 'second', 'first', 'second'])
    expect(await statusOf(serve, secret)).toBe(200);
  written = { botToken: 'xoxb-one', signingSecret: 'second' };
  read = written;
  expect(await statusOf(serve, 'second')).toBe(200);
  expect(await statusOf(serve, 'first')).toBe(401);
  expect(await statusOf(serve, 'another')).toBe(401);
});
