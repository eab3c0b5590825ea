import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { slackSecretChangedAt, slackSecretSource } from '../../src/aws';
import { type StandIn, startStandIn } from '../local/aws/stand-in';

const ARN = 'arn:aws:secretsmanager:ap-northeast-1:999999999999:secret:Slack-AbCdEf';
const CHANGED = '2026-11-20T00:00:00.000Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let aws: StandIn;
let client: SecretsManagerClient;
let at: number;
let warned: string[];
beforeEach(async () => {
  aws = await startStandIn();
  client = new SecretsManagerClient({
    endpoint: aws.url,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  at = Date.parse(CHANGED) + HOUR;
  warned = [];
});
afterEach(async () => {
  client.destroy();
  await aws.stop();
});

const value = (signingSecret: string, botToken = 'xoxb-one') => JSON.stringify({ botToken, signingSecret });
const source = () =>
  slackSecretSource(
    client,
    ARN,
    () => new Date(at),
    (message, details) => warned.push(`${message} ${String(details?.error)}`),
  );
const put = (current: string, previous?: string) =>
  aws.control.setSecrets([{ arn: ARN, current, changedAt: CHANGED, ...(previous && { previous }) }]);
const calls = async () => (await aws.control.calls('GetSecretValue')).length;

test('token and signing secret are read once, and kept for some minutes', async () => {
  await put(value('first'));
  const secret = source();
  expect(await secret.read()).toEqual({ botToken: 'xoxb-one', signingSecret: 'first' });
  const asked = await calls();
  await put(value('second', 'xoxb-two'));
  at += 4 * MINUTE;
  expect(await secret.read()).toEqual({ botToken: 'xoxb-one', signingSecret: 'first' });
  expect(await calls()).toBe(asked);
  at += 2 * MINUTE;
  expect(await secret.read()).toEqual({ botToken: 'xoxb-two', signingSecret: 'second' });
});

test('who needs the newest gets it, but not at every request', async () => {
  await put(value('first'));
  const secret = source();
  await secret.read();
  const asked = await calls();
  await put(value('second'));
  // Read a moment ago, but nobody has asked for the newest since.
  expect(await secret.read('newest')).toMatchObject({ signingSecret: 'second' });
  expect(await calls()).toBeGreaterThan(asked);
  await put(value('third'));
  const again = await calls();
  at += 3_000;
  expect(await secret.read('newest')).toMatchObject({ signingSecret: 'second' });
  expect(await calls()).toBe(again);
  at += 3_000;
  expect(await secret.read('newest')).toMatchObject({ signingSecret: 'third' });
});

test('when the value in force was put there is known, so that it can be said how old it is', async () => {
  await put(value('second'), value('first'));
  expect(await slackSecretChangedAt(client, ARN)).toEqual(new Date(CHANGED));
});

test('the signing secret before it is given for a day after the change', async () => {
  await put(value('second'), value('first'));
  const secret = source();
  expect(await secret.read()).toEqual({
    botToken: 'xoxb-one',
    signingSecret: 'second',
    previousSigningSecret: 'first',
  });
  at += 24 * HOUR;
  expect(await secret.read()).toEqual({ botToken: 'xoxb-one', signingSecret: 'second' });
});

test('a change of the token alone brings no second signing secret', async () => {
  await put(value('same', 'xoxb-two'), value('same', 'xoxb-one'));
  expect(await source().read()).toEqual({ botToken: 'xoxb-two', signingSecret: 'same' });
});

test('what the stack made the secret with is no signing secret', async () => {
  await put(value('first'), 'random-password');
  expect(await source().read()).toEqual({ botToken: 'xoxb-one', signingSecret: 'first' });
});

test.each([
  ['no JSON', 'topsecret-xoxb-1'],
  ['another token', JSON.stringify({ botToken: 'topsecret', signingSecret: 'topsecret' })],
  ['no signing secret', JSON.stringify({ botToken: 'xoxb-topsecret' })],
])('%s: said without repeating it', async (_, current) => {
  await put(current);
  const failure = await source()
    .read()
    .catch((error: unknown) => String(error));
  expect(failure).toContain('write {"botToken": "xoxb-…", "signingSecret": "…"} as its value');
  expect(failure).toContain(ARN);
  expect(failure).not.toContain('topsecret');
});

test('an outage of Secrets Manager stops nobody who knows the secret, and everybody who does not', async () => {
  await put(value('first'));
  const secret = source();
  await secret.read();
  await aws.control.addFault({ operation: 'GetSecretValue', kind: 'error', when: { next: 1 } });
  at += 6 * MINUTE;
  expect(await secret.read()).toMatchObject({ signingSecret: 'first' });
  expect(warned).toEqual([expect.stringContaining('could not be read again')]);
  await aws.control.addFault({ operation: 'GetSecretValue', kind: 'error', when: { next: 1 } });
  await expect(source().read()).rejects.toThrow('An internal error was asked for');
});
