import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { drawAlarm } from '../../blocks/cards/alarm';
import { SecopsStack } from '../../infra/secops-stack';
import { METRICS, METRICS_NAMESPACE, METRICS_SERVICE } from '../../src/metrics';
import { LANGUAGES } from '../../src/playbooks';
import { readAloud } from '../blocks/read-aloud';
import { stubCode } from './stub-code';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8'));

type Properties = Record<string, unknown>;
let resources: Record<string, { readonly Type: string; readonly Properties: Properties }>;
beforeAll(() => {
  const stub = stubCode();
  const stack = new SecopsStack(new App({ context, outdir: stub.outdir }), 'Test', { code: stub.code });
  ({ Resources: resources } = Template.fromStack(stack).toJSON());
  stub.remove();
});

const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
const only = (type: string, name = ''): [string, Properties] => {
  const found = ofType(type).filter(([id]) => id.startsWith(name));
  expect(found).toHaveLength(1);
  const [[id, { Properties }]] = found as unknown as [[string, { Properties: Properties }]];
  return [id, Properties];
};
const alarms = () => ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
const nameOf = (alarm: Properties) => String(alarm['AlarmName']);

test('each has a name of its own that stays, and says what to do', () => {
  const names = alarms().map(nameOf);
  expect(names.every((name) => /^Test-[A-Za-z0-9]+$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(30);
});

describe.each(LANGUAGES)('in Slack (%s)', (language) => {
  test('each has its own words, and no two the same', () => {
    const said = alarms().map((alarm) => {
      const { blocks } = drawAlarm(
        {
          name: nameOf(alarm),
          state: 'ALARM',
          at: '2026-11-24T01:00:00.000Z',
          region: 'ap-northeast-1',
          description: 'in English',
          reason: 'Threshold Crossed',
          dashboard: 'Test',
        },
        language,
      );
      // What it says, and what to do.
      const [first] = blocks;
      return [nameOf(alarm), readAloud(first)] as const;
    });
    const old = alarms().find((alarm) => nameOf(alarm).endsWith('-SecretOld'));
    expect(Object.fromEntries(said)[nameOf(old ?? {})]).toContain(`${String(old?.['Threshold'])} `);
    // An alarm without words would show what CloudWatch knows of it.
    expect(said.filter(([, text]) => text.includes('in English')).map(([name]) => name)).toEqual([]);
    expect(new Set(said.map(([, text]) => text)).size).toBe(said.length);
  });
});

test('alarms go to the function that tells them, and what it cannot tell to a dead-letter queue', () => {
  const [topic] = only('AWS::SNS::Topic');
  const [teller] = only('AWS::Lambda::Function', 'Alarms');
  const [untold] = only('AWS::SQS::Queue', 'UntoldAlarms');
  const queue = { 'Fn::GetAtt': [untold, 'Arn'] };
  expect(only('AWS::SNS::Subscription')[1]).toMatchObject({
    TopicArn: { Ref: topic },
    Protocol: 'lambda',
    Endpoint: { 'Fn::GetAtt': [teller, 'Arn'] },
    RedrivePolicy: { deadLetterTargetArn: queue },
  });
  expect(only('AWS::Lambda::EventInvokeConfig')[1]).toMatchObject({
    FunctionName: { Ref: teller },
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnFailure: { Destination: queue } },
  });
  // SNS may put what it cannot deliver into the queue, and use the key for it.
  const policies = JSON.stringify(ofType('AWS::SQS::QueuePolicy').filter(([id]) => id.startsWith('Untold')));
  expect(policies).toContain('"Service":"sns.amazonaws.com"');
  expect(JSON.stringify(only('AWS::KMS::Key'))).toContain('"sns.amazonaws.com"');
});

test('what the bot measures is what alarms and dashboard look at, and all of it is shown', () => {
  const [, { DashboardBody }] = only('AWS::CloudWatch::Dashboard');
  const parts = (DashboardBody as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  const body = parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  const { widgets } = JSON.parse(body) as { widgets: { properties: { metrics: unknown[][] } }[] };
  const shown = widgets
    .flatMap(({ properties }) => properties.metrics)
    .filter(([namespace]) => namespace === METRICS_NAMESPACE)
    .map(([, name, dimension, value]) => {
      expect([dimension, value]).toEqual(['service', METRICS_SERVICE]);
      return String(name);
    });
  expect([...new Set(shown)].toSorted()).toEqual(Object.keys(METRICS).toSorted());

  const watched = alarms().filter(({ Namespace }) => Namespace === METRICS_NAMESPACE);
  expect(watched).toHaveLength(7);
  for (const { MetricName, Dimensions, EvaluationPeriods, Period } of watched) {
    expect(Object.keys(METRICS)).toContain(MetricName);
    expect(Dimensions).toEqual([{ Name: 'service', Value: METRICS_SERVICE }]);
    // CloudWatch looks back a day at most.
    expect(Number(EvaluationPeriods) * Number(Period)).toBeLessThanOrEqual(86_400);
  }
});

test('the messages lead to the dashboard that there is', () => {
  const [, { Environment }] = only('AWS::Lambda::Function', 'Alarms');
  const { Variables } = Environment as { Variables: Properties };
  const [, { DashboardName }] = only('AWS::CloudWatch::Dashboard');
  expect(Variables['DASHBOARD_NAME']).toEqual(DashboardName);
});
