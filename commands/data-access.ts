import { existsSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type RunFile, readRunFile } from '../local/run-file';
import { s3Objects } from '../src/aws';
import { type Quarantine, tableQuarantine } from '../src/quarantine';
import { dynamoTable, type Table } from '../src/store';

/** There is no bot to work with; the message says what to do. */
export class NoBotError extends Error {
  override readonly name = 'NoBotError';
}

/** How a command reaches the bot's data: the one running here, or the deployed one that the environment names. */
export interface DataAccess {
  readonly sqs: SQSClient;
  readonly findingsQueue: string;
  /** A client for the service in which a queue lies: some may be embedded while others are real. */
  readonly sqsOf: (queueUrl: string) => SQSClient;
  readonly quarantine: Quarantine;
  readonly table: Table;
  /** Present when the bot runs on this machine. */
  readonly run: RunFile | undefined;
}

const NEEDED = ['TABLE_NAME', 'FINDINGS_QUEUE_URL', 'DATA_BUCKET'] as const;

/** @throws NoBotError when neither a bot runs here nor the environment names a deployed one */
export function dataAccess(): DataAccess {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const run = readRunFile();
  if (run) Object.assign(process.env, run.environment);
  const [table, queue, bucket] = NEEDED.map((name) => process.env[name]);
  if (!table || !queue || !bucket) {
    throw new NoBotError(
      `No bot is running on this machine: start one with npm start, or name a deployed one in ${NEEDED.join(', ')}.`,
    );
  }
  const embedded = (service: string) => process.env[`AWS_ENDPOINT_URL_${service}`] !== undefined;
  // The embedded servers take any key; where AWS is real, the caller's own credentials are used.
  const keys = (service: string) =>
    embedded(service) ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {};
  const sqsOf = (queueUrl: string) => {
    const endpoint = new URL(queueUrl).origin;
    const queueIsLocal = endpoint === process.env['AWS_ENDPOINT_URL_SQS'];
    return new SQSClient({ endpoint, ...(queueIsLocal ? keys('SQS') : {}) });
  };
  const objects = s3Objects(new S3Client({ forcePathStyle: embedded('S3'), ...keys('S3') }), bucket);
  const records = dynamoTable(new DynamoDBClient(keys('DYNAMODB')), table);
  return {
    sqs: sqsOf(queue),
    findingsQueue: queue,
    sqsOf,
    quarantine: tableQuarantine(records, objects, () => new Date()),
    table: records,
    run,
  };
}
