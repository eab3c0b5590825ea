import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Args } from './args';
import type { Context } from './context';
import type { Fault } from './faults';
import { parseObject, readBody, readBytes, sendJson } from './http';
import type { Json } from './json';
import { METHODS, type TokenKind } from './methods';
import { Refusal } from './refusal';

interface Work {
  method: string;
  args: Args;
  run: () => Json;
}

/** One call of the Web API: `/api/<method>`. */
export async function answerWebApi(
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const args = await argsOf(request);
  const token = tokenOf(request, args);
  await work(
    { method, args, run: () => runMethod(method, args, token, context) },
    request,
    response,
    context,
  );
}

/** One post to a response_url: `/response/<team>/<id>`. */
export async function answerResponseUrl(
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const args = await argsOf(request);
  const run = () => {
    context.responseUrls.answer(id, args.raw);
    return {};
  };
  await work({ method: 'response_url', args, run }, request, response, context);
}

/** One upload of a file: `/upload/v1/<ticket>`. Of what is sent only its length is written down. */
export async function answerUpload(
  ticket: string,
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const bytes = await readBytes(request);
  const run = () => {
    context.workspace.files.receive(ticket, bytes);
    return {};
  };
  await work({ method: 'upload', args: new Args({ length: bytes.length }), run }, request, response, context);
}

async function argsOf(request: IncomingMessage): Promise<Args> {
  const body = await readBody(request);
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if (isForm) return Args.ofForm(body);
  if (body !== '') return new Args(parseObject(body));
  return Args.ofForm(new URL(request.url ?? '/', 'http://127.0.0.1').search);
}

function tokenOf(request: IncomingMessage, args: Args): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? token : args.text('token');
}

const TOKEN_PREFIXES: Record<Exclude<TokenKind, 'none'>, string> = { bot: 'xoxb-', app: 'xapp-' };

function refuseToken(wanted: TokenKind, token: string | undefined): void {
  if (wanted === 'none') return;
  if (token === undefined || token === '') throw new Refusal('not_authed');
  if (token.startsWith(TOKEN_PREFIXES[wanted])) return;
  const isOther = Object.values(TOKEN_PREFIXES).some((prefix) => token.startsWith(prefix));
  throw new Refusal(isOther ? 'not_allowed_token_type' : 'invalid_auth');
}

function runMethod(name: string, args: Args, token: string | undefined, context: Context): Json {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!method) throw new Refusal('unknown_method', { req_method: name });
  refuseToken(method.token, token);
  return method.run(args, context);
}

/** Does the work, or fails in the way that was asked for, and writes it down. */
async function work(
  { method, args, run }: Work,
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const at = context.now();
  const fault = context.faults.take(method, args.raw['channel']);
  const note = (result: Json) => {
    const played = fault ? { fault: fault.kind } : {};
    context.calls.add({ at, method, args: args.forLog(), result, ...played });
    return result;
  };
  if (fault?.kind === 'slow') await wait(fault.ms, undefined, { ref: false });
  if (fault && failInstead(method, fault, note, request, response)) return;

  const paused = method === 'chat.postMessage' ? context.pace?.take(String(args.raw['channel'])) : undefined;
  if (paused) {
    rateLimit(paused, note, response);
    return;
  }

  const result = note(resultOf(run));
  if (fault?.kind === 'lost_answer') {
    request.socket.destroy();
    return;
  }
  sendJson(response, statusOf(method, result), result);
}

/** Unlike the Web API, a response_url and an upload say with their status that they did not take what came. */
function statusOf(method: string, result: Json): number {
  if (result['ok'] === true || !['response_url', 'upload'].includes(method)) return 200;
  return ['unknown_upload', 'invalid_url', 'expired_url', 'used_url'].includes(String(result['error']))
    ? 404
    : 400;
}

function resultOf(run: () => Json): Json {
  try {
    return { ok: true, ...run() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.code, ...error.detail };
    throw error;
  }
}

/** @returns whether the fault replaced the work */
function failInstead(
  method: string,
  fault: Fault,
  note: (result: Json) => Json,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  switch (fault.kind) {
    case 'ratelimited':
      rateLimit(fault.retryAfter, note, response);
      return true;
    case 'http500':
      sendJson(response, 500, note({ ok: false, error: 'internal_error' }));
      return true;
    case 'error': {
      const result = note({ ok: false, error: fault.error });
      sendJson(response, statusOf(method, result), result);
      return true;
    }
    case 'refuse':
      note({ ok: false, error: 'connection_refused' });
      request.socket.destroy();
      return true;
    case 'slow':
    case 'lost_answer':
      return false;
  }
}

function rateLimit(seconds: number, note: (result: Json) => Json, response: ServerResponse): void {
  sendJson(response, 429, note({ ok: false, error: 'ratelimited' }), { 'retry-after': String(seconds) });
}
