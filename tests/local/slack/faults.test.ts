import { ErrorCode, type WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { SlackPeople, type SlackStandIn, startSlackStandIn } from '../../../local/slack';
import { plainPng } from '../../fixtures/plain-png';
import { quietLogger } from './quiet-logger';

let standIn: SlackStandIn;
let people: SlackPeople;
let web: WebClient;

beforeEach(async () => {
  standIn = await startSlackStandIn();
  people = new SlackPeople(standIn.url);
  web = new WebClient('xoxb-local', {
    slackApiUrl: standIn.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger,
  });
});

afterEach(async () => {
  await standIn.close();
});

const post = (channel = 'C0SHOPPRD') => web.chat.postMessage({ channel, text: 'a' });

/** The error code of a call, or `ok`. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

async function posted(): Promise<number> {
  return (await people.channel('C0SHOPPRD')).length;
}

test('ratelimited says how long to wait', async () => {
  await people.fail({ method: 'chat.postMessage', kind: 'ratelimited', retryAfter: 7 });
  const error = await post().catch((caught: WebAPIRateLimitedError) => caught);
  expect(error).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 7 });
  expect(await posted()).toBe(0);
  await people.stopFailing();
  expect(await outcome(post())).toBe('ok');
});

test('http500 does nothing', async () => {
  await people.fail({ method: '*', kind: 'http500' });
  expect(await outcome(post())).toBe(ErrorCode.HTTPError);
  expect(await posted()).toBe(0);
});

test('lost_answer does the work and drops the connection', async () => {
  await people.fail({ method: 'chat.postMessage', kind: 'lost_answer', next: 1 });
  expect(await outcome(post())).toBe(ErrorCode.RequestError);
  expect(await posted()).toBe(1);
  expect(await people.calls('chat.postMessage')).toMatchObject([
    { fault: 'lost_answer', result: { ok: true } },
  ]);
});

test('refuse drops the connection before the work', async () => {
  await people.fail({ method: 'chat.postMessage', kind: 'refuse', next: 1 });
  expect(await outcome(post())).toBe(ErrorCode.RequestError);
  expect(await posted()).toBe(0);
});

test('error answers any code', async () => {
  await people.fail({ method: 'chat.postMessage', kind: 'error', error: 'account_inactive', next: 1 });
  await expect(post()).rejects.toMatchObject({ data: { error: 'account_inactive' } });
});

test('slow works in the end', async () => {
  await people.fail({ method: 'chat.postMessage', kind: 'slow', ms: 5, next: 1 });
  expect(await outcome(post())).toBe('ok');
  expect(await people.calls('chat.postMessage')).toMatchObject([{ fault: 'slow' }]);
});

test('an upload fails as it is told to, with a status, and no bytes are written down', async () => {
  const png = plainPng(8, 8);
  const { upload_url: url = '' } = await web.files.getUploadURLExternal({
    filename: 'a.png',
    length: png.length,
  });
  const upload = async () => (await fetch(url, { method: 'POST', body: png })).status;
  await people.fail({ method: 'upload', kind: 'ratelimited', next: 1 });
  await people.fail({ method: 'upload', kind: 'http500', next: 1 });
  await people.fail({ method: 'upload', kind: 'error', error: 'malware', next: 1 });
  expect([await upload(), await upload(), await upload(), await upload()]).toEqual([429, 500, 400, 200]);
  const calls = await people.calls('upload');
  expect(calls.map(({ fault, args }) => [fault, args])).toEqual(
    ['ratelimited', 'http500', 'error', undefined].map((fault) => [fault, { length: png.length }]),
  );
});

test('next, every and channel decide which calls fail', async () => {
  await people.fail({ method: 'chat.postMessage', kind: 'http500', next: 2, channel: 'C0SHOPPRD' });
  const outcomes = [await outcome(post('C0SHOPDEV')), await outcome(post()), await outcome(post())];
  expect([...outcomes, await outcome(post())]).toEqual([
    'ok',
    ErrorCode.HTTPError,
    ErrorCode.HTTPError,
    'ok',
  ]);
  await people.stopFailing();
  await people.fail({ method: 'chat.postMessage', kind: 'http500', every: 3 });
  const thirds = [await outcome(post()), await outcome(post()), await outcome(post()), await outcome(post())];
  expect(thirds).toEqual(['ok', 'ok', ErrorCode.HTTPError, 'ok']);
});

test.each([
  ['no method', { kind: 'http500' }, 'needs a method'],
  ['unknown kind', { method: '*', kind: 'flood' }, 'kind must be one of'],
  ['no error code', { method: '*', kind: 'error' }, 'needs an error code'],
  ['nonsense count', { method: '*', kind: 'http500', every: 0 }, 'every must be a number above 0'],
])('a rule with %s is refused', async (_name, fault, says) => {
  await expect(people.fail(fault)).rejects.toThrow(says);
});

test('paced posts: a burst, then one a second and channel', async () => {
  let now = 0;
  const paced = await startSlackStandIn({ pacePosts: true, now: () => now });
  const client = new WebClient('xoxb-local', {
    slackApiUrl: paced.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger,
  });
  const to = (channel: string) => outcome(client.chat.postMessage({ channel, text: 'a' }));
  const burst = [];
  for (let count = 0; count < 5; count += 1) burst.push(await to('C0SHOPPRD'));
  expect(burst).toEqual(['ok', 'ok', 'ok', 'ok', ErrorCode.RateLimitedError]);
  expect(await to('C0SHOPDEV')).toBe('ok');
  now += 1000;
  expect([await to('C0SHOPPRD'), await to('C0SHOPPRD')]).toEqual(['ok', ErrorCode.RateLimitedError]);
  await paced.close();
});
