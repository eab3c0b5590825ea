import {
  type AwsSecurityFindingFilters,
  GetFindingsCommand,
  type GetFindingsCommandInput,
  paginateGetFindings,
} from '@aws-sdk/client-securityhub';
import type { AsffFinding } from '../../../local/aws';
import { findingOf } from './finding-of';
import { type StandIn, startStandIn } from './stand-in';

const NOW = new Date('2026-11-20T00:00:00.000Z');

let aws: StandIn;
beforeAll(async () => {
  aws = await startStandIn({ now: () => NOW });
});
afterAll(() => aws.stop());
beforeEach(() => aws.control.reset());

const suffix = (finding: { Id?: string | undefined }) => finding.Id?.split('/').at(-1);

async function ask(input: GetFindingsCommandInput): Promise<(string | undefined)[]> {
  const { Findings = [] } = await aws.hub.send(new GetFindingsCommand(input));
  return Findings.map(suffix);
}

const put = (...findings: AsffFinding[]) => aws.control.putFindings(findings);

describe('GetFindings filters', () => {
  beforeEach(() =>
    put(
      findingOf('a', { AwsAccountId: '111122223333', Title: 'CloudFront logging' }),
      findingOf('b', {
        AwsAccountId: '222233334444',
        Title: 'CloudTrail logging',
        Workflow: { Status: 'SUPPRESSED' },
      }),
      findingOf('c', {
        AwsAccountId: '333344445555',
        Title: 'Root user has an access key',
        RecordState: 'ARCHIVED',
        UpdatedAt: '2026-11-19T00:00:00.000Z',
      }),
    ),
  );

  const equals = (Value: string) => ({ Value, Comparison: 'EQUALS' as const });
  const not = (Value: string) => ({ Value, Comparison: 'NOT_EQUALS' as const });
  const prefix = (Value: string) => ({ Value, Comparison: 'PREFIX' as const });
  const notPrefix = (Value: string) => ({ Value, Comparison: 'PREFIX_NOT_EQUALS' as const });

  const cases: [string, AwsSecurityFindingFilters, string[]][] = [
    ['no filter: archived ones too', {}, ['a', 'b', 'c']],
    [
      'EQUALS values are or-ed',
      { AwsAccountId: [equals('111122223333'), equals('222233334444')] },
      ['a', 'b'],
    ],
    [
      'EQUALS and PREFIX are or-ed',
      { Title: [prefix('Cloud'), equals('Root user has an access key')] },
      ['a', 'b', 'c'],
    ],
    ['NOT_EQUALS values are and-ed', { AwsAccountId: [not('111122223333'), not('222233334444')] }, ['c']],
    ['PREFIX, then NOT_EQUALS', { Title: [prefix('Cloud'), not('CloudTrail logging')] }, ['a']],
    ['PREFIX, then PREFIX_NOT_EQUALS', { Title: [prefix('Cloud'), notPrefix('CloudF')] }, ['b']],
    ['attributes are and-ed', { RecordState: [equals('ACTIVE')], WorkflowStatus: [equals('NEW')] }, ['a']],
    ['case counts', { Title: [prefix('cloud')] }, []],
    [
      'any of the resources',
      { ResourceId: [equals('arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-b')] },
      ['b'],
    ],
    [
      'control',
      { ComplianceSecurityControlId: [equals('EC2.19')], SeverityLabel: [equals('CRITICAL')] },
      ['a', 'b', 'c'],
    ],
    ['time from', { UpdatedAt: [{ Start: '2026-11-18T00:00:00Z', End: '2026-11-20T00:00:00Z' }] }, ['c']],
    ['last days', { UpdatedAt: [{ DateRange: { Value: 2, Unit: 'DAYS' } }] }, ['c']],
  ];
  it.each(cases)('%s', async (_name, Filters, expected) => {
    expect(await ask({ Filters })).toEqual(expected);
  });

  it('takes a finding without compliance as not equal to any', async () => {
    const { Compliance: _, ...threat } = findingOf('t', { ProductName: 'GuardDuty' });
    await put(threat);
    expect(await ask({ Filters: { ComplianceStatus: [not('FAILED')] } })).toEqual(['t']);
    expect(await ask({ Filters: { ComplianceStatus: [equals('FAILED')] } })).toEqual(['a', 'b', 'c']);
  });

  const refused: [string, AwsSecurityFindingFilters, RegExp][] = [
    ['EQUALS with NOT_EQUALS', { Title: [equals('a'), not('b')] }, /combines EQUALS with NOT_EQUALS/],
    ['EQUALS with PREFIX_NOT_EQUALS', { Title: [equals('a'), notPrefix('b')] }, /combines EQUALS/],
    ['CONTAINS', { Title: [{ Value: 'a', Comparison: 'CONTAINS' }] }, /Comparison must be EQUALS, PREFIX/],
    [
      'more than 20 values',
      { Id: Array.from({ length: 21 }, (_, i) => equals(`${i}`)) },
      /21 values; the limit is 20/,
    ],
    ['an attribute it does not know', { Keyword: [{ Value: 'a' }] }, /Filters.Keyword/],
    [
      'more than 10 attributes',
      Object.fromEntries(
        [
          'Id',
          'ProductArn',
          'AwsAccountId',
          'Region',
          'ComplianceStatus',
          'WorkflowStatus',
          'RecordState',
          'ResourceId',
          'GeneratorId',
          'ProductName',
          'Title',
        ].map((attribute) => [attribute, [equals('x')]]),
      ),
      /11 attributes; the limit is 10/,
    ],
  ];
  it.each(refused)('refuses %s', async (_name, Filters, message) => {
    await expect(ask({ Filters })).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('GetFindings pages', () => {
  beforeEach(() => put(...Array.from({ length: 130 }, (_, i) => findingOf(String(i).padStart(3, '0')))));

  it('gives every finding once, a page of at most 100 at a time', async () => {
    const sizes: number[] = [];
    const ids = new Set<string | undefined>();
    for await (const { Findings = [] } of paginateGetFindings({ client: aws.hub }, { MaxResults: 60 })) {
      sizes.push(Findings.length);
      for (const finding of Findings) ids.add(finding.Id);
    }
    expect(sizes).toEqual([60, 60, 10]);
    expect(ids.size).toBe(130);
  });

  it('sorts', async () => {
    const newest = findingOf('new', { UpdatedAt: '2026-11-15T00:00:00.000Z' });
    await put(newest);
    const sorted = await ask({ SortCriteria: [{ Field: 'UpdatedAt', SortOrder: 'desc' }], MaxResults: 1 });
    expect(sorted).toEqual(['new']);
  });

  it('refuses a page of more than 100, and a token of another request', async () => {
    await expect(ask({ MaxResults: 101 })).rejects.toMatchObject({ name: 'InvalidInputException' });
    const { NextToken } = await aws.hub.send(new GetFindingsCommand({ MaxResults: 10 }));
    const other = {
      Filters: { RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' as const }] },
      NextToken,
    };
    await expect(ask(other)).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining('NextToken'),
    });
  });
});
