import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { QUEUE_NAMES, type QueueName } from '../infra/resources';
import { startAwsStandIn } from '../local/aws';
import { LOCAL_CREDENTIALS, LOCAL_REGION, startEmbedded } from '../local/embedded';
import { queueName, queueUrl } from '../local/embedded/queue-url';
import { LOCAL_NAME } from '../local/embedded/services';
import { runEnvironment } from '../local/environment';
import { planRun } from '../local/run-plan';
import { type Fixtures, SlackPeople, startSlackStandIn } from '../local/slack';
import { messageBody } from '../src/queues';
import type { Document } from './documents';
import { each } from './each';
import { sendFindings } from './send-findings';
import type { StormReport } from './storm-bot';

type Health = Exclude<StormReport, { readonly door: string }>;

/** Everything that a storm needs: embedded servers, stand-ins, and the bot, each in a process of its own. */
export interface StormGround {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the stand-ins are steered. */
  readonly slack: string;
  readonly aws: string;
  /** Puts an event about each on the findings queue. */
  send(findings: readonly Document[]): Promise<void>;
  /** Messages in each queue, in flight or delayed included. */
  waiting(): Promise<Readonly<Record<QueueName, number>>>;
  /** Messages that a queue has given up. */
  deadLetters(): Promise<number>;
  /** What the bot has said of itself last. */
  lastReport(): Health;
  close(): Promise<void>;
}

const SENT_AT_ONCE = 100;
/** Security Hub sends an update back as an event some seconds later. */
const ECHO_DELAY_MS = 5_000;
/** What a function of 512 MB has for its heap: given more, V8 takes its time before it collects. */
const HEAP_MB = 320;

/** @param given settings in which the bot differs from what `npm start` runs by itself */
export async function openStormGround(
  workspace: Fixtures,
  given: Readonly<Record<string, string>>,
): Promise<StormGround> {
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closing.reverse()) await one();
  };
  try {
    const embedded = await startEmbedded({ services: ['dynamodb', 'sqs', 's3'] });
    closing.push(() => embedded.close());
    const { sqs: endpoint } = embedded.endpoints;
    const sqs = new SQSClient({ region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, endpoint });
    closing.push(async () => sqs.destroy());
    const findingsQueue = queueUrl(endpoint, queueName(LOCAL_NAME, 'findings'));
    const aws = await startAwsStandIn({
      echoDelayMs: ECHO_DELAY_MS,
      emit: async (event) => {
        const MessageBody = messageBody(JSON.stringify(event));
        await sqs.send(new SendMessageCommand({ QueueUrl: findingsQueue, MessageBody }));
      },
    });
    closing.push(() => aws.close());
    const slack = await startSlackStandIn({ fixtures: workspace, pacePosts: true });
    closing.push(() => slack.close());
    const environment = await runEnvironment({ ...process.env, ...given }, planRun({}), {
      ...embedded.endpoints,
      aws: aws.url,
      slack,
    });
    const bot = await startStormBot(environment);
    closing.push(bot.stop);
    await new SlackPeople(slack.url).deliverTo(bot.door, environment['SLACK_SIGNING_SECRET'] ?? '');

    const depth = async (queue: QueueName, deadLetter = false): Promise<number> => {
      const { Attributes: counts = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl(endpoint, queueName(LOCAL_NAME, queue, deadLetter)),
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      );
      return Object.values(counts).reduce((sum, count) => sum + Number(count), 0);
    };
    const depths = (queues: readonly QueueName[], deadLetter = false) =>
      Promise.all(queues.map((queue) => depth(queue, deadLetter)));
    return {
      environment,
      slack: slack.url,
      aws: aws.url,
      send: (findings) =>
        each(Math.ceil(findings.length / SENT_AT_ONCE), (part) =>
          sendFindings(findings.slice(part * SENT_AT_ONCE, (part + 1) * SENT_AT_ONCE), { sqs, environment }),
        ),
      waiting: async () => {
        const [findings = 0, workflow = 0, cards = 0, changes = 0] = await depths([
          'findings',
          'workflow',
          'cards',
          'changes',
        ]);
        return { findings, workflow, cards, changes };
      },
      deadLetters: async () => (await depths(QUEUE_NAMES, true)).reduce((sum, one) => sum + one, 0),
      lastReport: bot.lastReport,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts the bot and waits until its door is open. */
async function startStormBot(environment: Readonly<Record<string, string | undefined>>): Promise<{
  readonly door: string;
  readonly lastReport: () => Health;
  readonly stop: () => Promise<void>;
}> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MB}`,
      '--import',
      pathToFileURL(require.resolve('tsx')).href,
      join(__dirname, 'storm-bot.ts'),
    ],
    { env: { ...environment }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let health: Health = { memoryMb: 0, peakMb: 0, calls: {}, complaints: {} };
  const door = await Promise.race([
    new Promise<string>((resolve) => {
      child.on('message', (report: StormReport) => {
        if ('door' in report) resolve(report.door);
        else health = report;
      });
    }),
    ended.then(() => undefined),
  ]);
  if (door === undefined) throw new Error('the bot of the storm ended before its door was open');
  return { door, lastReport: () => health, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}
