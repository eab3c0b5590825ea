import { DescribeTableCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { QUEUE_NAMES, QUEUES, TABLE } from '../../../infra/resources';
import { openWorld, type World } from '../../setup/world';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

async function receive(queueUrl: string, seconds?: number): Promise<Message[]> {
  const { Messages = [] } = await world.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      ...(seconds === undefined ? {} : { VisibilityTimeout: seconds }),
    }),
  );
  return Messages;
}

const bodies = (messages: readonly Message[]) => messages.map((message) => message.Body);

async function attributesOf(queueUrl: string): Promise<Record<string, string>> {
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
  return (await world.sqs.send(command)).Attributes ?? {};
}

const send = (body: string, group: string, id = body) =>
  world.sqs.send(
    new SendMessageCommand({
      QueueUrl: world.queueUrls.cards,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: id,
    }),
  );

const hide = (message: Message | undefined, seconds: number) =>
  world.sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: world.queueUrls.cards,
      ReceiptHandle: message?.ReceiptHandle,
      VisibilityTimeout: seconds,
    }),
  );

describe('the table', () => {
  it('has the keys and indexes of the description', async () => {
    const { Table } = await world.dynamodb.send(new DescribeTableCommand({ TableName: world.tableName }));
    const keys = (schema: { AttributeName?: string | undefined }[] = []) =>
      schema.map((key) => key.AttributeName);
    expect(keys(Table?.KeySchema)).toEqual([TABLE.key.partition, TABLE.key.sort]);
    const indexes = Object.fromEntries(
      Table?.GlobalSecondaryIndexes?.map((index) => [index.IndexName, keys(index.KeySchema)]) ?? [],
    );
    expect(indexes).toEqual(
      Object.fromEntries(
        Object.entries(TABLE.indexes).map(([name, key]) => [name, [key.partition, key.sort]]),
      ),
    );
  });

  it('has whole items in its indexes, and only those with the index key', async () => {
    const put = (item: Record<string, string>) =>
      world.dynamodb.send(
        new PutItemCommand({
          TableName: world.tableName,
          Item: Object.fromEntries(Object.entries(item).map(([name, S]) => [name, { S }])),
        }),
      );
    await put({ pk: 'a', sk: '1', clockPk: 'hour#0', nextAt: '2026-11-20T00:00:00.000Z', text: 'due' });
    await put({ pk: 'a', sk: '2', text: 'never due' });
    const { Items } = await world.dynamodb.send(
      new QueryCommand({
        TableName: world.tableName,
        IndexName: 'clock',
        KeyConditionExpression: 'clockPk = :hour',
        ExpressionAttributeValues: { ':hour': { S: 'hour#0' } },
      }),
    );
    expect(Items?.map((item) => item['text']?.S)).toEqual(['due']);
  });
});

describe('the queues', () => {
  it.each(QUEUE_NAMES)(
    '%s has the visibility, retention and dead-letter queue of the description',
    async (queue) => {
      const attributes = await attributesOf(world.queueUrls[queue]);
      const deadLetter = await attributesOf(world.deadLetterUrls[queue]);
      const fortnight = String(14 * 86_400);
      expect(attributes).toMatchObject({
        VisibilityTimeout: String(QUEUES[queue].visibilitySeconds),
        MessageRetentionPeriod: fortnight,
      });
      expect(attributes['FifoQueue']).toBe(QUEUES[queue].fifo ? 'true' : undefined);
      expect(JSON.parse(attributes['RedrivePolicy'] ?? '')).toEqual({
        deadLetterTargetArn: deadLetter['QueueArn'],
        maxReceiveCount: QUEUES[queue].maxReceives,
      });
      expect(deadLetter).toMatchObject({ MessageRetentionPeriod: fortnight });
    },
  );

  it('move a message to the dead-letter queue after its last receive', async () => {
    const { findings } = world.queueUrls;
    await world.sqs.send(new SendMessageCommand({ QueueUrl: findings, MessageBody: 'poison' }));
    for (let i = 0; i < QUEUES.findings.maxReceives; i += 1) {
      expect(bodies(await receive(findings, 0))).toEqual(['poison']);
    }
    expect(await receive(findings, 0)).toEqual([]);
    expect(bodies(await receive(world.deadLetterUrls.findings))).toEqual(['poison']);
  });

  it('take messages of up to 1 MiB', async () => {
    const { findings } = world.queueUrls;
    const body = 'あ'.repeat(349_525); // 1,048,575 bytes
    await world.sqs.send(new SendMessageCommand({ QueueUrl: findings, MessageBody: body }));
    expect(bodies(await receive(findings))).toEqual([body]);
    const larger = new SendMessageCommand({ QueueUrl: findings, MessageBody: `${body}xx` });
    await expect(world.sqs.send(larger)).rejects.toThrow(/shorter than 1048576 bytes/);
    const half = 'x'.repeat(600_000);
    const batch = ['1', '2'].map((Id) => ({ Id, MessageBody: half }));
    await expect(
      world.sqs.send(new SendMessageBatchCommand({ QueueUrl: findings, Entries: batch })),
    ).rejects.toMatchObject({ name: 'BatchRequestTooLong' });
  });
});

describe('a FIFO queue', () => {
  it('drops what it has been sent under the same deduplication id', async () => {
    await send('first', 'C1', 'card:1');
    await send('second', 'C1', 'card:1');
    expect(bodies(await receive(world.queueUrls.cards))).toEqual(['first']);
  });

  it('gives one message of a group at a time, in order, while other groups go on', async () => {
    await send('a1', 'A');
    await send('a2', 'A');
    await send('b1', 'B');
    const first = await receive(world.queueUrls.cards);
    expect(bodies(first)).toEqual(['a1', 'b1']);
    await send('c1', 'C');
    expect(bodies(await receive(world.queueUrls.cards))).toEqual(['c1']);

    await world.sqs.send(
      new DeleteMessageCommand({
        QueueUrl: world.queueUrls.cards,
        ReceiptHandle: first[0]?.ReceiptHandle,
      }),
    );
    expect(bodies(await receive(world.queueUrls.cards))).toEqual(['a2']);
  });

  it('holds a group for as long as its message is hidden, and gives the same message first', async () => {
    await send('a1', 'A');
    await send('a2', 'A');
    const [message] = await receive(world.queueUrls.cards);
    await hide(message, 30);
    expect(await receive(world.queueUrls.cards)).toEqual([]);
    await hide(message, 0);
    const again = await receive(world.queueUrls.cards);
    expect(bodies(again)).toEqual(['a1']);
    expect(again[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: '2', MessageGroupId: 'A' });
  });

  it('counts what waits and what is under way', async () => {
    await send('a1', 'A');
    await send('a2', 'A');
    await send('b1', 'B');
    await receive(world.queueUrls.cards);
    expect(await attributesOf(world.queueUrls.cards)).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '2',
      ApproximateNumberOfMessagesDelayed: '0',
    });
  });
});

describe('the environment', () => {
  const saved = { ...process.env };
  afterEach(() => {
    process.env = { ...saved };
  });

  it('is all that SDK clients need to find the embedded servers', async () => {
    Object.assign(process.env, world.environment);
    const env = (name: string) => process.env[name] ?? '';
    const clients = { dynamodb: new DynamoDBClient({}), sqs: new SQSClient({}), s3: new S3Client({}) };

    await clients.s3.send(
      new PutObjectCommand({ Bucket: env('DATA_BUCKET'), Key: '生/a.json', Body: '{"a":1}' }),
    );
    const { Body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: env('DATA_BUCKET'), Key: '生/a.json' }),
    );
    expect(await Body?.transformToString()).toBe('{"a":1}');
    await clients.sqs.send(
      new SendMessageCommand({ QueueUrl: env('WORKFLOW_QUEUE_URL'), MessageBody: 'hello' }),
    );
    expect(bodies(await receive(world.queueUrls.workflow))).toEqual(['hello']);
    const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName: env('TABLE_NAME') }));
    expect(Table?.TableName).toBe(world.tableName);
    for (const client of Object.values(clients)) client.destroy();
  });
});
