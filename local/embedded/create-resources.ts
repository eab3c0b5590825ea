import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { MESSAGE_RETENTION_DAYS, QUEUE_NAMES, QUEUES, type QueueName, TABLE } from '../../infra/resources';
import { queueName, queueUrl } from './queue-url';
import { type Endpoints, LOCAL_CREDENTIALS, LOCAL_NAME, LOCAL_REGION } from './services';

export interface Resources {
  readonly tableName: string;
  readonly queueUrls: Readonly<Record<QueueName, string>>;
  readonly deadLetterUrls: Readonly<Record<QueueName, string>>;
  readonly bucket: string;
}

type Where = Pick<Endpoints, 'dynamodb' | 'sqs' | 's3'>;

/**
 * Makes the table, the queues with their dead-letter queues and the bucket from `infra/resources.ts`.
 * What is there already is kept.
 *
 * @param name what they are named after: lower-case letters, digits and hyphens (a bucket takes no other)
 */
export async function createResources(endpoints: Where, name: string = LOCAL_NAME): Promise<Resources> {
  const shared = { region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
  const dynamodb = new DynamoDBClient({ ...shared, endpoint: endpoints.dynamodb });
  const sqs = new SQSClient({ ...shared, endpoint: endpoints.sqs });
  const s3 = new S3Client({ ...shared, endpoint: endpoints.s3 });
  try {
    await Promise.all([
      createTable(dynamodb, name),
      Promise.all(QUEUE_NAMES.map((queue) => createQueue(sqs, endpoints.sqs, name, queue))),
      createBucket(s3, name),
    ]);
  } finally {
    for (const client of [dynamodb, sqs, s3]) client.destroy();
  }
  const urls = (deadLetter: boolean) => ({
    findings: queueUrl(endpoints.sqs, queueName(name, 'findings', deadLetter)),
    workflow: queueUrl(endpoints.sqs, queueName(name, 'workflow', deadLetter)),
    cards: queueUrl(endpoints.sqs, queueName(name, 'cards', deadLetter)),
    changes: queueUrl(endpoints.sqs, queueName(name, 'changes', deadLetter)),
  });
  return { tableName: name, queueUrls: urls(false), deadLetterUrls: urls(true), bucket: name };
}

async function createTable(dynamodb: DynamoDBClient, name: string): Promise<void> {
  const schema = ({ partition, sort }: { partition: string; sort: string }) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  const keys = [TABLE.key, ...Object.values(TABLE.indexes)].flatMap(({ partition, sort }) => [
    partition,
    sort,
  ]);
  try {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
        KeySchema: schema(TABLE.key),
        GlobalSecondaryIndexes: Object.entries(TABLE.indexes).map(([index, key]) => ({
          IndexName: index,
          KeySchema: schema(key),
          Projection: { ProjectionType: 'ALL' },
        })),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  // dynalite makes the table a tick after it has answered.
  for (;;) {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
  }
}

async function createQueue(sqs: SQSClient, endpoint: string, name: string, queue: QueueName): Promise<void> {
  const { fifo, visibilitySeconds, maxReceives } = QUEUES[queue];
  const attributes = {
    MessageRetentionPeriod: String(MESSAGE_RETENTION_DAYS * 86_400),
    ...(fifo ? { FifoQueue: 'true' } : {}),
  };
  const deadLetter = queueName(name, queue, true);
  await sqs.send(new CreateQueueCommand({ QueueName: deadLetter, Attributes: attributes }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl(endpoint, deadLetter), AttributeNames: ['QueueArn'] }),
  );
  await sqs.send(
    new CreateQueueCommand({
      QueueName: queueName(name, queue),
      Attributes: {
        ...attributes,
        VisibilityTimeout: String(visibilitySeconds),
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: Attributes?.QueueArn,
          maxReceiveCount: maxReceives,
        }),
      },
    }),
  );
}

async function createBucket(s3: S3Client, name: string): Promise<void> {
  try {
    await s3.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
}
