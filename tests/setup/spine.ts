import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { showCards } from '../../handlers/cards';
import { applyChanges } from '../../handlers/changes';
import {
  type Bot,
  type Config,
  compose,
  loadConfig,
  type Ports,
  realPorts,
} from '../../handlers/composition';
import { takeFindings } from '../../handlers/findings';
import { followWorkflow } from '../../handlers/workflow';
import { QUEUES } from '../../infra/resources';
import { type AwsControl, awsControl, startAwsStandIn } from '../../local/aws';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/embedded';
import { lambdaRecord } from '../../local/poller';
import { SlackPeople, startSlackStandIn } from '../../local/slack';
import type { Log } from '../../src/log';
import type { Metrics } from '../../src/metrics';
import type { Language } from '../../src/playbooks';
import { messageBody } from '../../src/queues';
import { settleAccount } from '../../src/registry';
import { readSettings, type Settings } from '../../src/settings';
import { keepSecret, keptLog } from './log-lines';
import { openWorld, type World } from './world';

/** A clock that stands still until it is moved. */
export interface ManualClock {
  now(): Date;
  advance(ms: number): void;
}

export function manualClock(start = '2026-11-24T01:00:00.000Z'): ManualClock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance: (ms) => {
      time += ms;
    },
  };
}

export type QueueName = 'findings' | 'workflow' | 'cards' | 'changes';
const HANDLERS: Record<QueueName, (event: SQSEvent, bot: Bot) => Promise<SQSBatchResponse>> = {
  findings: takeFindings,
  workflow: followWorkflow,
  cards: showCards,
  changes: applyChanges,
};

type Handle = (queue: QueueName, event: SQSEvent, bot: Bot) => Promise<SQSBatchResponse>;

/** Calls the handler of a queue; one that throws has failed all of its batch, as Lambda sees it. */
export const callHandler: Handle = async (queue, event, bot) => {
  try {
    return await HANDLERS[queue](event, bot);
  } catch {
    return { batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  }
};

const MOST_ROUNDS = 3_000;

/** The whole bot on embedded servers and stand-ins of its own, driven step by step instead of by a poller. */
export interface Spine {
  readonly bot: Bot;
  readonly world: World;
  readonly settings: Settings;
  readonly config: Config;
  readonly ports: Ports;
  readonly clock: ManualClock;
  readonly people: SlackPeople;
  readonly hub: AwsControl;
  readonly slack: { readonly url: string; readonly apiUrl: string };
  readonly aws: { readonly url: string };
  /** Warnings and errors that the bot has logged. */
  readonly logged: readonly string[];
  /** A second bot on the same outside, with some gateways replaced. */
  composeWith(ports: Partial<Ports>): Bot;
  /** Puts a body on the findings queue; resolves with its message id. */
  send(body: unknown): Promise<string>;
  /**
   * Serves all queues, one batch after the other, until they are empty. What fails comes back at once, and the clock
   * is moved by the queue's visibility, as if the time had passed.
   * @param options `serve` replaces the plain call of the handler
   */
  drain(options?: DrainOptions): Promise<void>;
  /** What waits in a queue, in flight or not. */
  depth(queue: QueueName): Promise<number>;
  close(): Promise<void>;
}

export interface DrainOptions {
  readonly bot?: Bot;
  readonly batch?: number;
  readonly serve?: (queue: QueueName, event: SQSEvent) => Promise<SQSBatchResponse>;
}

export interface SpineOptions {
  readonly language?: Language;
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: ManualClock;
  /** Hears of every line of the log. */
  readonly hear?: Log['info'];
  readonly metrics?: Metrics;
}

/** No log may hold the credentials that STS gives. */
function keepSessions({ middlewareStack }: STSClient): void {
  middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const given = 'Credentials' in answer.output ? answer.output.Credentials : undefined;
      keepSecret(given?.SecretAccessKey);
      keepSecret(given?.SessionToken);
      return answer;
    },
    { step: 'initialize' },
  );
}

/**
 * @param options language of channels without one of their own (ja), further settings, a clock
 */
export async function openSpine(options: SpineOptions = {}): Promise<Spine> {
  const world = await openWorld();
  const clock = options.clock ?? manualClock();
  const send = async (body: unknown): Promise<string> => {
    const answer = await world.sqs.send(
      new SendMessageCommand({
        QueueUrl: world.queueUrls.findings,
        MessageBody: messageBody(typeof body === 'string' ? body : JSON.stringify(body)),
      }),
    );
    return answer.MessageId ?? '';
  };
  /** Events of Security Hub that are on their way to the queue. */
  const echoes = new Set<Promise<unknown>>();
  let echoed = 0;
  const [slack, aws] = await Promise.all([
    startSlackStandIn({ now: () => clock.now().getTime() }),
    startAwsStandIn({
      now: () => clock.now(),
      rateLimits: false,
      echoDelayMs: 0,
      emit: async (event) => {
        const echo = send(event);
        echoed += 1;
        echoes.add(echo);
        await echo.finally(() => echoes.delete(echo));
      },
    }),
  ]);
  const settings = readSettings({
    ...world.environment,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_APP_TOKEN: 'xapp-test',
    SLACK_SIGNING_SECRET: 'test-signing-secret',
    SLACK_TEAM_ID: 'T0LOCAL',
    SLACK_BOT_ID: 'B0BOT',
    SLACK_BOT_USER_ID: 'U0BOT',
    SECURITY_ANALYSTS: 'S0ANALYSTS',
    SECURITY_LEADS: 'S0LEADS',
    DEFAULT_CHANNEL_ID: 'C0REQUESTS',
    SECURITY_CHANNEL_ID: 'C0SECURITY',
    UNKNOWN_ACCOUNT_MODE: 'enforce',
    // Most stories are about what is told, not when.
    QUIET: 'off',
    DEFAULT_LANG: options.language ?? 'ja',
    // Stories move the clock by days, and their findings are not updated meanwhile.
    RECONCILE: 'off',
    ...options.environment,
  });
  for (const secret of [
    settings.SLACK_BOT_TOKEN,
    settings.SLACK_APP_TOKEN,
    settings.SLACK_SIGNING_SECRET,
    settings.SLACK_PREVIOUS_SIGNING_SECRET,
    settings.MEMBER_EXTERNAL_ID,
  ]) {
    keepSecret(secret);
  }
  const config = {
    ...loadConfig(settings),
  };
  const logged: string[] = [];
  const note: Log['warn'] = (message, details) => {
    options.hear?.(message, details);
    logged.push(`${message} ${JSON.stringify(details, (_, v) => (v instanceof Error ? String(v) : v))}`);
  };
  const log = keptLog({ ...(options.hear && { info: options.hear }), warn: note, error: note });
  const shared = { region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
  const clients = {
    dynamodb: world.dynamodb,
    sqs: world.sqs,
    s3: world.s3,
    securityHub: new SecurityHubClient({ ...shared, endpoint: aws.url, maxAttempts: 1 }),
    sts: new STSClient({ ...shared, endpoint: aws.url, maxAttempts: 1 }),
  };
  keepSessions(clients.sts);
  const ports: Ports = {
    ...realPorts(settings, config.catalogue, log, clients),
    ...(options.metrics && { metrics: options.metrics }),
    now: () => clock.now(),
    // Time is the clock's to move: waiting takes none.
    pause: async (ms) => clock.advance(ms),
    // What fails is let back at once, whatever its handler asks for.
    delay: async () => undefined,
  };
  const bot = compose(settings, ports, config);
  // The accounts of the file are in the table, and settled, before anything is disturbed or counted.
  await bot.accounts.refresh();
  for (const record of await bot.registry.accounts.all()) await settleAccount(record, bot.registry);

  const serve = async (queue: QueueName, by: Bot, batch: number, handle: Handle): Promise<boolean> => {
    const url = world.queueUrls[queue];
    const { Messages: messages = [] } = await world.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: queue === 'cards' || queue === 'changes' ? 1 : batch,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (messages.length === 0) return false;
    const records = messages.map((message) => lambdaRecord(message, url, LOCAL_REGION));
    const { batchItemFailures } = await handle(queue, { Records: records }, by);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { MessageId, ReceiptHandle } of messages) {
      if (failed.has(MessageId ?? '')) {
        await world.sqs.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
        );
      } else await world.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    }
    if (failed.size > 0) clock.advance(QUEUES[queue].visibilitySeconds * 1000);
    return true;
  };

  return {
    bot,
    world,
    settings,
    config,
    ports,
    clock,
    people: new SlackPeople(slack.url),
    hub: awsControl(aws.url),
    slack,
    aws,
    logged,
    composeWith: (replaced) => compose(settings, { ...ports, ...replaced }, config),
    send,
    async drain({ bot: by = bot, batch = 10, serve: given } = {}) {
      const handle: Handle = given ?? callHandler;
      for (let served = true, rounds = 0; served; rounds += 1) {
        if (rounds > MOST_ROUNDS)
          throw new Error(`the queues do not come to rest: ${logged.slice(-3).join('\n')}`);
        served = false;
        const before = echoed;
        for (const queue of Object.keys(HANDLERS) as QueueName[]) {
          if (await serve(queue, by, batch, handle)) served = true;
        }
        await Promise.all(echoes);
        if (echoed > before) served = true;
      }
    },
    async depth(queue) {
      const { Attributes } = await world.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: world.queueUrls[queue],
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return (
        Number(Attributes?.ApproximateNumberOfMessages) +
        Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
      );
    },
    async close() {
      clients.securityHub.destroy();
      clients.sts.destroy();
      await Promise.all([slack.close(), aws.close()]);
    },
  };
}
