import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listen } from '../../local/embedded/listen';

/** A request that went through, as AWS's protocols tell it. */
export interface WatchedRequest {
  readonly method: string;
  readonly path: string;
  /** Of `x-amz-target`, behind the dot. */
  readonly operation: string;
  readonly accessKeyId: string;
  readonly body: string;
}

/** An address at which another server is reached, and that tells what was asked there. */
export interface WatchedServer {
  readonly url: string;
  readonly requests: readonly WatchedRequest[];
  close(): Promise<void>;
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Listens in front of the server at `target`. */
export async function watchServer(target: string): Promise<WatchedServer> {
  const requests: WatchedRequest[] = [];
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bytesOf(incoming);
    const { method = '', url: path = '', headers } = incoming;
    requests.push({
      method,
      path,
      operation: String(headers['x-amz-target'] ?? '').split('.')[1] ?? '',
      accessKeyId: /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '',
      body: body.toString('utf8'),
    });
    const onward = request(new URL(path, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  };
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));
  const { url, drain } = await listen(server);
  return { url, requests, close: drain };
}
