import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { secopsApp } from '../../infra/secops-app';
import { stubCode } from './stub-code';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8'));

let stub: ReturnType<typeof stubCode>;
beforeEach(() => {
  stub = stubCode();
});
afterEach(() => stub.remove());

const app = (complete = true) => secopsApp({ ...stub.code, complete }, { outdir: stub.outdir, context });

function violations(made: App): string[] {
  return new AwsSolutionsChecks(made).validateScope(made).violations.map((violation) => violation.ruleName);
}

test('the app breaks no rule of the AWS Solutions pack and is synthesised without an account', () => {
  const made = app();
  expect(violations(made)).toEqual([]);
  expect(made.synth().stacks.map((stack) => stack.stackName)).toEqual(['SecopsBot']);
});

test('a careless stack in the app is caught, and stops the synthesis', () => {
  const made = app();
  const careless = new Stack(made, 'Careless');
  new Queue(careless, 'Queue');
  new Bucket(careless, 'Bucket');
  new Table(careless, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } });
  expect(violations(made).sort()).toEqual([
    'AwsSolutions-DDB3', // no point-in-time recovery
    'AwsSolutions-S1', // no access logs
    'AwsSolutions-S10', // plain HTTP allowed
    'AwsSolutions-SQS3', // no dead letters
    'AwsSolutions-SQS4', // plain HTTP allowed
  ]);
  expect(() => made.synth()).toThrow(/Careless\/Queue\/Resource[\s\S]*AwsSolutions-SQS4/);
});

test('says when pictures could not be drawn', () => {
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const said = (complete: boolean) =>
    app(complete)
      .synth()
      .stacks.flatMap(({ messages }) => messages.map(({ entry }) => JSON.stringify(entry.data)));
  expect(said(true)).toEqual([]);
  expect(said(false)).toEqual([expect.stringContaining('npm run deploy')]);
  expect(printed).toHaveBeenCalled();
  printed.mockRestore();
});
