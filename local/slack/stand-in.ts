import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallLog } from './calls';
import type { Context } from './context';
import { answerControl } from './control';
import { Delivery } from './delivery';
import { Faults } from './faults';
import { type Fixtures, LOCAL_WORKSPACE } from './fixtures';
import { GUIDE } from './guide';
import { sendJson } from './http';
import { Journal } from './journal';
import { People } from './people';
import { PostPace } from './post-pace';
import { ImpossibleAct } from './refusal';
import { ResponseUrls } from './response-urls';
import { keepWorkspace } from './snapshot';
import { SocketMode } from './socket';
import { Triggers } from './triggers';
import { Views } from './views';
import { answerResponseUrl, answerUpload, answerWebApi } from './web-api';
import { Workspace } from './workspace';

export interface SlackStandInOptions {
  /** 0 or nothing: a free port. */
  port?: number;
  /** Milliseconds since the epoch; decides timestamps and when triggers and response URLs expire. */
  now?: () => number;
  fixtures?: Fixtures;
  /** How long an ack may take, in real milliseconds; Slack's own is 3000. */
  ackLimitMs?: number;
  /** Refuses posts faster than one a second and channel (burst 4) with 429, as Slack does. */
  pacePosts?: boolean;
  /** From an upload's end until a block may show its file, in real milliseconds. */
  fileProcessingMs?: number;
  /** Keeps messages and people's languages in this file over a restart, uploaded files beside it. In memory when left out. */
  dataFile?: string;
}

export interface SlackStandIn {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** What `slackApiUrl` wants, `…/api/`. */
  apiUrl: string;
  close(): Promise<void>;
}

const ACK_LIMIT_MS = 3000;
/** Long enough that whoever does not wait for it is refused; Slack takes a second or two. */
const FILE_PROCESSING_MS = 20;
const HERE = '127.0.0.1';

/**
 * Starts a stand-in for Slack on this machine only: Web API, Socket Mode, response URLs, and a control API to
 * act as people and to make it fail. `GET /` explains it.
 */
export async function startSlackStandIn(options: SlackStandInOptions = {}): Promise<SlackStandIn> {
  const server = createServer();
  const address = () => `http://${HERE}:${(server.address() as AddressInfo).port}`;
  const context = build(options, address);
  const people = new People(context);
  server.on('request', (request, response) => {
    void answer(request, response, context, people);
  });
  server.on('upgrade', (request, stream, head) => context.delivery.socket.upgrade(request, stream, head));
  const { workspace, journal } = context;
  const finish =
    options.dataFile === undefined ? () => {} : keepWorkspace(workspace, journal, options.dataFile);
  await listen(server, options.port ?? 0);
  const url = address();
  return {
    url,
    apiUrl: `${url}/api/`,
    async close() {
      await close(server, context.delivery.socket);
      finish();
    },
  };
}

function build(options: SlackStandInOptions, url: () => string): Context {
  const ownNow = options.now ?? Date.now;
  let offsetMs = 0;
  const now = () => ownNow() + offsetMs;
  const fixtures = structuredClone(options.fixtures ?? LOCAL_WORKSPACE);
  const ackLimitMs = options.ackLimitMs ?? ACK_LIMIT_MS;
  const journal = new Journal(now);
  const workspace = new Workspace(fixtures, journal, now, options.fileProcessingMs ?? FILE_PROCESSING_MS);
  return {
    now,
    url,
    journal,
    workspace,
    views: new Views(workspace, journal),
    // A person's three seconds are real ones: a clock that is moved meanwhile takes nothing from them.
    triggers: new Triggers(ownNow, fixtures.teamId),
    responseUrls: new ResponseUrls(workspace, now, url),
    calls: new CallLog(),
    faults: new Faults(),
    delivery: new Delivery(new SocketMode(fixtures.appId, ackLimitMs), now, ackLimitMs),
    pace: options.pacePosts ? new PostPace(ownNow) : undefined,
    moveClock: (ms) => {
      offsetMs = ms;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
  people: People,
): Promise<void> {
  try {
    await route(request, response, context, people);
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy();
    else if (error instanceof ImpossibleAct) sendJson(response, 400, { error: error.message });
    else sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
  people: People,
): Promise<void> {
  if (!isFromHere(request)) {
    sendJson(response, 403, { error: 'only this machine may use the stand-in' });
    return;
  }
  const { pathname } = new URL(request.url ?? '/', context.url());
  const [first, ...rest] = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  if (first === 'api') return answerWebApi(rest.join('/'), request, response, context);
  if (first === 'response') return answerResponseUrl(rest[1] ?? '', request, response, context);
  if (first === 'upload') return answerUpload(rest[1] ?? '', request, response, context);
  if (first === 'control') return answerControl(rest, request, response, context, people);
  if (first === undefined) {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(GUIDE);
    return;
  }
  sendJson(response, 404, { error: `there is nothing at ${pathname}; see GET /` });
}

/** A page of the web that a browser on this machine has open must not act here (DNS rebinding, forged posts). */
function isFromHere({ headers }: IncomingMessage): boolean {
  const local = (host: string) => [HERE, 'localhost'].includes(host);
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const { origin } = headers;
  return local(host) && (origin === undefined || (URL.canParse(origin) && local(new URL(origin).hostname)));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HERE, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server, socket: SocketMode): Promise<void> {
  socket.close();
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
