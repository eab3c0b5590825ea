import * as fc from 'fast-check';
import { loadCatalogue } from '../../src/controls';
import { readFindings, sameContent } from '../../src/findings';
import { fingerprintOf } from '../../src/findings/fingerprint';
import { asff, controlOcsf } from '../fixtures/findings';

const of = (details: unknown, over: object = {}) => fingerprintOf({ severity: 'MEDIUM', details, ...over });
const group = (over: object = {}) => ({
  AwsEc2SecurityGroup: {
    GroupId: 'sg-1',
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }] },
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
    ...over,
  },
});
const database = (over: object = {}) => ({
  AwsRdsDbInstance: {
    DBInstanceIdentifier: 'orders',
    PubliclyAccessible: false,
    DbInstanceStatus: 'available',
    LatestRestorableTime: '2026-11-24T01:00:00.000Z',
    InstanceCreateTime: '2025-01-01T00:00:00.000Z',
    ...over,
  },
});
const bucket = (policy: unknown) => ({
  AwsS3Bucket: { Name: 'reports', BucketPolicy: JSON.stringify(policy) },
});
const POLICY = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' },
    { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' },
  ],
};

describe('the same content', () => {
  test.each<[string, unknown, unknown]>([
    [
      'in another order',
      group(),
      group({ IpPermissions: group().AwsEc2SecurityGroup.IpPermissions.toReversed() }),
    ],
    ['restorable until later', database(), database({ LatestRestorableTime: '2026-11-24T01:05:00.000Z' })],
    ['being backed up', database(), database({ DbInstanceStatus: 'backing-up' })],
    [
      'more addresses taken',
      { AwsEc2Subnet: { AvailableIpAddressCount: 4090 } },
      { AwsEc2Subnet: { AvailableIpAddressCount: 12 } },
    ],
    [
      'stopped and started again',
      { AwsEc2Instance: { LaunchedAt: '2026-01-01T00:00:00Z' } },
      { AwsEc2Instance: { LaunchedAt: '2026-02-01T00:00:00Z' } },
    ],
    [
      'created, as a number',
      { AwsDynamoDbTable: { CreationDate: '1599224721280' } },
      { AwsDynamoDbTable: { CreationDate: '1599224721281' } },
    ],
    [
      'a moment by OCSF’s names',
      { created_time_dt: '2026-01-01', instance_id: 'i-1' },
      { created_time_dt: '2026-02-01', instance_id: 'i-1' },
    ],
    [
      'a policy written otherwise',
      bucket(POLICY),
      {
        AwsS3Bucket: {
          BucketPolicy: JSON.stringify(
            { Statement: POLICY.Statement.toReversed(), Version: POLICY.Version },
            null,
            2,
          ),
          Name: 'reports',
        },
      },
    ],
    ['details left out', group(), undefined],
    ['details left out, as nothing', group(), {}],
  ])('%s', (_, one, other) => {
    expect(sameContent(of(one), of(other))).toBe(true);
    expect(sameContent(of(other), of(one))).toBe(true);
  });

  it('whatever order AWS writes it in, and whatever the time', () => {
    const shuffled = (value: unknown, seed: number): unknown => {
      if (Array.isArray(value))
        return value.map((item) => shuffled(item, seed)).sort(() => (seed % 2 ? 1 : -1));
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([name, inner]) => [name, shuffled(inner, seed)] as const);
      return Object.fromEntries(seed % 3 ? entries.reverse() : entries);
    };
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.nat(),
        fc.date({ noInvalidDate: true }),
        (details, seed, at) => {
          const now = {
            Details: shuffled(details, seed),
            UpdatedAt: at.getTime(),
            LastSeen: at.toISOString(),
          };
          expect(sameContent(of({ Details: details }), of(now))).toBe(true);
        },
      ),
    );
  });
});

describe('other content', () => {
  test.each<[string, unknown, unknown]>([
    [
      'open to everybody',
      group(),
      group({
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    ],
    ['another port', { FromPort: 22 }, { FromPort: 3389 }],
    ['public now', database(), database({ PubliclyAccessible: true })],
    ['a policy for more', bucket(POLICY), bucket({ ...POLICY, Statement: POLICY.Statement.slice(0, 1) })],
    [
      'a date in a policy',
      bucket({ Condition: { DateLessThan: '2026-01-01T00:00:00Z' } }),
      bucket({ Condition: { DateLessThan: '2027-01-01T00:00:00Z' } }),
    ],
    [
      'a public address',
      { AwsEc2Instance: { IpV4Addresses: ['10.0.0.1'] } },
      { AwsEc2Instance: { IpV4Addresses: ['10.0.0.1', '203.0.113.9'] } },
    ],
    ['versioning off', { Status: 'Enabled' }, { Status: 'Suspended' }],
    [
      'a key that works again',
      { AwsIamAccessKey: { Status: 'Inactive' } },
      { AwsIamAccessKey: { Status: 'Active' } },
    ],
    ['another runtime', { Runtime: 'python3.7' }, { Runtime: 'python3.13' }],
    ['more wished for', { DesiredCount: 1 }, { DesiredCount: 9 }],
  ])('%s', (_, one, other) => {
    expect(sameContent(of(one), of(other))).toBe(false);
  });

  it('more severe, or for another reason', () => {
    const reasons = [{ ReasonCode: 'CONFIG_RETURNS_NOT_APPLICABLE', Description: 'x' }];
    expect(sameContent(of(undefined), of(undefined, { severity: 'HIGH' }))).toBe(false);
    expect(sameContent(of(undefined), of(undefined, { reasons }))).toBe(false);
    expect(
      sameContent(of(undefined, { reasons }), of(undefined, { reasons: [...reasons, ...reasons] })),
    ).toBe(true);
  });
});

it('takes anything, however deep', () => {
  let deep: unknown = 'end';
  for (let level = 0; level < 20_000; level += 1) deep = [deep];
  for (const details of [deep, 'text', 7, null, [], { a: null }, { a: '{"b":' }, { constructor: 1 }]) {
    expect(of(details, { reasons: 'none' })).toMatch(/^[\w-]{16}\.([\w-]{16}|-)$/);
  }
});

describe('at the door', () => {
  const catalogue = loadCatalogue('config');
  const read = (document: object) => readFindings(JSON.stringify(document), catalogue).findings[0];
  const withDetails = (details: object) => {
    const document = asff();
    return { ...document, Resources: [{ ...document.Resources?.[0], Details: details }] };
  };

  it('controls carry it, and what AWS says later of the same resource carries the same', () => {
    const before = read(withDetails(group()));
    const after = read({ ...withDetails(group()), UpdatedAt: '2026-11-25T00:00:00.000Z' });
    expect(before?.fingerprint).toBe(after?.fingerprint);
    expect(read(withDetails(group({ GroupName: 'x' })))?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('OCSF has its own', () => {
    expect(read(controlOcsf())?.fingerprint).toMatch(/\./);
  });
});
