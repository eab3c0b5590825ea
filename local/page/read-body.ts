import type { IncomingMessage } from 'node:http';
import { PageRefusal } from './refusal';

/** 1 MB, what a message of the findings queue may have. */
const BODY_LIMIT = 1_048_576;

const tooLarge = () => new PageRefusal(413, `The body is larger than ${BODY_LIMIT} bytes.`);

/** The whole body as text. @throws PageRefusal beyond 1 MB */
export async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
