import { App } from '@slack/bolt';
import { SlackPeople, type SlackStandIn, startSlackStandIn } from '../../../local/slack';
import { quietLogger } from './quiet-logger';

const MINUTE = 60_000;
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const CARD = [
  {
    type: 'actions' as const,
    elements: [{ type: 'button' as const, action_id: 'go', text: plain('Go'), value: 'x' }],
  },
];

let standIn: SlackStandIn;
let people: SlackPeople;
let app: App;
let now: number;
let responseUrl: string;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 2);
  standIn = await startSlackStandIn({ now: () => now });
  people = new SlackPeople(standIn.url);
  app = new App({
    socketMode: true,
    token: 'xoxb-local',
    appToken: 'xapp-local',
    logger: quietLogger,
    clientOptions: { slackApiUrl: standIn.apiUrl, retryConfig: { retries: 0 } },
  });
  app.command('/secops', async ({ ack, command }) => {
    responseUrl = command.response_url;
    await ack();
  });
  app.action('go', async ({ ack, body }) => {
    responseUrl = (body as { response_url: string }).response_url;
    await ack();
  });
  await app.start();
});

afterEach(async () => {
  await app.stop();
  await standIn.close();
});

async function respond(body: object): Promise<string> {
  const answer = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { error } = (await answer.json()) as { error?: string };
  return error === undefined ? 'ok' : `${answer.status} ${error}`;
}

test('answers only to the person, or to the channel', async () => {
  await people.command('U0OWNER1', 'C0SHOPPRD', '');
  expect(await respond({ text: 'for you' })).toBe('ok');
  expect(await respond({ text: 'for all', response_type: 'in_channel' })).toBe('ok');
  expect((await people.user('U0OWNER1')).ephemerals).toMatchObject([{ text: 'for you' }]);
  expect(await people.channel('C0SHOPPRD')).toMatchObject([{ text: 'for all' }]);
  expect(await people.calls('response_url')).toHaveLength(2);
});

test('works five times', async () => {
  await people.command('U0OWNER1', 'C0SHOPPRD', '');
  const outcomes: string[] = [];
  for (let use = 0; use < 6; use += 1) outcomes.push(await respond({ text: 'again' }));
  expect(outcomes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', '404 used_url']);
});

test('works for half an hour', async () => {
  await people.command('U0OWNER1', 'C0SHOPPRD', '');
  now += 30 * MINUTE;
  expect(await respond({ text: 'just in time' })).toBe('ok');
  now += 1;
  expect(await respond({ text: 'late' })).toBe('404 expired_url');
});

test('refuses what Slack cannot show, and addresses it did not give', async () => {
  await people.command('U0OWNER1', 'C0SHOPPRD', '');
  expect(await respond({ text: 'x', blocks: [{ type: 'section' }] })).toBe('400 invalid_blocks');
  responseUrl = responseUrl.replace(/[^/]+$/, 'invented');
  expect(await respond({ text: 'x' })).toBe('404 invalid_url');
});

test('replaces and deletes the message whose button was pressed', async () => {
  const { ts } = await app.client.chat.postMessage({ channel: 'C0SHOPPRD', text: 'card', blocks: CARD });
  await people.press('U0OWNER1', { channel: 'C0SHOPPRD', ts: String(ts) }, { action_id: 'go' });
  await respond({ text: 'replaced', replace_original: true });
  const [message] = await people.channel('C0SHOPPRD');
  expect(message).toMatchObject({ ts, text: 'replaced' });
  expect(message).not.toHaveProperty('blocks');
  await respond({ delete_original: true });
  expect(await people.channel('C0SHOPPRD')).toEqual([]);
});

test('replaces and deletes an ephemeral message, which nothing else can change', async () => {
  const { message_ts } = await app.client.chat.postEphemeral({
    channel: 'C0SHOPPRD',
    user: 'U0OWNER1',
    text: 'card',
    blocks: CARD,
  });
  const spot = { channel: 'C0SHOPPRD', ts: String(message_ts) };
  await expect(people.press('U0LEAD', spot, { action_id: 'go' })).rejects.toThrow('sees no message');
  await people.press('U0OWNER1', spot, { action_id: 'go' });
  await respond({ text: 'replaced', replace_original: true });
  expect((await people.user('U0OWNER1')).ephemerals).toMatchObject([{ text: 'replaced' }]);
  await respond({ delete_original: true });
  expect((await people.user('U0OWNER1')).ephemerals).toEqual([]);
});
