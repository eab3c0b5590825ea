import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { STACK_NAME, STACK_OUTPUTS } from '../../infra/resources';
import type { Role } from '../../local/aws';
import { manualClock, openSpine, type Spine } from '../setup/spine';
import { type Ran, runCommand } from './run-command';
import { type WatchedRequest, watchServer } from './watched-server';

export const HUB = '999999999999';
export const HOME = 'ap-northeast-1';
/** Who is signed in, by the name of their session. */
export const ALICE = 'alice';
const ALICE_ARN = `arn:aws:sts::${HUB}:assumed-role/AWSReservedSSO_SecOps_0123456789abcdef/${ALICE}`;
export const READER = `arn:aws:iam::${HUB}:role/SecopsBot-ReaderRole`;
export const OPERATOR = `arn:aws:iam::${HUB}:role/SecopsBot-OperatorRole`;

const SETTINGS = `AWS_ACCOUNT_ID: '${HUB}'
AWS_REGION: ${HOME}
SLACK_TEAM_ID: T0EXAMPLE
SLACK_BOT_ID: B0EXAMPLE
SLACK_BOT_USER_ID: U0EXAMPLE
DEFAULT_CHANNEL_ID: C0REQUESTS
SECURITY_CHANNEL_ID: C0SECURITY
MEMBER_EXTERNAL_ID: ours
`;

/** What one of the stack's roles has asked for, as `tests/infra/golden/actions.json` writes it. */
export interface Asked {
  /** Name of the role, or of the session that was none of the stack's. */
  readonly role: string;
  readonly right: string;
}

/** A stack as CloudFormation and STS tell of it, over the table, queues and bucket of a bot of the test's own. */
export interface DeployedBot {
  readonly spine: Spine;
  readonly folder: string;
  readonly settings: string;
  /** Runs a command of somebody who is signed in, with the settings file. */
  run(command: string, ...args: string[]): Promise<Ran>;
  /** The same with another file, or other variables. */
  runWith(
    change: { readonly settings?: string; readonly environment?: Readonly<Record<string, string>> },
    command: string,
    ...args: string[]
  ): Promise<Ran>;
  /** Everything that was asked of AWS by commands. */
  asked(): Promise<readonly Asked[]>;
  writeSettings(name: string, change: (text: string) => string): string;
  deploy(status?: string, without?: readonly string[]): Promise<void>;
  letIn(...roles: readonly Role[]): Promise<void>;
  close(): Promise<void>;
}

const capital = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const ORGANIZATIONS = ['ListAccounts', 'DescribeOrganization'];
const STS = ['AssumeRole', 'GetCallerIdentity'];

function serviceOf(operation: string): string {
  if (STS.includes(operation)) return 'sts';
  if (ORGANIZATIONS.includes(operation)) return 'organizations';
  return operation === 'DescribeStacks' ? 'cloudformation' : 'securityhub';
}

export async function openDeployedBot(): Promise<DeployedBot> {
  const folder = mkdtempSync(join(tmpdir(), 'deployed-'));
  // The commands have a clock of their own.
  const spine = await openSpine({ clock: manualClock(new Date().toISOString()) });
  const { environment, queueUrls, tableName, bucket } = spine.world;
  const [dynamodb, sqs, s3] = await Promise.all(
    ['DYNAMODB', 'SQS', 'S3'].map((service) => watchServer(environment[`AWS_ENDPOINT_URL_${service}`] ?? '')),
  );
  if (!dynamodb || !sqs || !s3) throw new Error('a server is missing');
  const through = (queueUrl: string) => queueUrl.replace(new URL(queueUrl).origin, sqs.url);
  const aws = spine.aws.url;
  const signedIn = {
    AWS_ACCESS_KEY_ID: 'AKIAALICE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: folder,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    AWS_ENDPOINT_URL_SQS: sqs.url,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ENDPOINT_URL_STS: aws,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws,
    AWS_ENDPOINT_URL_SECURITYHUB: aws,
    AWS_ENDPOINT_URL_ORGANIZATIONS: aws,
  };
  const writeSettings: DeployedBot['writeSettings'] = (name, change) => {
    const file = join(folder, name);
    writeFileSync(file, change(SETTINGS));
    return file;
  };
  const settings = writeSettings('settings.yml', (text) => text);
  const deploy: DeployedBot['deploy'] = async (status = 'UPDATE_COMPLETE', without = []) => {
    const outputs = Object.entries({
      [STACK_OUTPUTS.table]: tableName,
      [STACK_OUTPUTS.bucket]: bucket,
      [STACK_OUTPUTS.findings]: through(queueUrls.findings),
      [STACK_OUTPUTS.workflow]: through(queueUrls.workflow),
      [STACK_OUTPUTS.cards]: through(queueUrls.cards),
      [STACK_OUTPUTS.changes]: through(queueUrls.changes),
      [STACK_OUTPUTS.reader]: READER,
      [STACK_OUTPUTS.operator]: OPERATOR,
      [STACK_OUTPUTS.slack]: 'https://abc.execute-api.ap-northeast-1.amazonaws.com/slack/events',
    }).filter(([name]) => !without.includes(name));
    await spine.hub.setStacks([
      { name: STACK_NAME, region: HOME, status, outputs: Object.fromEntries(outputs) },
    ]);
  };
  const letIn: DeployedBot['letIn'] = (...roles) =>
    spine.hub.setRoles([{ arn: READER }, { arn: OPERATOR }, ...roles]);
  await spine.hub.setCallers([{ accessKeyId: 'AKIAALICE', arn: ALICE_ARN }]);
  await deploy();
  await letIn();
  const runWith: DeployedBot['runWith'] = (change, command, ...args) =>
    runCommand(command, [...args, '--settings', change.settings ?? settings], folder, {
      ...signedIn,
      ...change.environment,
    });

  const arns = new Map<string, string>();
  const arnOf = async (accessKeyId: string): Promise<string> => {
    const known = arns.get(accessKeyId);
    if (known !== undefined) return known;
    const credentials = { accessKeyId, secretAccessKey: 'any' };
    const sts = new STSClient({ endpoint: aws, region: HOME, credentials });
    const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    arns.set(accessKeyId, Arn);
    return Arn;
  };
  const roleOf = (arn: string) => arn.split('/')[1]?.replace('SecopsBot-', '') ?? arn;
  const rightOf: Readonly<Record<string, (asked: WatchedRequest) => string>> = {
    dynamodb({ operation, body }) {
      const { IndexName: index } = JSON.parse(body) as { readonly IndexName?: string };
      return `dynamodb:${operation} on <Table>${index === undefined ? '' : `/index/${index}`}`;
    },
    sqs({ operation, body }) {
      const { QueueUrl } = JSON.parse(body) as { readonly QueueUrl: string };
      const [queue = QueueUrl] = Object.entries(queueUrls).find(([, url]) => through(url) === QueueUrl) ?? [];
      return `sqs:${operation} on <${capital(queue)}Queue>`;
    },
    s3({ method, path }) {
      const [, , prefix = ''] = path.split('?')[0]?.split('/') ?? [];
      const operation = { GET: 'GetObject', PUT: 'PutObject', DELETE: 'DeleteObject' }[method] ?? method;
      return `s3:${operation} on <Data>/${prefix}/*`;
    },
  };

  return {
    spine,
    folder,
    settings,
    run: (command, ...args) => runWith({}, command, ...args),
    runWith,
    async asked() {
      const found: Asked[] = [];
      for (const [service, { requests }] of Object.entries({ dynamodb, sqs, s3 })) {
        for (const asked of requests) {
          const right = rightOf[service]?.(asked) ?? service;
          found.push({ role: roleOf(await arnOf(asked.accessKeyId)), right });
        }
      }
      for (const { operation, caller, input } of await spine.hub.calls()) {
        const { RoleArn: on = '*' } = input as { readonly RoleArn?: string };
        found.push({ role: roleOf(caller), right: `${serviceOf(operation)}:${operation} on ${on}` });
      }
      return found;
    },
    writeSettings,
    deploy,
    letIn,
    async close() {
      await Promise.all([dynamodb.close(), sqs.close(), s3.close(), spine.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}
