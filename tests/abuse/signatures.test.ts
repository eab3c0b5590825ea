import { createHmac } from 'node:crypto';
import { assert, asyncProperty, constantFrom, integer, nat, pre } from 'fast-check';
import { words } from '../../blocks/words';
import { quietConsole } from '../setup/log-lines';
import { high, low, OWNER } from './asked';
import { type FrontDoor, formOf, openFrontDoor, payloadOf, type Received } from './front-door';

const w = words('ja');
const JSON_TYPE = { 'content-type': 'application/json' };
let door: FrontDoor;
let take: Received;
beforeAll(async () => {
  door = await openFrontDoor();
  await door.report(low, high);
  const card = (await door.cards()).find(({ blocks }) => JSON.stringify(blocks).includes('S3.5'))!;
  take = await door.caughtPress(OWNER, card, w.card.take);
  await door.people.forgetCalls();
});
afterAll(async () => {
  await door.close();
});
// What Bolt says of requests that it cannot read.
quietConsole();

/** Neither queued anything nor asked Slack anything. */
const nothingHappened = async () => {
  expect(await door.depth('changes')).toBe(0);
  expect(await door.people.calls()).toEqual([]);
};

test.each<[string, () => string]>([
  ['JSON 10,000 levels deep', () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  [
    'an event 10,000 levels deep',
    () => `{"type":"event_callback","event":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
  ],
  ['a number', () => '1'],
  ['an event of no type', () => '{"type":"event_callback","event":{}}'],
  ['a prototype', () => '{"__proto__":{"type":"event_callback"},"constructor":{"prototype":{"x":1}}}'],
])('signed, and %s: answered without a trace, and nothing happens', async (_, body) => {
  const { status, body: said } = await door.deliverSigned(body(), JSON_TYPE);
  // Events are acknowledged whatever they are; who could sign anything else is Slack alone.
  expect([200, 400, 404]).toContain(status);
  expect(said).toBe('');
  await nothingHappened();
});

test('one bit altered anywhere in the body, the time or the signature: 401', async () => {
  const bytes = Buffer.from(take.body);
  await assert(
    asyncProperty(nat(bytes.length - 1), nat(7), async (at, bit) => {
      const body = Buffer.from(bytes);
      body[at] = (body[at] ?? 0) ^ (1 << bit);
      // It may be no text any more.
      expect((await door.deliver({ ...take, body })).status).toBe(401);
    }),
    { numRuns: 60 },
  );
  const signature = take.headers['x-slack-signature'] ?? '';
  await assert(
    asyncProperty(
      integer({ min: 0, max: signature.length - 1 }),
      constantFrom('0', 'f', '=', 'v', '1', 'z'),
      async (at, by) => {
        pre(signature[at] !== by);
        const altered = `${signature.slice(0, at)}${by}${signature.slice(at + 1)}`;
        const { status } = await door.deliver({
          ...take,
          headers: { ...take.headers, 'x-slack-signature': altered },
        });
        expect(status).toBe(401);
      },
    ),
    { numRuns: 60 },
  );
  for (const by of [-301, -1, 1, 301]) {
    const at = String(Number(take.headers['x-slack-request-timestamp']) + by);
    const headers = { ...take.headers, 'x-slack-request-timestamp': at };
    expect((await door.deliver({ ...take, headers })).status).toBe(401);
  }
  await nothingHappened();
  expect(door.logged).toEqual([]);
});

test.each<[string, () => Promise<Received>]>([
  ['301 seconds old', async () => signedAt(-301)],
  ['301 seconds ahead', async () => signedAt(301)],
  ['10 years ahead', async () => signedAt(315_360_000)],
])('signed by Slack, and %s: 401', async (_, request) => {
  expect((await door.deliver(await request())).status).toBe(401);
  await nothingHappened();
});

test.each<[string, string | Buffer, Record<string, string>]>([
  ['a megabyte of bytes that are no text', Buffer.alloc(1_048_576, 0xff), {}],
  ['a megabyte and one byte', 'a'.repeat(1_048_577), {}],
  ['ten megabytes', 'payload=%7B'.repeat(953_251), {}],
  ['JSON 10,000 levels deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, JSON_TYPE],
  [
    'the same key many times',
    `{${'"type":"event_callback",'.repeat(1_000)}"type":"url_verification"}`,
    JSON_TYPE,
  ],
  ['the same field many times', `${someField()}&`.repeat(100), {}],
  ['JSON that ends too early', '{"type":"event_callback"', JSON_TYPE],
  ['nothing', '', JSON_TYPE],
])('unsigned, %s: refused before it is read', async (_, body, headers) => {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const { status, body: said } = await door.deliver({ headers: { ...type, ...headers }, body });
  expect([401, 413]).toContain(status);
  expect(said).toBe('');
  await nothingHappened();
  expect(door.logged).toEqual([]);
});

test('an interaction whose keys come twice, the last of each counting: judged by what is read, once', async () => {
  const payload = payloadOf(take);
  const text = JSON.stringify(payload);
  // Whoever reads the first key would see the owner, whoever reads the last one somebody from elsewhere.
  const doubled = `${text.slice(0, -1)},"user":{"id":"U0PARTNER","name":"partner","team_id":"T0PARTNER"}}`;
  const { status } = await door.deliverSigned(new URLSearchParams({ payload: doubled }).toString());
  expect(status).toBe(200);
  expect(await door.depth('changes')).toBe(0);
  const twice = `${formOf(payload)}&${formOf({ ...payload, user: { id: 'U0PARTNER', name: 'partner' } })}`;
  const answer = await door.deliverSigned(twice);
  expect(answer.status).toBeLessThan(500);
  expect(await door.depth('changes')).toBe(0);
});

/** Well signed, at another time. */
function signedAt(seconds: number): Received {
  const timestamp = String(Math.floor(door.clock.now().getTime() / 1000) + seconds);
  const digest = createHmac('sha256', 'test-signing-secret')
    .update(`v0:${timestamp}:${String(take.body)}`)
    .digest('hex');
  return {
    body: take.body,
    headers: { ...take.headers, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` },
  };
}

function someField(): string {
  return formOf({ type: 'block_actions' });
}
