import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { secopsApp } from '../../infra/secops-app';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8'));

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'cdk-out-'));
});

afterEach(() => rmSync(outdir, { recursive: true }));

function violations(app: App): string[] {
  return new AwsSolutionsChecks(app).validateScope(app).violations.map((violation) => violation.ruleName);
}

test('the app breaks no rule of the AWS Solutions pack and is synthesised without an account', () => {
  const app = secopsApp({ outdir, context });
  expect(violations(app)).toEqual([]);
  expect(app.synth().stacks.map((stack) => stack.stackName)).toEqual(['SecopsBot']);
});

test('a careless stack in the app is caught, and stops the synthesis', () => {
  const app = secopsApp({ outdir, context });
  const careless = new Stack(app, 'Careless');
  new Queue(careless, 'Queue');
  new Bucket(careless, 'Bucket');
  new Table(careless, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  expect(violations(app).sort()).toEqual([
    'AwsSolutions-DDB3', // no point-in-time recovery
    'AwsSolutions-S1', // no access logs
    'AwsSolutions-S10', // plain HTTP allowed
    'AwsSolutions-SQS3', // no dead letters
    'AwsSolutions-SQS4', // plain HTTP allowed
  ]);
  expect(() => app.synth()).toThrow(/Careless\/Queue\/Resource[\s\S]*AwsSolutions-SQS4/);
});
