import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  type Function as LambdaFunction,
  LayerVersion,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DRAWING, type HandlerName } from './bundle-handlers';
import { nodeFunction } from './node-function';
import { POLLING, QUEUE_NAMES, QUEUES, type QueueName } from './resources';
import { allow, useKey } from './statements';

/** What a function may do beside reading its queue, the table, and Slack's secret. */
interface Rights {
  readonly writesTable: readonly ('PutItem' | 'UpdateItem')[];
  readonly sends: readonly QueueName[];
  readonly securityHub: readonly string[];
  readonly indexes?: readonly string[];
  /** Keeps what cannot be read in the bucket. */
  readonly quarantine?: true;
  /** Lets messages of its queue come back later. */
  readonly delays?: true;
  /** Assumes the role in member accounts. */
  readonly members?: true;
}

/** Whoever works with the bot; those that copy to the archive and tell alarms know nothing of it. */
type BotHandler = Exclude<HandlerName, 'archive' | 'alarms'>;

interface FunctionDescription {
  readonly what: string;
  readonly memoryMb: number;
  /** Functions with a queue have all the time but a few seconds that the queue hides a message. */
  readonly timeoutSeconds: number;
  readonly rights: Rights;
}

const READS_HUB = ['GetFindings', 'GetFindingHistory'];
/** So long before the queue gives a message to another worker, its function is over. */
const BEFORE_VISIBLE_SECONDS = 10;
const queued = (name: QueueName) => QUEUES[name].visibilitySeconds - BEFORE_VISIBLE_SECONDS;

const FUNCTIONS: Readonly<Record<BotHandler, FunctionDescription>> = {
  findings: {
    what: 'takes findings in',
    memoryMb: 512,
    timeoutSeconds: queued('findings'),
    rights: {
      writesTable: ['PutItem', 'UpdateItem'],
      sends: ['cards', 'workflow', 'changes'],
      securityHub: READS_HUB,
      quarantine: true,
    },
  },
  changes: {
    what: 'applies what people want, and answers them',
    memoryMb: 1024,
    timeoutSeconds: queued('changes'),
    rights: {
      writesTable: ['PutItem', 'UpdateItem'],
      sends: ['cards', 'workflow', 'changes'],
      indexes: ['byOwner', 'byUrgency', 'byChange'],
      // The second of the last two is what AWS names the first to depend on.
      securityHub: [...READS_HUB, 'GetMembers', 'BatchGetSecurityControls', 'DescribeStandardsControls'],
      members: true,
    },
  },
  cards: {
    what: 'shows records in Slack',
    memoryMb: 1024,
    timeoutSeconds: queued('cards'),
    rights: {
      writesTable: ['PutItem', 'UpdateItem'],
      sends: ['cards', 'workflow', 'changes'],
      securityHub: [],
      delays: true,
    },
  },
  workflow: {
    what: 'makes Security Hub follow the records',
    memoryMb: 512,
    timeoutSeconds: queued('workflow'),
    rights: {
      writesTable: ['PutItem', 'UpdateItem'],
      sends: ['cards', 'workflow', 'changes'],
      securityHub: ['BatchUpdateFindings'],
    },
  },
  clock: {
    what: 'wakes what is due, every minute',
    memoryMb: 512,
    timeoutSeconds: 300,
    rights: {
      writesTable: ['PutItem', 'UpdateItem'],
      sends: ['cards', 'workflow', 'changes'],
      securityHub: [],
      indexes: ['clock'],
    },
  },
  slack: {
    what: 'answers Slack',
    // A whole processor: Slack waits three seconds, the first start included.
    memoryMb: 1769,
    timeoutSeconds: 10,
    // A request that is listed gets its own card at the press that wants it.
    rights: {
      writesTable: ['PutItem'],
      sends: ['cards', 'changes'],
      securityHub: [],
      indexes: ['byOwner', 'byUrgency', 'byChange'],
    },
  },
};

export interface FunctionSurroundings {
  readonly key: Key;
  readonly table: Table;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  readonly data: Bucket;
  readonly secret: Secret;
  readonly memberRoleName: string;
  /** What every function finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where `bundleHandlers` has put the code, and `layPictures` the layer. */
  readonly code: { readonly handlers: string; readonly pictures: string };
  readonly quarantinePrefix: string;
}

/** By the names of their handlers. */
export type Functions = Readonly<Record<HandlerName, LambdaFunction>>;

/** One Lambda function a handler of the bot, each with a role of its own, and the queues that wake them. */
export function botFunctions(scope: Construct, around: FunctionSurroundings): Pick<Functions, BotHandler> {
  const pictures = new LayerVersion(scope, 'PicturesLayer', {
    description: 'secops-bot: what pictures are drawn with, and the font',
    code: Code.fromAsset(around.code.pictures),
    compatibleArchitectures: [Architecture.ARM_64],
    compatibleRuntimes: [Runtime.NODEJS_24_X],
  });
  const names = Object.keys(FUNCTIONS) as BotHandler[];
  const made = names.map((name) => [name, botFunction(scope, name, pictures, around)] as const);
  const functions = Object.fromEntries(made) as Record<BotHandler, LambdaFunction>;
  for (const name of QUEUE_NAMES) {
    const { batch, windowSeconds, atOnce } = POLLING[name];
    functions[name].addEventSourceMapping('Queue', {
      eventSourceArn: around.queues[name].queueArn,
      batchSize: batch,
      ...(windowSeconds !== undefined && { maxBatchingWindow: Duration.seconds(windowSeconds) }),
      maxConcurrency: atOnce,
      reportBatchItemFailures: true,
    });
  }
  return functions;
}

function botFunction(
  scope: Construct,
  name: BotHandler,
  pictures: LayerVersion,
  around: FunctionSurroundings,
): LambdaFunction {
  const { rights, ...description } = FUNCTIONS[name];
  const { made, role } = nodeFunction(
    scope,
    name,
    {
      ...description,
      environment: around.environment,
      layers: DRAWING.includes(name) ? [pictures] : [],
      may: statements(scope, name, rights, around),
    },
    around,
  );
  explainWildcards(role, around, rights);
  return made;
}

/** Everything that a function may do beside writing its log, and nothing else. */
function statements(
  scope: Construct,
  name: BotHandler,
  rights: Rights,
  { key, table, queues, data, secret, memberRoleName, quarantinePrefix }: FunctionSurroundings,
): PolicyStatement[] {
  const own = QUEUE_NAMES.find((queue) => queue === name);
  return [
    allow('secretsmanager', ['GetSecretValue'], [secret.secretArn]),
    allow('dynamodb', ['GetItem', 'Query', ...rights.writesTable], [table.tableArn]),
    ...(rights.indexes
      ? [
          allow(
            'dynamodb',
            ['Query'],
            rights.indexes.map((index) => `${table.tableArn}/index/${index}`),
          ),
        ]
      : []),
    // What DynamoDB does with a table's key in its reader's name:
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
    useKey(
      key,
      ['dynamodb'],
      ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'DescribeKey'],
    ),
    useKey(key, ['secretsmanager'], ['Decrypt']),
    useKey(key, ['sqs'], ['Decrypt', 'GenerateDataKey']),
    ...(rights.quarantine ? [useKey(key, ['s3'], ['GenerateDataKey'])] : []),
    allow(
      'sqs',
      ['SendMessage'],
      rights.sends.map((queue) => queues[queue].queueArn),
    ),
    ...(own
      ? [
          allow(
            'sqs',
            [
              'ReceiveMessage',
              'DeleteMessage',
              'GetQueueAttributes',
              ...(rights.delays ? ['ChangeMessageVisibility'] : []),
            ],
            [queues[own].queueArn],
          ),
        ]
      : []),
    ...(rights.quarantine ? [allow('s3', ['PutObject'], [data.arnForObjects(`${quarantinePrefix}*`)])] : []),
    // Half of these know no narrower resource, and the others' is the account's one hub.
    ...(rights.securityHub.length > 0 ? [allow('securityhub', rights.securityHub, ['*'])] : []),
    ...(rights.members
      ? [allow('sts', ['AssumeRole', 'SetSourceIdentity', 'TagSession'], [memberRole(scope, memberRoleName)])]
      : []),
  ];
}

/** The role that the bot assumes, in any account. */
export const memberRole = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    account: '*',
    resource: 'role',
    resourceName: name,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });

/** cdk-nag wants a reason for each wildcard. */
function explainWildcards(role: Role, around: FunctionSurroundings, rights: Rights): void {
  const explained: readonly (readonly [boolean, string, string])[] = [
    [
      rights.securityHub.length > 0,
      '*',
      "Security Hub's calls know no narrower resource than the account's one hub, and some know none at all.",
    ],
    [
      rights.members === true,
      memberRole(role, '<MemberRoleName>').replace(/\$\{Token\[AWS\.Partition\.\d+\]\}/, '<AWS::Partition>'),
      'The accounts are registered in Slack, after the deployment; each decides by its role whether it lets the bot in.',
    ],
  ];
  for (const [used, resource, reason] of explained) {
    if (used) Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }
  if (rights.quarantine) {
    const { node } = around.data;
    const bucket = Stack.of(role).getLogicalId(node.defaultChild as never);
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${around.quarantinePrefix}*]`,
      reason: 'The names of quarantined messages are their message ids, which SQS gives.',
    });
  }
}
