import { type Finding, readFindings } from '../../src/findings';
import {
  controlOcsf,
  coverageOcsf,
  guardDutyOcsf,
  importedV2,
  inspectorOcsf,
  smallCatalogue,
} from '../fixtures/findings';

const readAll = (document: object) => readFindings(importedV2(document), smallCatalogue);
function read(document: object): Finding {
  const { findings, refusals } = readAll(document);
  expect(refusals).toEqual([]);
  return findings[0] as Finding;
}
const control = controlOcsf();
const threat = guardDutyOcsf();

test.each([
  ['a control', control, 'control', 'EC2.19'],
  ['a control known by its finding’s id alone', withCompliance({ control: null }), 'control', 'EC2.19'],
  ['a control in small letters', withCompliance({ control: 'ec2.19' }), 'control', 'EC2.19'],
  ['a threat', threat, 'guardduty', 'UnauthorizedAccess:EC2/SSHBruteForce'],
  [
    'a vulnerability',
    inspectorOcsf(),
    'other',
    'Software and Configuration Checks/Vulnerabilities/CVE/CVE-2024-0001',
  ],
  ['coverage', coverageOcsf(), 'other', 'Coverage'],
  ['exposure', ofProduct('aws/securityhub-risk', 2004), 'other', 'Exposure/Potential Credential Stealing'],
  ['Macie', ofProduct('aws/macie', 2006), 'other', 'Exposure/Potential Credential Stealing'],
  [
    'a detection by Security Hub',
    ofProduct('aws/securityhub', 2004),
    'other',
    'Exposure/Potential Credential Stealing',
  ],
])('%s', (_what, document, product, named) => {
  expect(read(document)).toMatchObject({ product, control: named });
});

test('coverage is about the account, and says whether it is there', () => {
  expect(read(coverageOcsf())).toMatchObject({
    compliance: 'FAILED',
    resource: { id: 'AWS::::Account:111122223333', type: 'AwsAccount' },
  });
});

test.each([
  [1, 'INFORMATIONAL'],
  [2, 'LOW'],
  [3, 'MEDIUM'],
  [4, 'HIGH'],
  [5, 'CRITICAL'],
  [6, 'CRITICAL'],
])('severity_id %d is %s', (id, severity) => {
  expect(read({ ...threat, severity_id: id })).toMatchObject({ severity });
});

test.each([
  ['its name where the id is unknown', { ...threat, severity_id: 0, severity: 'Fatal' }, 'CRITICAL'],
  [
    'INFORMATIONAL of a control that passed',
    { ...controlOcsf({ status: 'PASSED' }), severity_id: 5 },
    'INFORMATIONAL',
  ],
  ['the catalogue’s of a failing control that says nothing', { ...control, severity_id: 1 }, 'CRITICAL'],
])('severity is %s', (_what, document, severity) => {
  expect(read(document).severity).toBe(severity);
});

test.each([
  ['New', { status_id: 1 }, 'NEW', 'ACTIVE'],
  ['In Progress', { status_id: 2 }, 'NEW', 'ACTIVE'],
  ['Suppressed', { status_id: 3 }, 'SUPPRESSED', 'ACTIVE'],
  ['Resolved', { status_id: 4 }, 'RESOLVED', 'ACTIVE'],
  ['Archived', { status_id: 5 }, 'NEW', 'ARCHIVED'],
  ['unknown', { status_id: 99 }, 'NEW', 'ACTIVE'],
  ['nothing', { status_id: null, activity_id: null }, 'NEW', 'ACTIVE'],
  ['Create', { activity_id: 1 }, 'NEW', 'ACTIVE'],
  ['Close', { activity_id: 3 }, 'NEW', 'ARCHIVED'],
])('status %s', (_what, over, workflow, recordState) => {
  expect(read({ ...threat, ...over })).toMatchObject({ workflow, recordState });
});

test.each([
  ['a word alone', { status: 'PASS', status_id: null }, 'PASSED'],
  ['a number alone', { status: null, status_id: 2 }, 'WARNING'],
  ['another word', { status: 'Skipped', status_id: null }, 'NOT_AVAILABLE'],
  ['unknown', { status: 'Unknown', status_id: 0 }, 'NOT_AVAILABLE'],
])('compliance by %s', (_what, over, compliance) => {
  expect(read(withCompliance(over)).compliance).toBe(compliance);
});

describe('time', () => {
  test.each([
    [
      'milliseconds',
      { modified_time: 1_768_446_245_678, modified_time_dt: '2026-01-15T03:04:05Z' },
      '2026-01-15T03:04:05.678Z',
    ],
    [
      'text',
      { modified_time: null, modified_time_dt: '2026-01-15T12:04:05.678+09:00' },
      '2026-01-15T03:04:05.678Z',
    ],
  ])('from %s', (_what, over, updatedAt) => {
    expect(read(withInfo(over)).updatedAt).toBe(updatedAt);
  });

  test('from the event where the finding was never changed, and from its creation at last', () => {
    const never = withInfo({ modified_time: null, modified_time_dt: null });
    expect(read({ ...never, time: 1_768_446_245_679 }).updatedAt).toBe('2026-01-15T03:04:05.679Z');
    const created = {
      finding_info: { ...info(), ...empty('modified'), ...empty('first_seen'), ...empty('last_seen') },
    };
    const finding = read({ ...threat, ...created, time: null, time_dt: null });
    expect(finding.updatedAt).toBe('2026-01-10T00:00:00.000Z');
    expect(finding).not.toHaveProperty('firstObservedAt');
  });
});

describe('the first resource', () => {
  test.each([
    [
      'an instance',
      'AWS::EC2::Instance',
      'i-0a',
      'AwsEc2Instance',
      'arn:aws:ec2:ap-northeast-1:111122223333:instance/i-0a',
    ],
    [
      'an access key',
      'AWS::IAM::AccessKey',
      'ASIAEXAMPLE',
      'AwsIamAccessKey',
      'AWS::IAM::AccessKey:ASIAEXAMPLE',
    ],
    ['a bucket', 'AWS::S3::Bucket', 'example-reports', 'AwsS3Bucket', 'arn:aws:s3:::example-reports'],
    [
      'a cluster',
      'AWS::EKS::Cluster',
      'shop',
      'AwsEksCluster',
      'arn:aws:eks:ap-northeast-1:111122223333:cluster/shop',
    ],
    [
      'a database',
      'AWS::RDS::DBInstance',
      'shop',
      'AwsRdsDbInstance',
      'arn:aws:rds:ap-northeast-1:111122223333:db:shop',
    ],
    [
      'an ARN',
      'AwsEc2Instance',
      'arn:aws:ec2:us-east-1:1:instance/i-0a',
      'AwsEc2Instance',
      'arn:aws:ec2:us-east-1:1:instance/i-0a',
    ],
    ['a container', 'AWS::Container::Container', '287ae865', 'AwsContainerContainer', '287ae865'],
    ['an account', 'AWS::::Account', '111122223333', 'AwsAccount', 'AWS::::Account:111122223333'],
    [
      'a root user',
      'AwsAccount',
      'arn:aws:iam::111122223333:root',
      'AwsAccount',
      'AWS::::Account:111122223333',
    ],
  ])('%s is named as ASFF names it', (_what, type, uid, asffType, id) => {
    const second = { uid: 'i-second', type: 'AWS::EC2::Instance' };
    expect(read({ ...threat, resources: [{ uid, type }, second] }).resource).toMatchObject({
      id,
      type: asffType,
    });
  });

  test('goes by its other name where that is an ARN', () => {
    const arn = 'arn:aws:sqs:us-east-1:111122223333:queue';
    const resources = [{ uid: 'https://sqs.example/queue', uid_alt: arn, type: 'AWS::SQS::Queue' }];
    expect(read({ ...control, resources }).resource.id).toBe(arn);
  });

  test('is the account where a threat names none', () => {
    expect(read({ ...threat, resources: [] }).resource.id).toBe('AWS::::Account:111122223333');
  });
});

test('a region called global gives way to the product’s', () => {
  const cloud = { ...threat.cloud, region: 'global' };
  expect(read({ ...threat, cloud }).region).toBe('ap-northeast-1');
});

describe('a threat’s details', () => {
  test.each([
    ['an outbound connection', outbound(), { about: 'OUTBOUND TCP 443', actor: { ip: '203.0.113.9' } }],
    [
      'a process',
      {
        evidences: [
          { actor: { process: { name: 'kubectl', file: { path: '/bin/kubectl' } }, user: { name: 'root' } } },
        ],
      },
      { about: '/bin/kubectl', actor: { principal: 'root' } },
    ],
    [
      'evidence in several parts',
      { evidences: [{}, { query: { hostname: 'c2.example.com' } }] },
      { action: 'DNS_REQUEST' },
    ],
  ])('%s', (_what, over, expected) => {
    expect(read({ ...threat, ...over }).threat).toMatchObject(expected);
  });

  test.each([
    ['no evidence', { evidences: null }],
    ['odd evidence', { evidences: [7, null, 'x', { api: 5, query: [], actor: { user: 1 } }] }],
  ])('%s leaves the rest', (_what, over) => {
    const { firstSeen, lastSeen } = {
      firstSeen: '2026-01-10T00:00:00.000Z',
      lastSeen: '2026-01-15T03:04:05.678Z',
    };
    expect(read({ ...threat, ...over }).threat).toEqual({ count: 74, firstSeen, lastSeen });
  });
});

describe('what cannot be read is refused by its field', () => {
  const missing = 'The field is missing.';
  test.each([
    ['class_uid', { ...threat, class_uid: undefined }, missing],
    ['class_uid', { ...threat, class_uid: '2004' }, 'Expected a number, found text.'],
    ['finding_info.uid', withInfo({ uid: undefined }), missing],
    ['finding_info.uid', withInfo({ uid: 'x'.repeat(513) }), 'The field is longer than 512 characters.'],
    ['finding_info.title', withInfo({ title: ' ' }), 'The title is empty.'],
    ['finding_info.types', withInfo({ types: [] }), 'The finding does not name its type.'],
    ['finding_info.modified_time', withInfo({ modified_time: -1 }), 'Expected milliseconds since 1970.'],
    ['finding_info.modified_time', withInfo({ modified_time: 1e18 }), 'Expected milliseconds since 1970.'],
    [
      'finding_info.created_time_dt',
      withInfo({ created_time_dt: 'soon' }),
      'Expected an ISO 8601 date and time.',
    ],
    [
      'cloud.account.uid',
      { ...threat, cloud: { account: { uid: '1' } } },
      'Expected an account id of 12 digits.',
    ],
    [
      'metadata.product.uid',
      { ...threat, metadata: { product: { uid: 'GuardDuty' } } },
      'Expected the ARN of a Security Hub product, such as arn:aws:securityhub:us-east-1::product/aws/guardduty.',
    ],
    [
      'severity_id',
      { ...threat, severity_id: 99, severity: 'Other' },
      'Neither severity_id nor severity says how severe the finding is.',
    ],
    [
      'compliance.status',
      { ...control, compliance: { control: 'EC2.19' } },
      'A finding of a Security Hub control must say whether it passed.',
    ],
    ['resources', { ...control, resources: [] }, 'The finding names no resource.'],
    ['resources.0.uid', { ...control, resources: [{ type: 'AWS::EC2::Instance' }] }, missing],
    [
      'resources.0.uid',
      { ...threat, resources: [{ uid: 'x'.repeat(2_049) }] },
      'The field is longer than 2048 characters.',
    ],
    ['resources.0', { ...threat, resources: ['x'] }, 'Expected a finding, that is a JSON object.'],
  ])('%s', (field, document, problem) => {
    expect(readAll(document)).toMatchObject({
      findings: [],
      refusals: [{ field: `detail.findings.0.${field}`, problem }],
    });
  });
});

function info() {
  return threat.finding_info;
}
function withInfo(over: object) {
  return { ...threat, finding_info: { ...info(), ...over } };
}
function withCompliance(over: object) {
  return { ...control, compliance: { ...control.compliance, ...over } };
}
function empty(what: string) {
  return { [`${what}_time`]: null, [`${what}_time_dt`]: null };
}
function ofProduct(name: string, classUid: number) {
  const uid = `arn:aws:securityhub:ap-northeast-1::productv2/${name}`;
  const types = ['Exposure/Potential Credential Stealing'];
  return {
    ...threat,
    class_uid: classUid,
    metadata: { product: { uid } },
    finding_info: { ...info(), types },
  };
}
function outbound() {
  const connection_info = { direction: 'Outbound', protocol_name: 'tcp' };
  const dst_endpoint = { ip: '203.0.113.9', port: 443 };
  return { evidences: [{ connection_info, src_endpoint: { ip: '10.0.0.1' }, dst_endpoint }] };
}
