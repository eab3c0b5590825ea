import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { LOCAL_WORKSPACE, SlackPeople, type SlackStandIn, startSlackStandIn } from '../../../local/slack';
import { quietLogger } from './quiet-logger';

const START = Date.UTC(2026, 10, 2, 0, 0, 0);

let standIn: SlackStandIn;
let people: SlackPeople;
let web: WebClient;
let now = START;

function client(token = 'xoxb-local'): WebClient {
  return new WebClient(token, {
    slackApiUrl: standIn.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger,
  });
}

beforeEach(async () => {
  now = START;
  standIn = await startSlackStandIn({ now: () => now });
  people = new SlackPeople(standIn.url);
  web = client();
});

afterEach(async () => {
  await standIn.close();
});

/** The error code that Slack gives, and what it says about the arguments. */
async function refusal(work: Promise<unknown>): Promise<{ error: string; messages: string[] }> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof WebAPIPlatformError)) throw new Error(`Slack did not refuse: ${String(error)}`);
  return { error: error.data.error, messages: error.data.response_metadata?.messages ?? [] };
}

const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

describe('tokens', () => {
  test('a bot token says who the bot is', async () => {
    expect(await web.auth.test()).toMatchObject({
      team_id: 'T0LOCAL',
      user_id: 'U0BOT',
      bot_id: 'B0BOT',
      url: `${standIn.url}/`,
    });
  });

  test.each([
    ['none', '', 'not_authed'],
    ['another kind', 'xapp-local', 'not_allowed_token_type'],
    ['a wrong one', 'nonsense', 'invalid_auth'],
  ])('%s is refused', async (_name, token, error) => {
    const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(`${standIn.apiUrl}auth.test`, { method: 'POST', headers });
    expect(await answer.json()).toEqual({ ok: false, error });
  });

  test('only an app token opens connections', async () => {
    expect((await refusal(web.apps.connections.open())).error).toBe('not_allowed_token_type');
    const { url } = await client('xapp-local').apps.connections.open();
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/);
  });

  test('unknown methods are refused', async () => {
    expect((await refusal(web.apiCall('chat.shout'))).error).toBe('unknown_method');
  });
});

describe('messages', () => {
  test('post, update, reply, read back, delete', async () => {
    const posted = await web.chat.postMessage({
      channel: 'C0SHOPPRD',
      text: 'one',
      blocks: [section('*one*')],
      metadata: { event_type: 'request', event_payload: { key: 'r#1' } },
    });
    const ts = String(posted.ts);
    expect(ts).toMatch(/^\d{10}\.\d{6}$/);
    const second = await web.chat.postMessage({ channel: 'C0SHOPPRD', text: 'two' });
    expect(Number(second.ts)).toBeGreaterThan(Number(ts));
    await web.chat.postMessage({ channel: 'C0SHOPPRD', text: 'reply', thread_ts: ts });
    await web.chat.update({ channel: 'C0SHOPPRD', ts, text: 'one, edited' });
    await web.reactions.add({ channel: 'C0SHOPPRD', timestamp: ts, name: 'tada' });

    const history = await web.conversations.history({ channel: 'C0SHOPPRD', include_all_metadata: true });
    expect(history.messages?.map(({ text }) => text)).toEqual(['two', 'one, edited']);
    expect(history.messages?.[1]).toMatchObject({
      ts,
      thread_ts: ts,
      reply_count: 1,
      bot_id: 'B0BOT',
      edited: { user: 'U0BOT' },
      metadata: { event_type: 'request', event_payload: { key: 'r#1' } },
      blocks: [{ type: 'section' }],
      reactions: [{ name: 'tada', count: 1 }],
    });

    const replies = await web.conversations.replies({ channel: 'C0SHOPPRD', ts });
    expect(replies.messages?.map(({ text }) => text)).toEqual(['one, edited', 'reply']);
    expect(replies.messages?.[0]).not.toHaveProperty('metadata');

    const { permalink } = await web.chat.getPermalink({ channel: 'C0SHOPPRD', message_ts: ts });
    expect(permalink).toContain(`/archives/C0SHOPPRD/p${ts.replace('.', '')}`);

    await web.chat.delete({ channel: 'C0SHOPPRD', ts: String(second.ts) });
    await web.chat.delete({ channel: 'C0SHOPPRD', ts });
    const left = await web.conversations.history({ channel: 'C0SHOPPRD' });
    expect(left.messages?.map(({ subtype }) => subtype)).toEqual(['tombstone']);
  });

  test('an update keeps what it does not name', async () => {
    const { ts } = await web.chat.postMessage({ channel: 'C0SHOPPRD', text: 'a', blocks: [section('a')] });
    await web.chat.update({ channel: 'C0SHOPPRD', ts: String(ts), text: '', blocks: [section('b')] });
    await web.chat.update({ channel: 'C0SHOPPRD', ts: String(ts), text: 'c' });
    const [message] = await people.channel('C0SHOPPRD');
    expect(message).toMatchObject({ text: 'c', blocks: [{ text: { text: 'b' } }] });
  });

  test('timestamps are unique while the clock stands still, and follow it', async () => {
    const stamps = await Promise.all(
      ['a', 'b', 'c'].map(async (text) => (await web.chat.postMessage({ channel: 'C0SHOPPRD', text })).ts),
    );
    expect(new Set(stamps).size).toBe(3);
    now += 60_000;
    const later = await web.chat.postMessage({ channel: 'C0SHOPPRD', text: 'd' });
    expect(later.ts).toBe(`${(START + 60_000) / 1000}.000000`);
  });

  test('history by time and by page', async () => {
    const stamps: string[] = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      now += 1000;
      stamps.push(String((await web.chat.postMessage({ channel: 'C0SHOPPRD', text })).ts));
    }
    const channel = 'C0SHOPPRD';
    const texts = async (args: object) => {
      const { messages } = await web.conversations.history({ channel, ...args });
      return messages?.map(({ text }) => text).join('');
    };
    expect(await texts({ oldest: stamps[1] })).toBe('dc');
    expect(await texts({ oldest: stamps[1], inclusive: true })).toBe('dcb');
    expect(await texts({ latest: stamps[1] })).toBe('a');
    const first = await web.conversations.history({ channel, limit: 3 });
    expect(first.has_more).toBe(true);
    expect(await texts({ limit: 3, cursor: first.response_metadata?.next_cursor })).toBe('a');
  });

  test('an ephemeral message is seen by one person and not in history', async () => {
    await web.chat.postEphemeral({ channel: 'C0SHOPPRD', user: 'U0OWNER1', text: 'psst' });
    expect((await people.user('U0OWNER1')).ephemerals).toMatchObject([
      { text: 'psst', channel: 'C0SHOPPRD' },
    ]);
    expect((await people.user('U0LEAD')).ephemerals).toEqual([]);
    expect(await people.channel('C0SHOPPRD')).toEqual([]);
  });

  test('JSON bodies work like forms', async () => {
    const answer = await fetch(`${standIn.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-local', 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel: 'C0SHOPPRD', text: 'json', blocks: [section('json')] }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, message: { text: 'json' } });
  });

  test('joining a public channel allows posting in it', async () => {
    await web.conversations.join({ channel: 'C0LOUNGE' });
    await web.chat.postMessage({ channel: 'C0LOUNGE', text: 'hello' });
    expect(await people.channel('C0LOUNGE')).toMatchObject([{ text: 'hello' }]);
  });
});

describe('what chat refuses', () => {
  const post = (over: object) => web.chat.postMessage({ channel: 'C0SHOPPRD', text: 'a', ...over });

  const refused: [string, () => Promise<unknown>, string][] = [
    ['unknown channel', () => post({ channel: 'C0NOWHERE' }), 'channel_not_found'],
    ['private channel without the bot', () => post({ channel: 'C0PRIVATE' }), 'channel_not_found'],
    ['public channel without the bot', () => post({ channel: 'C0LOUNGE' }), 'not_in_channel'],
    ['archived channel', () => post({ channel: 'C0ARCHIVED' }), 'is_archived'],
    ['nothing to say', () => post({ text: '' }), 'no_text'],
    ['too long', () => post({ text: 'x'.repeat(40_001) }), 'msg_too_long'],
    ['blocks that are not JSON', () => post({ blocks: '[{' }), 'invalid_blocks_format'],
    ['metadata that is not JSON', () => post({ metadata: '{' }), 'invalid_metadata_format'],
    ['metadata without payload', () => post({ metadata: { event_type: 'x' } }), 'invalid_metadata_format'],
    ['unknown thread', () => post({ thread_ts: '1.000001' }), 'thread_not_found'],
    [
      'too much in blocks',
      () => post({ blocks: Array.from({ length: 5 }, () => section('x'.repeat(2500))) }),
      'msg_blocks_too_long',
    ],
    [
      'update of what is not there',
      () => web.chat.update({ channel: 'C0SHOPPRD', ts: '1.000001', text: 'a' }),
      'message_not_found',
    ],
    [
      'delete of what is not there',
      () => web.chat.delete({ channel: 'C0SHOPPRD', ts: '1.000001' }),
      'message_not_found',
    ],
    [
      'ephemeral to a stranger',
      () => web.chat.postEphemeral({ channel: 'C0SHOPPRD', user: 'U0NOBODY', text: 'a' }),
      'user_not_found',
    ],
    [
      'ephemeral to somebody elsewhere',
      () => web.chat.postEphemeral({ channel: 'C0SHOPPRD', user: 'U0PARTNER', text: 'a' }),
      'user_not_in_channel',
    ],
    [
      'permalink of what is not there',
      () => web.chat.getPermalink({ channel: 'C0SHOPPRD', message_ts: '1.000001' }),
      'message_not_found',
    ],
    [
      'replies to nothing',
      () => web.conversations.replies({ channel: 'C0SHOPPRD', ts: '1.1' }),
      'thread_not_found',
    ],
    ['history from outside', () => web.conversations.history({ channel: 'C0LOUNGE' }), 'not_in_channel'],
    ['info of a hidden channel', () => web.conversations.info({ channel: 'C0PRIVATE' }), 'channel_not_found'],
    [
      'reaction to nothing',
      () => web.reactions.add({ channel: 'C0SHOPPRD', timestamp: '1.1', name: 'tada' }),
      'message_not_found',
    ],
  ];
  test.each(refused)('%s', async (_name, work, error) => {
    expect((await refusal(work())).error).toBe(error);
  });

  test('bad blocks, saying where', async () => {
    const { error, messages } = await refusal(post({ blocks: [section('')] }));
    expect(error).toBe('invalid_blocks');
    expect(messages).toEqual([
      '[ERROR] must have at least 1 character(s) [json-pointer:/blocks/0/text/text]',
    ]);
  });

  test("other people's messages cannot be changed", async () => {
    const { ts } = await people.say('U0LEAD', 'C0SHOPPRD', 'mine');
    const update = web.chat.update({ channel: 'C0SHOPPRD', ts, text: 'yours' });
    expect((await refusal(update)).error).toBe('cant_update_message');
    expect((await refusal(web.chat.delete({ channel: 'C0SHOPPRD', ts }))).error).toBe('cant_delete_message');
  });

  test('the same reaction twice', async () => {
    const { ts } = await people.say('U0LEAD', 'C0SHOPPRD', 'mine');
    await web.reactions.add({ channel: 'C0SHOPPRD', timestamp: ts, name: 'eyes' });
    const again = web.reactions.add({ channel: 'C0SHOPPRD', timestamp: ts, name: 'eyes' });
    expect((await refusal(again)).error).toBe('already_reacted');
  });

  test('a reaction to what was deleted, or by no name', async () => {
    const { ts } = await people.say('U0LEAD', 'C0SHOPPRD', 'mine');
    const react = (name: string, timestamp: string) =>
      web.reactions.add({ channel: 'C0SHOPPRD', timestamp, name });
    expect((await refusal(react(':eyes:', ts))).error).toBe('invalid_name');
    const card = await web.chat.postMessage({ channel: 'C0SHOPPRD', text: 'card' });
    await people.say('U0LEAD', 'C0SHOPPRD', 'reply', String(card.ts));
    await web.chat.delete({ channel: 'C0SHOPPRD', ts: String(card.ts) });
    expect((await refusal(react('eyes', String(card.ts)))).error).toBe('message_not_found');
  });
});

describe('people and places', () => {
  test('users with their flags and locale', async () => {
    const flags = async (user: string) => (await web.users.info({ user, include_locale: true })).user;
    expect(await flags('U0OWNER1')).toMatchObject({ locale: 'ja-JP', team_id: 'T0LOCAL', deleted: false });
    expect(await flags('U0MEMBER')).toMatchObject({ locale: 'en-US' });
    expect(await flags('U0GUEST')).toMatchObject({ is_restricted: true });
    expect(await flags('U0PARTNER')).toMatchObject({ team_id: 'T0PARTNER', is_stranger: false });
    expect(await flags('U0LEFT')).toMatchObject({ deleted: true });
    expect(await flags('U0TOOL')).toMatchObject({ is_bot: true });
    expect((await web.users.info({ user: 'U0LEAD' })).user).not.toHaveProperty('locale');
  });

  test('a person chooses their own language', async () => {
    await people.chooseLocale('U0LEAD', 'en-US');
    const chosen = (await web.users.info({ user: 'U0LEAD', include_locale: true })).user;
    expect(chosen).toMatchObject({ locale: 'en-US', name: 'lead' });
    expect(await people.wait({ type: 'user.changed', since: 0 })).toMatchObject({ user: 'U0LEAD' });
    await expect(people.chooseLocale('U0LEAD', 'English')).rejects.toThrow('ja-JP');
    await expect(people.chooseLocale('U0NOBODY', 'en-US')).rejects.toThrow('there is no user');
  });

  test('looking people up', async () => {
    expect((await web.users.lookupByEmail({ email: 'lead@example.com' })).user?.id).toBe('U0LEAD');
    expect((await refusal(web.users.lookupByEmail({ email: 'left@example.com' }))).error).toBe(
      'users_not_found',
    );
    expect((await refusal(web.users.info({ user: 'U0NOBODY' }))).error).toBe('user_not_found');
    expect((await web.users.list({})).members).toHaveLength(LOCAL_WORKSPACE.users.length);
  });

  test('user groups', async () => {
    expect((await web.usergroups.users.list({ usergroup: 'S0ANALYSTS' })).users).toEqual(['U0ANALYST']);
    const { usergroups } = await web.usergroups.list({ include_users: true });
    expect(usergroups).toMatchObject([{ id: 'S0ANALYSTS' }, { id: 'S0LEADS', users: ['U0LEAD'] }]);
    expect((await refusal(web.usergroups.users.list({ usergroup: 'S0' }))).error).toBe('no_such_subteam');
  });

  test('channels, in pages, without hidden ones', async () => {
    const names: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const answer = await web.conversations.list({
        limit: 2,
        exclude_archived: true,
        types: 'public_channel,private_channel',
        ...(cursor ? { cursor } : {}),
      });
      names.push(...(answer.channels ?? []).map(({ id }) => id));
      cursor = answer.response_metadata?.next_cursor;
    } while (cursor);
    expect(names).toEqual([
      'C0SHOPPRD',
      'C0SHOPDEV',
      'C0SECURITY',
      'C0REQUESTS',
      'C0SCORES',
      'C0LOUNGE',
      'C0SHARED',
    ]);
    const shared = await web.conversations.info({ channel: 'C0SHARED', include_locale: true });
    expect(shared.channel).toMatchObject({ is_ext_shared: true, is_member: true, locale: 'en-US' });
  });
});

describe('blocks.validate', () => {
  test('needs no token and tells problems by pointer', async () => {
    const ask = async (body: object) => {
      const answer = await fetch(`${standIn.apiUrl}blocks.validate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return answer.json();
    };
    expect(await ask({ blocks: [section('a')] })).toEqual({ ok: true });
    expect(await ask({ blocks: [section('')] })).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: [{ pointer: '/blocks/0/text/text', code: 'too_short' }],
    });
    expect(await ask({ view: { type: 'modal' } })).toMatchObject({ error: 'invalid_view' });
    expect(await ask({ message: {} })).toMatchObject({ error: 'invalid_message' });
  });
});

describe('App Home', () => {
  test('is published, read back, and protected by its hash', async () => {
    const view = { type: 'home' as const, blocks: [section('hello')] };
    const first = await web.views.publish({ user_id: 'U0OWNER1', view });
    await web.views.publish({ user_id: 'U0OWNER1', view, hash: String(first.view?.hash) });
    const stale = web.views.publish({ user_id: 'U0OWNER1', view, hash: String(first.view?.hash) });
    expect((await refusal(stale)).error).toBe('hash_conflict');
    expect((await people.user('U0OWNER1')).home).toMatchObject({
      type: 'home',
      blocks: [{ type: 'section' }],
    });
  });

  test('refuses a modal, and a view Slack cannot show', async () => {
    const modal = { type: 'modal', title: { type: 'plain_text', text: 'a' }, blocks: [] } as const;
    const wrong = web.apiCall('views.publish', { user_id: 'U0OWNER1', view: modal });
    expect((await refusal(wrong)).error).toBe('invalid_arguments');
    const bad = web.views.publish({ user_id: 'U0OWNER1', view: { type: 'home', blocks: [section('')] } });
    expect(await refusal(bad)).toMatchObject({
      error: 'invalid_arguments',
      messages: [expect.stringContaining('[json-pointer:/view/blocks/0/text/text]')],
    });
  });
});

describe('the log of calls', () => {
  test('holds arguments without the token, and answers; can be reset', async () => {
    await web.chat.postMessage({ channel: 'C0SHOPPRD', text: 'a', blocks: [section('a')] });
    await web.auth.test();
    const [call] = await people.calls('chat.postMessage');
    expect(call).toMatchObject({
      at: START,
      method: 'chat.postMessage',
      args: { channel: 'C0SHOPPRD', blocks: [{ type: 'section' }] },
      result: { ok: true },
    });
    expect(JSON.stringify(await people.calls())).not.toContain('xoxb-');
    await people.forgetCalls();
    expect(await people.calls()).toEqual([]);
  });
});

describe('only this machine', () => {
  test('pages of other origins are refused', async () => {
    const forged = await fetch(`${standIn.url}/control/calls`, {
      headers: { origin: 'https://example.com' },
    });
    expect(forged.status).toBe(403);
    const own = await fetch(`${standIn.url}/control/calls`, { headers: { origin: 'http://localhost:8080' } });
    expect(own.status).toBe(200);
  });

  test('says at / what it can do, and elsewhere that there is nothing', async () => {
    expect(await (await fetch(standIn.url)).text()).toContain('POST /control/press');
    expect((await fetch(`${standIn.url}/nothing`)).status).toBe(404);
    expect((await fetch(`${standIn.url}/control/nothing`)).status).toBe(404);
  });
});
