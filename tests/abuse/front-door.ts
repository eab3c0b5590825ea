import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Bot } from '../../handlers/composition';
import { slackHandler } from '../../handlers/slack';
import type { AsffDocument } from '../fixtures/findings';
import { manualClock } from '../setup/spine';
import { type Card, elements, openStage, type Stage, type StageOptions } from '../story/stage';

const SECRET = 'test-signing-secret';
const FORM = 'application/x-www-form-urlencoded';
/** Bolt's own check, behind ours, looks at the machine's clock, and takes what comes from the future. */
const LATER = '2040-11-20T01:00:00.000Z';

/** A request as it came in. */
export interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** What Slack says of a press, a submission, or a search in a menu. */
export type Payload = Record<string, unknown>;

/** The stage with Slack's signed HTTP requests instead of a socket, each of which can be held back, altered, and repeated. */
export interface FrontDoor extends Stage {
  /** Somebody acts, and the request that Slack makes of it does not reach the bot. */
  caught(act: () => Promise<unknown>): Promise<Received>;
  /** Sends a request as it is. */
  deliver(request: Received, signal?: AbortSignal): Promise<Answered>;
  /** Sends a body signed by Slack, now. */
  deliverSigned(body: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Sends an interaction signed by Slack, now. */
  interact(payload: Payload): Promise<Answered>;
  /** Everything that reaches the door is served by this bot from now on. */
  serveWith(bot: Bot): void;
  /** An event with this finding is put on the queue; nothing is served. */
  deliverFinding(finding: AsffDocument): Promise<string>;
  /** The press of a button of a card, by its label, held back. */
  caughtPress(user: string, card: Card, label: string): Promise<Received>;
}

/** The body of a request of the form that interactions have. */
export const formOf = (payload: Payload): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

/** What a held back interaction says. */
export function payloadOf({ body }: Received): Payload {
  return JSON.parse(new URLSearchParams(String(body)).get('payload') ?? '') as Payload;
}

export async function openFrontDoor(options: StageOptions = {}): Promise<FrontDoor> {
  const stage = await openStage({ clock: manualClock(LATER), ...options, silent: true });
  let handle = slackHandler(stage.bot);
  let catching: ((request: Received) => void) | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request);
    const headers = headersOf(request);
    if (catching !== undefined) {
      catching({ headers, body: body.toString('utf8') });
      response.writeHead(200).end();
      return;
    }
    const served = await handle(eventOf(headers, body));
    response
      .writeHead(served.statusCode ?? 200, served.headers as Record<string, string> | undefined)
      .end(served.body ?? '');
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`;
  await stage.people.deliverTo(url, SECRET);

  const send = async (
    headers: Readonly<Record<string, string>>,
    body: string | Buffer,
    signal?: AbortSignal,
  ) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : new Uint8Array(body),
      ...(signal && { signal }),
    });
    return { status: answer.status, body: await answer.text() };
  };
  const deliverSigned: FrontDoor['deliverSigned'] = (body, headers = {}) => {
    const timestamp = String(Math.floor(stage.clock.now().getTime() / 1000));
    const digest = createHmac('sha256', SECRET).update(`v0:${timestamp}:`).update(body).digest('hex');
    return send(
      {
        'content-type': FORM,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${digest}`,
        ...headers,
      },
      body,
    );
  };
  const caught: FrontDoor['caught'] = async (act) => {
    const held: Received[] = [];
    catching = (request) => void held.push(request);
    try {
      await act();
    } finally {
      catching = undefined;
    }
    const [request, ...more] = held;
    if (request === undefined || more.length > 0) throw new Error(`${held.length} requests were caught`);
    return request;
  };

  return {
    ...stage,
    caught,
    deliver: ({ headers, body }, signal) => send(headers, body, signal),
    deliverSigned,
    deliverFinding: (finding) => stage.send({ ...finding, UpdatedAt: stage.clock.now().toISOString() }),
    interact: (payload) => deliverSigned(formOf(payload)),
    serveWith(bot) {
      handle = slackHandler(bot);
    },
    caughtPress(user, card, label) {
      const found = elements(card).find((element) => element.label === label);
      if (found === undefined) throw new Error(`no ${label} on the card`);
      const { action_id, block_id } = found;
      return caught(() =>
        stage.people.press(user, { channel: card.channel, ts: card.ts }, { action_id, block_id }),
      );
    },
    async close() {
      await closed(server);
      await stage.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Hop-by-hop headers are the connection's own. */
function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' && /^(content-type|x-slack-)/.test(name) ? [[name, value]] : [],
    ),
  );
}

/** As API Gateway hands it over: what is no text is encoded. */
function eventOf(headers: Record<string, string>, body: Buffer): APIGatewayProxyEventV2 {
  const text = body.toString('utf8');
  const isText = Buffer.from(text).equals(body);
  return {
    version: '2.0',
    routeKey: 'POST /slack',
    rawPath: '/slack',
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: '999999999999',
      apiId: 'a1b2c3d4e5',
      domainName: 'a1b2c3d4e5.execute-api.ap-northeast-1.amazonaws.com',
      domainPrefix: 'a1b2c3d4e5',
      http: { method: 'POST', path: '/slack', protocol: 'HTTP/1.1', sourceIp: '198.51.100.7', userAgent: '' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: 'POST /slack',
      stage: '$default',
      time: '20/Nov/2040:01:00:00 +0000',
      timeEpoch: Date.parse(LATER),
    },
    body: isText ? text : body.toString('base64'),
    isBase64Encoded: !isText,
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}
