import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { shownWords } from '../../blocks/words/shown';
import type { Bot } from '../../handlers/composition';
import { slackHandler } from '../../handlers/slack';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { manualClock } from '../setup/spine';
import { type Card, openStage, type Stage } from '../story/stage';

const SECRET = 'test-signing-secret';
const FORM = 'application/x-www-form-urlencoded';
const REF = '111122223333/control/s3.5';
const [ja, en] = [shownWords('ja'), shownWords('en')];
const finding = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' });

let stage: Stage;
let card: Card;
const open = async () => {
  // Bolt's own check behind ours looks at the machine's clock.
  stage = await openStage({ silent: true, clock: manualClock(new Date().toISOString()) });
  await stage.report(finding);
  await stage.people.forgetCalls();
  card = await stage.card();
};
const close = () => stage.close();

interface Signing {
  readonly secret?: string;
  readonly version?: string;
  /** Seconds that Slack's clock is ahead. */
  readonly ahead?: number;
  readonly type?: string;
}

/** A request as API Gateway hands Slack's to the function. */
function signed(body: string, { secret = SECRET, version = 'v0', ahead = 0, type = FORM }: Signing = {}) {
  const timestamp = String(Math.floor(stage.clock.now().getTime() / 1000) + ahead);
  const digest = createHmac('sha256', secret).update(`${version}:${timestamp}:${body}`).digest('hex');
  return request(body, {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `${version}=${digest}`,
  });
}

function request(body: string, headers: Record<string, string>): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: 'POST /slack',
    rawPath: '/slack',
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: '999999999999',
      apiId: 'a1b2c3d4e5',
      domainName: 'a1b2c3d4e5.execute-api.ap-northeast-1.amazonaws.com',
      domainPrefix: 'a1b2c3d4e5',
      http: {
        method: 'POST',
        path: '/slack',
        protocol: 'HTTP/1.1',
        sourceIp: '198.51.100.7',
        userAgent: 'Slackbot 1.0 (+https://api.slack.com/robots)',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: 'POST /slack',
      stage: '$default',
      time: '24/Nov/2026:01:00:00 +0000',
      timeEpoch: 1_795_482_000_000,
    },
    body,
    isBase64Encoded: false,
  };
}

interface Pressing {
  readonly value?: string;
  readonly action?: string;
  readonly team?: string;
  /** What Slack says of where it was pressed: nothing but the card otherwise. */
  readonly place?: { readonly container: object; readonly message: object | undefined };
}

/** A press on "I'll take it", as Slack's form says it. */
function pressing(user = 'U0OWNER1', more: Pressing = {}): string {
  const payload = {
    type: 'block_actions',
    team: { id: more.team ?? 'T0LOCAL', domain: 'local' },
    user: { id: user, username: 'owner', name: 'owner', team_id: more.team ?? 'T0LOCAL' },
    api_app_id: 'A0LOCAL',
    container: { type: 'message', message_ts: card.ts, channel_id: 'C0SHOPPRD' },
    trigger_id: '13345224609.738474920.8088930838d88f008e0',
    channel: { id: 'C0SHOPPRD', name: 'shop-prod-security' },
    message: { type: 'message', ts: card.ts, text: '依頼' },
    actions: [
      {
        type: 'button',
        action_id: more.action ?? 'secops.request.take',
        block_id: 'secops.request.actions',
        text: { type: 'plain_text', text: '対応します' },
        value: more.value ?? REF,
        action_ts: '1795482060.000000',
      },
    ],
    ...more.place,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

function commanding(text: string, user = 'U0MEMBER'): string {
  return new URLSearchParams({
    command: '/secops',
    text,
    user_id: user,
    user_name: 'someone',
    team_id: 'T0LOCAL',
    channel_id: 'C0SHOPPRD',
    channel_name: 'shop-prod-security',
    api_app_id: 'A0LOCAL',
    response_url: `${stage.slack.url}/response/T0LOCAL/abc`,
    trigger_id: '13345224609.738474920.8088930838d88f008e0',
  }).toString();
}

const serve = async (
  event: APIGatewayProxyEventV2,
  bot: Bot = stage.bot,
): Promise<APIGatewayProxyStructuredResultV2> => slackHandler(bot)(event);

const replies = async (): Promise<number> => (await stage.card()).replies.length;

async function nothingHappened(): Promise<void> {
  expect(await stage.depth('changes')).toBe(0);
  expect(await stage.people.calls()).toEqual([]);
}

describe('requests that Slack signed', () => {
  beforeEach(open);
  afterEach(close);

  test.each<{ what: string; event: () => APIGatewayProxyEventV2 }>([
    { what: 'as they come', event: () => signed(pressing()) },
    { what: 'with a clock four minutes off', event: () => signed(pressing(), { ahead: -240 }) },
    {
      what: 'with a charset in the content type',
      event: () => signed(pressing(), { type: `${FORM}; charset=utf-8` }),
    },
    {
      what: 'with headers in capitals',
      event: () => {
        const event = signed(pressing());
        const headers = Object.entries(event.headers).map(([name, value]) => [name.toUpperCase(), value]);
        return { ...event, headers: Object.fromEntries(headers) };
      },
    },
    {
      what: 'with an encoded body of non-ASCII characters',
      event: () => encoded(signed(rawUnicode(pressing()))),
    },
  ])('$what: served', async ({ event }) => {
    expect((await serve(event())).statusCode).toBe(200);
    await stage.drain();
    expect(await replies()).toBe(1);
    expect(stage.logged).toEqual([]);
  });

  test('a command in an encoded body keeps its characters, and is answered in the ack', async () => {
    const { statusCode, body } = await serve(encoded(signed(rawUnicode(commanding('検出 結果')))));
    expect(statusCode).toBe(200);
    expect(readAloud(JSON.parse(body ?? ''))).toContain('/secops 検出');
  });

  test('the same request many times, one after the other and at once: one change', async () => {
    const handler = slackHandler(stage.bot);
    const event = signed(pressing());
    const answers = await Promise.all(Array.from({ length: 50 }, () => handler(event)));
    answers.push(await handler(event));
    expect(new Set(answers.map((answer) => (answer as { statusCode: number }).statusCode))).toEqual(
      new Set([200]),
    );
    await stage.drain();
    expect(await replies()).toBe(1);
  });

  test('url_verification is answered with its challenge', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1aB10FEMAGAZd4FyFQ' });
    const answer = await serve(signed(body, { type: 'application/json' }));
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body ?? '')).toEqual({ challenge: '3eZbrw1aB10FEMAGAZd4FyFQ' });
  });
});

describe('events', () => {
  beforeEach(open);
  afterEach(close);

  const mentioning = (eventId: string) =>
    JSON.stringify({
      type: 'event_callback',
      team_id: 'T0LOCAL',
      api_app_id: 'A0LOCAL',
      event_id: eventId,
      event: {
        type: 'app_mention',
        user: 'U0OWNER1',
        text: '<@U0BOT> A test system, gone by March.',
        ts: '1795482060.000100',
        thread_ts: card.ts,
        channel: 'C0SHOPPRD',
      },
    });
  const told = async () => (await stage.people.user('U0OWNER1')).ephemerals;

  test('a mention that Slack delivers again is answered once', async () => {
    for (const retry of [undefined, '1', '2']) {
      const event = signed(mentioning('Ev0000000001'), { type: 'application/json' });
      const headers = { ...event.headers, ...(retry !== undefined && { 'x-slack-retry-num': retry }) };
      expect((await serve({ ...event, headers })).statusCode).toBe(200);
    }
    expect(await stage.people.calls()).toEqual([]);
    await stage.drain();
    expect(await told()).toMatchObject([{ thread_ts: card.ts }]);
    expect(readAloud((await told())[0])).toContain(ja.offers.suppressButton);
    expect(stage.logged).toEqual([]);
  });

  test('one that cannot be queued is told to have failed', async () => {
    const queues = { ...stage.ports.queues, change: async () => Promise.reject(new Error('no queue')) };
    const event = signed(mentioning('Ev0000000002'), { type: 'application/json' });
    expect((await serve(event, stage.composeWith({ queues }))).statusCode).toBe(200);
    expect(readAloud((await told())[0])).toContain(ja.answers.failure.markup);
  });
});

describe('signed, and not to be understood', () => {
  beforeAll(open);
  afterAll(close);

  test.each<{ what: string; body: () => string; type: string }>([
    { what: 'a payload that is no JSON', body: () => 'payload=%7Bnot+json', type: FORM },
    { what: 'a body that is no JSON', body: () => '{not json', type: 'application/json' },
    { what: 'an empty body', body: () => '', type: FORM },
    { what: 'a list', body: () => '[]', type: 'application/json' },
    { what: 'a payload of another kind', body: () => 'payload=%7B%22type%22%3A%22pigeon%22%7D', type: FORM },
    {
      what: 'an action nobody knows',
      body: () => pressing('U0OWNER1', { action: 'secops.launch' }),
      type: FORM,
    },
    { what: 'XML', body: () => '<a/>', type: 'text/xml' },
  ])('$what: refused without a word, and nothing happens', async ({ body, type }) => {
    const { statusCode } = await serve(signed(body(), { type }));
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(500);
    await nothingHappened();
  });
});

describe('requests that Slack did not sign, or not now', () => {
  beforeAll(open);
  afterAll(close);

  test.each<{ what: string; event: () => APIGatewayProxyEventV2 }>([
    { what: '301 seconds old', event: () => signed(pressing(), { ahead: -301 }) },
    { what: '301 seconds in the future', event: () => signed(pressing(), { ahead: 301 }) },
    { what: 'another secret', event: () => signed(pressing(), { secret: 'not-the-secret' }) },
    { what: 'an empty secret', event: () => signed(pressing(), { secret: '' }) },
    { what: 'another version', event: () => signed(pressing(), { version: 'v1' }) },
    { what: 'no signature', event: () => without('x-slack-signature') },
    { what: 'no timestamp', event: () => without('x-slack-request-timestamp') },
    { what: 'no headers at all', event: () => ({ ...signed(pressing()), headers: {} }) },
    { what: 'null headers', event: () => ({ ...signed(pressing()), headers: null as never }) },
    { what: 'a null body', event: () => ({ ...signed(pressing()), body: null as never }) },
    { what: 'a signature too short', event: () => signedWith((signature) => signature.slice(0, -1)) },
    { what: 'a signature too long', event: () => signedWith((signature) => `${signature}0`) },
    { what: 'a signature in capitals', event: () => signedWith((signature) => signature.toUpperCase()) },
    { what: 'a signature of other characters', event: () => signedWith(() => 'v0=日本語') },
    { what: 'a timestamp that is no number', event: () => headed('x-slack-request-timestamp', '0x6562') },
    { what: 'one altered byte', event: () => altered(signed(pressing())) },
    { what: 'one byte more', event: () => ({ ...signed(pressing()), body: `${pressing()}&` }) },
    {
      what: 'a megabyte of garbage',
      event: () => request('\u{1F4A9}'.repeat(262_144), { 'content-type': FORM }),
    },
    { what: 'more than a megabyte', event: () => signed('a'.repeat(1_048_577)) },
    {
      what: 'JSON ten thousand levels deep',
      event: () => request('['.repeat(10_000) + ']'.repeat(10_000), { 'content-type': 'application/json' }),
    },
    { what: 'ssl_check unsigned', event: () => request('ssl_check=1&token=x', { 'content-type': FORM }) },
    {
      what: 'url_verification unsigned',
      event: () =>
        request('{"type":"url_verification","challenge":"x"}', { 'content-type': 'application/json' }),
    },
  ])('$what: refused before anything is read, and nothing happens', async ({ event }) => {
    const { statusCode, body } = await serve(event());
    expect([401, 413]).toContain(statusCode);
    expect(body).toBe('');
    await nothingHappened();
    expect(stage.logged).toEqual([]);
  });

  const without = (name: string) => {
    const event = signed(pressing());
    return {
      ...event,
      headers: Object.fromEntries(Object.entries(event.headers).filter(([key]) => key !== name)),
    };
  };
  const headed = (name: string, value: string) => {
    const event = signed(pressing());
    return { ...event, headers: { ...event.headers, [name]: value } };
  };
  const signedWith = (change: (signature: string) => string) =>
    headed('x-slack-signature', change(signed(pressing()).headers['x-slack-signature'] ?? ''));
  const altered = (event: APIGatewayProxyEventV2) => ({
    ...event,
    body: (event.body ?? '').replace('U0OWNER1', 'U0OWNER2'),
  });
});

describe('people and references that do not belong', () => {
  beforeAll(open);
  afterAll(close);

  test.each([
    { who: 'somebody who has left', user: 'U0LEFT', why: 'left' as const },
    { who: 'a bot', user: 'U0TOOL', why: 'outsider' as const },
    { who: 'somebody Slack does not know', user: 'U0NOBODY', why: 'outsider' as const },
    { who: 'a guest', user: 'U0GUEST', why: 'guest' as const },
  ])('$who: refused politely, and nothing happens', async ({ user, why }) => {
    expect((await serve(signed(pressing(user)))).statusCode).toBe(200);
    const { statusCode, body } = await serve(signed(commanding('requests', user)));
    expect(statusCode).toBe(200);
    const said = readAloud(JSON.parse(body ?? ''));
    expect([ja.ruling[why].markup, en.ruling[why].markup]).toContain(said);
    expect(await stage.depth('changes')).toBe(0);
    await stage.drain();
    expect(await replies()).toBe(0);
  });

  test.each([
    { what: 'another prototype', value: '__proto__' },
    { what: 'a path', value: '../../444455556666/control/s3.5' },
    { what: 'three thousand characters', value: `111122223333/control/${'x'.repeat(3000)}` },
    { what: 'nothing', value: '' },
    { what: 'a request that there is not', value: '111122223333/control/ec2.19' },
  ])('a button that carries $what: answered, and nothing happens', async ({ value }) => {
    await stage.people.forgetCalls();
    expect((await serve(signed(pressing('U0OWNER1', { value })))).statusCode).toBe(200);
    await stage.drain();
    expect(await stage.people.calls('chat.postEphemeral')).toHaveLength(1);
    expect(readAloud((await stage.whispered('U0OWNER1'))?.['blocks'])).toBe(ja.answers.outcome.gone.markup);
    expect(await replies()).toBe(0);
  });

  test.each<{ where: string; place: () => NonNullable<Pressing['place']>; inThread: boolean }>([
    {
      where: 'on a card with replies, in the channel',
      place: () => ({
        container: { type: 'message', message_ts: card.ts, thread_ts: card.ts, is_ephemeral: false },
        message: { type: 'message', ts: card.ts, thread_ts: card.ts, text: '依頼' },
      }),
      inThread: false,
    },
    {
      where: 'on a reply in its thread',
      place: () => ({
        container: { type: 'message', message_ts: '1795482061.000100', thread_ts: card.ts },
        message: { type: 'message', ts: '1795482061.000100', thread_ts: card.ts, text: '質問' },
      }),
      inThread: true,
    },
    {
      where: 'in the thread, on what is seen by nobody else',
      // Slack sends no content of ephemeral messages.
      place: () => ({
        container: {
          type: 'message',
          message_ts: '1795482061.000100',
          thread_ts: card.ts,
          is_ephemeral: true,
        },
        message: undefined,
      }),
      inThread: true,
    },
  ])('pressed $where: answered there', async ({ place, inThread }) => {
    const body = pressing('U0OWNER1', { value: 'nothing', place: place() });
    expect((await serve(signed(body))).statusCode).toBe(200);
    expect((await stage.whispered('U0OWNER1'))?.['thread_ts']).toBe(inThread ? card.ts : undefined);
  });

  test.each(['__proto__', 'constructor', 'CH#x', ''])(
    'undo of a change that there is not (%p)',
    async (value) => {
      await stage.people.forgetCalls();
      const body = pressing('U0OWNER1', { action: 'secops.suppression.undo', value });
      expect((await serve(signed(body))).statusCode).toBe(200);
      expect(await stage.depth('changes')).toBe(0);
      expect(readAloud((await stage.whispered('U0OWNER1'))?.['blocks'])).toBe(ja.answers.outcome.gone.markup);
    },
  );
});

describe('the queue does not take it', () => {
  beforeEach(open);
  afterEach(close);

  const broken = () =>
    stage.composeWith({
      queues: {
        ...stage.ports.queues,
        change: async () => {
          throw new Error('SQS is unavailable');
        },
      },
    });

  test('a press: the person is told that nothing was changed; the same press later works', async () => {
    const event = signed(pressing());
    expect((await serve(event, broken())).statusCode).toBe(200);
    const told = readAloud((await stage.whispered('U0OWNER1'))?.['blocks']);
    expect(told).toContain(ja.answers.failure.markup);
    expect(stage.logged.join('\n')).toContain('SQS is unavailable');
    await stage.drain();
    expect(await replies()).toBe(0);

    expect((await serve(event)).statusCode).toBe(200);
    await stage.drain();
    expect(await replies()).toBe(1);
  });

  test('a command: the answer says so', async () => {
    const { body } = await serve(signed(commanding('requests')), broken());
    expect(readAloud(JSON.parse(body ?? ''))).toContain(en.answers.failure.markup);
  });

  test('a dialog: it stays open and says so, and claims nothing', async () => {
    const view = {
      id: 'V0DIALOG',
      type: 'modal',
      callback_id: 'secops.suppress',
      private_metadata: JSON.stringify({ request: REF, issue: 'ap-northeast-1#00000000000000000000000000' }),
      state: {
        values: {
          'secops.suppress.reason': {
            'secops.suppress.reason': { type: 'plain_text_input', value: 'Public website assets only.' },
          },
          'secops.suppress.days': {
            'secops.suppress.days': { type: 'static_select', selected_option: { value: '14' } },
          },
        },
      },
    };
    const payload = {
      type: 'view_submission',
      team: { id: 'T0LOCAL', domain: 'local' },
      user: { id: 'U0OWNER1', username: 'owner', name: 'owner', team_id: 'T0LOCAL' },
      view,
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const answer = await serve(signed(body), broken());
    const said = JSON.parse(answer.body ?? '') as { response_action: string; view: object };
    expect(said.response_action).toBe('update');
    expect(readAloud(said.view)).toContain(ja.answers.failure.markup);
  });
});

/** Slack percent-encodes; whoever stands in between may not. */
function rawUnicode(body: string): string {
  return body.replaceAll(/(?:%[89A-F][0-9A-F])+/g, (bytes) => decodeURIComponent(bytes));
}

/** As API Gateway does with types that it takes for binary. */
function encoded(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  return { ...event, body: Buffer.from(event.body ?? '').toString('base64'), isBase64Encoded: true };
}
