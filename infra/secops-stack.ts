import {
  CfnOutput,
  CfnParameter,
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alarmTeller } from './alarm-teller';
import { alarms } from './alarms';
import { archive } from './archive';
import { botFunctions } from './functions';
import { GUARDED } from './guarded';
import { operatorRoles } from './operator-role';
import {
  DEPLOYMENT_SETTINGS,
  EXPIRES_AT,
  type KeyPair,
  MESSAGE_RETENTION_DAYS,
  QUEUE_NAMES,
  QUEUES,
  type QueueName,
  STACK_OUTPUTS,
  TABLE,
} from './resources';
import { clockSchedule, findingsRule, slackApi } from './ways-in';

const QUARANTINE = { prefix: 'quarantine/', keptFor: Duration.days(90) } as const;
const ACCESS_LOGS_KEPT_FOR = Duration.days(365);

export interface SecopsStackProps extends StackProps {
  /** Where `bundleHandlers` has put the handlers' code, and `layPictures` the layer. */
  readonly code: { readonly handlers: string; readonly pictures: string };
}

/**
 * What the bot keeps (one table, four queues with their dead-letter queues, one bucket, Slack's secret, and the key to it
 * all), the archive, its functions, what wakes them, and who is told when something goes wrong.
 */
export class SecopsStack extends Stack {
  constructor(scope: Construct, id: string, { code, ...props }: SecopsStackProps) {
    super(scope, id, props);
    const key = stackKey(this);
    const kept = table(this, key);
    const made = QUEUE_NAMES.map((name) => [name, queue(this, name, key)] as const);
    const queues = Object.fromEntries(made.map(([name, { queue }]) => [name, queue])) as Record<
      QueueName,
      Queue
    >;
    const accessLogs = accessLogsBucket(this);
    const data = dataBucket(this, key, accessLogs);
    const secret = slackSecret(this, key);
    const settings = deploymentParameters(this);
    const environment = {
      ...Object.fromEntries(
        Object.entries(settings).filter(([name]) => !DEPLOYMENT_SETTINGS[name]?.forStack),
      ),
      TABLE_NAME: kept.tableName,
      FINDINGS_QUEUE_URL: queues.findings.queueUrl,
      WORKFLOW_QUEUE_URL: queues.workflow.queueUrl,
      CARDS_QUEUE_URL: queues.cards.queueUrl,
      CHANGES_QUEUE_URL: queues.changes.queueUrl,
      DATA_BUCKET: data.bucketName,
      SLACK_SECRET_ARN: secret.secretArn,
      CONFIG_DIR: '/var/task/config',
    };
    const bot = botFunctions(this, {
      key,
      table: kept,
      queues,
      data,
      secret,
      code,
      memberRoleName: settings['MEMBER_ROLE_NAME'] ?? '',
      quarantinePrefix: QUARANTINE.prefix,
      environment,
    });
    for (const [name, value] of [
      [STACK_OUTPUTS.table, kept.tableName],
      [STACK_OUTPUTS.bucket, data.bucketName],
      ...QUEUE_NAMES.map((queue) => [STACK_OUTPUTS[queue], queues[queue].queueUrl] as const),
    ] as const) {
      new CfnOutput(this, name, { description: 'For commands at the terminal', value });
    }
    const { copier, uncopied } = archive(this, {
      key,
      table: kept,
      accessLogs,
      deadLetters: common(key),
      code,
      lock: settings['ARCHIVE_LOCK'] ?? '',
      years: settings['ARCHIVE_YEARS'] ?? '',
    });
    // Dashboards have one list in all Regions.
    const dashboardName = `${this.stackName}-${this.region}`;
    const telling = alarmTeller(this, {
      key,
      code,
      secret,
      environment,
      dashboardName,
      deadLetters: common(key),
    });
    const functions = { ...bot, archive: copier, alarms: telling.teller };
    operatorRoles(this, {
      key,
      table: kept,
      queues,
      data,
      quarantinePrefix: QUARANTINE.prefix,
      memberRoleName: settings['MEMBER_ROLE_NAME'] ?? '',
      principals: settings['OPERATOR_PRINCIPALS'] ?? '',
    });
    new CfnOutput(this, 'BotRoleArn', {
      description: 'For infra/member/secops-bot-member.yml: who assumes the role in member accounts',
      value: functions.changes.role?.roleArn ?? '',
    });
    const undelivered = new Queue(this, 'UndeliveredFindings', common(key));
    Validations.of(undelivered).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself: of the rule that sends findings.',
    });
    const rule = findingsRule(this, queues.findings, undelivered);
    clockSchedule(this, functions.clock);
    const api = slackApi(this, functions.slack, key);
    alarms(this, {
      key,
      queues,
      deadLetters: {
        ...Object.fromEntries(made.map(([name, { deadLetters }]) => [name, deadLetters])),
        undelivered,
        alarms: telling.untold,
      },
      uncopied,
      telling,
      dashboardName,
      functions,
      api,
      rule,
    });
  }
}

function stackKey(scope: Stack): Key {
  const key = new Key(scope, 'Key', {
    description: 'secops-bot: all that it keeps, logs and sends',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const { account, region, partition, urlSuffix } = scope;
  const use = ['kms:Decrypt', 'kms:GenerateDataKey*'];
  // Alarms go to an encrypted topic, and from there, where that fails, into an encrypted queue. For EventBridge, which puts
  // events into one, its target sees to it.
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: ['cloudwatch', 'sns'].map((service) => new ServicePrincipal(`${service}.amazonaws.com`)),
      actions: use,
      resources: ['*'],
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${region}.${urlSuffix}`)],
      actions: [...use, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:Describe*'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*`,
        },
      },
    }),
  );
  return key;
}

/** The parameters of the template, by the environment variable that each becomes. */
function deploymentParameters(scope: Construct): Record<string, string> {
  return Object.fromEntries(
    Object.entries(DEPLOYMENT_SETTINGS).map(([name, { parameter, what, pattern, default: otherwise }]) => {
      const made = new CfnParameter(scope, parameter, {
        description: what,
        allowedPattern: `^(${pattern})$`,
        ...(otherwise !== undefined && { default: otherwise }),
        ...(name === 'MEMBER_EXTERNAL_ID' && { noEcho: true }),
      });
      return [name, made.valueAsString];
    }),
  );
}

function slackSecret(scope: Construct, key: Key): Secret {
  const secret = new Secret(scope, 'SlackSecret', {
    description: 'secops-bot: {"botToken": "xoxb-…", "signingSecret": "…"} of the Slack app',
    encryptionKey: key,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'Slack gives tokens and signing secrets to people only; whoever puts a new one is enough to rotate it.',
  });
  new CfnOutput(scope, 'SlackSecretArn', {
    description: 'Put token and signing secret here',
    value: secret.secretArn,
  });
  return secret;
}

function table(scope: Construct, key: Key): Table {
  const made = new Table(scope, 'Table', {
    ...dynamoKey(TABLE.key),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    // What the archive is copied from; it is encrypted like the table.
    stream: StreamViewType.NEW_IMAGE,
    timeToLiveAttribute: EXPIRES_AT,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const [indexName, pair] of Object.entries(TABLE.indexes)) {
    made.addGlobalSecondaryIndex({ indexName, ...dynamoKey(pair) });
  }
  return made;
}

function dynamoKey({ partition, sort }: KeyPair) {
  return {
    partitionKey: { name: partition, type: AttributeType.STRING },
    sortKey: { name: sort, type: AttributeType.STRING },
  };
}

/** What all queues have in common. */
function common(key: Key) {
  return {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(MESSAGE_RETENTION_DAYS),
  };
}

function queue(scope: Construct, name: QueueName, key: Key): { queue: Queue; deadLetters: Queue } {
  const { fifo, visibilitySeconds, maxReceives } = QUEUES[name];
  const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  // SQS takes `fifo: true` or nothing.
  const both = { ...common(key), ...(fifo && { fifo }) };
  const deadLetters = new Queue(scope, `${id}DeadLetters`, both);
  const made = new Queue(scope, `${id}Queue`, {
    ...both,
    visibilityTimeout: Duration.seconds(visibilitySeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: maxReceives },
  });
  return { queue: made, deadLetters };
}

function accessLogsBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'AccessLogs', {
    ...GUARDED,
    // S3 delivers access logs to no bucket that is encrypted with a KMS key.
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ id: 'AccessLogs', expiration: ACCESS_LOGS_KEPT_FOR }],
  });
}

function dataBucket(scope: Construct, key: Key, accessLogs: Bucket): Bucket {
  return new Bucket(scope, 'Data', {
    ...GUARDED,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    versioned: true,
    // Bucket declares `isWebsite` as possibly undefined, IBucket as possibly absent.
    serverAccessLogsBucket: accessLogs as IBucket,
    lifecycleRules: [
      {
        id: 'Quarantine',
        prefix: QUARANTINE.prefix,
        expiration: QUARANTINE.keptFor,
        noncurrentVersionExpiration: Duration.days(1),
      },
      { id: 'Uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
  });
}
