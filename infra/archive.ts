import { CfnMapping, CfnOutput, Duration, Token, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { FilterCriteria, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Bucket, BucketEncryption, type CfnBucket, type IBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { GUARDED } from './guarded';
import { type NodeSurroundings, nodeFunction } from './node-function';
import { allow, useKey } from './statements';

/**
 * Which writes of the table are archived; the keys are those of ARCHITECTURE.md. Lambda filters streams by the record's
 * `dynamodb` alone: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 */
export const ARCHIVED = [
  // History of any record.
  { dynamodb: { Keys: { pk: { S: [{ suffix: '#H' }] }, sk: { S: [{ prefix: 'S#' }] } } } },
  // An audit event is written whole to several partitions, and always to that of its day: AUDIT#2026-11-24.
  { dynamodb: { Keys: { pk: { S: [{ prefix: 'AUDIT#2' }] } } } },
  // A change whose outcome is known, with the frozen payload that its hash is of.
  {
    dynamodb: {
      Keys: { pk: { S: [{ prefix: 'CH#' }] }, sk: { S: ['CHANGE'] } },
      NewImage: { status: { S: ['applied', 'failed', 'unknown', 'denied', 'expired', 'undone'] } },
    },
  },
] as const;

/**
 * A batch waits this long, so that there are few objects; what waits is safe in the stream, which keeps it for 24 hours.
 * Before they are over a batch is given up, so that what it held is at least named.
 */
const STREAM = {
  batchSize: 10_000,
  maxBatchingWindow: Duration.minutes(5),
  maxRecordAge: Duration.hours(22),
} as const;

/** The cheapest class that is read at once, as Athena needs it. S3 leaves objects below 128 KB where they cost less. */
const CHEAPER_AFTER = Duration.days(90);

export interface ArchiveSurroundings extends NodeSurroundings {
  readonly key: Key;
  /** With a stream of new images. */
  readonly table: Table;
  readonly accessLogs: Bucket;
  readonly deadLetters: QueueProps;
  /** `compliance` or `governance`, and years: values of the template's parameters. */
  readonly lock: string;
  readonly years: string;
}

export interface MadeArchive {
  readonly copier: LambdaFunction;
  /** Names batches that could not be copied in time. */
  readonly uncopied: Queue;
}

/** A bucket in which nothing can be altered or deleted, and the function that copies history and audit log there. */
export function archive(scope: Construct, around: ArchiveSurroundings): MadeArchive {
  const { key, table } = around;
  const bucket = archiveBucket(scope, around);
  const uncopied = new Queue(scope, 'UncopiedWrites', around.deadLetters);
  Validations.of(uncopied).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself: of the stream that is copied to the archive.',
  });
  const stream = table.tableStreamArn ?? '';
  const { made: copier, role } = nodeFunction(
    scope,
    'archive',
    {
      what: 'copies history and audit log to the archive',
      memoryMb: 512,
      timeoutSeconds: 60,
      environment: { ARCHIVE_BUCKET: bucket.bucketName },
      may: [
        // As AWS's own example lists them:
        // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html
        allow('dynamodb', ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'], [stream]),
        useKey(key, ['dynamodb'], ['Decrypt']),
        allow('s3', ['PutObject'], [bucket.arnForObjects('records/*')]),
        useKey(key, ['s3'], ['GenerateDataKey']),
        allow('sqs', ['SendMessage'], [uncopied.queueArn]),
        useKey(key, ['sqs'], ['Decrypt', 'GenerateDataKey']),
      ],
    },
    around,
  );
  const { defaultChild } = bucket.node;
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${bucket.stack.getLogicalId(defaultChild as CfnBucket)}.Arn>/records/*]`,
    reason: 'The names of objects follow from their day and content; there is nothing else in the bucket.',
  });
  onlyFrom(role.roleArn, bucket);
  stayReadable(key);
  copier.addEventSourceMapping('Stream', {
    ...STREAM,
    eventSourceArn: stream,
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: ARCHIVED.map((pattern) => FilterCriteria.filter(pattern)),
    // One batch of a shard after the other: the archive is in the order of the stream.
    parallelizationFactor: 1,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    // CDK's own target would grant what stands in the role already.
    onFailure: { bind: () => ({ destination: uncopied.queueArn }) },
  });
  new CfnOutput(scope, 'ArchiveBucket', {
    description: 'History and audit log, for years; docs/archive.md says how to read them',
    value: bucket.bucketName,
  });
  return { copier, uncopied };
}

function archiveBucket(scope: Construct, { key, accessLogs, lock, years }: ArchiveSurroundings): Bucket {
  const bucket = new Bucket(scope, 'ArchiveObjects', {
    ...GUARDED,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    // Object Lock locks versions.
    versioned: true,
    objectLockEnabled: true,
    serverAccessLogsBucket: accessLogs as IBucket,
    serverAccessLogsPrefix: 'archive/',
    lifecycleRules: [
      {
        id: 'Cheaper',
        transitions: [
          { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: CHEAPER_AFTER },
        ],
      },
      { id: 'Uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
  });
  const modes = new CfnMapping(scope, 'ArchiveLockModes', {
    mapping: { compliance: { mode: 'COMPLIANCE' }, governance: { mode: 'GOVERNANCE' } },
  });
  (bucket.node.defaultChild as CfnBucket).objectLockConfiguration = {
    objectLockEnabled: 'Enabled',
    rule: {
      defaultRetention: {
        mode: modes.findInMap(lock, 'mode'),
        years: Token.asNumber(years),
      },
    },
  };
  return bucket;
}

/** What nobody but the function can add to, nobody can add a false record to. */
function onlyFrom(role: string, bucket: Bucket): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': role } },
    }),
  );
}

/** Object Lock guards what is written, not the key that it is read with. */
function stayReadable(key: Key): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['kms:ScheduleKeyDeletion'],
      resources: ['*'],
    }),
  );
}
