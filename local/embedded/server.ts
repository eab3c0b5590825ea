import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { startAwsStandIn } from '../aws';
import { startDynamodb } from './dynamodb';
import { queueName, queueUrl } from './queue-url';
import { startQueues } from './queues';
import type { Running } from './running';
import {
  type EmbeddedSettings,
  type Endpoints,
  type embeddedReport,
  embeddedSettings,
  LOCAL_CREDENTIALS,
  LOCAL_NAME,
  LOCAL_REGION,
  type ServiceName,
} from './services';

/**
 * The embedded servers in one process of their own:
 *
 *   node --import tsx local/embedded/server.ts '{"services":["dynamodb","sqs","s3","aws"]}'
 *
 * Prints one line of JSON when ready: `{"endpoints":…}` or `{"error":…}`. Stops on SIGTERM, and when the
 * process that started it goes away; open requests are finished first.
 */
async function main(): Promise<void> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 5)) {
    throw new Error(
      `The embedded servers need Node.js 22.5 or later; this is ${process.versions.node}. Start them through npm.`,
    );
  }
  const settings = readSettings(process.argv[2]);
  if (settings.dataDir !== undefined) mkdirSync(settings.dataDir, { recursive: true });

  const hasParent = process.connected;
  const { endpoints, close } = await start(settings);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('Embedded servers:', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  if (hasParent) {
    process.on('disconnect', stop);
    if (!process.connected) stop();
    // Ctrl-C reaches the whole process group; the parent still needs its database to finish what it does.
    process.on('SIGINT', () => {});
  } else {
    process.on('SIGINT', stop);
  }
  report({ endpoints });
}

function readSettings(text: string | undefined): EmbeddedSettings {
  const example = `'{"services":["dynamodb","sqs","s3"]}'`;
  if (text === undefined) throw new Error(`Say what to run, such as ${example}.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`The settings are not JSON; write them like ${example}.`);
  }
  const read = embeddedSettings.safeParse(json);
  if (!read.success) throw new Error(`The settings cannot be used. ${z.prettifyError(read.error)}`);
  return read.data;
}

/** Starts what is asked for, side by side. */
async function start({ services, dataDir, ports, echoDelayMs }: EmbeddedSettings) {
  const wants = (...names: readonly ServiceName[]) => names.some((name) => services.includes(name));
  const inData = (name: string) => (dataDir === undefined ? undefined : join(dataDir, name));

  const startingQueues = wants('sqs', 's3') ? startQueues(ports?.sqs) : undefined;
  let sendFinding: ((event: object) => Promise<void>) | undefined;
  const emit = async (event: object) => {
    const queues = await startingQueues;
    if (!queues) return;
    sendFinding ??= findingsQueue(queues.endpoint);
    await sendFinding(event);
  };
  const [queues, dynamodb, aws, slack] = await Promise.all([
    startingQueues,
    wants('dynamodb') ? startDynamodb(inData('dynamodb'), ports?.dynamodb) : undefined,
    wants('aws') ? startAws(emit, inData('security-hub.jsonl'), ports?.aws, echoDelayMs) : undefined,
    wants('slack')
      ? startSlack(dataDir === undefined ? undefined : join(dataDir, 'slack.json'), ports?.slack)
      : undefined,
  ]);

  const endpoints: Partial<Endpoints> = {
    ...(queues ? { sqs: queues.endpoint, s3: queues.endpoint } : {}),
    ...(dynamodb ? { dynamodb: dynamodb.endpoint } : {}),
    ...(aws ? { aws: aws.endpoint } : {}),
    ...(slack ? { slack: slack.endpoint } : {}),
  };
  const close = async () => {
    // The AWS stand-in goes first: events that wait in it go to the queues.
    for (const service of [slack, aws, queues, dynamodb]) await service?.close();
  };
  return { endpoints, close };
}

async function startAws(
  emit: (event: object) => Promise<void>,
  dataFile: string | undefined,
  port: number | undefined,
  echoDelayMs: number | undefined,
): Promise<Running<string>> {
  const { url, close } = await startAwsStandIn({
    emit,
    ...(dataFile === undefined ? {} : { dataFile }),
    ...(port === undefined ? {} : { port }),
    ...(echoDelayMs === undefined ? {} : { echoDelayMs }),
  });
  return { endpoint: url, close };
}

async function startSlack(
  dataFile: string | undefined,
  port: number | undefined,
): Promise<Running<Endpoints['slack']>> {
  const { startSlackStandIn } = await import('../slack/index.js');
  const { url, apiUrl, close } = await startSlackStandIn({
    ...(dataFile === undefined ? {} : { dataFile }),
    ...(port === undefined ? {} : { port }),
  });
  return { endpoint: { url, apiUrl }, close };
}

/** Puts events on the findings queue, as the EventBridge rule does. The SDK is loaded at the first one. */
function findingsQueue(endpoint: string): (event: object) => Promise<void> {
  const url = queueUrl(endpoint, queueName(LOCAL_NAME, 'findings'));
  let loading: Promise<(body: string) => Promise<unknown>> | undefined;
  const load = async () => {
    const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs');
    const { messageBody } = await import('../../src/queues/message-body.js');
    const sqs = new SQSClient({ region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, endpoint });
    return (body: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: messageBody(body) }));
  };
  return async (event) => {
    loading ??= load();
    const send = await loading;
    await send(JSON.stringify(event));
  };
}

function report(line: z.input<typeof embeddedReport>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

main().catch((error: unknown) => {
  report({ error: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
