import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { QUEUE_NAMES, QUEUES, TABLE } from '../../infra/resources';
import { SecopsStack } from '../../infra/secops-stack';
import { stubCode } from './stub-code';

const ROOT = join(__dirname, '../..');
const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, never>;
  readonly DeletionPolicy?: string;
}

let stub: ReturnType<typeof stubCode>;
let stack: Stack;
let template: Template;
let resources: Record<string, Resource>;

beforeAll(() => {
  stub = stubCode();
  const app = new App({ context, outdir: stub.outdir });
  stack = new SecopsStack(app, 'Test', { code: stub.code });
  template = Template.fromStack(stack);
  resources = template.toJSON().Resources;
});

afterAll(() => stub.remove());

const ofType = (type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);

/** The one key, as other resources refer to it. */
const key = (): object => ({ 'Fn::GetAtt': [ofType('AWS::KMS::Key')[0]![0], 'Arn'] });

test('the template belongs to no account and no region', () => {
  const withoutHashes = JSON.stringify(template.toJSON()).replaceAll(/\b[0-9a-f]{64}\b/g, '');
  expect(withoutHashes).not.toMatch(/\d{12}|[a-z]{2}-[a-z]+-\d\b/);
});

test('one key that rotates and outlives the stack', () => {
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.hasResource('AWS::KMS::Key', {
    Properties: { EnableKeyRotation: true },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('the table is on demand, recoverable, undeletable and encrypted with that key', () => {
  template.resourceCountIs('AWS::DynamoDB::Table', 1);
  template.hasResource('AWS::DynamoDB::Table', {
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key() },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('the table has the keys and indexes that resources.ts names, all of them strings', () => {
  const schema = (pair: { partition: string; sort: string }) => [
    { AttributeName: pair.partition, KeyType: 'HASH' },
    { AttributeName: pair.sort, KeyType: 'RANGE' },
  ];
  template.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: schema({ partition: 'pk', sort: 'sk' }),
    GlobalSecondaryIndexes: Object.entries(TABLE.indexes).map(([IndexName, pair]) => ({
      IndexName,
      KeySchema: schema(pair),
      Projection: { ProjectionType: 'ALL' },
    })),
  });
  const attributes: { AttributeName: string; AttributeType: string }[] =
    ofType('AWS::DynamoDB::Table')[0]![1].Properties.AttributeDefinitions!;
  const named = [TABLE.key, ...Object.values(TABLE.indexes)].flatMap(({ partition, sort }) => [
    partition,
    sort,
  ]);
  expect(attributes.map((attribute) => attribute.AttributeName).sort()).toEqual([...new Set(named)].sort());
  expect(new Set(attributes.map((attribute) => attribute.AttributeType))).toEqual(new Set(['S']));
});

describe('queues', () => {
  test.each(QUEUE_NAMES)('%s: as resources.ts describes it, with dead letters of its own', (name) => {
    const { fifo, visibilitySeconds, maxReceives } = QUEUES[name];
    const found = ofType('AWS::SQS::Queue').filter(([id]) => id.toLowerCase().startsWith(name));
    const [[deadLetterId, deadLetters], [, queue]] = found as [[string, Resource], [string, Resource]];
    expect(found).toHaveLength(2);
    expect(queue.Properties).toMatchObject({
      VisibilityTimeout: visibilitySeconds,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [deadLetterId, 'Arn'] },
        maxReceiveCount: maxReceives,
      },
    });
    expect(deadLetters.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 60 * 60 });
    // SQS: the dead-letter queue of a FIFO queue is a FIFO queue, that of a standard queue a standard one.
    expect([queue.Properties.FifoQueue, deadLetters.Properties.FifoQueue]).toEqual(
      fifo ? [true, true] : [undefined, undefined],
    );
  });

  test('all are encrypted with the key and refuse plain HTTP', () => {
    const queues = ofType('AWS::SQS::Queue');
    // And one for events that no queue takes, one for writes that are not archived, one for alarms that Slack does not take.
    expect(queues).toHaveLength(11);
    for (const [id, queue] of queues) {
      expect(queue.Properties).toMatchObject({ KmsMasterKeyId: key() });
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: id }],
        PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([plainHttpDenied('sqs:*')]) }),
      });
    }
  });
});

describe('buckets', () => {
  test('all are private, refuse plain HTTP and old TLS, and outlive the stack', () => {
    const buckets = ofType('AWS::S3::Bucket');
    expect(buckets).toHaveLength(3);
    for (const [id, bucket] of buckets) {
      expect(bucket.DeletionPolicy).toBe('Retain');
      expect(bucket.Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      const statements = [plainHttpDenied('s3:*'), oldTlsDenied('s3:*')];
      template.hasResourceProperties('AWS::S3::BucketPolicy', {
        Bucket: { Ref: id },
        PolicyDocument: Match.objectLike({ Statement: Match.arrayWith(statements) }),
      });
    }
  });

  test('the data bucket is versioned, logged, encrypted with the key, and forgets quarantine after 90 days', () => {
    const logs = ofType('AWS::S3::Bucket').find(([id]) => id.startsWith('AccessLogs'))![0];
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: { Ref: logs } },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key() } },
        ],
      },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({ Prefix: 'quarantine/', ExpirationInDays: 90, Status: 'Enabled' }),
        ]),
      },
    });
  });
});

function plainHttpDenied(action: string) {
  return Match.objectLike({
    Action: action,
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

function oldTlsDenied(action: string) {
  return Match.objectLike({
    Action: action,
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
  });
}
