import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { loadConfig } from '../handlers/composition';
import { QUEUE_NAMES } from '../infra/resources';
import { awsControl } from '../local/aws';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/embedded';
import { queueName, queueUrl } from '../local/embedded/queue-url';
import { LOCAL_NAME } from '../local/embedded/services';
import { LOCAL_WORKSPACE, SlackPeople } from '../local/slack';
import { tableIssues, tableRequests } from '../src/requests';
import { dynamoTable, type Table } from '../src/store';
import { auditBurst, type Stored } from './audit-burst';
import { type Document, document, eventOf } from './documents';
import { type Measured, rounded } from './figures';
import { random, shuffled } from './random';
import { type RunningBot, startBot } from './running-bot';
import { say } from './say';
import { trackedControls } from './tracked-controls';

const ACCOUNT = '111122223333';
const CONTROLS = 20;
const MESSAGES = 1_000;
const DUPLICATES = MESSAGES * 0.2;
const ISSUES = MESSAGES - DUPLICATES;
/** What one call of the embedded servers takes with ease. */
const BATCH = 10;
const LOOK_EVERY_MS = 500;
const LIMIT_MS = 150_000;

/**
 * A storm: 1,000 messages at once, of one account and 20 controls, every fifth a duplicate, in no order, while Slack
 * answers 429 to every third call. Ends when no queue holds anything and no record has anything left to do.
 */
export async function burst(): Promise<Measured> {
  const findings = findingsOfTheBurst();
  const bot = await startBot();
  try {
    const people = new SlackPeople(bot.slack);
    const hub = awsControl(bot.aws);
    for (let from = 0; from < findings.length; from += 100) {
      await hub.putFindings(findings.slice(from, from + 100));
    }
    await people.forgetCalls();
    await people.fail({ method: '*', kind: 'ratelimited', every: 3, retryAfter: 1 });

    const next = random(42);
    const again = shuffled(findings, next).slice(0, DUPLICATES);
    const from = performance.now();
    await send(shuffled([...findings, ...again], next), bot);
    say(`  ${MESSAGES} messages are on the queue after ${rounded((performance.now() - from) / 1_000, 1)} s`);
    const stored = await comeToRest(bot, from);
    const seconds = (performance.now() - from) / 1_000;

    const calls = await people.calls();
    const limited = calls.filter(({ fault }) => fault === 'ratelimited').length;
    const channels = LOCAL_WORKSPACE.channels
      .filter(({ members }) => members.includes(LOCAL_WORKSPACE.botUserId))
      .map(({ id }) => id);
    const messages = (await Promise.all(channels.map((channel) => people.channel(channel)))).flat();
    const { lost, doubled, problems } = auditBurst(findings, stored, messages, config().catalogue);
    for (const problem of problems.slice(0, 10)) say(`  ! ${problem}`);
    const replies = messages.reduce((sum, message) => sum + message.replies.length, 0);
    say(
      `  ${messages.length} cards, ${replies} replies, ${calls.length} Slack calls (${limited} answered with 429) in ${rounded(seconds, 1)} s`,
    );
    return {
      burstPosts: messages.length,
      burstLost: lost,
      burstDoubled: doubled,
      burstSeconds: rounded(seconds, 1),
      burstSlackCalls: calls.length,
    };
  } finally {
    await bot.stop();
  }
}

const config = () => loadConfig({ CONFIG_DIR: 'config', UNKNOWN_ACCOUNT_MODE: 'enforce' });

function findingsOfTheBurst(): readonly Document[] {
  const controls = trackedControls(config(), ACCOUNT).slice(0, CONTROLS);
  if (controls.length < CONTROLS) throw new Error(`the policy tracks fewer than ${CONTROLS} controls`);
  const updatedAt = new Date();
  return controls.flatMap(({ id, severity }) =>
    Array.from({ length: ISSUES / CONTROLS }, (_, resource) =>
      document({ account: ACCOUNT, control: id, severity, resource, updatedAt }),
    ),
  );
}

async function send(findings: readonly Document[], { sqs, environment }: RunningBot): Promise<void> {
  for (let from = 0; from < findings.length; from += BATCH) {
    const { Failed: failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: environment['FINDINGS_QUEUE_URL'],
        Entries: findings
          .slice(from, from + BATCH)
          .map((finding, index) => ({ Id: String(index), MessageBody: eventOf(finding) })),
      }),
    );
    if (failed.length > 0) throw new Error('the queue does not take the findings');
  }
}

/** Waits until nothing is left to do. @throws Error when that takes longer than the bench has */
async function comeToRest(bot: RunningBot, from: number): Promise<readonly Stored[]> {
  const dynamodb = new DynamoDBClient({
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: bot.environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
  });
  const table = dynamoTable(dynamodb, bot.environment['TABLE_NAME'] ?? '');
  try {
    let restless = '';
    while (performance.now() - from < LIMIT_MS) {
      await pause(LOOK_EVERY_MS);
      const waiting = await depth(bot);
      restless = `${waiting} messages wait`;
      if (waiting > 0) continue;
      const stored = await storedOf(table);
      const unsettled = stored.flatMap(({ request, issues }) =>
        [request, ...issues].filter((record) => record.unsettled !== undefined),
      );
      restless = `${unsettled.length} records are unsettled`;
      // Looked at twice: between a handler's last write and its next message both can seem to be over.
      if (unsettled.length === 0 && (await depth(bot)) === 0) return stored;
    }
    throw new Error(`the bot has not come to rest after ${LIMIT_MS / 1_000} s: ${restless}`);
  } finally {
    dynamodb.destroy();
  }
}

/** What waits in all queues, in flight or delayed included. */
async function depth({ sqs, environment }: RunningBot): Promise<number> {
  const endpoint = environment['AWS_ENDPOINT_URL_SQS'] ?? '';
  const depths = await Promise.all(
    QUEUE_NAMES.map(async (queue) => {
      const { Attributes: counts = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl(endpoint, queueName(LOCAL_NAME, queue)),
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      );
      return Object.values(counts).reduce((sum, count) => sum + Number(count), 0);
    }),
  );
  return depths.reduce((sum, one) => sum + one, 0);
}

async function storedOf(table: Table): Promise<readonly Stored[]> {
  const issues = tableIssues(table);
  // Nothing is written here: whose requests they are is not asked.
  const requests = await tableRequests(table, () => undefined).ofAccount(ACCOUNT);
  return Promise.all(requests.map(async (request) => ({ request, issues: await issues.of(request) })));
}
