import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * Passes a request on and its answer back as it comes, so that server-sent events arrive at once. Ends with whoever
 * ends first.
 * @param url of the server that answers
 * @param body as it was read; undefined for none
 */
export function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const onward = ask(url, {
      method: request.method,
      headers: {
        accept: request.headers.accept ?? '*/*',
        ...(body !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        }),
      },
      // A stream of events keeps its connection as long as the page is open.
      agent: false,
    });
    const fail = () => {
      if (!response.headersSent) {
        response.writeHead(502, { 'content-type': 'application/json; charset=utf-8' });
        response.end(JSON.stringify({ error: 'The Slack stand-in does not answer; look at the terminal.' }));
      } else response.destroy();
    };
    onward.once('error', fail);
    onward.once('response', (answer) => {
      answer.once('error', fail);
      const type = answer.headers['content-type'] ?? 'application/json';
      response.writeHead(answer.statusCode ?? 502, { 'content-type': type });
      response.flushHeaders();
      answer.pipe(response);
    });
    response.once('close', () => {
      onward.destroy();
      resolve();
    });
    onward.end(body);
  });
}
