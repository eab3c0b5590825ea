import { readFindings } from '../../src/findings';
import {
  asff,
  controlOcsf,
  customAction,
  event,
  guardDuty,
  guardDutyAsff,
  guardDutyEvent,
  guardDutyOcsf,
  imported,
  importedV2,
  smallCatalogue,
  snsWrapped,
} from '../fixtures/findings';

const read = (body: string) => readFindings(body, smallCatalogue);
const one = asff({ control: 'EC2.19' });
const two = asff({ control: 'S3.8' });
const AT = '2026-01-15T03:04:08.000Z';
const bad = { ...asff(), Resources: [] } as unknown as typeof one;

describe('a message', () => {
  test.each([
    ['an imported finding', imported(one), 'imported', ['EC2.19']],
    ['several in one event', imported(one, two), 'imported', ['EC2.19', 'S3.8']],
    ['a custom action', customAction(one), 'custom-action', ['EC2.19']],
    ['a threat', imported(guardDutyAsff()), 'imported', ['UnauthorizedAccess:EC2/SSHBruteForce']],
    ['a finding of Security Hub V2', importedV2(controlOcsf()), 'imported', ['EC2.19']],
    [
      'a finding of GuardDuty itself',
      guardDutyEvent(guardDuty()),
      'imported',
      ['UnauthorizedAccess:EC2/SSHBruteForce'],
    ],
    ['a bare OCSF finding', JSON.stringify(controlOcsf()), 'document', ['EC2.19']],
    [
      'a bare GuardDuty finding',
      JSON.stringify(guardDuty()),
      'document',
      ['UnauthorizedAccess:EC2/SSHBruteForce'],
    ],
    [
      'a list of all formats',
      JSON.stringify([one, controlOcsf({ control: 'S3.8' }), guardDuty(), guardDutyOcsf()]),
      'document',
      ['EC2.19', 'S3.8', 'UnauthorizedAccess:EC2/SSHBruteForce', 'UnauthorizedAccess:EC2/SSHBruteForce'],
    ],
    ['a bare finding', JSON.stringify(one), 'document', ['EC2.19']],
    ['a list of findings', JSON.stringify([one, two]), 'document', ['EC2.19', 'S3.8']],
    [
      'the answer of GetFindings',
      JSON.stringify({ Findings: [one, two], NextToken: 'x' }),
      'document',
      ['EC2.19', 'S3.8'],
    ],
    ['an empty answer of GetFindings', JSON.stringify({ Findings: [] }), 'document', []],
  ])('%s, plain and through SNS', (_what, body, kind, controls) => {
    for (const message of [body, snsWrapped(body)]) {
      const reading = read(message);
      expect(reading.refusals).toEqual([]);
      expect(reading.kind).toBe(kind);
      expect(reading.findings.map((finding) => finding.control)).toEqual(controls);
    }
  });

  test('says where the finding lives, not where it was delivered', () => {
    const { findings } = read(imported(asff({ account: '123456789012', region: 'eu-west-1' })));
    expect(findings[0]).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
  });

  test('loses only what is bad in it', () => {
    const reading = read(imported(one, bad, two));
    expect(reading.findings.map((finding) => finding.control)).toEqual(['EC2.19', 'S3.8']);
    expect(reading.refusals).toEqual([
      { field: 'detail.findings.1.Resources.0', problem: 'The field is missing.' },
    ]);
  });

  test.each([
    ['an event', imported(bad), 'detail.findings.0.Resources.0'],
    ['an event through SNS', snsWrapped(imported(bad)), 'Message.detail.findings.0.Resources.0'],
    ['a bare finding', JSON.stringify(bad), 'Resources.0'],
    ['a bare finding through SNS', snsWrapped(JSON.stringify(bad)), 'Message.Resources.0'],
    ['a list', JSON.stringify([one, bad]), '1.Resources.0'],
    ['an answer of GetFindings', JSON.stringify({ Findings: [bad] }), 'Findings.0.Resources.0'],
  ])('names the field from its root: %s', (_what, body, field) => {
    expect(read(body).refusals).toEqual([{ field, problem: 'The field is missing.' }]);
  });
});

describe('what cannot be read is refused', () => {
  const unreadable =
    'The message is neither an event of Security Hub or GuardDuty nor a finding in one of their formats.';
  test.each([
    ['nothing', '', 'body', 'The message is not JSON.'],
    ['text', 'hello', 'body', 'The message is not JSON.'],
    ['half a message', imported(one).slice(0, -5), 'body', 'The message is not JSON.'],
    ['null', 'null', 'body', 'Expected a JSON object or a list of findings.'],
    ['a number', '5', 'body', 'Expected a JSON object or a list of findings.'],
    ['an object of something else', '{"hello":"world"}', 'body', unreadable],
    ['the same through SNS', snsWrapped('{"hello":"world"}'), 'Message', unreadable],
    ['null through SNS', snsWrapped('null'), 'Message', 'Expected a JSON object or a list of findings.'],
    ['text through SNS', snsWrapped('hello'), 'Message', 'The text of the SNS notification is not JSON.'],
    [
      'no text through SNS',
      '{"Type":"Notification","Message":{}}',
      'Message',
      'The SNS notification holds no text.',
    ],
    ['SNS in SNS', snsWrapped(snsWrapped(imported(one))), 'Message', unreadable],
    ['a list of numbers', '[1]', '0', 'Expected a finding, that is a JSON object.'],
    [
      'an event without detail',
      event('Security Hub Findings - Imported', null),
      'detail',
      'The event holds no detail object.',
    ],
    [
      'an event without a list',
      event('Security Hub Findings - Imported', { findings: one }),
      'detail.findings',
      'Expected a list of findings.',
    ],
    ['an event with an empty list', imported(), 'detail.findings', 'The list of findings is empty.'],
    [
      'an event that imitates Security Hub',
      event('Security Hub Findings - Imported', { findings: [one] }, 'example.imitation'),
      'source',
      'The event does not come from aws.securityhub.',
    ],
    [
      'a longer list than a message of real findings',
      `[${'{},'.repeat(5_000)}{}]`,
      'body',
      'The list holds 5001 entries; at most 5000 are read.',
    ],
  ])('%s', (_what, body, field, problem) => {
    expect(read(body)).toMatchObject({ findings: [], refusals: [{ field, problem }] });
  });

  test.each([
    ['Security Hub Findings - Imported', 'aws.guardduty', 'aws.securityhub'],
    ['Security Hub Findings - Custom Action', 'example.imitation', 'aws.securityhub'],
    ['Findings Imported V2', 'example.imitation', 'aws.securityhub'],
    ['GuardDuty Finding', 'aws.securityhub', 'aws.guardduty'],
  ])('%s from %s', (type, source, expected) => {
    expect(read(event(type, guardDuty(), source))).toMatchObject({
      findings: [],
      refusals: [{ field: 'source', problem: `The event does not come from ${expected}.` }],
    });
  });

  test.each([
    ['example.imitation', 'Security Hub Insight Results'],
    ['awsx', 'GuardDuty Malware Protection Object Scan Result'],
    ['', 'EC2 Instance State-change Notification'],
  ])('an event from "%s" of type %s', (source, type) => {
    const reading = read(event(type, { findings: [one] }, source));
    expect(reading).toMatchObject({ kind: 'unknown', findings: [] });
    expect(reading.refusals).toEqual([
      {
        field: 'detail-type',
        problem: `"${type}" is not read; only "Security Hub Findings - Imported", "Security Hub Findings - Custom Action", "Findings Imported V2", "GuardDuty Finding" are.`,
      },
    ]);
  });

  test('a type that is no text', () => {
    expect(read('{"detail-type":{"a":1}}').refusals[0]?.problem).toMatch(/^This detail-type is not read/);
  });
});

describe('an event of AWS that holds no finding is dropped', () => {
  test.each([
    ['Security Hub Insight Results', 'aws.securityhub'],
    ['GuardDuty Malware Protection Object Scan Result', 'aws.guardduty'],
    ['GuardDuty Runtime Protection Unhealthy', 'aws.guardduty'],
    ['EC2 Instance State-change Notification', 'aws.ec2'],
  ])('%s, plain and through SNS', (type, source) => {
    const body = event(type, { insightResults: [] }, source);
    for (const message of [body, snsWrapped(body)]) {
      expect(read(message)).toEqual({ kind: 'dropped', findings: [], refusals: [], dropped: type });
    }
  });

  test('whatever its type holds', () => {
    const { dropped } = read(event(`\u0000x\u202e${'y'.repeat(500)}`, {}, 'aws.example'));
    expect(dropped).toMatch(/^x y{61}…$/);
  });
});

describe('a custom action', () => {
  test('says what a person did', () => {
    expect(read(customAction(one)).sent).toEqual({
      action: 'Ask the owner',
      description: 'Sends the finding to its owner',
      at: '2026-01-15T03:04:08.000Z',
    });
    expect(read(imported(one))).not.toHaveProperty('sent');
  });

  test.each([
    ['no name, but its ARN', { detail: { findings: [one] } }, { action: 'AskOwner', at: AT }],
    ['nothing', { detail: { findings: [one] }, resources: [] }, { action: 'Custom Action', at: AT }],
    [
      'odd texts',
      {
        detail: { findings: [one], actionName: '\u0007A\u202eB'.repeat(99), actionDescription: 5 },
        time: 'x',
      },
      { action: expect.stringMatching(/^A B .{122}.…$/), at: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9' },
    ],
  ])('with %s', (_what, over, sent) => {
    const body: unknown = JSON.parse(customAction(one));
    const reading = read(JSON.stringify({ ...(body as object), ...over }));
    expect(reading.findings).toHaveLength(1);
    expect(reading.sent).toEqual(sent);
  });
});

describe('hostile messages', () => {
  test.each([
    ['a megabyte of brackets', '['.repeat(1_000_000)],
    ['lists nested 200,000 deep', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['objects nested 100,000 deep', `${'{"Id":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['10,000 entries', `[${Array.from({ length: 10_000 }, () => '{}').join(',')}]`],
    [
      '10,000 resources of nothing',
      JSON.stringify({ ...one, Resources: Array.from({ length: 10_000 }, () => null) }),
    ],
    ['every field twice, the second wrong', JSON.stringify(one).replace(/}$/, ',"Id":null}')],
    [
      '__proto__ for a finding',
      '{"detail-type":"Security Hub Findings - Imported","detail":{"__proto__":{"findings":[{}]}}}',
    ],
    [
      'keys of Object.prototype',
      '{"constructor":{"prototype":{"x":1}},"toString":1,"hasOwnProperty":2,"Id":"x"}',
    ],
  ])('%s is refused', (_what, body) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const { findings, refusals } = read(body);
    expect(findings).toEqual([]);
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.every(({ field, problem }) => field !== '' && problem.endsWith('.'))).toBe(true);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  test.each([
    ['10,000 resources', { Resources: Array.from({ length: 10_000 }, () => one.Resources?.[0]) }],
    [
      '240 KB of details',
      { Resources: [{ ...one.Resources?.[0], Details: { Other: { blob: 'x'.repeat(240_000) } } }] },
    ],
    ['a description of 900 KB', { Description: '\u0000界'.repeat(300_000) }],
    ['unknown fields of any kind', { Sample: true, constructor: 1, Extra: [[[{}]]] }],
  ])('%s are read all the same', (_what, part) => {
    const { findings, refusals } = read(JSON.stringify({ ...one, ...part }));
    expect(refusals).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(findings[0]))).toBeLessThanOrEqual(8_192);
  });

  test('unknown fields nested 50,000 deep are passed over', () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const body = JSON.stringify({ ...one, Extra: 'deep' }).replace('"deep"', deep);
    expect(read(body).findings).toHaveLength(1);
  });
});
