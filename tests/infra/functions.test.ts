import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseDocument } from 'yaml';
import { HANDLERS } from '../../infra/bundle-handlers';
import { DEPLOYMENT_SETTINGS, QUEUE_NAMES, QUEUES, STACK_OUTPUTS } from '../../infra/resources';
import { SecopsStack } from '../../infra/secops-stack';
import { FINDING_EVENTS, SLACK_PATH } from '../../infra/ways-in';
import { loadCatalogue } from '../../src/controls';
import { readFindings } from '../../src/findings';
import { readSettings } from '../../src/settings';
import { stubCode } from './stub-code';

const ROOT = join(__dirname, '../..');
const GOLDEN = join(__dirname, 'golden/actions.json');
const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
/** Functions that are not put together from the bot and its settings. */
const OUTSIDE_BOT: readonly string[] = ['archive', 'alarms'];

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}
interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

let resources: Record<string, Resource>;
let outputs: Record<string, { Value: unknown }>;
let parameters: Record<string, { Default?: string; AllowedPattern: string }>;

beforeAll(() => {
  const stub = stubCode();
  const template = Template.fromStack(
    new SecopsStack(new App({ context, outdir: stub.outdir }), 'Test', { code: stub.code }),
  ).toJSON();
  stub.remove();
  ({ Resources: resources, Parameters: parameters, Outputs: outputs } = template);
});

const ofType = (type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);
const named = (type: string, name: string): Resource => {
  const found = ofType(type).filter(([id]) => id.toLowerCase().startsWith(name));
  expect(found).toHaveLength(1);
  return found[0]![1];
};
const functionOf = (name: string) => named('AWS::Lambda::Function', `${name}function`).Properties;

/** A CloudFormation value as one readable text. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[how, what] = ['', '']] = Object.entries(value as Record<string, unknown>);
  if (how === 'Ref') return `<${String(what).replace(/[0-9A-F]{8}$/, '')}>`;
  if (how === 'Fn::GetAtt') {
    const [id = '', attribute] = what as string[];
    return `<${id.replace(/[0-9A-F]{8}$/, '')}>${attribute === 'Arn' ? '' : `.${attribute}`}`;
  }
  if (how === 'Fn::Join') return (what as [string, unknown[]])[1].map(text).join('');
  throw new Error(`${how} is not read here`);
}

const list = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** What each role of the stack may do: a line for every action and resource. */
function permissions(): Record<string, string[]> {
  const roles = ofType('AWS::IAM::Role').map(([id, { Properties }]) => {
    const policies = (Properties['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
    const lines = policies
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .flatMap(({ Effect, Action, Resource, Condition }) => {
        expect(Effect).toBe('Allow');
        const when = Condition as { StringEquals: { 'kms:ViaService': unknown[] } } | undefined;
        const through = list(when?.StringEquals['kms:ViaService'] ?? []).map(text);
        const suffix = through.length === 0 ? '' : ` through ${through.join(', ')}`;
        return list(Action).flatMap((action) =>
          list(Resource).map((resource) => `${action} on ${text(resource)}${suffix}`),
        );
      });
    return [id.replace(/[0-9A-F]{8}$/, ''), lines.sort()] as const;
  });
  return Object.fromEntries(roles.sort(([a], [b]) => a.localeCompare(b)));
}

describe('roles', () => {
  // A function needs another action: write the line into the file as well, where a reviewer sees it.
  test('may do what the golden file says, and nothing else', () => {
    expect(permissions()).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });

  test('one a function, and nobody adds to them from elsewhere', () => {
    const roles = ofType('AWS::Lambda::Function').map(([, { Properties }]) =>
      JSON.stringify(Properties['Role']),
    );
    expect(new Set(roles).size).toBe(HANDLERS.length);
    expect(ofType('AWS::IAM::Policy')).toEqual([]);
    for (const [, { Properties }] of ofType('AWS::IAM::Role')) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  test('those that go into member accounts are told, for their template', () => {
    const goers = Object.entries(permissions()).filter(([, lines]) =>
      lines.join().includes('sts:AssumeRole'),
    );
    const told = ['BotRoleArn', STACK_OUTPUTS.reader].map((output) => text(outputs[output]?.Value));
    expect(goers.map(([role]) => `<${role}>`)).toEqual(told);
  });

  test('no action has a wildcard, and nobody may delete what is kept or undo its protection', () => {
    const actions = Object.values(permissions())
      .flat()
      .map((line) => line.split(' on ')[0] ?? '');
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(new Set(actions.filter((action) => /Delete|Put.*Policy|Scan|iam:/.test(action)))).toEqual(
      new Set(['sqs:DeleteMessage']),
    );
  });
});

describe('functions', () => {
  test('one for every entry point in handlers/', () => {
    const entries = readdirSync(join(ROOT, 'handlers'))
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => /^export const handler\b/m.test(readFileSync(join(ROOT, 'handlers', file), 'utf8')))
      .map((file) => file.replace('.ts', ''));
    expect([...HANDLERS].sort()).toEqual(entries.sort());
    expect(ofType('AWS::Lambda::Function')).toHaveLength(entries.length);
  });

  test.each(HANDLERS)('%s: Node.js 24 on arm64, with a log of its own that is kept a year', (name) => {
    expect(functionOf(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
    const log = named('AWS::Logs::LogGroup', `${name}log`).Properties;
    expect(log).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() });
  });

  test('only those that draw pictures carry what draws them', () => {
    const drawing = HANDLERS.filter((name) => functionOf(name)['Layers'] !== undefined);
    expect(drawing.sort()).toEqual(['cards', 'changes']);
  });

  test('find all their settings, and no secret, in the environment', () => {
    const given: Record<string, string> = {
      SlackTeamId: 'T0EXAMPLE',
      SlackBotId: 'B0EXAMPLE',
      SlackBotUserId: 'U0EXAMPLE',
      DefaultChannelId: 'C0REQUESTS',
      SecurityChannelId: 'C0SECURITY',
    };
    const required = Object.entries(parameters).filter(([, { Default }]) => Default === undefined);
    expect(
      required
        .map(([name]) => name)
        .filter((name) => name !== 'BootstrapVersion')
        .sort(),
    ).toEqual(Object.keys(given).sort());
    for (const name of HANDLERS.filter((one) => !OUTSIDE_BOT.includes(one))) {
      const { Variables } = functionOf(name)['Environment'] as { Variables: Record<string, unknown> };
      const environment = Object.fromEntries(
        Object.entries(Variables).map(([variable, value]) => {
          const parameter = (value as { Ref?: string }).Ref ?? '';
          return [variable, given[parameter] ?? parameters[parameter]?.Default ?? text(value)];
        }),
      );
      const secret = 'arn:aws:secretsmanager:example';
      const settings = readSettings({
        ...environment,
        SLACK_SECRET_ARN: secret,
        SLACK_BOT_TOKEN: 'xoxb-test',
      });
      // A fresh deployment watches, and does nothing.
      expect(settings).toMatchObject({ UNKNOWN_ACCOUNT_MODE: 'observe', QUIET: 'on', RECONCILE: 'on' });
      expect(Object.keys(environment).filter((variable) => /TOKEN|SIGNING/.test(variable))).toEqual([]);
    }
  });

  test('parameters let in what the settings do', () => {
    const lets = (name: string, value: string) => {
      const { AllowedPattern } = parameters[DEPLOYMENT_SETTINGS[name]!.parameter]!;
      return new RegExp(AllowedPattern).test(value);
    };
    expect(lets('SECURITY_ANALYSTS', 'S0ANALYSTS, U0LEAD')).toBe(true);
    expect(lets('SECURITY_ANALYSTS', '')).toBe(true);
    expect(lets('SECURITY_ANALYSTS', 'boss')).toBe(false);
    expect(lets('DEFAULT_CHANNEL_ID', '#general')).toBe(false);
    expect(lets('RANKING_CHANNEL_ID', '')).toBe(true);
    expect(lets('MEMBER_ROLE_NAME', 'arn:aws:iam::111122223333:role/x')).toBe(false);
    expect(lets('UNKNOWN_ACCOUNT_MODE', 'on')).toBe(false);
    for (const [name, { default: otherwise }] of Object.entries(DEPLOYMENT_SETTINGS)) {
      if (otherwise !== undefined) expect([name, lets(name, otherwise)]).toEqual([name, true]);
    }
  });
});

describe('ways in', () => {
  test.each(QUEUE_NAMES)('%s: its function is over before its messages come back', (name) => {
    expect(functionOf(name)['Timeout']).toBeLessThan(QUEUES[name].visibilitySeconds);
    const mapping = named('AWS::Lambda::EventSourceMapping', name).Properties;
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: expect.any(Number) },
    });
    expect(text(mapping['EventSourceArn']).toLowerCase()).toBe(`<${name}queue>`);
    // A batch of a FIFO queue may hold several groups, and one that fails would hold up the others.
    if (QUEUES[name].fifo) expect(mapping['BatchSize']).toBe(1);
  });

  test('every event that holds findings goes to their queue, and to a dead-letter queue when it cannot', () => {
    const [[, rule]] = ofType('AWS::Events::Rule') as [[string, Resource]];
    expect(rule.Properties['EventPattern']).toEqual({
      source: FINDING_EVENTS.source,
      'detail-type': FINDING_EVENTS.detailType,
    });
    const [target] = rule.Properties['Targets'] as [{ Arn: unknown; DeadLetterConfig: { Arn: unknown } }];
    expect([text(target.Arn), text(target.DeadLetterConfig.Arn)]).toEqual([
      '<FindingsQueue>',
      '<UndeliveredFindings>',
    ]);
    // As the door says: what it names in a refusal is all that it reads.
    const [refusal] = readFindings(
      JSON.stringify({ 'detail-type': 'x' }),
      loadCatalogue(join(ROOT, 'config')),
    ).refusals;
    const read = [...(refusal?.problem ?? '').matchAll(/"([^"]+)"/g)].map(([, type]) => type);
    expect(new Set(read.filter((type) => type !== 'x'))).toEqual(new Set(FINDING_EVENTS.detailType));
  });

  test('the clock is called every minute, and a failed call is not repeated', () => {
    const [[, schedule]] = ofType('AWS::Scheduler::Schedule') as [[string, Resource]];
    expect(schedule.Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { RetryPolicy: { MaximumRetryAttempts: 0 } },
    });
  });

  test('Slack has one path, throttled; the log of requests holds neither bodies nor headers', () => {
    const [[, route], ...others] = ofType('AWS::ApiGatewayV2::Route') as [[string, Resource]];
    expect(others).toEqual([]);
    expect(route.Properties['RouteKey']).toBe(`POST ${SLACK_PATH}`);
    const manifest = parseDocument(readFileSync(join(ROOT, 'manifest.yml'), 'utf8'));
    const url = String(manifest.getIn(['settings', 'interactivity', 'request_url']));
    expect(new URL(url).pathname).toBe(SLACK_PATH);
    const [[, stage]] = ofType('AWS::ApiGatewayV2::Stage') as [[string, Resource]];
    expect(stage.Properties['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 50,
      ThrottlingBurstLimit: 100,
    });
    const { Format } = stage.Properties['AccessLogSettings'] as { Format: string };
    expect(Format).not.toMatch(/body|header|authorizer|user/i);
  });
});

describe('alarms', () => {
  const alarm = (name: string) => named('AWS::CloudWatch::Alarm', `${name}alarm`).Properties;

  test('every dead-letter queue, every old message, every failing function', () => {
    const watched = [
      ...[...QUEUE_NAMES, 'undelivered', 'alarms'].map((name) => `${name}deadletters`),
      ...QUEUE_NAMES.map((name) => `${name}oldest`),
      'archivebehind',
      'uncopied',
      ...HANDLERS.flatMap((name) => [`${name}errors`, `${name}throttles`]),
      'slackapi5xx',
      'clockstopped',
      'nofindings',
      'assumeroledenied',
      'changesunknown',
      'recordsunsettled',
      'cardsbehind',
      'secretold',
      'signaturefailures',
      'quarantined',
    ];
    for (const name of watched) expect(alarm(name)['AlarmDescription']).toMatch(/^secops-bot: .{20,}/);
    expect(ofType('AWS::CloudWatch::Alarm')).toHaveLength(watched.length);
    const queues = ofType('AWS::SQS::Queue').filter(([, { Properties }]) => !Properties['RedrivePolicy']);
    expect(queues).toHaveLength(7);
  });

  test('where something must happen, silence alarms; elsewhere it does not', () => {
    const missing = (name: string) => alarm(name)['TreatMissingData'];
    expect(['nofindings', 'clockstopped'].map(missing)).toEqual(['breaching', 'breaching']);
    expect(missing('findingsdeadletters')).toBe('notBreaching');
    expect(alarm('nofindings')).toMatchObject({ Period: 86_400, ComparisonOperator: 'LessThanThreshold' });
  });

  test('all go to one encrypted topic, which CloudWatch may send to', () => {
    const [[topic, { Properties }]] = ofType('AWS::SNS::Topic') as [[string, Resource]];
    expect(Properties['KmsMasterKeyId']).toBeDefined();
    for (const [, made] of ofType('AWS::CloudWatch::Alarm')) {
      expect(made.Properties).toMatchObject({ AlarmActions: [{ Ref: topic }], OKActions: [{ Ref: topic }] });
    }
    const policy = JSON.stringify(ofType('AWS::SNS::TopicPolicy'));
    expect(policy).toContain('"Service":"cloudwatch.amazonaws.com"');
    expect(JSON.stringify(ofType('AWS::KMS::Key'))).toContain('"cloudwatch.amazonaws.com"');
  });
});
