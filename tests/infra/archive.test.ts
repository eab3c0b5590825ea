import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ARCHIVED, archive } from '../../infra/archive';
import { DEPLOYMENT_SETTINGS, TABLE } from '../../infra/resources';
import { stubCode } from './stub-code';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8'));

let template: Template;
beforeAll(() => {
  const stub = stubCode();
  const stack = new Stack(new App({ context, outdir: stub.outdir }), 'Test');
  const string = (name: string) => ({ name, type: AttributeType.STRING });
  archive(stack, {
    key: new Key(stack, 'Key'),
    table: new Table(stack, 'Table', {
      partitionKey: string(TABLE.key.partition),
      sortKey: string(TABLE.key.sort),
      stream: StreamViewType.NEW_IMAGE,
    }),
    accessLogs: new Bucket(stack, 'AccessLogs'),
    deadLetters: {},
    code: stub.code,
    lock: new CfnParameter(stack, 'Lock', { default: 'compliance' }).valueAsString,
    years: new CfnParameter(stack, 'Years', { default: '7' }).valueAsString,
  });
  template = Template.fromStack(stack);
  stub.remove();
});

const only = (type: string) => {
  const found = Object.entries(template.findResources(type));
  expect(found).toHaveLength(1);
  const [id, resource] = found[0]!;
  return [id, resource['Properties'] as Record<string, unknown>] as const;
};
const bucketId = () =>
  Object.keys(template.findResources('AWS::S3::Bucket')).find((id) => id.startsWith('ArchiveObjects'))!;

test('the bucket locks what is put into it for as long as the settings say', () => {
  const modes = Object.keys(template.findMappings('*'))[0];
  template.hasResource('AWS::S3::Bucket', {
    Properties: {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: {
          DefaultRetention: {
            Mode: { 'Fn::FindInMap': [modes, { Ref: 'Lock' }, 'mode'] },
            Years: { Ref: 'Years' },
          },
        },
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { LogFilePrefix: 'archive/', DestinationBucketName: Match.anyValue() },
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
  expect(template.findMappings('*')[modes ?? '']).toEqual({
    compliance: { mode: 'COMPLIANCE' },
    governance: { mode: 'GOVERNANCE' },
  });
});

test('a deployment locks for seven years in compliance mode, unless it says otherwise', () => {
  const { ARCHIVE_LOCK: lock, ARCHIVE_YEARS: years } = DEPLOYMENT_SETTINGS;
  expect([lock?.default, years?.default]).toEqual(['compliance', '7']);
  const lets = (value: string) => new RegExp(`^(${years?.pattern})$`).test(value);
  expect(['1', '10', '99'].filter(lets)).toHaveLength(3);
  expect(['0', '-1', '100', '7.5', ''].filter(lets)).toEqual([]);
});

test('nothing is ever deleted by itself, and all of it can be read at once', () => {
  const { LifecycleConfiguration: life } =
    template.findResources('AWS::S3::Bucket')[bucketId()]!['Properties'];
  expect(life.Rules).toEqual([
    expect.objectContaining({ Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }] }),
    expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
  ]);
  expect(JSON.stringify(life)).not.toContain('Expiration');
});

test('the key that all of it is read with cannot be deleted just like that', () => {
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: Match.objectLike({
      Statement: Match.arrayWith([
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:ScheduleKeyDeletion', Resource: '*' },
      ]),
    }),
  });
});

test('nobody but the function can put anything into it, and the function can do nothing else there', () => {
  const [roleId, role] = only('AWS::IAM::Role');
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    Bucket: { Ref: bucketId() },
    PolicyDocument: Match.objectLike({
      Statement: Match.arrayWith([
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 's3:PutObject',
          Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucketId(), 'Arn'] }, '/*']] },
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [roleId, 'Arn'] } } },
        },
      ]),
    }),
  });
  expect(JSON.stringify(role).match(/s3:\w+/g)).toEqual(['s3:PutObject']);
});

test('the stream is read in order, again and again while the bucket is down, and what is given up is named', () => {
  const [, mapping] = only('AWS::Lambda::EventSourceMapping');
  const [uncopied] = only('AWS::SQS::Queue');
  expect(mapping).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    ParallelizationFactor: 1,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [uncopied, 'Arn'] } } },
  });
  // As often as it takes, but not past the day for which a stream keeps a record.
  expect(mapping).not.toHaveProperty('MaximumRetryAttempts');
  expect(mapping['MaximumRecordAgeInSeconds']).toBeLessThan(24 * 3600);
  const { Filters: filters } = mapping['FilterCriteria'] as { Filters: { Pattern: string }[] };
  expect(filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual(ARCHIVED);
});

test('the function knows neither Slack nor the rest of the bot', () => {
  const [, made] = only('AWS::Lambda::Function');
  expect(made['Environment']).toEqual({ Variables: { ARCHIVE_BUCKET: { Ref: bucketId() } } });
  expect(made).not.toHaveProperty('Layers');
});
