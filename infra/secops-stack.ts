import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  EXPIRES_AT,
  type KeyPair,
  MESSAGE_RETENTION_DAYS,
  QUEUE_NAMES,
  QUEUES,
  type QueueName,
  TABLE,
} from './resources';

const QUARANTINE = { prefix: 'quarantine/', keptFor: Duration.days(90) } as const;
const ACCESS_LOGS_KEPT_FOR = Duration.days(365);

/** What the bot keeps: one table, four queues with their dead-letter queues, one bucket, and the key to it all. */
export class SecopsStack extends Stack {
  readonly table: Table;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  readonly data: Bucket;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const key = new Key(this, 'Key', {
      description: 'secops-bot: table, queues and data bucket',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = table(this, key);
    this.queues = Object.fromEntries(QUEUE_NAMES.map((name) => [name, queue(this, name, key)])) as Record<
      QueueName,
      Queue
    >;
    this.data = dataBucket(this, key);
  }
}

function table(scope: Construct, key: Key): Table {
  const made = new Table(scope, 'Table', {
    ...dynamoKey(TABLE.key),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
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

function queue(scope: Construct, name: QueueName, key: Key): Queue {
  const { fifo, visibilitySeconds, maxReceives } = QUEUES[name];
  const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const common = {
    // SQS takes `fifo: true` or nothing.
    ...(fifo && { fifo }),
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(MESSAGE_RETENTION_DAYS),
  };
  return new Queue(scope, `${id}Queue`, {
    ...common,
    visibilityTimeout: Duration.seconds(visibilitySeconds),
    deadLetterQueue: { queue: new Queue(scope, `${id}DeadLetters`, common), maxReceiveCount: maxReceives },
  });
}

function dataBucket(scope: Construct, key: Key): Bucket {
  const guarded = {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN,
  };
  const accessLogs = new Bucket(scope, 'AccessLogs', {
    ...guarded,
    // S3 delivers access logs to no bucket that is encrypted with a KMS key.
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ id: 'AccessLogs', expiration: ACCESS_LOGS_KEPT_FOR }],
  });
  return new Bucket(scope, 'Data', {
    ...guarded,
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
