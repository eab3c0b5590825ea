import { ArnFormat, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LayerVersion,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type Construct, Construct as Scope } from 'constructs';
import { codeOf, DRAWING, HANDLERS, type HandlerName } from './bundle-handlers';
import { QUEUE_NAMES, QUEUES, type QueueName } from './resources';

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

const FUNCTIONS: Readonly<Record<HandlerName, FunctionDescription>> = {
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

interface Polling {
  readonly batch: number;
  readonly windowSeconds?: number;
  /** Batches of a queue under way at a time; FIFO queues keep to one in a group by themselves. */
  readonly atOnce: number;
}

/**
 * As `local/main.ts` polls them. Limits are set here and not by reserving concurrency: a reserved function throttles, and
 * every throttle would count as a receive; and new accounts have nothing to reserve from.
 */
const POLLING: Readonly<Record<QueueName, Polling>> = {
  findings: { batch: 10, atOnce: 10 },
  // A batch is few calls to Security Hub; two is the least that SQS allows.
  workflow: { batch: 100, windowSeconds: 5, atOnce: 2 },
  cards: { batch: 1, atOnce: 10 },
  changes: { batch: 1, atOnce: 10 },
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

export type Functions = Readonly<Record<HandlerName, LambdaFunction>>;

/** One Lambda function a handler, each with a role of its own, and the queues that wake them. */
export function botFunctions(scope: Construct, around: FunctionSurroundings): Functions {
  const pictures = new LayerVersion(scope, 'PicturesLayer', {
    description: 'secops-bot: what pictures are drawn with, and the font',
    code: Code.fromAsset(around.code.pictures),
    compatibleArchitectures: [Architecture.ARM_64],
    compatibleRuntimes: [Runtime.NODEJS_24_X],
  });
  const made = HANDLERS.map((name) => [name, botFunction(scope, name, pictures, around)] as const);
  const functions = Object.fromEntries(made) as Record<HandlerName, LambdaFunction>;
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
  name: HandlerName,
  pictures: LayerVersion,
  around: FunctionSurroundings,
): LambdaFunction {
  const { what, memoryMb, timeoutSeconds, rights } = FUNCTIONS[name];
  const home = new Scope(scope, `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  const logGroup = new LogGroup(home, 'Log', {
    encryptionKey: around.key,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new Role(home, 'Role', {
    description: `secops-bot: ${what}`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      Handler: new PolicyDocument({ statements: statements(home, name, rights, logGroup, around) }),
    },
  });
  explainWildcards(role, around, rights);
  return new LambdaFunction(home, 'Function', {
    description: `secops-bot: ${what}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(codeOf(around.code.handlers, name)),
    memorySize: memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    environment: { ...around.environment },
    layers: DRAWING.includes(name) ? [pictures] : [],
    logGroup,
    role,
  });
}

/** Everything that a function may do, and nothing else: CDK's own grants give more than is called. */
function statements(
  scope: Construct,
  name: HandlerName,
  rights: Rights,
  logGroup: LogGroup,
  { key, table, queues, data, secret, memberRoleName, quarantinePrefix }: FunctionSurroundings,
): PolicyStatement[] {
  const allow = (service: string, actions: readonly string[], resources: readonly string[]) =>
    new PolicyStatement({
      actions: actions.map((action) => `${service}:${action}`),
      resources: [...resources],
    });
  const own = QUEUE_NAMES.find((queue) => queue === name);
  const { region } = Stack.of(scope);
  /** The key's use on behalf of these services only. */
  const useKey = (services: readonly string[], actions: readonly string[]) =>
    new PolicyStatement({
      actions: actions.map((action) => `kms:${action}`),
      resources: [key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`) },
      },
    });
  return [
    allow('logs', ['CreateLogStream', 'PutLogEvents'], [logGroup.logGroupArn]),
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
      ['dynamodb'],
      ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'DescribeKey'],
    ),
    useKey(['secretsmanager'], ['Decrypt']),
    useKey(['sqs'], ['Decrypt', 'GenerateDataKey']),
    ...(rights.quarantine ? [useKey(['s3'], ['GenerateDataKey'])] : []),
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
      ? [allow('sts', ['AssumeRole', 'SetSourceIdentity'], [memberRole(scope, memberRoleName)])]
      : []),
  ];
}

const memberRole = (scope: Construct, name: string): string =>
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
