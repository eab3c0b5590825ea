import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJson, type Json } from './json';
import { ImpossibleAct } from './refusal';

const LARGEST_BODY = 2 * 1024 * 1024;

/** The whole request body as text. @throws ImpossibleAct beyond 2 MB */
export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString('utf8');
}

/** The whole request body. @throws ImpossibleAct beyond 2 MB */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > LARGEST_BODY) throw new ImpossibleAct('the body is larger than 2 MB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

/** A JSON object from a body; an empty body is an empty object. */
export function parseObject(body: string): Json {
  if (body === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new ImpossibleAct('the body is not JSON');
  }
  if (!isJson(parsed)) throw new ImpossibleAct('the body must be a JSON object');
  return parsed;
}
