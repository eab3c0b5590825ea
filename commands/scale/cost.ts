import { MEMORY_MB } from './deployment';
import { checksOf, DAYS, type Load, MONTH_SECONDS } from './load';
import { type Month, monthOf } from './month';
import { FUNCTIONS, type FunctionName, type PerItemFile, type Work } from './per-item-file';
import type { Prices } from './prices';

export const COST_LINES = [
  'lambda',
  'dynamodbReads',
  'dynamodbWrites',
  'dynamodbStorage',
  'sqs',
  'logs',
  'alarms',
  'kms',
  's3',
  'httpApi',
  'secrets',
  'schedule',
] as const;
export type CostLine = (typeof COST_LINES)[number];

/** US dollars a month. */
export interface Cost {
  readonly lines: Readonly<Record<CostLine, number>>;
  readonly total: number;
}

const GB = 1_024 ** 3;
const MB_OF_GB = 1_024;
/** What Lambda itself logs of an invocation: its start, its end, its report. */
const PLATFORM_LOG_BYTES = 330;
/** One line of the HTTP API's access log. */
const ACCESS_LOG_BYTES = 250;
/** Months of logs, history and archive that are there at once: a year's. */
const MONTHS_KEPT = 12;
/** Months of snapshots of scores (400 days). */
const SNAPSHOT_DAYS = 400;
/** DynamoDB adds so much to every item that it stores. */
const ITEM_OVERHEAD = 100;
/** Bytes of an item that remembers a control of an account. */
const KNOWN_CONTROL = 90;

/** Data keys and secrets are kept for five minutes by whoever uses them. */
const KEPT_SECONDS = 300;
/**
 * Calls to KMS of one queue: a producer costs two, a consumer one, every five minutes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const PRODUCERS = { findings: 1, workflow: 6, cards: 6, changes: 6 } as const;
/** Lambda reads a queue whose event source is limited with five long polls at a time, messages or not. */
const POLLERS = 5;
const LONG_POLL_SECONDS = 20;
/** Of the stream's shards, each is copied to S3 at most every five minutes. */
const ARCHIVE_EVERY_SECONDS = 300;
/** A partition of the table, and so a shard of its stream, holds so much. */
const PARTITION_GB = 10;

const sum = (values: Iterable<number>) => [...values].reduce((so, value) => so + value, 0);

/** GB that the table holds after a year of this load. */
function tableGb(load: Load, { sizes }: PerItemFile, { work }: Month): number {
  const { accounts, controls, requests } = load;
  const items: readonly (readonly [number, number])[] = [
    [checksOf(load), sizes.issue],
    [controls, sizes.controlScore],
    [controls, KNOWN_CONTROL],
    [SNAPSHOT_DAYS, sizes.snapshot],
    // A year's requests: they stay when they are done.
    [requests * 52, sizes.request],
    [1, sizes.account],
    [1, sizes.knownAccount],
    [1, sizes.accountScore],
  ];
  const kept = sum(FUNCTIONS.map((name) => work[name].keptBytes)) * MONTHS_KEPT;
  return (accounts * sum(items.map(([count, bytes]) => count * (bytes + ITEM_OVERHEAD))) + kept) / GB;
}

/** Requests to the four queues, by their kind. */
function queueRequests({ work, findingsInBatch }: Month): { standard: number; fifo: number } {
  const idle = (MONTH_SECONDS / LONG_POLL_SECONDS) * POLLERS;
  const messages = work.findings.invocations * findingsInBatch;
  // Sent, received and deleted; what is received and deleted together costs once.
  const findings = messages + 2 * work.findings.invocations;
  const ordered = (name: FunctionName) => 3 * work[name].invocations + work[name].delayed;
  return {
    standard: findings + 3 * work.workflow.invocations + 2 * idle,
    fifo: ordered('cards') + ordered('changes') + 2 * idle,
  };
}

function kmsRequests({ environments }: Month): number {
  const periods = MONTH_SECONDS / KEPT_SECONDS;
  const queues = sum(Object.values(PRODUCERS).map((producers) => 2 * producers + 1));
  // The table's key and the logs' for each function, and the secret's for each environment.
  return periods * (queues + 2 * FUNCTIONS.length + environments);
}

/** What AWS takes for a month of this load. Security Hub's, GuardDuty's and Config's own prices are not in it. */
export function costOf(load: Load, perItem: PerItemFile, prices: Prices): Cost {
  const month = monthOf(load, perItem);
  const { work, seconds, environments } = month;
  const total = (counter: keyof Work) => sum(FUNCTIONS.map((name) => work[name][counter]));
  const usd = (name: keyof Prices, amount: number) => prices[name].usd * amount;
  const queues = queueRequests(month);
  const gb = tableGb(load, perItem, month);
  const minutes = DAYS * 1_440;
  const logGb =
    (total('logBytes') +
      total('invocations') * PLATFORM_LOG_BYTES +
      work.slack.invocations * ACCESS_LOG_BYTES) /
    GB;
  const archived = (total('keptBytes') * MONTHS_KEPT) / GB;
  const shards = Math.max(1, Math.ceil(gb / PARTITION_GB));
  const lines: Record<CostLine, number> = {
    lambda:
      usd('lambdaRequest', total('invocations')) +
      sum(FUNCTIONS.map((name) => usd('lambdaGbSecond', (seconds[name] * MEMORY_MB[name]) / MB_OF_GB))),
    dynamodbReads: usd('dynamodbRead', total('readUnits')),
    dynamodbWrites: usd('dynamodbWrite', total('writeUnits') + total('indexWriteUnits')),
    dynamodbStorage: usd('dynamodbStorage', gb) + usd('dynamodbPitr', gb),
    sqs: usd('sqsStandard', queues.standard) + usd('sqsFifo', queues.fifo),
    logs: usd('logsIngestion', logGb) + usd('logsStorage', logGb * MONTHS_KEPT),
    alarms: usd('metric', load.metrics) + usd('alarm', load.alarms),
    kms: usd('kmsKey', 1) + usd('kmsRequest', kmsRequests(month)),
    s3:
      usd('s3Storage', archived) +
      usd('s3Put', total('s3Puts') + (shards * MONTH_SECONDS) / ARCHIVE_EVERY_SECONDS),
    httpApi: usd('httpApi', work.slack.invocations),
    secrets: usd('secret', 1) + usd('secretCall', (environments * MONTH_SECONDS) / KEPT_SECONDS),
    schedule: usd('schedule', minutes),
  };
  return { lines, total: sum(Object.values(lines)) };
}
