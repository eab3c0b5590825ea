import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Bot, Ports } from '../../handlers/composition';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/embedded';
import { listen } from '../../local/embedded/listen';
import { s3Objects } from '../../src/aws';
import { sqsQueues } from '../../src/queues';
import { dynamoTable } from '../../src/store';
import type { Spine } from './spine';

/**
 * How a call goes wrong: `error` and `refuse` before anything is done (an answer 500; no answer at all), `throttle` as the
 * service itself says that it is too much, `lost` when it is done and its answer never arrives, `slow` when the answer
 * takes `ms`.
 */
type Failing =
  | { readonly kind: 'error' | 'refuse' | 'throttle' | 'lost' }
  | { readonly kind: 'slow'; readonly ms: number };

/** What shall go wrong in front of the embedded servers. */
export type AwsFault = Failing & {
  /** The operation's name, such as `PutItem`, `SendMessage` or `PutObject`; `*` for every one. */
  readonly operation: string;
  /** Only calls whose body (of S3: whose path) says this. */
  readonly about?: RegExp;
  /** The next n matching calls, every nth, the nth alone, or always. A try of the SDK is a call of its own. */
  readonly when: { readonly next: number } | { readonly every: number } | { readonly nth: number } | 'always';
};

/** A call as it came, each try of the SDK for itself. */
export interface AwsCall {
  readonly operation: string;
  /** JSON as it was sent; of S3, the path. */
  readonly about: string;
  readonly failed?: Failing['kind'];
}

/**
 * DynamoDB, SQS and S3 as a network in trouble shows them: real clients that try three times, as in production, talk to the
 * embedded servers through a proxy that fails as it is told. What a test itself does with `spine` goes past it.
 */
export interface Faulty {
  /** The gateways behind the proxy, for `composeWith`. */
  readonly ports: Pick<Ports, 'table' | 'queues' | 'objects'>;
  /** The whole bot behind the proxy. */
  readonly bot: Bot;
  /** Faults on top of those that are set; the first that is due is played. */
  fail(...faults: readonly AwsFault[]): void;
  /** From now on nothing goes wrong. */
  heal(): void;
  /** Calls since the last `forget`, of one operation when it is named. */
  calls(operation?: string): readonly AwsCall[];
  forget(): void;
  close(): Promise<void>;
}

type Service = 'dynamodb' | 'sqs' | 's3';

interface Received {
  readonly service: Service;
  readonly operation: string;
  readonly about: string;
  readonly body: Buffer;
}

/** As many as `awsClients()` gives. */
const ATTEMPTS = 3;

/**
 * The SDK decides what is worth another try, as it does in production; only the waiting in between is left out.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const retryStrategy: NonNullable<DynamoDBClientConfig['retryStrategy']> = {
  acquireInitialRetryToken: async () => tokenAfter(0),
  async refreshRetryTokenForRetry(token, { errorType }) {
    const retries = token.getRetryCount() + 1;
    if (errorType === 'CLIENT_ERROR' || retries >= ATTEMPTS) throw new Error('not tried again');
    return tokenAfter(retries);
  },
  recordSuccess: () => undefined,
};

const tokenAfter = (retries: number) => ({ getRetryCount: () => retries, getRetryDelay: () => 0 });

/** The answers with which the services throttle. */
const THROTTLED: Readonly<Record<Service, { status: number; body: string }>> = {
  dynamodb: {
    status: 400,
    body: JSON.stringify({
      __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
      message: 'The level of configured provisioned throughput for the table was exceeded',
    }),
  },
  sqs: {
    status: 400,
    body: JSON.stringify({
      __type: 'com.amazonaws.sqs#RequestThrottled',
      message: 'The request was denied due to request throttling',
    }),
  },
  s3: {
    status: 503,
    body: '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
  },
};

/** Opens a faulty way to the servers of a spine; nothing goes wrong until `fail` says so. */
export async function openFaulty({
  world,
  settings,
  composeWith,
}: Pick<Spine, 'world' | 'settings' | 'composeWith'>): Promise<Faulty> {
  const upstream: Record<Service, string> = {
    dynamodb: named(world.environment, 'AWS_ENDPOINT_URL_DYNAMODB'),
    sqs: named(world.environment, 'AWS_ENDPOINT_URL_SQS'),
    s3: named(world.environment, 'AWS_ENDPOINT_URL_S3'),
  };
  const agent = new Agent({ keepAlive: true });
  let rules: { readonly fault: AwsFault; seen: number; played: number }[] = [];
  let calls: AwsCall[] = [];

  const due = ({ operation, about }: Received): AwsFault | undefined => {
    for (const rule of rules) {
      const { fault } = rule;
      if (fault.operation !== '*' && fault.operation !== operation) continue;
      if (fault.about?.test(about) === false) continue;
      rule.seen += 1;
      if (!isDue(fault.when, rule)) continue;
      rule.played += 1;
      return fault;
    }
    return undefined;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await read(request);
    const { service, operation, about } = received;
    const fault = due(received);
    calls.push({ operation, about, ...(fault && { failed: fault.kind }) });
    if (fault?.kind === 'refuse') return void request.socket.destroy();
    if (fault?.kind === 'error') return void response.writeHead(500).end();
    if (fault?.kind === 'throttle') {
      const { status, body } = THROTTLED[service];
      return void response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }
    const answer = await forward(upstream[service], request, received, agent);
    if (fault?.kind === 'lost') return void request.socket.destroy();
    if (fault?.kind === 'slow') await wait(fault.ms);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const { url, drain } = await listen(server);

  const shared = {
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: url,
    maxAttempts: ATTEMPTS,
    retryStrategy,
  };
  const clients = {
    dynamodb: new DynamoDBClient(shared),
    sqs: new SQSClient(shared),
    s3: new S3Client({ ...shared, forcePathStyle: true }),
  };
  const faulty: Faulty['ports'] = {
    table: dynamoTable(clients.dynamodb, settings.TABLE_NAME),
    queues: sqsQueues(clients.sqs, world.queueUrls),
    objects: s3Objects(clients.s3, settings.DATA_BUCKET),
  };
  return {
    ports: faulty,
    bot: composeWith(faulty),
    fail(...faults) {
      rules.push(...faults.map((fault) => ({ fault, seen: 0, played: 0 })));
    },
    heal() {
      rules = [];
    },
    calls: (operation) => calls.filter((call) => operation === undefined || call.operation === operation),
    forget() {
      calls = [];
    },
    async close() {
      for (const client of Object.values(clients)) client.destroy();
      agent.destroy();
      await drain();
    },
  };
}

function isDue(when: AwsFault['when'], { seen, played }: { seen: number; played: number }): boolean {
  if (when === 'always') return true;
  if ('next' in when) return played < when.next;
  return 'every' in when ? seen % when.every === 0 : seen === when.nth;
}

function named(environment: Readonly<Record<string, string>>, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`the world names no ${name}`);
  return value;
}

/** The JSON protocols name service and operation in a header; S3 has methods and paths. */
async function read(request: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string') {
    const operation = `${(request.method ?? '').charAt(0)}${(request.method ?? '').slice(1).toLowerCase()}Object`;
    return { service: 's3', operation, about: request.url ?? '', body };
  }
  const [api = '', operation = ''] = target.split('.');
  const service = api.startsWith('DynamoDB') ? 'dynamodb' : 'sqs';
  return { service, operation, about: body.toString('utf8'), body };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function forward(upstream: string, from: IncomingMessage, { body }: Received, agent: Agent): Promise<Answer> {
  const { host: _, ...headers } = from.headers;
  return new Promise((resolve, reject) => {
    const onward = httpRequest(
      new URL(from.url ?? '/', upstream),
      { method: from.method, headers, agent },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const answer = { headers: response.headers, body: Buffer.concat(parts) };
          resolve({ status: response.statusCode ?? 502, ...answer });
        });
      },
    );
    onward.on('error', reject);
    onward.end(body);
  });
}
