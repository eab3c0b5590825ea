import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { passOn } from '../../../local/page/proxy';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

const before = (behind: string, body?: string) =>
  serve((request, response) => void passOn(request, response, new URL(request.url ?? '/', behind), body));

test('status, type, path, method and body go through', async () => {
  const behind = await serve((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      response.writeHead(418, { 'content-type': 'text/plain', 'x-inside': 'stays there' });
      response.end([request.method, request.url, request.headers['content-type'], text].join(' '));
    });
  });
  const answer = await fetch(`${await before(behind, '{"é":1}')}/control/say?a=1`, { method: 'POST' });
  expect(answer.status).toBe(418);
  expect(answer.headers.get('x-inside')).toBeNull();
  expect(await answer.text()).toBe('POST /control/say?a=1 application/json {"é":1}');
});

test('a stream ends behind when its reader leaves', async () => {
  let closed: () => void;
  const ended = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const behind = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    response.once('close', () => closed());
  });
  const leaving = new AbortController();
  const stream = await fetch(await before(behind), { signal: leaving.signal });
  const reader = stream.body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 1\n\n');
  leaving.abort();
  await ended;
});

test('a stream that breaks behind breaks here; one that is not there is said', async () => {
  const behind = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    setImmediate(() => response.destroy());
  });
  const stream = await fetch(await before(behind));
  await expect(stream.text()).rejects.toThrow('terminated');

  const gone = await fetch(await before('http://127.0.0.1:1'));
  expect(gone.status).toBe(502);
  expect(await gone.json()).toEqual({ error: expect.stringContaining('does not answer') });
});
