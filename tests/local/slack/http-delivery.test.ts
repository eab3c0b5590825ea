import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { SlackPeople, type SlackStandIn, startSlackStandIn } from '../../../local/slack';
import { quietLogger } from './quiet-logger';

const SECRET = 'local-signing-secret';

let standIn: SlackStandIn;
let people: SlackPeople;
let server: Server | undefined;

beforeEach(async () => {
  standIn = await startSlackStandIn({ ackLimitMs: 500 });
  people = new SlackPeople(standIn.url);
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
  await standIn.close();
});

interface Received {
  type: string | undefined;
  signed: boolean;
  body: string;
}

/** A server that keeps what it receives and answers the same each time; `hang` answers never. */
async function receive(status: number, answer: string, hang = false): Promise<Received[]> {
  const received: Received[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const timestamp = String(request.headers['x-slack-request-timestamp']);
      const digest = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
      const signed = request.headers['x-slack-signature'] === `v0=${digest}`;
      received.push({ type: request.headers['content-type'], signed, body });
      if (!hang) response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
    });
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  await people.deliverTo(
    `http://127.0.0.1:${(listening.address() as AddressInfo).port}/slack/events`,
    SECRET,
  );
  return received;
}

test('a command is a signed form, an event signed JSON', async () => {
  const received = await receive(200, '');
  expect((await people.command('U0OWNER1', 'C0SHOPPRD', 'help')).ack).toBe('acked');
  await people.home('U0OWNER1');
  expect(received).toMatchObject([
    { type: 'application/x-www-form-urlencoded', signed: true },
    { type: 'application/json', signed: true },
  ]);
  const form = new URLSearchParams(received[0]?.body);
  expect(Object.fromEntries(form)).toMatchObject({ command: '/secops', text: 'help', user_id: 'U0OWNER1' });
  expect(JSON.parse(received[1]?.body ?? '')).toMatchObject({
    type: 'event_callback',
    event: { type: 'app_home_opened', user: 'U0OWNER1' },
  });
});

test.each([
  ['JSON', '{"text":"hello"}'],
  ['plain text', 'hello'],
])('the body of the answer is the ack: %s', async (_name, answer) => {
  await receive(200, answer);
  expect(await people.command('U0OWNER1', 'C0SHOPPRD', '')).toMatchObject({ message: { text: 'hello' } });
});

test('an error status, silence and nobody there are told apart', async () => {
  await receive(500, '');
  expect(await people.command('U0OWNER1', 'C0SHOPPRD', '')).toMatchObject({ ack: 'failed', httpStatus: 500 });
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  expect(await people.command('U0OWNER1', 'C0SHOPPRD', '')).toMatchObject({ ack: 'not_connected' });
  await receive(200, '', true);
  expect(await people.command('U0OWNER1', 'C0SHOPPRD', '')).toMatchObject({ ack: 'timeout' });
});

test('Bolt takes the requests as genuine', async () => {
  const receiver = new HTTPReceiver({ signingSecret: SECRET, logger: quietLogger });
  const app = new App({
    token: 'xoxb-local',
    receiver,
    logger: quietLogger,
    clientOptions: { slackApiUrl: standIn.apiUrl, retryConfig: { retries: 0 } },
  });
  app.command('/secops', async ({ ack, command }) => ack(`hello <@${command.user_id}>`));
  const bolt = await app.start({ port: 0, host: '127.0.0.1' });
  const { port } = (bolt as Server).address() as AddressInfo;
  const at = `http://127.0.0.1:${port}/slack/events`;
  await people.deliverTo(at, SECRET);
  expect(await people.command('U0OWNER1', 'C0SHOPPRD', '')).toMatchObject({
    message: { text: 'hello <@U0OWNER1>' },
  });
  await people.deliverTo(at, 'another-secret');
  expect(await people.command('U0OWNER1', 'C0SHOPPRD', '')).toMatchObject({ ack: 'failed', httpStatus: 401 });
  await app.stop();
});
