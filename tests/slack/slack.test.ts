import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SlackPeople, startSlackStandIn } from '../../local/slack';
import {
  METADATA_EVENT,
  type Slack,
  SlackRateLimited,
  SlackRefused,
  SlackUnreachable,
  slackGateway,
  webClient,
} from '../../src/slack';
import { type Counted, counting } from '../setup/counting';
import { quietConsole } from '../setup/log-lines';

type StandIn = Awaited<ReturnType<typeof startSlackStandIn>>;

const CHANNEL = 'C0REQUESTS';
const KEY = { record: '111122223333/control/ec2.19', key: '1' };
const drawn = (text: string) => ({
  text,
  blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
});

let server: StandIn;
let people: SlackPeople;
let slack: Slack;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-11-24T01:00:00.000Z');
  server = await startSlackStandIn({ now: () => now });
  people = new SlackPeople(server.url);
  slack = slackGateway(webClient({ token: 'xoxb-test', apiUrl: server.apiUrl, timeoutMs: 300 }), {
    teamId: 'T0LOCAL',
    botId: 'B0BOT',
  });
});
afterEach(() => server.close());

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('it was taken');
}

/** A Web API that says of each user or channel what it is told to, in shapes that the made-up workspace has none of. */
async function answering(what: 'user' | 'channel', all: Readonly<Record<string, object>>) {
  const api = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const id = new URLSearchParams(body).get(what) ?? '';
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, [what]: { id, team_id: 'T0LOCAL', ...all[id] } }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => api.once('listening', resolve));
  const { port } = api.address() as AddressInfo;
  return {
    client: webClient({ token: 'xoxb-test', apiUrl: `http://127.0.0.1:${port}/api/` }),
    close: () => new Promise((resolve) => api.close(resolve)),
  };
}

describe('posting', () => {
  it('posts with the key by which it is found, and lets Slack guess nothing', async () => {
    const { ts } = await slack.post(CHANNEL, drawn('hello'), KEY);
    const [message] = await people.channel(CHANNEL);
    expect(message).toMatchObject({ ts, text: 'hello' });
    const [call] = await people.calls('chat.postMessage');
    expect(call?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      link_names: 'false',
      parse: 'none',
      metadata: { event_type: METADATA_EVENT, event_payload: KEY },
    });
    expect(call?.args).not.toHaveProperty('thread_ts');
  });

  it('replies in a thread, updates in place, and tells one person alone', async () => {
    const { ts } = await slack.post(CHANNEL, drawn('card'), KEY);
    await slack.post(CHANNEL, drawn('reply'), { ...KEY, key: '2' }, ts);
    await slack.update(CHANNEL, ts, drawn('card, again'));
    await slack.ephemeral(CHANNEL, 'U0OWNER1', drawn('only you'));
    await slack.ephemeral(CHANNEL, 'U0OWNER1', { text: 'plainly', blocks: [] }, ts);
    const thread = await people.thread(CHANNEL, ts);
    expect(thread.text).toBe('card, again');
    expect(thread.replies).toMatchObject([{ text: 'reply' }]);
    const { ephemerals } = await people.user('U0OWNER1');
    expect(ephemerals).toMatchObject([{ text: 'only you' }, { text: 'plainly', thread_ts: ts }]);
  });
});

describe('finding a post again', () => {
  it('finds it by its key, among messages and among replies', async () => {
    const card = await slack.post(CHANNEL, drawn('card'), KEY);
    await slack.post(CHANNEL, drawn('other'), { ...KEY, record: '111122223333/control/s3.1' });
    const reply = await slack.post(CHANNEL, drawn('reply'), { ...KEY, key: '2' }, card.ts);
    const since = new Date(now);
    expect(await slack.findPost(CHANNEL, KEY, since)).toEqual(card);
    expect(await slack.findPost(CHANNEL, { ...KEY, key: '2' }, since, card.ts)).toEqual(reply);
    expect(await slack.findPost(CHANNEL, { ...KEY, key: '2' }, since)).toBeUndefined();
    expect(await slack.findPost(CHANNEL, { ...KEY, key: '3' }, since, card.ts)).toBeUndefined();
  });

  it('is not misled by what people write, and not by older posts', async () => {
    await slack.post(CHANNEL, drawn('old'), KEY);
    await people.say('U0MEMBER', CHANNEL, JSON.stringify(KEY));
    expect(await slack.findPost(CHANNEL, KEY, new Date(now + 59_000))).toBeDefined();
    expect(await slack.findPost(CHANNEL, KEY, new Date(now + 120_000))).toBeUndefined();
  });

  it('reads on, page after page', async () => {
    const wanted = await slack.post(CHANNEL, drawn('wanted'), KEY);
    for (let n = 0; n < 201; n += 1) await people.say('U0MEMBER', CHANNEL, String(n));
    await people.forgetCalls();
    expect(await slack.findPost(CHANNEL, KEY, new Date(now))).toEqual(wanted);
    expect(await people.calls('conversations.history')).toHaveLength(2);
  });
});

describe('the record at the head of a thread', () => {
  it('is that of the bot’s own message, however many replies there are', async () => {
    const { ts } = await slack.post(CHANNEL, drawn('card'), KEY);
    await slack.post(CHANNEL, drawn('reply'), { ...KEY, record: 'another' }, ts);
    await people.say('U0MEMBER', CHANNEL, 'reply', ts);
    expect(await slack.recordOf(CHANNEL, ts)).toBe(KEY.record);
  });

  it('is none where a person, another app or nobody has written', async () => {
    const said = await people.say('U0MEMBER', CHANNEL, JSON.stringify(KEY));
    expect(await slack.recordOf(CHANNEL, said.ts)).toBeUndefined();
    expect(await slack.recordOf(CHANNEL, '1.000001')).toBeUndefined();
    const { ts } = await slack.post(CHANNEL, drawn('card'), KEY);
    const other = slackGateway(webClient({ token: 'xoxb-test', apiUrl: server.apiUrl }), {
      botId: 'B0OTHER',
    });
    expect(await other.recordOf(CHANNEL, ts)).toBeUndefined();
    await expect(slack.recordOf('C0NOWHERE', ts)).rejects.toThrow(SlackRefused);
  });

  it('is not that of a reply', async () => {
    const { ts } = await slack.post(CHANNEL, drawn('card'), KEY);
    const reply = await slack.post(CHANNEL, drawn('reply'), { ...KEY, key: '2' }, ts);
    expect(await slack.recordOf(CHANNEL, reply.ts)).toBeUndefined();
  });
});

describe('what goes wrong', () => {
  const post = () => slack.post(CHANNEL, drawn('hello'), KEY);
  const fail = (fault: object) => people.fail({ method: 'chat.postMessage', ...fault });

  it('429 asks to wait, and was certainly not posted', async () => {
    await fail({ kind: 'ratelimited', retryAfter: 30 });
    const error = await errorOf(post());
    expect(error).toBeInstanceOf(SlackRateLimited);
    expect(error).toMatchObject({ retryAfterSeconds: 30 });
    expect(await people.channel(CHANNEL)).toEqual([]);
  });

  it('how often it asks to wait, or does not answer, is counted; a refusal is an answer', async () => {
    const counted: Counted = {};
    const counts = slackGateway(webClient({ token: 'xoxb-test', apiUrl: server.apiUrl, timeoutMs: 300 }), {
      metrics: counting(counted),
    });
    for (const kind of ['ratelimited', 'http500', 'refuse', 'ratelimited'] as const) {
      await fail({ kind, next: 1 });
      await errorOf(counts.post(CHANNEL, drawn('hello'), KEY));
    }
    await fail({ kind: 'error', error: 'is_archived', next: 1 });
    await errorOf(counts.post(CHANNEL, drawn('hello'), KEY));
    await counts.post(CHANNEL, drawn('hello'), KEY);
    expect(counted).toEqual({ SlackRateLimits: [2], SlackFailures: [2] });
  });

  it('ok: false is a refusal with its code and details', async () => {
    await fail({ kind: 'error', error: 'is_archived' });
    const error = await errorOf(post());
    expect(error).toBeInstanceOf(SlackRefused);
    expect(error).toMatchObject({ code: 'is_archived', method: 'chat.postMessage' });
    expect((error as Error).message).toBe('Slack refused chat.postMessage: is_archived');
  });

  it('refused blocks say which one is wrong', async () => {
    // The client's own word about it, on the console.
    const said = quietConsole();
    const error = await errorOf(slack.post(CHANNEL, { text: 'x', blocks: [{ type: 'section' }] }, KEY));
    expect(error).toMatchObject({ code: 'invalid_blocks' });
    expect((error as SlackRefused).details.join()).toMatch(/block|text/);
    said.mockRestore();
  });

  test.each(['http500', 'refuse', 'lost_answer', 'slow'])(
    '%s leaves open whether it was posted',
    async (kind) => {
      await fail({ kind, ms: 1_000 });
      expect(await errorOf(post())).toBeInstanceOf(SlackUnreachable);
    },
  );

  it('never tries again by itself: a repeated post is a second message', async () => {
    await fail({ kind: 'http500' });
    await errorOf(post());
    expect(await people.calls('chat.postMessage')).toHaveLength(1);
  });

  it('a server that is not there is unreachable', async () => {
    const closed: Server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const gone = slackGateway(webClient({ token: 'xoxb-test', apiUrl: `http://127.0.0.1:${port}/api/` }));
    expect(await errorOf(gone.permalink(CHANNEL, '1.1'))).toBeInstanceOf(SlackUnreachable);
  });
});

describe('reacting', () => {
  it('adds the bot’s reaction, once', async () => {
    const { ts } = await people.say('U0MEMBER', CHANNEL, 'done');
    await slack.react(CHANNEL, ts, 'tada');
    await slack.react(CHANNEL, ts, 'tada');
    const [message] = await people.channel(CHANNEL);
    expect(message).toMatchObject({ reactions: [{ name: 'tada', users: ['U0BOT'], count: 1 }] });
  });

  it('says when there is nothing to react to, and when it must wait', async () => {
    expect(await errorOf(slack.react(CHANNEL, '1.000001', 'tada'))).toMatchObject({
      method: 'reactions.add',
      code: 'message_not_found',
    });
    await people.fail({ method: 'reactions.add', kind: 'ratelimited', retryAfter: 3 });
    expect(await errorOf(slack.react(CHANNEL, '1.000001', 'tada'))).toBeInstanceOf(SlackRateLimited);
  });
});

describe('people', () => {
  test.each([
    ['U0MEMBER', { standing: 'member', locale: 'en-US' }],
    ['U0OWNER1', { standing: 'member', locale: 'ja-JP' }],
    ['U0GUEST', { standing: 'guest' }],
    ['U0PARTNER', { standing: 'outsider' }],
    ['U0LEFT', { standing: 'left' }],
    ['U0TOOL', { standing: 'bot' }],
    ['U0BOT', { standing: 'bot' }],
  ])('%s: %j', async (id, person) => {
    expect(await slack.person(id)).toMatchObject({ id, ...person });
  });

  it('looks at more than Slack’s word for a stranger', async () => {
    const users = {
      U0RESTRICTED: { is_ultra_restricted: true },
      U0STRANGER: { is_stranger: true },
      // A guest of another company's workspace, who has left it; a bot that was switched off.
      U0AWAY: { team_id: 'T0PARTNER', is_restricted: true },
      U0GONE: { team_id: 'T0PARTNER', deleted: true },
      U0OFF: { is_bot: true, deleted: true },
      USLACKBOT: {},
      // Another workspace of the same organisation.
      W0SISTER: { team_id: 'T0SISTER', enterprise_user: { enterprise_id: 'E0LOCAL' } },
      W0ELSEWHERE: { team_id: 'T0OTHER', enterprise_user: { enterprise_id: 'E0OTHER' } },
    };
    const said = await answering('user', users);
    const standings = async (teamId: string) => {
      const gateway = slackGateway(said.client, { teamId });
      const each = Object.keys(users).map(async (id) => [id, (await gateway.person(id))?.standing] as const);
      return Object.fromEntries(await Promise.all(each));
    };
    const inWorkspace = {
      U0RESTRICTED: 'guest',
      U0STRANGER: 'outsider',
      U0AWAY: 'outsider',
      U0GONE: 'left',
      U0OFF: 'left',
      USLACKBOT: 'bot',
      W0SISTER: 'outsider',
      W0ELSEWHERE: 'outsider',
    };
    expect(await standings('T0LOCAL')).toEqual(inWorkspace);
    expect(await standings('E0LOCAL')).toMatchObject({ W0SISTER: 'member', W0ELSEWHERE: 'outsider' });
    await said.close();
  });

  it('nobody is nobody, and any other refusal is an error', async () => {
    expect(await slack.person('U0NOBODY')).toBeUndefined();
    await people.fail({ method: 'users.info', kind: 'error', error: 'missing_scope' });
    expect(await errorOf(slack.person('U0MEMBER'))).toMatchObject({ code: 'missing_scope' });
  });

  it('knows who is in a group', async () => {
    expect(await slack.groupMembers('S0LEADS')).toEqual(['U0LEAD']);
  });

  it('knows who reads a channel', async () => {
    expect(await slack.channel('C0SHARED')).toEqual({
      id: 'C0SHARED',
      name: 'shared-partner',
      externallyShared: true,
      archived: false,
      private: false,
    });
    expect(await slack.channel('C0ARCHIVED')).toMatchObject({ externallyShared: false, archived: true });
    expect(await errorOf(slack.channel('C0PRIVATE'))).toMatchObject({ code: 'channel_not_found' });
    const channels = {
      C0WITHIN: { is_shared: true, is_org_shared: true },
      C0SOMEHOW: { is_shared: true },
      C0PENDING: { is_pending_ext_shared: true },
      G0EXTERNAL: { is_shared: true, is_org_shared: true, is_ext_shared: true, is_private: true },
    };
    const said = await answering('channel', channels);
    const gateway = slackGateway(said.client);
    const shared = Object.keys(channels).map(async (id) => [
      id,
      (await gateway.channel(id)).externallyShared,
    ]);
    expect(Object.fromEntries(await Promise.all(shared))).toEqual({
      C0WITHIN: false,
      C0SOMEHOW: true,
      C0PENDING: true,
      G0EXTERNAL: true,
    });
    expect(await gateway.channel('G0EXTERNAL')).toMatchObject({ private: true });
    await said.close();
  });

  it('links to a message', async () => {
    const { ts } = await slack.post(CHANNEL, drawn('card'), KEY);
    expect(await slack.permalink(CHANNEL, ts)).toContain(CHANNEL);
  });

  test.each([
    ['owner@example.com', 'U0OWNER1'],
    ['Owner@Example.com', 'U0OWNER1'],
    ['guest@example.net', 'U0GUEST'],
    ['partner@example.net', undefined],
    ['left@example.com', undefined],
    ['nobody@example.com', undefined],
  ])('%s is the mail address of %s', async (mail, id) => {
    expect(await slack.personByMail(mail)).toBe(id);
  });

  it('are not looked for by mail without the scope', async () => {
    await people.fail({ method: 'users.lookupByEmail', kind: 'error', error: 'missing_scope' });
    expect(await errorOf(slack.personByMail('owner@example.com'))).toMatchObject({ code: 'missing_scope' });
  });
});
