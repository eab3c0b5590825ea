import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { responder, SlackRateLimited, SlackRefused, SlackUnreachable } from '../../src/slack';

const HEADERS: Readonly<Record<number, Record<string, string>>> = {
  302: { location: 'http://127.0.0.1:1/' },
  429: { 'retry-after': '7' },
};

let server: Server;
let host: string;
let status: number;
let received: { path: string | undefined; body: unknown }[];
beforeEach(async () => {
  status = 200;
  received = [];
  server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(status, HEADERS[status] ?? {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(
  () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
);

const message = { text: 'hello', blocks: [{ type: 'divider' }] };

it('answers the person alone', async () => {
  await responder(host)(`http://${host}/commands/1`, message);
  await responder(host)(`http://${host}/actions/2`, { ...message, replaceOriginal: true });
  expect(received).toEqual([
    { path: '/commands/1', body: { response_type: 'ephemeral', ...message } },
    { path: '/actions/2', body: { response_type: 'ephemeral', ...message, replace_original: true } },
  ]);
});

test.each([
  'https://evil.example/commands/1',
  'https://hooks.slack.com.evil.example/commands/1',
  'https://hooks.slack.com@evil.example/commands/1',
  'https://hooks.slack.com:8443/commands/1',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'hooks.slack.com/commands/1',
  '',
])('calls nobody but Slack: %j', async (url) => {
  const fetched = jest.spyOn(globalThis, 'fetch');
  try {
    await expect(responder('hooks.slack.com')(url, message)).rejects.toThrow(/refused to answer|Invalid URL/);
    expect(fetched).not.toHaveBeenCalled();
  } finally {
    fetched.mockRestore();
  }
});

it('a used-up URL is refused, a server that does not answer is unreachable, a redirect is not followed', async () => {
  status = 404;
  const refused = responder(host)(`http://${host}/x`, message);
  await expect(refused).rejects.toThrow(SlackRefused);
  await expect(refused).rejects.toMatchObject({ code: 'http_404' });
  status = 302;
  await expect(responder(host)(`http://${host}/x`, message)).rejects.toThrow(SlackUnreachable);
  await expect(responder('127.0.0.1:1')('http://127.0.0.1:1/x', message)).rejects.toThrow(SlackUnreachable);
});

it('says how long Slack asks to wait', async () => {
  status = 429;
  const asked = responder(host)(`http://${host}/x`, message);
  await expect(asked).rejects.toThrow(SlackRateLimited);
  await expect(asked).rejects.toMatchObject({ retryAfterSeconds: 7 });
});
