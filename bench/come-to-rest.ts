import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { QUEUE_NAMES } from '../infra/resources';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/embedded';
import { queueName, queueUrl } from '../local/embedded/queue-url';
import { LOCAL_NAME } from '../local/embedded/services';
import { type Issue, type Request, tableIssues, tableRequests } from '../src/requests';
import { dynamoTable, type Table } from '../src/store';
import type { Stored } from './audit-burst';

/** A bot at work on the embedded servers, in this process or in another one. */
export interface AtWork {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A client for its queues. */
  readonly sqs: SQSClient;
}

export interface Rest {
  readonly accounts: readonly string[];
  readonly limitMs: number;
  /** How long between two looks. */
  readonly everyMs: number;
  /** True for a record that still has something before it. */
  readonly restless: (record: Request | Issue) => boolean;
}

/** Something that it has to bring about has not happened yet. */
export function unsettled(record: Request | Issue): boolean {
  return record.unsettled !== undefined;
}

/** The same, or it waits for a bulletin to tell it. */
export function unsettledOrUntold(record: Request | Issue): boolean {
  const waits = 'resource' in record ? record.waiting : record.held;
  return unsettled(record) || waits !== undefined;
}

/**
 * Waits until no queue holds anything and no record of these accounts has anything left to do.
 * @returns what the table then holds
 * @throws Error when that takes longer than the limit
 */
export async function comeToRest(bot: AtWork, rest: Rest): Promise<readonly Stored[]> {
  const dynamodb = new DynamoDBClient({
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: bot.environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
  });
  const table = dynamoTable(dynamodb, bot.environment['TABLE_NAME'] ?? '');
  const from = performance.now();
  try {
    let doing = '';
    while (performance.now() - from < rest.limitMs) {
      await pause(rest.everyMs);
      const waiting = await depth(bot);
      doing = `${waiting} messages wait`;
      if (waiting > 0) continue;
      const stored = await storedOf(rest.accounts, table);
      const restless = stored.flatMap(({ request, issues }) => [request, ...issues].filter(rest.restless));
      doing = `${restless.length} records are at work`;
      // Looked at twice: between a handler's last write and its next message both can seem to be over.
      if (restless.length === 0 && (await depth(bot)) === 0) return stored;
    }
    throw new Error(`the bot has not come to rest after ${rest.limitMs / 1_000} s: ${doing}`);
  } finally {
    dynamodb.destroy();
  }
}

/** What waits in all queues, in flight or delayed included. */
async function depth({ sqs, environment }: AtWork): Promise<number> {
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

async function storedOf(accounts: readonly string[], table: Table): Promise<readonly Stored[]> {
  const issues = tableIssues(table);
  // Nothing is written here: whose requests they are is not asked.
  const requests = tableRequests(table, () => undefined);
  const all = (await Promise.all(accounts.map((account) => requests.ofAccount(account)))).flat();
  return Promise.all(all.map(async (request) => ({ request, issues: await issues.of(request) })));
}
