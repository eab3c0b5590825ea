import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STACK_NAME, STACK_OUTPUTS } from '../infra/resources';
import { type RunFile, readRunFile } from '../local/run-file';
import {
  callerIdentity,
  type DeployedStack,
  findDeployedStack,
  type RoleSession,
  s3Objects,
  stsClient,
} from '../src/aws';
import { type Quarantine, tableQuarantine } from '../src/quarantine';
import { dynamoTable, type Table } from '../src/store';
import { readDeployment } from './deploy/read-deployment';
import type { WhichBot } from './which-bot';

/** There is no bot to work with; the message says what to do. */
export class NoBotError extends Error {
  override readonly name = 'NoBotError';
}

/** What a command is about to do with the bot's data: a deployed one has a role for each. */
export type Purpose = 'read' | 'change';

/** What clients of AWS's own services take beside what the environment says; nothing where that says it all. */
export interface AwsReach {
  /** The stand-in's address, where one runs. */
  readonly endpoint?: string;
  readonly credentials?: RoleSession | { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** How a command reaches the bot's data. */
export interface DataAccess {
  readonly sqs: SQSClient;
  readonly findingsQueue: string;
  /** A client for the service in which a queue lies: some may be embedded while others are real. */
  readonly sqsOf: (queueUrl: string) => SQSClient;
  readonly quarantine: Quarantine;
  readonly table: Table;
  /** For Security Hub, Organizations and STS. */
  readonly aws: AwsReach;
  /** Who is at work: the name that AWS knows them by where the bot is deployed, else that of this machine's user. */
  readonly operator: string;
  /** Present when the bot runs on this machine. */
  readonly run: RunFile | undefined;
  /** Present when the bot was named by its settings file. */
  readonly deployed: DeployedStack | undefined;
}

const NEEDED = ['TABLE_NAME', 'FINDINGS_QUEUE_URL', 'DATA_BUCKET'] as const;
const LOCAL_KEYS = { accessKeyId: 'local', secretAccessKey: 'local' };

const ROLES: Readonly<Record<Purpose, string>> = {
  read: STACK_OUTPUTS.reader,
  change: STACK_OUTPUTS.operator,
};

/**
 * Opens the data of the bot that a settings file names; else of the one that runs here; else of the one that the
 * environment names. Its settings are in the environment afterwards.
 * @throws NoBotError when there is none
 * @throws StackOutOfReach when the deployed one cannot be worked with
 */
export async function dataAccess({ settings }: WhichBot, purpose: Purpose): Promise<DataAccess> {
  if (settings !== undefined) {
    const deployed = await deployedBot(settings);
    const aws = await reachFor(purpose, deployed);
    return { ...open(() => aws), aws, operator: deployed.operator, run: undefined, deployed };
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  const run = readRunFile();
  if (run) Object.assign(process.env, run.environment);
  return {
    ...open(localKeys),
    aws: run?.aws === undefined ? {} : { endpoint: run.aws, credentials: LOCAL_KEYS },
    operator: userInfo().username,
    run,
    deployed: undefined,
  };
}

/**
 * What the role for this purpose reaches. It is said which stack that is, so that whoever works sees it before anything is
 * done.
 * @throws StackOutOfReach when they may not assume the role
 */
export async function reachFor(purpose: Purpose, deployed: DeployedStack): Promise<AwsReach> {
  const { stack, account, region, operator } = deployed;
  const credentials = await deployed.session(ROLES[purpose]);
  const says = purpose === 'read' ? 'read only' : 'this may change it';
  console.error(`${stack} in ${account}, ${region}, as ${operator}: ${says}.`);
  return { credentials };
}

/**
 * The stack of a settings file. What the functions find in their environment, this process has in its own afterwards.
 * @throws StackOutOfReach
 */
export async function deployedBot(file: string): Promise<DeployedStack> {
  const { account, region, settings } = readDeployment(file);
  process.env['AWS_REGION'] = region;
  const sts = stsClient();
  const deployed = await findDeployedStack(
    { stack: STACK_NAME, account, region },
    { identity: callerIdentity(sts), sts, cloudFormation: new CloudFormationClient({ maxAttempts: 3 }) },
  );
  const output = (name: keyof typeof STACK_OUTPUTS) => deployed.output(STACK_OUTPUTS[name]);
  Object.assign(process.env, settings, {
    TABLE_NAME: output('table'),
    FINDINGS_QUEUE_URL: output('findings'),
    WORKFLOW_QUEUE_URL: output('workflow'),
    CARDS_QUEUE_URL: output('cards'),
    CHANGES_QUEUE_URL: output('changes'),
    DATA_BUCKET: output('bucket'),
  });
  return deployed;
}

type Service = 'DYNAMODB' | 'SQS' | 'S3';

/**
 * The embedded servers take any key; where AWS is real, the caller's own credentials are used.
 * @param endpoint where what is asked for lies, if it says so itself
 */
function localKeys(service: Service, endpoint?: string): AwsReach {
  const embedded = process.env[`AWS_ENDPOINT_URL_${service}`];
  return embedded !== undefined && (endpoint ?? embedded) === embedded ? { credentials: LOCAL_KEYS } : {};
}

/** Table, queues and bucket that the environment names. */
function open(
  keys: (service: Service, endpoint?: string) => AwsReach,
): Pick<DataAccess, 'sqs' | 'findingsQueue' | 'sqsOf' | 'quarantine' | 'table'> {
  const [table, queue, bucket] = NEEDED.map((name) => process.env[name]);
  if (!table || !queue || !bucket) {
    throw new NoBotError(
      `No bot is running on this machine: start one with npm start, or name a deployed one with --settings FILE, or in ${NEEDED.join(', ')}.`,
    );
  }
  const sqsOf = (queueUrl: string) => {
    const endpoint = new URL(queueUrl).origin;
    return new SQSClient({ endpoint, ...keys('SQS', endpoint) });
  };
  const s3 = new S3Client({
    forcePathStyle: process.env['AWS_ENDPOINT_URL_S3'] !== undefined,
    ...keys('S3'),
  });
  const records = dynamoTable(new DynamoDBClient(keys('DYNAMODB')), table);
  return {
    sqs: sqsOf(queue),
    findingsQueue: queue,
    sqsOf,
    quarantine: tableQuarantine(records, s3Objects(s3, bucket), () => new Date()),
    table: records,
  };
}
