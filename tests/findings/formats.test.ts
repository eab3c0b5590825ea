import { type Finding, readFindings } from '../../src/findings';
import {
  asff,
  CIS_1_4,
  controlOcsf,
  type GuardDutyFinding,
  guardDuty,
  guardDutyAsff,
  guardDutyEvent,
  guardDutyOcsf,
  imported,
  importedV2,
  smallCatalogue,
  snsWrapped,
} from '../fixtures/findings';

function one(body: string): Finding {
  const { findings, refusals } = readFindings(body, smallCatalogue);
  expect(refusals).toEqual([]);
  expect(findings).toHaveLength(1);
  return findings[0] as Finding;
}

/** What makes an issue the same issue, and what its card shows. */
function essence(finding: Finding) {
  const { format: _format, note: _note, remediationUrl: _url, ...rest } = finding;
  return rest;
}

const threats: readonly (readonly [string, GuardDutyFinding])[] = [
  ['a brute force attack on an instance', {}],
  ['a call with an access key', { type: 'Stealth:IAMUser/CloudTrailLoggingDisabled', severity: 'LOW' }],
  ['a question for a domain', { type: 'Backdoor:EC2/C&CActivity.B!DNS', score: 8.7 }],
  ['one in China', { partition: 'aws-cn', region: 'cn-north-1', severity: 'MEDIUM' }],
  ['one that is critical, with tags', { severity: 'CRITICAL', tags: { Team: 'shop' }, count: 3 }],
  ['an archived one', { recordState: 'ARCHIVED', updatedAt: '2026-02-03T04:05:06.007Z' }],
];

describe('one GuardDuty finding in three formats is one thing', () => {
  test.each(threats)('%s', (_what, about) => {
    const ofAsff = one(imported(guardDutyAsff(about)));
    const ofOcsf = one(importedV2(guardDutyOcsf(about)));
    const direct = one(guardDutyEvent(guardDuty(about)));
    expect([ofAsff.format, ofOcsf.format, direct.format]).toEqual(['asff', 'ocsf', 'guardduty']);
    expect(essence(direct)).toEqual(essence(ofAsff));
    // OCSF has no names for ports.
    const named = JSON.stringify(essence(ofOcsf)).replace('INBOUND TCP 22', 'INBOUND TCP 22 (SSH)');
    expect(JSON.parse(named)).toEqual(essence(ofAsff));
  });

  test('also as documents without an event, and as the command line prints GetFindings', () => {
    const direct = one(guardDutyEvent(guardDuty()));
    expect(one(JSON.stringify(guardDuty()))).toEqual(direct);
    expect(one(JSON.stringify({ Findings: [pascalCase(guardDuty())] }))).toEqual(direct);
    expect(one(guardDutyEvent(pascalCase(guardDuty()) as object))).toEqual(direct);
    expect(one(snsWrapped(guardDutyEvent(guardDuty())))).toEqual(direct);
    expect(one(snsWrapped(JSON.stringify(guardDutyOcsf())))).toEqual(one(importedV2(guardDutyOcsf())));
  });

  test('even where GuardDuty leaves the ARN out', () => {
    const { arn: _, ...bare } = guardDuty();
    expect(one(JSON.stringify(bare)).key).toBe(one(imported(guardDutyAsff())).key);
  });
});

describe('one finding of a control in two formats is one thing', () => {
  test.each([
    ['failing', {}],
    ['passed', { status: 'PASSED' }],
    ['a warning', { status: 'WARNING' }],
    ['not available and archived', { status: 'NOT_AVAILABLE', recordState: 'ARCHIVED' }],
    ['suppressed', { workflow: 'SUPPRESSED' }],
    ['about an account', { control: 'GuardDuty.1' }],
    ['of one standard', { control: 'IAM.3', standard: CIS_1_4, rule: '1.14' }],
    ['with tags', { control: 'S3.8', tags: { Team: 'shop', 'aws:cloudformation:stack-name': 'web' } }],
    ['not in the catalogue', { control: 'New.1', severity: 'LOW' }],
    ['in GovCloud', { partition: 'aws-us-gov', region: 'us-gov-west-1' }],
  ] as const)('%s', (_what, about) => {
    const ofAsff = one(imported(asff(about)));
    const ofOcsf = one(importedV2(controlOcsf(about)));
    const { workflow, ...expected } = essence(ofAsff);
    expect(essence(ofOcsf)).toMatchObject(expected);
    expect(ofOcsf).not.toHaveProperty('threat');
    // AWS itself resolves what has passed, in ASFF alone.
    if (ofAsff.compliance !== 'PASSED') expect(ofOcsf.workflow).toBe(workflow);
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
