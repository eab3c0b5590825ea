import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { slackHandler } from '../handlers/slack';

export interface FrontDoor {
  /** Where Slack's signed requests go. */
  readonly url: string;
  close(): Promise<void>;
}

/** What API Gateway is in AWS: hands each request to the function as an event, and its answer back. */
export async function openFrontDoor(handle: ReturnType<typeof slackHandler>): Promise<FrontDoor> {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await handle(eventOf(request, await read(request)));
    response.writeHead(answer.statusCode ?? 200, { 'content-type': 'application/json' });
    response.end(answer.body ?? '');
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function eventOf({ headers }: IncomingMessage, body: string): APIGatewayProxyEventV2 {
  const now = new Date();
  return {
    version: '2.0',
    routeKey: 'POST /slack',
    rawPath: '/slack',
    rawQueryString: '',
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
    requestContext: {
      accountId: '999999999999',
      apiId: 'bench',
      domainName: 'bench.execute-api.ap-northeast-1.amazonaws.com',
      domainPrefix: 'bench',
      http: { method: 'POST', path: '/slack', protocol: 'HTTP/1.1', sourceIp: '198.51.100.7', userAgent: '' },
      requestId: 'bench',
      routeKey: 'POST /slack',
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    body,
    isBase64Encoded: false,
  };
}
