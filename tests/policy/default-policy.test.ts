import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fsbp from '../../config/controls/fsbp.json';
import { ACCOUNT_KINDS, type AccountId, type AccountKind } from '../../src/accounts';
import { CATEGORIES, type Control, type ControlId, loadCatalogue, SEVERITIES } from '../../src/controls';
import { explain, loadPolicy, type Subject, type Treatment, withAnswers } from '../../src/policy';

const CONFIG = join(__dirname, '..', '..', 'config');
const catalogue = loadCatalogue(CONFIG);
const policy = loadPolicy(join(CONFIG, 'policy.yml'), catalogue);
const controls = fsbp.flatMap(({ id }) => catalogue.find(id) ?? []);

function subject(control: Control, kind: AccountKind): Subject {
  const { id, severity, category } = control;
  return {
    control: id,
    product: 'control',
    severity,
    category,
    account: ACCOUNT,
    kind,
    region: 'ap-northeast-1',
    tags: {},
  };
}
const ACCOUNT = '111122223333' as AccountId;
const NOBODY: Control = {
  id: 'Quantum.1' as ControlId,
  title: 'A control that AWS has not made yet',
  severity: 'HIGH',
  category: 'other',
  scope: 'regional',
  schedule: 'change',
};

const policySource = () => readFileSync(join(CONFIG, 'policy.yml'), 'utf8');
const treatment = (control: Control, kind: AccountKind) => policy.treat(subject(control, kind)).treatment;
const idsOf = (kind: AccountKind, wanted: Treatment) =>
  controls.filter((control) => treatment(control, kind) === wanted).map(({ id }) => id);

/** Ids by service, eight a line or so: `EC2 1 2 8`. */
function byService(ids: readonly string[]): string {
  const services = new Map<string, string[]>();
  for (const id of ids) {
    const [service = '', number = ''] = id.split('.');
    services.set(service, [...(services.get(service) ?? []), number]);
  }
  return [...services].map(([service, numbers]) => `${service} ${numbers.join(' ')}`).join('\n');
}

it('treats FSBP by category and kind as the table in the documentation says', () => {
  const rows = CATEGORIES.flatMap((category) =>
    ACCOUNT_KINDS.map((kind) => {
      const counts = new Map<Treatment, number>();
      for (const control of controls.filter((one) => one.category === category)) {
        counts.set(treatment(control, kind), (counts.get(treatment(control, kind)) ?? 0) + 1);
      }
      const cells = [...counts].map(([name, count]) => `${name} ${count}`).sort();
      return `${category}, ${kind}: ${cells.join(', ')}`;
    }),
  );
  expect(rows.join('\n')).toMatchInlineSnapshot(`
    "required, production: track 28
    required, non-production: track 28
    availability, production: ignore 47
    availability, non-production: ignore 47
    logging, production: ignore 1, track 44
    logging, non-production: ignore 45
    encryption-in-transit, production: track 44
    encryption-in-transit, non-production: track 44
    encryption-at-rest, production: ignore 29
    encryption-at-rest, non-production: ignore 29
    other, production: notify 105, track 60
    other, non-production: ignore 2, notify 103, track 60"
  `);
});

it('tracks these FSBP controls in production', () => {
  expect(byService(idsOf('production', 'track'))).toMatchInlineSnapshot(`
    "Account 1
    ACM 1 2
    APIGateway 1 2 9 10
    AppSync 2 5
    Athena 4
    AutoScaling 3
    Autoscaling 5
    CloudFront 1 3 5 7 9 10 12 15
    CloudTrail 1 4 5
    CodeBuild 1 2 4
    Config 1
    Connect 2
    DataSync 1
    DMS 1 7 8 9 12
    DocumentDB 3 4 6
    DynamoDB 7
    EC2 1 2 7 8 9 18 19 23 25 51 171 182
    ECR 1
    ECS 2 3 4 5 8 9 12 16 18
    EKS 1 2 8
    ElastiCache 2 5 7
    ElasticBeanstalk 2 3
    ELB 1 2 3 5 8 17 18 21 22
    EMR 1 2 4
    ES 2 3 4 5 8
    GuardDuty 1 5 6 7 8 9 10 11 12 13
    IAM 1 4 5 6 7
    Inspector 1 2 3 4
    KMS 3 5
    Lambda 1
    Macie 1 2
    MQ 2
    MSK 1 3 4 5
    Neptune 2 3
    NetworkFirewall 2
    Opensearch 2 3 4 5 7 8
    RDS 1 2 9 13 34 36 37 38 39 40 41 42 43 44 45 46
    Redshift 1 2 4 15
    RedshiftServerless 1 2 3 6
    Route53 2
    S3 1 2 3 5 6 8 9 19 24
    SageMaker 1 2 3 9 10 13 15
    SES 3
    SNS 4
    SQS 3
    SSM 2 4 6 7
    StepFunctions 1
    Transfer 2 3
    WAF 1 12"
  `);
});

it('tracks the same outside production, but for logging', () => {
  const outside = new Set<string>(idsOf('non-production', 'track'));
  const only = idsOf('production', 'track').filter((id) => !outside.has(id));
  expect(only.map((id) => catalogue.find(id)?.category)).toEqual(only.map(() => 'logging'));
  expect(outside.size + only.length).toBe(idsOf('production', 'track').length);
});

describe.each(ACCOUNT_KINDS)('in %s', (kind) => {
  it.each(['APIGateway.4', 'CloudFront.6', 'ELB.16'])(
    'the WAF association %s is the team’s decision',
    (id) => {
      const control = catalogue.find(id) ?? NOBODY;
      expect(treatment(control, kind)).toBe(kind === 'production' ? 'notify' : 'ignore');
    },
  );

  it('VPC flow logs are ignored', () => {
    expect(treatment(catalogue.find('EC2.6') ?? NOBODY, kind)).toBe('ignore');
  });

  it.each(SEVERITIES)('a %s finding of another product is left alone', (severity) => {
    expect(
      policy.treat({ ...subject(NOBODY, kind), product: 'other', severity, category: undefined }).treatment,
    ).toBe('leave');
  });

  it.each(SEVERITIES)('GuardDuty is followed from medium up: %s', (severity) => {
    const { treatment } = policy.treat({
      ...subject(NOBODY, kind),
      product: 'guardduty',
      severity,
      category: undefined,
    });
    expect(treatment).toBe(severity === 'LOW' || severity === 'INFORMATIONAL' ? 'leave' : 'track');
  });

  it.each([
    ['CRITICAL', 'track', 24],
    ['HIGH', 'track', 72],
    ['MEDIUM', 'notify', 168],
    ['LOW', 'notify', 168],
    ['INFORMATIONAL', 'leave', 168],
  ] as const)(
    'a control nobody knows gets the proposal for "other": %s, %s, %i hours',
    (severity, expected, hours) => {
      const treated = policy.treat({ ...subject(NOBODY, kind), severity, category: undefined });
      expect(treated).toMatchObject({ treatment: expected, deadlineHours: hours, undecided: true });
    },
  );
});

it('explains itself by the line that decides', () => {
  const { treated, line } = explain(
    withAnswers(policy, []),
    subject(catalogue.find('EC2.6') ?? NOBODY, 'production'),
  );
  expect(treated).toEqual({
    treatment: 'ignore',
    line: 'vpc-flow-logs',
    version: policy.version,
    deadlineHours: 168,
  });
  expect(policySource().split('\n')[(line?.lineNumber ?? 0) - 1]).toBe('  - id: vpc-flow-logs');
  expect(line?.why).toMatch(/^GuardDuty reads the flow/);
});

it('gives a reason on every line', () => {
  expect(policy.lines.filter(({ why }) => why === undefined)).toEqual([]);
});
