import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import type { ClockState } from './api';
import { type BehindDeps, behind } from './behind';
import { DOCUMENT, type PageFiles } from './bundle';
import { guard, SECURITY_HEADERS } from './guard';
import { hubRows } from './hub-rows';
import { ImpossibleWorldAct, type LiveWorld } from './live-world';
import { passOn } from './proxy';
import { readBody } from './read-body';
import { PageRefusal } from './refusal';
import { startAnswer } from './start-answer';
import { type FileDoor, takeFile } from './take-file';

const HERE = '127.0.0.1';
/** Further a clock is not moved at once: every morning in between is played. */
const LONGEST_MOVE_MS = 31 * 86_400_000;

/** What the page is served from. */
export interface PageDeps extends BehindDeps {
  readonly world: LiveWorld;
  /** Moves the clock as time would have passed. */
  readonly walkTo: (to: Date) => Promise<void>;
  /** True while the clock is being moved, by whomever. */
  readonly moving: () => boolean;
  readonly clock: { now(): Date; readonly offsetMs: number };
  readonly door: FileDoor;
  /** A free one when it is taken, or left out. */
  readonly port?: number;
  /** Builds what the browser loads. */
  readonly bundle: () => Promise<PageFiles>;
}

/** A page that is being served. */
export interface ServedPage {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Resolves when the browser can load the page; rejects with what is wrong with its sources. */
  readonly ready: Promise<unknown>;
  /** Ends streams as well. */
  close(): Promise<void>;
}

const WorldActBody = z.strictObject({
  account: z.string(),
  resource: z.string(),
  act: z.enum(['break', 'fix', 'delete', 'restore']),
  control: z.string().exactOptional(),
});
const ThreatBody = z.strictObject({
  account: z.string(),
  kind: z.enum(['brute-force', 'crypto-miner']),
  act: z.enum(['see', 'again', 'archive']),
});
const FormatBody = z.strictObject({ format: z.enum(['asff', 'ocsf']) });
const NothingBody = z.strictObject({});
const ClockBody = z.strictObject({ by: z.number().int().min(1).max(LONGEST_MOVE_MS) });

interface Asked {
  readonly query: URLSearchParams;
  /** Empty for GET. */
  readonly body: string;
}

function parsed<T>(schema: z.ZodType<T>, body: string): T {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new PageRefusal(400, 'The body is not JSON.');
  }
  const read = schema.safeParse(value);
  if (!read.success) throw new PageRefusal(400, z.prettifyError(read.error));
  return read.data;
}

function routes(deps: PageDeps): Readonly<Record<string, (asked: Asked) => unknown>> {
  const { world, walkTo, moving, clock, door, hub, bot } = deps;
  const time = (): ClockState => ({
    now: clock.now().toISOString(),
    offsetMs: clock.offsetMs,
    moving: moving(),
  });
  return {
    'GET /api/start': () => startAnswer(bot),
    'GET /api/aws': () => world.state(),
    'POST /api/aws/act': ({ body }) => world.act(parsed(WorldActBody, body)),
    'POST /api/aws/threat': ({ body }) => world.threat(parsed(ThreatBody, body)),
    'POST /api/aws/new-account': ({ body }) => {
      parsed(NothingBody, body);
      return world.newAccount();
    },
    'POST /api/aws/format': ({ body }) => world.setFormat(parsed(FormatBody, body).format),
    'GET /api/hub': async () => hubRows(await hub.findings()),
    'GET /api/clock': time,
    'POST /api/clock': async ({ body }) => {
      const { by } = parsed(ClockBody, body);
      if (moving()) throw new PageRefusal(409, 'The clock is being moved; wait until it has arrived.');
      await walkTo(new Date(clock.now().getTime() + by));
      return time();
    },
    'GET /api/behind': ({ query }) => {
      const [channel, ts] = [query.get('channel'), query.get('ts')];
      if (!channel || !ts) throw new PageRefusal(400, 'Name the message by channel and ts.');
      return behind(channel, ts, deps);
    },
    'POST /api/findings': ({ body }) => takeFile(body, door),
  };
}

const FILES: Readonly<Record<string, { readonly type: string; readonly of: (files: PageFiles) => string }>> =
  {
    '/page.js': { type: 'text/javascript; charset=utf-8', of: ({ script }) => script },
    '/page.css': { type: 'text/css; charset=utf-8', of: ({ style }) => style },
  };

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/**
 * Serves the page on this machine only: the browser's files, what it asks for below `/api`, and the Slack stand-in's
 * control API below `/api/slack`.
 */
export async function servePage(deps: PageDeps): Promise<ServedPage> {
  const files = deps.bundle();
  // Whoever awaits `ready`, or asks for a file, is told; until then it is nobody's unhandled error.
  files.catch(() => undefined);
  const table = routes(deps);
  const paths = new Set(Object.keys(table).map((route) => route.split(' ')[1]));

  const answer = async (request: IncomingMessage, response: ServerResponse, port: number): Promise<void> => {
    guard(request, port);
    const { method = 'GET' } = request;
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HERE}:${port}`);
    const writes = method === 'POST' || method === 'DELETE';
    if (pathname.startsWith('/api/slack/')) {
      const path = (request.url ?? '').slice('/api/slack/'.length);
      const body = writes ? await readBody(request) : undefined;
      return passOn(request, response, new URL(`/control/${path}`, deps.slack), body);
    }
    const reading = method === 'HEAD' ? 'GET' : method;
    const route = table[`${reading} ${pathname}`];
    if (route) {
      const body = writes ? await readBody(request) : '';
      return sendJson(response, 200, await route({ query: searchParams, body }));
    }
    const file = FILES[pathname];
    const known = file !== undefined || pathname === '/' || paths.has(pathname);
    if (!known) throw new PageRefusal(404, `There is nothing at ${pathname}.`);
    if (reading !== 'GET' || (file === undefined && pathname !== '/')) {
      throw new PageRefusal(405, `${method} is not used here.`);
    }
    const text = file === undefined ? DOCUMENT : file.of(await files);
    response.writeHead(200, { 'content-type': file?.type ?? 'text/html; charset=utf-8' });
    response.end(text);
  };

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const { port } = server.address() as AddressInfo;
    answer(request, response, port).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return void response.destroy();
      // What was not read of a refused body must not be taken for the next request.
      if (!request.complete) response.setHeader('connection', 'close');
      if (error instanceof PageRefusal) sendJson(response, error.status, { error: error.message });
      else if (error instanceof ImpossibleWorldAct) sendJson(response, 400, { error: error.message });
      else sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
    });
  });
  await listen(server, deps.port ?? 0);
  return {
    url: `http://${HERE}:${(server.address() as AddressInfo).port}`,
    ready: files,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A fixed address is easier to come back to; where something else uses it, a free one is taken. */
async function listen(server: Server, port: number): Promise<void> {
  const open = async (wanted: number) => {
    server.listen(wanted, HERE);
    await once(server, 'listening');
  };
  try {
    await open(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0) throw error;
    await open(0);
  }
}
