import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SlackPeople, type SlackStandIn, startSlackStandIn } from '../../local/slack';
import {
  type Slack,
  SlackRateLimited,
  SlackRefused,
  SlackUnreachable,
  slackGateway,
  webClient,
} from '../../src/slack';
import { plainPng } from '../fixtures/plain-png';

const CHANNEL = 'C0REQUESTS';
const PICTURE = { png: plainPng(60, 30), name: 'score.png', alt: 'shop-prod: 92 %' };
const STEPS = ['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal', 'files.info'];

let server: SlackStandIn;
let people: SlackPeople;
let slack: Slack;
beforeEach(async () => {
  server = await startSlackStandIn();
  people = new SlackPeople(server.url);
  slack = gateway(server);
});
afterEach(() => server.close());

function gateway({ apiUrl }: Pick<SlackStandIn, 'apiUrl'>, processingMs = 2_000): Slack {
  const options = { token: 'xoxb-test', apiUrl, timeoutMs: 300, processingMs };
  return slackGateway(webClient(options), options);
}

async function errorOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it was taken');
}

/** Everything that a logger could print of an error. */
function allOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack ?? ''} ${JSON.stringify(error)} ${error.cause === undefined ? '' : allOf(error.cause)}`;
}

/** A Web API that gives this address for an upload. */
async function giving(uploadUrl: (port: number) => unknown) {
  const asked: string[] = [];
  const api = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { port } = api.address() as AddressInfo;
    if (request.url?.startsWith('/moved') === true) response.writeHead(302, { location: '/elsewhere' }).end();
    else {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, file_id: 'F0123456789', upload_url: uploadUrl(port) }));
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => api.once('listening', resolve));
  const { port } = api.address() as AddressInfo;
  return {
    asked,
    apiUrl: `http://127.0.0.1:${port}/api/`,
    async close() {
      api.closeAllConnections();
      await new Promise((resolve) => api.close(resolve));
    },
  };
}

it('uploads a picture that blocks can show as soon as it resolves', async () => {
  const id = await slack.uploadPicture(PICTURE);
  const image = { type: 'image', slack_file: { id }, alt_text: PICTURE.alt };
  await slack.post(CHANNEL, { text: 'score', blocks: [image] }, { record: 'r', key: '1' });

  const [message] = await people.channel(CHANNEL);
  expect(message?.blocks).toMatchObject([{ ...image, image_width: 60, image_height: 30 }]);
  const shown = await fetch(`${server.url}/control/files/${id}`);
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(PICTURE.png);
});

it('says what the picture shows, gives it to no channel, and is done when Slack knows its type', async () => {
  const id = await slack.uploadPicture(PICTURE);
  const all = (await people.calls()).map(({ method, args, result }) => ({ method, args, result }));
  expect(all.slice(0, 3)).toEqual([
    {
      method: 'files.getUploadURLExternal',
      args: { filename: 'score.png', length: String(PICTURE.png.length), alt_txt: PICTURE.alt },
      result: expect.objectContaining({ ok: true, file_id: id }),
    },
    { method: 'upload', args: { length: PICTURE.png.length }, result: { ok: true } },
    {
      method: 'files.completeUploadExternal',
      args: { files: [{ id, title: 'score.png' }] },
      result: { ok: true, files: [{ id, title: 'score.png' }] },
    },
  ]);
  const asked = all.slice(3);
  expect(asked.every(({ method }) => method === 'files.info')).toBe(true);
  expect(asked.at(-1)?.result).toMatchObject({ file: { mimetype: 'image/png' } });
});

describe.each(STEPS)('%s', (method) => {
  test('429 asks to wait', async () => {
    await people.fail({ method, kind: 'ratelimited', retryAfter: 12 });
    const error = await errorOf(slack.uploadPicture(PICTURE));
    expect(error).toBeInstanceOf(SlackRateLimited);
    expect(error).toMatchObject({ retryAfterSeconds: 12 });
  });

  test('a refusal has its code', async () => {
    await people.fail({ method, kind: 'error', error: 'missing_scope' });
    const error = await errorOf(slack.uploadPicture(PICTURE));
    expect(error).toBeInstanceOf(SlackRefused);
    expect(error).toMatchObject({ code: method === 'upload' ? 'http_400' : 'missing_scope' });
  });

  test.each(['http500', 'refuse', 'lost_answer', 'slow'])('%s is unreachable, tried once', async (kind) => {
    await people.fail({ method, kind, ms: 1_000 });
    const error = await errorOf(slack.uploadPicture(PICTURE));
    expect(error).toBeInstanceOf(SlackUnreachable);
    expect(allOf(error)).not.toContain('/upload/v1/');
    expect(await people.calls(method)).toHaveLength(kind === 'slow' ? 0 : 1);
  });
});

it('gives up on a picture that Slack does not process, and says so', async () => {
  const slow = await startSlackStandIn({ fileProcessingMs: 60_000 });
  const error = await errorOf(gateway(slow, 150).uploadPicture(PICTURE));
  expect(error).toBeInstanceOf(SlackUnreachable);
  expect(error.message).toMatch(/^files\.info: F[A-Z0-9]{8,} is not processed after 150 ms$/);
  await slow.close();
});

test.each<[string, (port: number) => unknown]>([
  ['another host', () => 'https://evil.example/upload/v1/secret'],
  ['another port', () => 'http://127.0.0.1:1/upload/v1/secret'],
  ['another protocol', (port) => `https://127.0.0.1:${port}/upload/v1/secret`],
  ['a user that looks like the host', (port) => `http://127.0.0.1:${port}@evil.example/upload/v1/secret`],
  ['no address', () => '/upload/v1/secret'],
  ['nothing', () => undefined],
])('sends a picture to nobody but Slack: %s', async (_, uploadUrl) => {
  const api = await giving(uploadUrl);
  const error = await errorOf(gateway(api).uploadPicture(PICTURE));
  expect(error).toBeInstanceOf(SlackUnreachable);
  expect(allOf(error)).not.toContain('secret');
  expect(api.asked).toEqual(['/api/files.getUploadURLExternal']);
  await api.close();
});

test.each([
  ['https://files.slack.com/upload/v1/secret', true],
  ['https://slack.com/upload/v1/secret', true],
  ['http://files.slack.com/upload/v1/secret', false],
  ['https://files.slack.com:8443/upload/v1/secret', false],
  ['https://evilslack.com/upload/v1/secret', false],
  ['https://slack.com.evil.example/upload/v1/secret', false],
])('Slack itself: %s is one of its own: %s', async (address, isOwn) => {
  const fetched = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed'));
  const client = webClient({ token: 'xoxb-test' });
  const call = jest.spyOn(client, 'apiCall');
  const answer = { ok: true, file_id: 'F0123456789', upload_url: address };
  call.mockResolvedValue(answer);
  try {
    const error = await errorOf(slackGateway(client).uploadPicture(PICTURE));
    expect(error).toBeInstanceOf(SlackUnreachable);
    expect(fetched).toHaveBeenCalledTimes(isOwn ? 1 : 0);
  } finally {
    fetched.mockRestore();
  }
});

it('follows no redirect with a picture', async () => {
  const api = await giving((port) => `http://127.0.0.1:${port}/moved/secret`);
  const error = await errorOf(gateway(api).uploadPicture(PICTURE));
  expect(error).toBeInstanceOf(SlackUnreachable);
  expect(allOf(error)).not.toContain('secret');
  expect(api.asked).toEqual(['/api/files.getUploadURLExternal', '/moved/secret']);
  await api.close();
});

it('cuts what a picture shows to what Slack keeps, between two characters', async () => {
  const id = await slack.uploadPicture({ ...PICTURE, alt: `${'x'.repeat(999)}😀` });
  expect(id).toMatch(/^F/);
});
