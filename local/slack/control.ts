import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from './calls';
import type { Context } from './context';
import { readFault } from './faults';
import type { UserFixture } from './fixtures';
import { parseObject, readBody, sendJson } from './http';
import type { Journal, Wanted } from './journal';
import { isJson, type Json } from './json';
import type { People, Pick, Spot } from './people';
import { ImpossibleAct } from './refusal';
import type { OpenView } from './views';
import type { Channel, Message } from './workspace';

interface Asked {
  /** Path parts after `/control/<verb>/`. */
  rest: string[];
  query: URLSearchParams;
  body: Json;
  context: Context;
  people: People;
}

type Route = (asked: Asked) => unknown;

const LONGEST_WAIT_MS = 60_000;

function field(body: Json, name: string): string {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new ImpossibleAct(`${name} is missing`);
}

function optional(body: Json, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function spot(body: Json): Spot {
  const surface = optional(body, 'surface');
  if (surface === 'modal' || surface === 'home') return { surface };
  if (surface !== undefined) throw new ImpossibleAct('surface must be modal or home');
  return { channel: field(body, 'channel'), ts: field(body, 'ts') };
}

function pick(body: Json): Pick {
  const [blockId, value] = [optional(body, 'block_id'), optional(body, 'value')];
  return {
    actionId: field(body, 'action_id'),
    ...(blockId === undefined ? {} : { blockId }),
    ...(value === undefined ? {} : { value }),
  };
}

function spoken(body: Json): { user: string; channel: string; text: string; threadTs?: string } {
  const threadTs = optional(body, 'thread_ts');
  return {
    user: field(body, 'user'),
    channel: field(body, 'channel'),
    text: optional(body, 'text') ?? '',
    ...(threadTs === undefined ? {} : { threadTs }),
  };
}

function reaction(body: Json): { user: string; channel: string; ts: string; name: string } {
  return {
    user: field(body, 'user'),
    channel: field(body, 'channel'),
    ts: field(body, 'ts'),
    name: field(body, 'name'),
  };
}

// --- Reading ---------------------------------------------------------------------------------------------

function channelOf(id: string | undefined, { workspace }: Context): Channel {
  const channel = workspace.channels.get(id ?? '');
  if (!channel) throw new ImpossibleAct(`there is no channel ${id ?? ''}`);
  return channel;
}

function threadOf(channel: Channel, root: Message, { workspace }: Context): Json {
  const replies = workspace.repliesTo(channel, root.ts);
  return {
    ...workspace.shown(channel, root, true),
    replies: replies.map((reply) => workspace.shown(channel, reply, true)),
  };
}

function threadsOf(channel: Channel, context: Context): Json[] {
  return channel.messages
    .filter((message) => message.threadTs === undefined)
    .map((message) => threadOf(channel, message, context));
}

/** `channels`, `channels/<id>` (messages, oldest first) or `channels/<id>/<ts>` (one thread). */
const readChannels: Route = ({ rest: [id, ts], context }) => {
  const { workspace } = context;
  if (id === undefined) {
    return [...workspace.channels.values()].map(({ members, messages, ...channel }) => ({
      ...channel,
      members: [...members],
      messages: messages.length,
    }));
  }
  const channel = channelOf(id, context);
  if (ts !== undefined) {
    const root = workspace.find(channel, ts);
    if (!root) throw new ImpossibleAct(`there is no message ${ts} in ${id}`);
    return threadOf(channel, root, context);
  }
  return threadsOf(channel, context);
};

function shownView(view: OpenView, context: Context): Json {
  return { ...context.views.shown(view), errors: view.errors };
}

/** `users`, or `users/<id>`: what one person sees besides channels. */
const readUsers: Route = ({ rest: [id], context }) => {
  const { workspace } = context;
  if (id === undefined) return [...workspace.users.values()];
  const user = workspace.users.get(id);
  if (!user) throw new ImpossibleAct(`there is no user ${id}`);
  return userNow(user, context);
};

function userNow(user: UserFixture, context: Context): Json {
  const { views, workspace } = context;
  const { id } = user;
  const [top, home] = [views.top(id), views.home(id)];
  return {
    ...user,
    ephemerals: workspace.ephemeralsOf(id).map(({ channel, message }) => ({
      ...workspace.shownAlone(message),
      channel,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    })),
    modal: top ? shownView(top, context) : null,
    modals: views.stack(id).map((view) => shownView(view, context)),
    home: home ? shownView(home, context) : null,
  };
}

/** All there is to see at one moment, and the position in the event stream that belongs to it. */
const readWorkspace: Route = ({ context }) => {
  const { journal, workspace } = context;
  const channels = [...workspace.channels.values()];
  const users = [...workspace.users.values()];
  return {
    since: journal.position,
    channels: Object.fromEntries(channels.map((channel) => [channel.id, threadsOf(channel, context)])),
    users: Object.fromEntries(users.map((user) => [user.id, userNow(user, context)])),
  };
};

function wantedFrom(query: URLSearchParams): Wanted {
  const wanted = ['type', 'channel', 'user'].flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { since: Number(query.get('since') ?? 0), ...Object.fromEntries(wanted) };
}

const wait: Route = async ({ query, context }) => {
  const timeout = Math.min(Number(query.get('timeout') ?? 5000), LONGEST_WAIT_MS);
  return { happening: (await context.journal.wait(wantedFrom(query), timeout)) ?? null };
};

/** Whether a call posted, changed or asked for this very message. */
function isAbout({ args, result }: Call, channel: string, ts: string): boolean {
  if (args['channel'] !== channel) return false;
  return [args['ts'], args['message_ts'], result['ts'], result['message_ts']].includes(ts);
}

// --- Routes ----------------------------------------------------------------------------------------------

const ROUTES: Record<string, Route> = {
  'POST command': ({ body, people }) =>
    people.command({ ...spoken(body), command: optional(body, 'command') ?? '/secops' }),
  'POST press': ({ body, people }) => people.press(field(body, 'user'), spot(body), pick(body)),
  'POST choose': ({ body, people }) =>
    people.choose(field(body, 'user'), spot(body), pick({ ...body, value: undefined }), body['value']),
  'POST suggest': ({ body, people }) =>
    people.suggest(field(body, 'user'), spot(body), pick(body), optional(body, 'query') ?? ''),
  'POST submit': ({ body, people }) =>
    people.submit(field(body, 'user'), isJson(body['values']) ? body['values'] : {}),
  'POST close': ({ body, people }) => people.closeModal(field(body, 'user'), body['all'] === true),
  'POST mention': ({ body, people }) => people.mention(spoken(body)),
  'POST say': ({ body, people }) => ({ ts: people.say(spoken(body)) }),
  'POST react': ({ body, people }) => people.react(reaction(body)),
  'POST unreact': ({ body, people }) => people.unreact(reaction(body)),
  'POST home': ({ body, people }) => people.openHome(field(body, 'user')),
  'POST users': ({ rest: [what], body, people }) => {
    if (what === 'leave') return people.leave(field(body, 'user'));
    if (what !== 'locale') throw new ImpossibleAct('a person can choose a locale, or leave');
    return people.chooseLocale(field(body, 'user'), field(body, 'locale'));
  },
  'POST groups': ({ body, people }) => people.fillGroup(field(body, 'group'), body['users']),

  'GET workspace': readWorkspace,
  'GET channels': readChannels,
  'GET users': readUsers,
  'GET wait': wait,
  'GET calls': ({ query, context }) => {
    const calls = context.calls.list(query.get('method') ?? undefined);
    const [channel, ts] = [query.get('channel'), query.get('ts')];
    return channel === null || ts === null ? calls : calls.filter((call) => isAbout(call, channel, ts));
  },
  'DELETE calls': ({ context }) => {
    context.calls.reset();
    return { ok: true };
  },

  'GET faults': ({ context }) => context.faults.list(),
  'POST faults': ({ body, context }) => {
    context.faults.add(readFault(body));
    return context.faults.list();
  },
  'DELETE faults': ({ context }) => {
    context.faults.clear();
    return { ok: true };
  },

  'POST clock': ({ body, context }) => {
    const { offsetMs } = body;
    if (typeof offsetMs !== 'number' || !Number.isSafeInteger(offsetMs)) {
      throw new ImpossibleAct('offsetMs must be a whole number of milliseconds');
    }
    context.moveClock(offsetMs);
    return { now: context.now() };
  },

  'POST delivery': ({ body, context }) => {
    const target = { url: field(body, 'url'), signingSecret: field(body, 'signing_secret') };
    if (!URL.canParse(target.url)) throw new ImpossibleAct('url must be an absolute URL');
    context.delivery.target = target;
    return { ok: true };
  },
  'DELETE delivery': ({ context }) => {
    context.delivery.target = undefined;
    return { ok: true };
  },
  'POST recycle': ({ context }) => {
    context.delivery.socket.recycle();
    return { ok: true };
  },
  'GET state': ({ context }) => ({
    since: context.journal.position,
    connections: context.delivery.socket.connections,
    delivery: context.delivery.target?.url ?? 'socket',
  }),
};

/** `/control/<verb>/…`: what tests, the terminal and a page drive the stand-in with. */
export async function answerControl(
  parts: string[],
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
  people: People,
): Promise<void> {
  const [verb = '', ...rest] = parts;
  const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
  if (verb === 'events' && request.method === 'GET') {
    streamEvents(Number(query.get('since') ?? context.journal.position), response, context.journal);
    return;
  }
  if (verb === 'files' && request.method === 'GET') {
    sendPicture(rest[0] ?? '', response, context);
    return;
  }
  const route = ROUTES[`${request.method ?? 'GET'} ${verb}`];
  if (!route) {
    sendJson(response, 404, { error: `there is no ${request.method ?? ''} /control/${verb}; see GET /` });
    return;
  }
  const body = parseObject(await readBody(request));
  sendJson(response, 200, await route({ rest, query, body, context, people }));
}

/** A picture that blocks may show, as it was uploaded. */
function sendPicture(id: string, response: ServerResponse, { workspace }: Context): void {
  const bytes = workspace.files.picture(id);
  if (!bytes) throw new ImpossibleAct(`there is no picture ${id}`);
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': bytes.length });
  response.end(bytes);
}

/** Server-sent events: first what was missed, then what happens. */
function streamEvents(since: number, response: ServerResponse, journal: Journal): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (happening: { seq: number }) => {
    response.write(`id: ${happening.seq}\ndata: ${JSON.stringify(happening)}\n\n`);
  };
  response.write(': listening\n\n');
  for (const happening of journal.since(since)) send(happening);
  response.on('close', journal.listen(send));
}
