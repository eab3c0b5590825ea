import { type IncomingHttpHeaders, request } from 'node:http';
import type { ClockState, Hub, Start } from '../../../local/page/api';
import { asff } from '../../fixtures/findings';
import { plainPng } from '../../fixtures/plain-png';
import { type PagedStage, serveStage } from './serve-stage';

let paged: PagedStage;
beforeAll(async () => {
  paged = await serveStage();
});
afterAll(() => paged.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** As written: fetch would mend the path and set Host itself. */
function raw(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(paged.page.url, { method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const port = () => new URL(paged.page.url).port;

describe('who may use it', () => {
  const own = () => `127.0.0.1:${port()}`;

  test.each<[string, string, string, () => Record<string, string>, number]>([
    ['by its address', 'GET', '/api/clock', () => ({ host: own() }), 200],
    ['as localhost', 'GET', '/api/clock', () => ({ host: `LocalHost:${port()}` }), 200],
    ['a foreign name (DNS rebinding)', 'GET', '/api/clock', () => ({ host: 'evil.example' }), 403],
    ['a foreign name with its port', 'GET', '/', () => ({ host: `evil.example:${port()}` }), 403],
    [
      'a name that begins like this machine',
      'GET',
      '/',
      () => ({ host: `127.0.0.1.evil.example:${port()}` }),
      403,
    ],
    ['a name below localhost', 'GET', '/', () => ({ host: `x.localhost:${port()}` }), 403],
    ['this machine by another port', 'GET', '/', () => ({ host: '127.0.0.1:1' }), 403],
    ['this machine without its port', 'GET', '/', () => ({ host: '127.0.0.1' }), 403],
    ['an address of the network', 'GET', '/', () => ({ host: `0.0.0.0:${port()}` }), 403],
    [
      'its own origin',
      'POST',
      '/api/aws/new-account',
      () => ({ ...JSON_TYPE, origin: `http://${own()}` }),
      200,
    ],
    [
      'a foreign origin',
      'POST',
      '/api/aws/new-account',
      () => ({ ...JSON_TYPE, origin: 'https://evil.example' }),
      403,
    ],
    ['another port of this machine', 'GET', '/api/clock', () => ({ origin: 'http://127.0.0.1:1' }), 403],
    ['the same over TLS', 'GET', '/api/clock', () => ({ origin: `https://${own()}` }), 403],
    ['a sandboxed frame', 'GET', '/api/clock', () => ({ origin: 'null' }), 403],
    ['a fetch of the page', 'GET', '/api/clock', () => ({ 'sec-fetch-site': 'same-origin' }), 200],
    ['typed into the browser', 'GET', '/', () => ({ 'sec-fetch-site': 'none' }), 200],
    ['a fetch of another site', 'GET', '/api/clock', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['another local server', 'GET', '/api/clock', () => ({ 'sec-fetch-site': 'same-site' }), 403],
    ['an image of another site', 'GET', '/page.js', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    [
      'a link of another site to the page',
      'GET',
      '/',
      () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }),
      200,
    ],
    [
      'a link of another site further in',
      'GET',
      '/api/slack/users',
      () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }),
      403,
    ],
  ])('%s', async (_, method, path, headers, status) => {
    const body = method === 'POST' ? '{}' : undefined;
    expect((await raw(method, path, headers(), body)).status).toBe(status);
  });
});

describe('what it refuses', () => {
  test.each<[string, string, string, Record<string, string>, string | undefined, number]>([
    [
      'a form',
      'POST',
      '/api/aws/new-account',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'a=1',
      415,
    ],
    ['plain text', 'POST', '/api/slack/say', { 'content-type': 'text/plain' }, '{}', 415],
    ['no type', 'POST', '/api/findings', {}, '{}', 415],
    ['a type that begins alike', 'POST', '/api/findings', { 'content-type': 'application/jsonp' }, '{}', 415],
    ['another type on the way to Slack', 'DELETE', '/api/slack/calls', {}, undefined, 415],
    ['no JSON', 'POST', '/api/clock', JSON_TYPE, '{', 400],
    ['a step back', 'POST', '/api/clock', JSON_TYPE, '{"by":-1}', 400],
    ['more than a month', 'POST', '/api/clock', JSON_TYPE, '{"by":9999999999}', 400],
    [
      'an act that there is not',
      'POST',
      '/api/aws/act',
      JSON_TYPE,
      '{"account":"1","resource":"r","act":"x"}',
      400,
    ],
    [
      'what the world refuses',
      'POST',
      '/api/aws/act',
      JSON_TYPE,
      '{"account":"999999999999","resource":"r","act":"fix"}',
      400,
    ],
    ['another method', 'PUT', '/api/aws', JSON_TYPE, '{}', 405],
    ['a method of another route', 'POST', '/api/aws', JSON_TYPE, '{}', 405],
    ['a write to a file', 'POST', '/page.js', JSON_TYPE, '{}', 405],
    ['nothing there', 'GET', '/api/nothing', {}, undefined, 404],
    ['a file beside it', 'GET', '/serve.ts', {}, undefined, 404],
    ['climbing out', 'GET', '/../package.json', {}, undefined, 400],
    ['climbing out of the control API', 'GET', '/api/slack/../../api/auth.test', {}, undefined, 400],
    ['climbing in disguise', 'GET', '/api/slack/%2e%2e/%2e%2e/api/auth.test', {}, undefined, 400],
    ['a slash in disguise', 'GET', '/api/slack/channels%2f..%2f..', {}, undefined, 400],
    ['a backslash', 'GET', '/api/slack/..\\..\\api', {}, undefined, 400],
    ['another server', 'GET', '//evil.example/api/clock', {}, undefined, 400],
    ['a whole address', 'GET', 'http://evil.example/api/clock', {}, undefined, 400],
    ['a message that names no channel', 'GET', '/api/behind?ts=1', {}, undefined, 400],
    ['a message that is not there', 'GET', '/api/behind?channel=C0SECURITY&ts=1.000001', {}, undefined, 404],
  ])('%s', async (_, method, path, headers, body, status) => {
    const answer = await raw(method, path, headers, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringMatching(/\S/) });
  });

  test('a body of more than 1 MB, said and unsaid', async () => {
    const large = 'x'.repeat(1_048_577);
    expect((await paged.post('/api/findings', large)).status).toBe(413);
    const chunked = await raw(
      'POST',
      '/api/slack/say',
      { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
      large,
    );
    expect(chunked.status).toBe(413);
  });

  test('everything it answers forbids what comes from elsewhere', async () => {
    for (const path of ['/', '/page.js', '/page.css', '/api/clock', '/api/slack/users', '/nothing']) {
      const { headers } = await raw('GET', path);
      expect(headers['content-security-policy']).toMatch(/^default-src 'self'; .*frame-ancestors 'none'/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

test('where its port is taken, a free one is used', async () => {
  const second = await serveStage(Number(port()));
  expect(new URL(second.page.url).port).not.toBe(port());
  expect((await second.get('/api/clock')).status).toBe(200);
  await second.close();
});

test('the page, its script and its style', async () => {
  const page = await paged.get('/');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain('<script type="module" src="/page.js">');
  expect(await (await paged.get('/page.js')).text()).toBe('console.log("page")');
  expect((await paged.get('/page.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect((await raw('HEAD', '/')).status).toBe(200);
});

test('what the page has to know at its start', async () => {
  const start = await paged.read<Start>('/api/start');
  expect(start.people.map(({ id, role }) => [id, role])).toEqual([
    ['U0OWNER1', 'owner'],
    ['U0ANALYST', 'analyst'],
    ['U0LEAD', 'lead'],
  ]);
  expect(start).toMatchObject({
    botUserId: 'U0BOT',
    now: paged.stage.clock.now().toISOString(),
    timeZone: 'Asia/Tokyo',
    securityChannel: 'C0SECURITY',
  });
  expect(start.accounts).toContainEqual(
    expect.objectContaining({ id: '111122223333', kind: 'production', channel: 'C0SHOPPRD' }),
  );
  expect(start.channels).toContainEqual(expect.objectContaining({ id: 'C0PRIVATE', isPrivate: true }));
  expect(start.users).toContainEqual(expect.objectContaining({ id: 'U0PARTNER', isStranger: true }));
  expect(start.commands).toContainEqual({
    usage: '/secops requests [ACCOUNT]',
    about: { ja: expect.any(String), en: expect.stringContaining('urgent') },
  });
});

test('acts on AWS reach the world as they were asked for', async () => {
  const { told } = paged.world;
  told.length = 0;
  const act = { account: '111122223333', resource: 'arn:aws:s3:::a', act: 'break', control: 'S3.5' };
  const threat = { account: '111122223333', kind: 'crypto-miner', act: 'see' };
  expect((await paged.post('/api/aws/act', act)).status).toBe(200);
  expect((await paged.post('/api/aws/threat', threat)).status).toBe(200);
  expect((await paged.post('/api/aws/new-account', {})).status).toBe(200);
  expect((await paged.post('/api/aws/format', { format: 'ocsf' })).status).toBe(200);
  expect(told).toEqual([act, threat, 'new account', 'ocsf']);
  const refused = await paged.post('/api/aws/act', { ...act, account: '999999999999' });
  expect(await refused.json()).toEqual({ error: 'There is no account 999999999999.' });
});

describe('the clock', () => {
  test('goes forward, and says where it is', async () => {
    const before = paged.stage.clock.now().getTime();
    const moved = (await (await paged.post('/api/clock', { by: 86_400_000 })).json()) as ClockState;
    expect(Date.parse(moved.now)).toBe(before + 86_400_000);
    expect(await (await paged.get('/api/clock')).json()).toEqual(moved);
  });

  test('has one hand at a time', async () => {
    paged.moving(true);
    const before = paged.stage.clock.now();
    const refused = await paged.post('/api/clock', { by: 1000 });
    expect(refused.status).toBe(409);
    expect(await (await paged.get('/api/clock')).json()).toMatchObject({ moving: true });
    paged.moving(false);
    expect(paged.stage.clock.now()).toEqual(before);
  });
});

describe('a file that is dropped', () => {
  const send = async (body: string) => (await paged.post('/api/findings', body)).json();

  test('is taken in and held by Security Hub', async () => {
    const finding = asff({
      control: 'EC2.19',
      resource: 'arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-1',
    });
    expect(await send(JSON.stringify(finding))).toEqual({ outcome: 'accepted' });
    const hub = await paged.read<Hub>('/api/hub');
    expect(hub.rows).toContainEqual(
      expect.objectContaining({
        id: finding.Id,
        account: '111122223333',
        control: 'EC2.19',
        compliance: 'FAILED',
        workflow: 'NOTIFIED',
        recordState: 'ACTIVE',
      }),
    );
    expect(hub.total).toBe(hub.rows.length);
  });

  test.each<[string, string, object]>([
    ['nothing', '', { outcome: 'refused', reason: 'body: the file is empty' }],
    ['no JSON', '{"Id":', { outcome: 'refused', reason: expect.stringMatching(/JSON/) }],
    ['no finding', '{"hello":"world"}', { outcome: 'refused', reason: expect.stringMatching(/\S+: \S/) }],
    [
      'an event of something else',
      JSON.stringify({
        'detail-type': 'EC2 Instance State-change Notification',
        source: 'aws.ec2',
        detail: {},
      }),
      { outcome: 'dropped', reason: 'detail-type EC2 Instance State-change Notification' },
    ],
  ])('%s is refused or let go, with the reason', async (_, body, outcome) => {
    expect(await send(body)).toEqual(outcome);
  });
});

describe('the way to Slack', () => {
  test('reads and acts as people do, and passes refusals on', async () => {
    const said = { user: 'U0OWNER1', channel: 'C0LOUNGE', text: 'hello' };
    const { ts } = (await (await paged.post('/api/slack/say', said)).json()) as { ts: string };
    const messages = await (await paged.get('/api/slack/channels/C0LOUNGE')).json();
    expect(messages).toContainEqual(expect.objectContaining({ ts, text: 'hello' }));
    const refused = await paged.post('/api/slack/press', { user: 'U0OWNER1' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ error: expect.stringContaining('missing') });
    expect((await paged.get('/api/slack/nothing')).status).toBe(404);
  });

  test('pictures come as they were uploaded', async () => {
    const png = plainPng(8, 8);
    const id = await paged.stage.bot.ports.slack.uploadPicture({ png, name: 'a.png', alt: 'a' });
    const picture = await paged.get(`/api/slack/files/${id}`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(png);
    expect((await paged.get('/api/slack/files/F0NOWHERE00')).status).toBe(400);
  });

  test('events come at once, and end with the reader', async () => {
    const leaving = new AbortController();
    const stream = await fetch(`${paged.page.url}/api/slack/events`, { signal: leaving.signal });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe(': listening\n\n');
    await paged.stage.people.say('U0OWNER1', 'C0LOUNGE', 'one');
    expect((await reader.read()).value).toContain('"text":"one"');
    await paged.stage.people.say('U0OWNER1', 'C0LOUNGE', 'two');
    expect((await reader.read()).value).toContain('"text":"two"');
    leaving.abort();
    await expect(reader.read()).rejects.toThrow('abort');
  });
});
