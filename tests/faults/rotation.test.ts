import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { serveWarm } from '../../handlers/slack';
import { keepWarm } from '../../handlers/warm-bot';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/embedded';
import { slackSecretSource } from '../../src/aws';
import { signedVerification } from '../handlers/signed-verification';
import { keepSecret } from '../setup/log-lines';
import { manualClock, openSpine, type Spine } from '../setup/spine';

const ARN = 'arn:aws:secretsmanager:ap-northeast-1:999999999999:secret:Slack-AbCdEf';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Signing secrets as Slack makes them. */
const [OLD, NEW, STRANGE] = [
  '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  '8f742231b10e8888abcd99yyyzzz85a5',
  '00000000000000000000000000000000',
] as const;

let spine: Spine;
let client: SecretsManagerClient;
beforeEach(async () => {
  for (const secret of [OLD, NEW]) keepSecret(secret);
  // Bolt's own check behind ours looks at the machine's clock, and takes what comes from the future.
  spine = await openSpine({ clock: manualClock('2040-11-20T01:00:00.000Z') });
  client = new SecretsManagerClient({
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: spine.aws.url,
    maxAttempts: 1,
  });
  await put(OLD);
});
afterEach(async () => {
  client.destroy();
  await spine.close();
});

/** Somebody writes a value into the secret, now; Secrets Manager keeps the one before. */
async function put(current: string, previous?: string): Promise<void> {
  const value = (signingSecret: string) => JSON.stringify({ botToken: 'xoxb-one', signingSecret });
  await spine.hub.setSecrets([
    {
      arn: ARN,
      current: value(current),
      changedAt: spine.clock.now().toISOString(),
      ...(previous !== undefined && { previous: value(previous) }),
    },
  ]);
}

/** A warm instance of the Slack function: it reads the secret when it likes. */
function instance() {
  const source = slackSecretSource(client, ARN, spine.clock.now, () => undefined);
  const environment = {
    ...spine.world.environment,
    SLACK_TEAM_ID: 'T0LOCAL',
    SLACK_BOT_ID: 'B0BOT',
    SLACK_BOT_USER_ID: 'U0BOT',
    DEFAULT_CHANNEL_ID: 'C0REQUESTS',
    SECURITY_CHANNEL_ID: 'C0SECURITY',
  };
  const serve = serveWarm(keepWarm(environment, source, (settings) => ({ ...spine.bot, settings })));
  return async (secret: string) => (await serve(signedVerification(secret, spine.clock.now()))).statusCode;
}

const asked = async () => (await spine.hub.calls('GetSecretValue')).length;

interface Traffic {
  /** By which secrets a request may be signed at this many milliseconds after the change. */
  readonly valid: (since: number) => readonly string[];
  readonly strangers?: boolean;
}

/** Requests every second at three instances that have begun at different times; the secret changes after six minutes. */
async function rotate({ valid, strangers = false }: Traffic) {
  const instances: ReturnType<typeof instance>[] = [];
  const start = spine.clock.now().getTime();
  const changes = start + 6 * MINUTE;
  const refused: number[] = [];
  const letIn: number[] = [];
  let sent = 0;
  let changed = false;
  for (let now = start; now < start + 12 * MINUTE; now += SECOND, spine.clock.advance(SECOND)) {
    if (!changed && now >= changes) {
      await put(NEW, OLD);
      changed = true;
    }
    const since = now - changes;
    // The last one has read the secret a moment before it changes.
    if ([-6 * MINUTE, -4 * MINUTE, -2 * SECOND].includes(since)) instances.push(instance());
    // Around the change every second, later now and then.
    if (Math.abs(since) > 20 * SECOND && now % (10 * SECOND) !== 0) continue;
    for (const ask of instances) {
      if (strangers && (await ask(STRANGE)) !== 401) letIn.push(since);
      for (const secret of valid(since)) {
        sent += 1;
        if ((await ask(secret)) !== 200) refused.push(since);
      }
    }
  }
  return { sent, refused, letIn };
}

/** Slack's servers change one after the other, and what was refused elsewhere comes again. */
const gradually = (since: number) => (since < 0 ? [OLD] : since < 2 * MINUTE ? [OLD, NEW] : [NEW]);

test('the secret changes during traffic: no request of Slack is refused', async () => {
  const { sent, refused } = await rotate({ valid: gradually });
  expect(sent).toBeGreaterThan(300);
  expect(refused).toEqual([]);
  // Looked at every five minutes, and when a signature did not match.
  expect(await asked()).toBeLessThan(30);
});

test('strangers knock meanwhile: nobody is let in, AWS is not asked for each, the new secret is known within seconds', async () => {
  const { refused, letIn } = await rotate({ valid: gradually, strangers: true });
  expect(letIn).toEqual([]);
  for (const since of refused) expect(since).toBeLessThan(5 * SECOND);
  // Three instances, at most one question in five seconds, each of two calls after the change.
  expect(await asked()).toBeLessThan(3 * 2 * ((12 * MINUTE) / (5 * SECOND)));
});

test('the old secret, stolen: it opens for a day, and then nothing any more', async () => {
  const [first, second] = [instance(), instance()];
  await first(OLD);
  await put(NEW, OLD);
  expect(await first(NEW)).toBe(200);
  spine.clock.advance(24 * HOUR - 10 * MINUTE);
  expect(await first(OLD)).toBe(200);
  expect(await second(OLD)).toBe(200);
  spine.clock.advance(10 * MINUTE);
  for (const ask of [first, second, instance()]) {
    expect(await ask(OLD)).toBe(401);
    expect(await ask(NEW)).toBe(200);
  }
});

test('the old secret, stolen, while Secrets Manager does not answer: no longer good either', async () => {
  const ask = instance();
  await put(NEW, OLD);
  expect(await ask(OLD)).toBe(200);
  await spine.hub.addFault({ operation: 'GetSecretValue', kind: 'error', when: 'always' });
  spine.clock.advance(24 * HOUR);
  expect(await ask(OLD)).toBe(401);
  expect(await ask(NEW)).toBe(200);
});
