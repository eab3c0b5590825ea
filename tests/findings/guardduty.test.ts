import { type Finding, readFindings } from '../../src/findings';
import { guardDuty, guardDutyAsff, guardDutyEvent, imported, smallCatalogue } from '../fixtures/findings';

const readAll = (document: object) => readFindings(guardDutyEvent(document), smallCatalogue);
function read(document: object): Finding {
  const { findings, refusals } = readAll(document);
  expect(refusals).toEqual([]);
  return findings[0] as Finding;
}
const threat = guardDuty();
const HERE = 'ap-northeast-1:111122223333';

test('is a threat without compliance, known to Security Hub by its ARN', () => {
  const finding = read(threat);
  expect(finding).toMatchObject({
    format: 'guardduty',
    product: 'guardduty',
    productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/guardduty',
    id: threat.arn,
    key: `arn:aws:securityhub:ap-northeast-1::product/aws/guardduty|${threat.arn}`,
    workflow: 'NEW',
    recordState: 'ACTIVE',
  });
  expect(finding).not.toHaveProperty('compliance');
});

test('belongs to the region of its detector, whatever region it is about', () => {
  expect(read({ ...threat, region: 'us-east-1' })).toMatchObject({
    region: 'ap-northeast-1',
    productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/guardduty',
  });
});

test.each([
  [0.5, 'INFORMATIONAL'],
  [1, 'LOW'],
  [3.9, 'LOW'],
  [4, 'MEDIUM'],
  [6.9, 'MEDIUM'],
  [7, 'HIGH'],
  [8.9, 'HIGH'],
  [9, 'CRITICAL'],
  [10, 'CRITICAL'],
])('severity %d is %s, directly and through Security Hub', (score, severity) => {
  expect(read({ ...threat, severity: score }).severity).toBe(severity);
  if (score < 1) return;
  const document = { ...guardDutyAsff(), Severity: { Product: score, Label: 'MEDIUM' as const } };
  expect(readFindings(imported(document), smallCatalogue).findings[0]?.severity).toBe(severity);
});

test('is archived when its service says so', () => {
  expect(read({ ...threat, service: { ...threat.service, archived: true } }).recordState).toBe('ARCHIVED');
});

describe('the resource is named as Security Hub names it', () => {
  test.each([
    [
      'Instance',
      { instanceDetails: { instanceId: 'i-0a' } },
      'AwsEc2Instance',
      `arn:aws:ec2:${HERE}:instance/i-0a`,
    ],
    [
      'AccessKey',
      { accessKeyDetails: { accessKeyId: 'AKIAX' } },
      'AwsIamAccessKey',
      'AWS::IAM::AccessKey:AKIAX',
    ],
    [
      'S3Bucket',
      { s3BucketDetails: [{ arn: 'arn:aws:s3:::b', name: 'b' }] },
      'AwsS3Bucket',
      'arn:aws:s3:::b',
    ],
    ['S3Bucket', { s3BucketDetails: [{ name: 'b' }] }, 'AwsS3Bucket', 'arn:aws:s3:::b'],
    [
      'S3Object',
      { s3BucketDetails: [{ arn: 'arn:aws:s3:::b', s3ObjectDetails: [{ objectArn: 'arn:aws:s3:::b/k' }] }] },
      'AwsS3Object',
      'arn:aws:s3:::b/k',
    ],
    [
      'EKSCluster',
      { eksClusterDetails: { arn: `arn:aws:eks:${HERE}:cluster/c` } },
      'AwsEksCluster',
      `arn:aws:eks:${HERE}:cluster/c`,
    ],
    [
      'ECSCluster',
      { ecsClusterDetails: { arn: `arn:aws:ecs:${HERE}:cluster/c` } },
      'AwsEcsCluster',
      `arn:aws:ecs:${HERE}:cluster/c`,
    ],
    [
      'RDSDBInstance',
      { rdsDbInstanceDetails: { dbInstanceIdentifier: 'db' } },
      'AwsRdsDbInstance',
      `arn:aws:rds:${HERE}:db:db`,
    ],
    [
      'Lambda',
      { lambdaDetails: { functionName: 'f' } },
      'AwsLambdaFunction',
      `arn:aws:lambda:${HERE}:function:f`,
    ],
    ['Container', { containerDetails: { id: 'c0ffee', name: 'web' } }, 'Container', 'c0ffee'],
    ['AccessKey', { accessKeyDetails: { accessKeyId: '' } }, 'AwsAccount', 'AWS::::Account:111122223333'],
    ['Instance', {}, 'AwsAccount', 'AWS::::Account:111122223333'],
    ['AttackSequence', {}, 'AwsAccount', 'AWS::::Account:111122223333'],
    [
      'SomethingNew',
      { instanceDetails: { instanceId: 'i-0a' } },
      'AwsAccount',
      'AWS::::Account:111122223333',
    ],
  ])('%s %j', (resourceType, details, type, id) => {
    expect(read({ ...threat, resource: { resourceType, ...details } }).resource).toMatchObject({ id, type });
  });

  test('an attack sequence is about the first resource in it', () => {
    const resources = [
      { uid: 'i-0a', resourceType: 'EC2_INSTANCE' },
      { uid: 'AKIAX', resourceType: 'ACCESS_KEY' },
    ];
    const actors = [{ user: { name: 'example-user' } }];
    const endpoints = [
      { ip: '198.51.100.7', location: { country: 'Exampleland' }, autonomousSystem: { name: 'AS' } },
    ];
    const finding = read({
      ...threat,
      type: 'AttackSequence:EC2/CompromisedInstanceGroup',
      resource: { resourceType: 'AttackSequence' },
      service: { count: 4, detection: { sequence: { resources, actors, endpoints } } },
    });
    expect(finding.resource.id).toBe(`arn:aws:ec2:${HERE}:instance/i-0a`);
    expect(finding.threat).toEqual({
      actor: { principal: 'example-user', ip: '198.51.100.7', country: 'Exampleland', network: 'AS' },
      count: 4,
    });
  });

  test('and is the account where the finding was trimmed', () => {
    const { resource: _, ...trimmed } = threat;
    expect(read(trimmed).resource.id).toBe('AWS::::Account:111122223333');
  });
});

describe('the threat’s details', () => {
  const remoteIpDetails = { ipAddressV4: '198.51.100.7' };
  const port = (number: number, portName: string) => ({
    localPortDetails: { port: number, portName },
    remoteIpDetails,
  });
  test.each([
    ['AWS_API_CALL', { awsApiCallAction: { api: 'ListBuckets' } }, { about: 'ListBuckets' }],
    [
      'NETWORK_CONNECTION',
      {
        networkConnectionAction: {
          connectionDirection: 'OUTBOUND',
          protocol: 'TCP',
          localPortDetails: { port: 49_152, portName: 'Unknown' },
          remotePortDetails: { port: 443, portName: 'HTTPS' },
          remoteIpDetails,
        },
      },
      { about: 'OUTBOUND TCP 443 (HTTPS)', actor: { ip: '198.51.100.7' } },
    ],
    [
      'PORT_PROBE',
      {
        portProbeAction: {
          portProbeDetails: [port(22, 'SSH'), port(4711, 'Unknown'), port(80, 'HTTP'), port(81, 'x')],
        },
      },
      { about: '22 (SSH), 4711, 80 (HTTP)', actor: { ip: '198.51.100.7' } },
    ],
    [
      'KUBERNETES_API_CALL',
      {
        kubernetesApiCallAction: { verb: 'create', requestUri: '/api/v1/pods', sourceIPs: ['198.51.100.7'] },
      },
      { about: 'create /api/v1/pods', actor: { ip: '198.51.100.7' } },
    ],
    [
      'RDS_LOGIN_ATTEMPT',
      {
        rdsLoginAttemptAction: { loginAttributes: [{ user: 'admin', application: 'psql' }], remoteIpDetails },
      },
      { about: 'psql', actor: { principal: 'admin', ip: '198.51.100.7' } },
    ],
    ['SOMETHING_NEW', { somethingNewAction: { x: 1 } }, {}],
  ])('%s, directly and through Security Hub', (actionType, action, expected) => {
    const service = { action: { actionType, ...action } };
    expect(read({ ...threat, service }).threat).toEqual({ action: actionType, ...expected });
    const document = { ...guardDutyAsff(), ProductFields: { 'aws/guardduty/service/count': '1' } };
    const typed = { ...document, Action: pascalCase(service.action) as object };
    expect(readFindings(imported(typed), smallCatalogue).findings[0]?.threat).toMatchObject(expected);
  });

  test.each([
    [
      'a process',
      { runtimeDetails: { process: { name: 'miner', executablePath: '/tmp/miner' } } },
      '/tmp/miner',
    ],
    [
      'malware',
      {
        ebsVolumeScanDetails: {
          scanDetections: { threatDetectedByName: { threatNames: [{ name: 'EICAR' }] } },
        },
      },
      'EICAR',
    ],
  ])('%s', (_what, service, about) => {
    expect(read({ ...threat, service }).threat).toEqual({ about });
  });

  test('a sample says that it is one, in the formats that can', () => {
    const about = { sample: true };
    expect(read(guardDuty(about)).threat?.sample).toBe(true);
    expect(readFindings(imported(guardDutyAsff(about)), smallCatalogue).findings[0]?.threat?.sample).toBe(
      true,
    );
    const fields = { 'aws/guardduty/service/additionalInfo/value': '{"sample":true}' };
    const document = { ...guardDutyAsff(), ProductFields: fields };
    expect(readFindings(imported(document), smallCatalogue).findings[0]?.threat).toEqual({ sample: true });
    expect(read(threat).threat).not.toHaveProperty('sample');
  });

  test('are cleaned and cut, and refuse nothing', () => {
    const long = '\u0000界"'.repeat(2_000);
    const finding = read({
      ...threat,
      service: {
        count: -1,
        eventFirstSeen: 'once',
        eventLastSeen: 7,
        action: {
          actionType: 'DNS_REQUEST',
          dnsRequestAction: { domain: long, remoteIpDetails: { ipAddressV4: [], city: { cityName: long } } },
        },
      },
    });
    expect(Object.keys(finding.threat ?? {})).toEqual(['action', 'about', 'actor']);
    expect(finding.threat?.about).toHaveLength(256);
    expect(finding.threat?.actor?.city).toHaveLength(64);
    expect(JSON.stringify(finding.threat)).not.toContain('\\u0000');
  });

  test('give way before ids do', () => {
    const text = '😀'.repeat(300);
    const tags = Array.from({ length: 50 }, (_, i) => ({ key: `k${i}`, value: text }));
    const finding = read({
      ...threat,
      description: text.repeat(4),
      title: text,
      resource: { resourceType: 'Lambda', lambdaDetails: { functionName: '界'.repeat(1_900), tags } },
      service: { action: { actionType: 'DNS_REQUEST', dnsRequestAction: { domain: text } } },
    });
    expect(finding.resource.id).toContain('界'.repeat(1_900));
    expect(finding.threat?.about).toMatch(/^😀{15,63}…$/u);
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThanOrEqual(8_192);
  });
});

describe('what cannot be read is refused by its field', () => {
  test.each([
    ['accountId', { ...threat, accountId: '1234567891234' }, 'Expected an account id of 12 digits.'],
    ['arn', { ...threat, arn: 'arn:aws:s3:::b' }, 'Expected the ARN of a GuardDuty finding.'],
    [
      'arn',
      { ...threat, arn: null, service: {} },
      'The finding has neither an ARN nor the id and the detector to build it from.',
    ],
    ['region', { ...threat, arn: null, region: 'moon' }, 'The finding does not name an AWS Region.'],
    ['severity', { ...threat, severity: 11 }, 'Expected a number from 0 to 10.'],
    ['severity', { ...threat, severity: '8' }, 'Expected a number, found text.'],
    ['type', { ...threat, type: '\u0000' }, 'The GuardDuty finding does not name its type.'],
    ['title', { ...threat, title: '' }, 'The title is empty.'],
    ['updatedAt', { ...threat, updatedAt: 'now' }, 'Expected an ISO 8601 date and time.'],
    ['resource', { ...threat, resource: 'i-0a' }, 'Expected an object, found text.'],
    [
      'resource',
      { ...threat, resource: { resourceType: 'Container', containerDetails: { id: 'x'.repeat(2_049) } } },
      'The id of the resource is too long or holds control characters.',
    ],
    [
      'Severity',
      { AccountId: '111122223333', Arn: threat.arn, Title: 'x', Type: 'y', UpdatedAt: '2026-01-01' },
      'The field is missing.',
    ],
  ])('%s', (field, document, problem) => {
    expect(readAll(document)).toMatchObject({
      findings: [],
      refusals: [{ field: `detail.${field}`, problem }],
    });
  });
});

function pascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      pascalCase(inner),
    ]),
  );
}
