import { type Finding, readFindings } from '../../src/findings';
import { asff, CIS_1_2, FSBP, guardDutyAsff, inspectorAsff, smallCatalogue } from '../fixtures/findings';

function readAll(document: object) {
  return readFindings(JSON.stringify(document), smallCatalogue);
}

function read(document: object): Finding {
  const { findings, refusals } = readAll(document);
  expect(refusals).toEqual([]);
  return findings[0]!;
}

function without(document: object, ...fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(document).filter(([field]) => !fields.includes(field)));
}

describe('a finding of a control', () => {
  test('is read in full', () => {
    const document = asff({
      tags: { team: 'payments' },
      note: { text: 'Looked at it.', updatedBy: 'someone', updatedAt: '2026-01-14T00:00:00Z' },
    });
    expect(read(document)).toEqual({
      key: `arn:aws:securityhub:ap-northeast-1::product/aws/securityhub|${document.Id}`,
      format: 'asff',
      fingerprint: expect.stringMatching(/^[\w-]{16}\.-$/),
      id: document.Id,
      productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
      product: 'control',
      productName: 'Security Hub',
      account: '111122223333',
      region: 'ap-northeast-1',
      control: 'EC2.19',
      title: 'Security groups should not allow unrestricted access to ports with high risk',
      description:
        'This control checks whether the following holds: Security groups should not allow unrestricted access to ports with high risk.',
      remediationUrl: 'https://docs.aws.amazon.com/console/securityhub/EC2.19/remediation',
      severity: 'CRITICAL',
      compliance: 'FAILED',
      workflow: 'NEW',
      recordState: 'ACTIVE',
      resource: {
        id: 'arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-0a1b2c3d4e5f60718',
        type: 'AwsEc2SecurityGroup',
        tags: { team: 'payments' },
      },
      updatedAt: '2026-01-15T03:04:05.678Z',
      createdAt: '2026-01-10T00:00:00.000Z',
      firstObservedAt: '2026-01-10T00:00:00.000Z',
      note: { text: 'Looked at it.', updatedBy: 'someone', updatedAt: '2026-01-14T00:00:00.000Z' },
      standards: [FSBP],
    });
  });

  test('keeps why AWS archived it', () => {
    const document = asff({
      recordState: 'ARCHIVED',
      archivalReason: 'CONSOLIDATED_CONTROL_FINDINGS_UPDATE',
    });
    expect(read(document)).toMatchObject({
      recordState: 'ARCHIVED',
      archivalReason: 'CONSOLIDATED_CONTROL_FINDINGS_UPDATE',
    });
  });

  test('has the defaults of the format where it is silent', () => {
    const document = without(
      asff(),
      ...[
        'RecordState',
        'Workflow',
        'CreatedAt',
        'FirstObservedAt',
        'Description',
        'Remediation',
        'ProductName',
        'Region',
      ],
    );
    const finding = read(document);
    expect(finding).toMatchObject({
      recordState: 'ACTIVE',
      workflow: 'NEW',
      createdAt: finding.updatedAt,
      description: '',
      productName: 'Security Hub',
      region: 'ap-northeast-1',
    });
    expect(finding).not.toHaveProperty('remediationUrl');
  });

  test('takes null for silence', () => {
    const nulls = Object.fromEntries(
      ['Region', 'Note', 'Workflow', 'RecordState', 'CreatedAt', 'Remediation', 'Types', 'Severity'].map(
        (field) => [field, null],
      ),
    );
    expect(read({ ...asff(), ...nulls })).toMatchObject({ workflow: 'NEW', severity: 'CRITICAL' });
  });

  test('must say whether it passed', () => {
    const document = { ...asff(), Compliance: { SecurityControlId: 'EC2.19' } };
    expect(readAll(document).refusals).toEqual([
      {
        field: 'Compliance.Status',
        problem: 'A finding of a Security Hub control must say whether it passed.',
      },
    ]);
  });

  test.each([
    [
      'the control’s id',
      asff({ standard: FSBP, title: 'Groups should be closed' }),
      'Groups should be closed',
    ],
    [
      'the rule’s number',
      asff({ standard: CIS_1_2, rule: '1.4', title: 'Ensure keys are rotated' }),
      'Ensure keys are rotated',
    ],
    ['an id in brackets', asff({ title: '[EC2.19] Groups should be closed' }), 'Groups should be closed'],
    ['an id in another case', asff({ title: 'ec2.19 Groups should be closed' }), 'Groups should be closed'],
    [
      'nothing, being another id',
      asff({ title: 'EC2.190 Groups should be closed' }),
      'EC2.190 Groups should be closed',
    ],
    ['nothing, being all there is', asff({ title: 'EC2.19' }), 'EC2.19'],
  ])('loses %s at the beginning of its title', (_what, document, expected) => {
    expect(read(document).title).toBe(expected);
  });
});

describe('a threat', () => {
  test('has no compliance and keeps its whole title', () => {
    const finding = read(guardDutyAsff({ title: 'An odd call was made.' }));
    expect(finding).toMatchObject({ product: 'guardduty', title: 'An odd call was made.', severity: 'HIGH' });
    expect(finding).not.toHaveProperty('compliance');
  });

  test('must name its type', () => {
    expect(readAll({ ...guardDutyAsff(), Types: [] }).refusals).toEqual([
      { field: 'Types', problem: 'The GuardDuty finding does not name its type.' },
    ]);
  });
});

test.each([
  ['Inspector', inspectorAsff()],
  [
    'a product of one’s own',
    {
      ...inspectorAsff(),
      ProductArn: 'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default',
    },
  ],
  [
    'a partner called securityhub',
    { ...inspectorAsff(), ProductArn: 'arn:aws:securityhub:us-east-1::product/partner/securityhub' },
  ],
])('%s is another product', (_what, document) => {
  expect(read(document).product).toBe('other');
});

describe('severity', () => {
  const none = { Severity: undefined };
  test.each([
    ['its label', { ...inspectorAsff(), Severity: { Label: 'LOW', Normalized: 90 } }, 'LOW'],
    ['its label in small letters', { ...inspectorAsff(), Severity: { Label: 'high' } }, 'HIGH'],
    ['its normalised score 0', { ...inspectorAsff(), Severity: { Normalized: 0 } }, 'INFORMATIONAL'],
    ['its normalised score 1', { ...inspectorAsff(), Severity: { Normalized: 1 } }, 'LOW'],
    ['its normalised score 39', { ...inspectorAsff(), Severity: { Normalized: 39 } }, 'LOW'],
    ['its normalised score 40', { ...inspectorAsff(), Severity: { Normalized: 40 } }, 'MEDIUM'],
    ['its normalised score 70', { ...inspectorAsff(), Severity: { Normalized: 70 } }, 'HIGH'],
    ['its normalised score 90', { ...inspectorAsff(), Severity: { Normalized: 90 } }, 'CRITICAL'],
    ['GuardDuty’s own 8', { ...guardDutyAsff(), Severity: { Product: 8 } }, 'HIGH'],
    ['GuardDuty’s own 5', { ...guardDutyAsff(), Severity: { Product: 5 } }, 'MEDIUM'],
    ['GuardDuty’s own 2', { ...guardDutyAsff(), Severity: { Product: 2 } }, 'LOW'],
    ['Security Hub’s own 70', { ...asff({ control: 'New.1' }), Severity: { Product: 70 } }, 'HIGH'],
    ['the catalogue where the finding is silent', { ...asff({ control: 'S3.8' }), ...none }, 'HIGH'],
    [
      'the catalogue for a failing control that calls itself informational',
      asff({ control: 'S3.8', severity: 'INFORMATIONAL' }),
      'HIGH',
    ],
    [
      'what it says where the catalogue is silent',
      asff({ control: 'New.1', severity: 'INFORMATIONAL' }),
      'INFORMATIONAL',
    ],
    ['informational for what has passed', asff({ control: 'S3.8', status: 'PASSED' }), 'INFORMATIONAL'],
    ['what it says, against the catalogue', asff({ control: 'S3.8', severity: 'LOW' }), 'LOW'],
  ])('is %s', (_what, document, expected) => {
    expect(read(document).severity).toBe(expected);
  });

  test.each([
    ['silent', { ...inspectorAsff(), ...none }],
    ['a word of its own', { ...inspectorAsff(), Severity: { Label: 'SEVERE' } }],
    ['a scale of its own', { ...inspectorAsff(), Severity: { Product: 7 } }],
  ])('that is %s is refused', (_what, document) => {
    expect(readAll(document).refusals).toEqual([
      { field: 'Severity', problem: 'Neither Label nor Normalized says how severe the finding is.' },
    ]);
  });
});

describe('region', () => {
  const resource = (Region?: string) => ({ Resources: [{ Id: 'x', Type: 'Other', Region }] });
  const noRegion = 'arn:aws:securityhub:::product/aws/securityhub';
  test.each([
    [
      'the finding’s',
      {
        ...asff({ region: 'eu-west-1' }),
        ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/securityhub',
      },
      'eu-west-1',
    ],
    [
      'its product’s',
      { ...asff({ region: 'eu-west-1' }), Region: undefined, ...resource('us-east-1') },
      'eu-west-1',
    ],
    [
      'its resource’s',
      { ...asff(), Region: '', ProductArn: noRegion, ...resource('us-east-1') },
      'us-east-1',
    ],
    ['in China', asff({ partition: 'aws-cn', region: 'cn-north-1' }), 'cn-north-1'],
    ['in GovCloud', asff({ partition: 'aws-us-gov', region: 'us-gov-west-1' }), 'us-gov-west-1'],
    ['in a secret region', asff({ partition: 'aws-iso', region: 'us-iso-east-1' }), 'us-iso-east-1'],
    ['one that opens tomorrow', asff({ region: 'xx-north-9' }), 'xx-north-9'],
  ])('is %s', (_what, document, expected) => {
    expect(read(document).region).toBe(expected);
  });

  test.each([
    [
      'nowhere',
      { ...asff(), Region: undefined, ProductArn: noRegion, ...resource() },
      'Neither the finding nor its product or resource names a region.',
    ],
    ['no region', { ...asff(), Region: 'Mars\u0000' }, '"Mars" is not the name of an AWS Region.'],
  ])('that is %s is refused', (_what, document, problem) => {
    expect(readAll(document).refusals).toEqual([{ field: 'Region', problem }]);
  });
});

describe('resource', () => {
  const on = (Id: string, Type = 'AwsAccount') => ({ ...asff(), Resources: [{ Id, Type }] });
  test.each([
    ['an account', on('AWS::::Account:111122223333')],
    ['its root', on('arn:aws:iam::111122223333:root')],
    ['its root elsewhere', on('arn:aws-us-gov:iam::111122223333:root')],
    ['its number', on('111122223333')],
  ])('%s is one and the same account', (_what, document) => {
    expect(read(document).resource.id).toBe('AWS::::Account:111122223333');
  });

  test.each([
    'arn:aws:iam::111122223333:root/x',
    'arn:aws:iam::111122223333:user/root',
    'AWS::KMS::Key:49efeff0-a251-4212-9bd0-0837123fa0c7',
    '<id>',
    '例の資源',
  ])('%s stays as it is', (id) => {
    expect(read(on(id, 'Other')).resource.id).toBe(id);
  });

  test('of great length is kept whole, so that two of them stay two', () => {
    const long = `arn:aws:s3:::example/${'k'.repeat(2_000)}`;
    expect([read(on(`${long}a`)).resource.id, read(on(`${long}b`)).resource.id]).toEqual([
      `${long}a`,
      `${long}b`,
    ]);
  });

  test.each([
    ['longer than 2,048 characters', 'x'.repeat(2_049), 'The field is longer than 2048 characters.'],
    ['with a NUL', 'a\u0000b', 'Control characters and broken characters are not allowed here.'],
    ['empty', '', 'The field is empty.'],
  ])('%s is refused', (_what, id, problem) => {
    expect(readAll(on(id)).refusals).toEqual([{ field: 'Resources.0.Id', problem }]);
  });

  test('whose ids alone pass 8 KB is refused', () => {
    const document = { ...on('界'.repeat(2_048)), Id: '界'.repeat(512) };
    expect(readAll(document).refusals).toEqual([
      { field: 'Resources.0.Id', problem: 'The ids of the finding are too long to be stored.' },
    ]);
  });
});

describe('tags', () => {
  const tagged = (Tags: unknown) => ({ ...asff(), Resources: [{ Id: 'x', Type: 'Other', Tags }] });

  test('are text only, at most 50, people’s before AWS’s', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, `${i}`]));
    const { tags } = read(
      tagged({ 'aws:cloudformation:stack-name': 'x', number: 5, nothing: null, ...many }),
    ).resource;
    expect(Object.keys(tags)).toEqual(Array.from({ length: 50 }, (_, i) => `k${i}`));
  });

  test('have short values, and no keys that nobody can read', () => {
    const { tags } = read(
      tagged({ a: 'v'.repeat(300), ['k'.repeat(129)]: 'x', '\u0000b': 'x', '': 'x' }),
    ).resource;
    expect(Object.keys(tags)).toEqual(['a']);
    expect(tags.a).toHaveLength(256);
  });

  test('cannot reach a prototype', () => {
    const body = JSON.stringify(tagged({ ok: '1' })).replace(
      '"ok":"1"',
      '"ok":"1","__proto__":{"polluted":"yes"},"constructor":"x","prototype":"y"',
    );
    const { findings } = readFindings(body, smallCatalogue);
    const tags = findings[0]?.resource.tags;
    expect(tags).toEqual({ ok: '1' });
    expect(Object.keys(tags ?? {})).toEqual(['ok']);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('remediation link', () => {
  const link = (Url: string) => ({ ...asff(), Remediation: { Recommendation: { Url } } });
  test.each([
    'https://docs.aws.amazon.com/console/securityhub/EC2.19/remediation',
    'https://aws.amazon.com/premiumsupport',
    'https://hub.aws/EC2.19',
  ])('%s is kept', (url) => {
    expect(read(link(url)).remediationUrl).toBe(url);
  });

  test.each([
    'http://docs.aws.amazon.com/x',
    'javascript:alert(1)',
    'https://docs.aws.amazon.com.example.com/x',
    'https://examplE-amazon.com/x',
    'https://docs.aws.amazon.com@example.com/x',
    'https://user:secret@docs.aws.amazon.com/x',
    'https://docs.aws.amazon.com:8443/x',
    'https://',
    'https://cloud.example.com/docs',
    `https://docs.aws.amazon.com/${'x'.repeat(600)}`,
    '',
  ])('%s is dropped', (url) => {
    expect(read(link(url))).not.toHaveProperty('remediationUrl');
  });

  test('cannot break out of a message', () => {
    expect(read(link('https://docs.aws.amazon.com/"><b>\n')).remediationUrl).toBe(
      'https://docs.aws.amazon.com/%22%3E%3Cb%3E',
    );
  });
});

describe('texts', () => {
  test('are cut to their lengths without splitting a character', () => {
    const { title, description } = read(asff({ title: '😀'.repeat(300), description: '界'.repeat(2_000) }));
    expect(Array.from(title)).toHaveLength(256);
    expect(title.endsWith('😀…')).toBe(true);
    expect(Array.from(description)).toHaveLength(1_024);
  });

  test('lose control characters', () => {
    expect(read(asff({ title: 'a\u0000b\u0007', description: 'c\nd' }))).toMatchObject({
      title: 'a b',
      description: 'c d',
    });
  });

  test('that are empty are refused as a title', () => {
    expect(readAll(asff({ title: '\u0000 \n' })).refusals).toEqual([
      { field: 'Title', problem: 'The title is empty.' },
    ]);
  });

  test('give way when the whole passes 8 KB, ids never', () => {
    const id = `arn:aws:s3:::example/${'界'.repeat(900)}`;
    const document = {
      ...asff({
        description: '界'.repeat(1_024),
        title: '界'.repeat(256),
        note: { text: '界'.repeat(512), updatedBy: 'x', updatedAt: '2026-01-15' },
      }),
      Resources: [
        {
          Id: id,
          Type: 'Other',
          Tags: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, '界'.repeat(256)])),
        },
      ],
    };
    const finding = read(document);
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThanOrEqual(8_192);
    expect(finding.resource.id).toBe(id);
    expect(finding.title).toHaveLength(256);
  });
});

describe('a field of the wrong form is refused by its name', () => {
  const ok = asff();
  test.each([
    ['Id', undefined, 'The field is missing.'],
    ['Id', 5, 'Expected text, found a number.'],
    ['Id', 'x'.repeat(513), 'The field is longer than 512 characters.'],
    ['ProductArn', undefined, 'The field is missing.'],
    [
      'ProductArn',
      'arn:aws:s3:::x',
      'Expected the ARN of a Security Hub product, such as arn:aws:securityhub:us-east-1::product/aws/guardduty.',
    ],
    ['AwsAccountId', undefined, 'The field is missing.'],
    ['AwsAccountId', 111122223333, 'Expected text, found a number.'],
    ['AwsAccountId', '1111', 'Expected an account id of 12 digits.'],
    ['AwsAccountId', '１１１１２２２２３３３３', 'Expected an account id of 12 digits.'],
    ['Title', null, 'Expected text, found null.'],
    ['UpdatedAt', undefined, 'The field is missing.'],
    ['UpdatedAt', 'NaN', 'Expected an ISO 8601 date and time.'],
    ['UpdatedAt', 1768446245, 'Expected text, found a number.'],
    ['CreatedAt', 'soon', 'Expected an ISO 8601 date and time.'],
    ['FirstObservedAt', '2026-13-01', 'Expected an ISO 8601 date and time.'],
    ['Workflow', 'NEW', 'Expected an object, found text.'],
    ['RecordState', 'GONE', 'Expected one of ACTIVE, ARCHIVED.'],
    ['Severity', 'HIGH', 'Expected an object, found text.'],
    ['Types', 'TTPs', 'Expected a list, found text.'],
    ['Resources', undefined, 'The field is missing.'],
    ['Resources', null, 'Expected a list with at least one entry, found null.'],
    ['Resources', {}, 'Expected a list with at least one entry, found an object.'],
    ['ProductFields', [], 'Expected an object, found a list.'],
  ])('%s: %j', (field, value, problem) => {
    expect(readAll({ ...ok, [field]: value })).toEqual({
      kind: 'document',
      findings: [],
      refusals: [{ field, problem }],
    });
  });

  test.each([
    ['Resources.0', { Resources: [] }, 'The field is missing.'],
    ['Resources.0', { Resources: [null] }, 'Expected an object, found null.'],
    ['Resources.0.Id', { Resources: [{ Type: 'Other' }] }, 'The field is missing.'],
    ['Resources.0.Type', { Resources: [{ Id: 'x' }] }, 'The field is missing.'],
    [
      'Resources.0.Tags',
      { Resources: [{ Id: 'x', Type: 'Other', Tags: ['a'] }] },
      'Expected an object, found a list.',
    ],
    [
      'Compliance.Status',
      { Compliance: { Status: 'MAYBE' } },
      'Expected one of PASSED, FAILED, WARNING, NOT_AVAILABLE.',
    ],
    [
      'Workflow.Status',
      { Workflow: { Status: 'DONE' } },
      'Expected one of NEW, NOTIFIED, RESOLVED, SUPPRESSED.',
    ],
    ['Severity.Label', { Severity: { Label: 4 } }, 'Expected text, found a number.'],
    ['Note.UpdatedAt', { Note: { Text: 'x', UpdatedBy: 'y' } }, 'The field is missing.'],
    [
      'Note.UpdatedAt',
      { Note: { Text: 'x', UpdatedBy: 'y', UpdatedAt: 'NaN' } },
      'Expected an ISO 8601 date and time.',
    ],
  ])('%s of %j', (field, part, problem) => {
    expect(readAll({ ...ok, ...part }).refusals).toEqual([{ field, problem }]);
  });

  test('also a number that no number can hold', () => {
    const body = JSON.stringify({ ...ok, Severity: { Normalized: 'HUGE' } }).replace('"HUGE"', '1e999');
    expect(readFindings(body, smallCatalogue).refusals).toEqual([
      { field: 'Severity.Normalized', problem: 'Expected a number, found one out of range.' },
    ]);
  });
});
