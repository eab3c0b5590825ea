import { readFindings } from '../../src/findings';
import {
  asff,
  CIS_1_2,
  CIS_1_4,
  FSBP,
  guardDutyAsff,
  inspectorAsff,
  PCI,
  smallCatalogue,
} from '../fixtures/findings';

function read(document: object) {
  const { findings, refusals } = readFindings(JSON.stringify(document), smallCatalogue);
  expect(refusals).toEqual([]);
  return findings[0];
}

const older = { securityControlId: false } as const;

describe('the control of a finding', () => {
  test.each([
    ['consolidated', asff({ control: 'EC2.19' }), 'EC2.19'],
    ['consolidated, in another case', asff({ control: 'AutoScaling.5' }), 'Autoscaling.5'],
    ['of one standard', asff({ control: 'EC2.19', standard: FSBP }), 'EC2.19'],
    ['of one standard, older', asff({ control: 'ec2.19', standard: FSBP, ...older }), 'EC2.19'],
    [
      'CIS 1.2, with the control’s id beside it',
      asff({ control: 'CloudTrail.2', standard: CIS_1_2, rule: '2.7' }),
      'CloudTrail.2',
    ],
    [
      'CIS 1.2, older',
      asff({ control: 'CloudTrail.2', standard: CIS_1_2, rule: '2.7', ...older }),
      'CloudTrail.2',
    ],
    [
      'CIS 1.4, older',
      asff({ control: 'CloudTrail.2', standard: CIS_1_4, rule: '3.7', ...older }),
      'CloudTrail.2',
    ],
    [
      'PCI, older',
      asff({ control: 'CloudTrail.2', standard: PCI, rule: 'PCI.CloudTrail.1', ...older }),
      'CloudTrail.2',
    ],
    [
      'a PCI id where the control’s should be',
      asff({ control: 'PCI.IAM.8', standard: PCI, rule: 'PCI.IAM.8' }),
      'IAM.7',
    ],
    [
      'a CIS id where the control’s should be',
      asff({ control: '1.14', standard: CIS_1_4, rule: '1.14' }),
      'IAM.3',
    ],
    [
      'Control Tower’s standard',
      asff({
        control: 'CloudTrail.2',
        standard: 'service-managed-aws-control-tower/v/1.0.0',
        rule: 'CT.CloudTrail.2',
        ...older,
      }),
      'CloudTrail.2',
    ],
    ['not in the catalogue', asff({ control: 'NewService.1' }), 'NewService.1'],
    ['not in the catalogue, PCI', asff({ control: 'PCI.XYZ.9', standard: PCI, ...older }), 'PCI.XYZ.9'],
    [
      'a rule of a standard nobody knows',
      asff({ control: '1.14', standard: 'cis-aws-foundations-benchmark/v/9.0.0', ...older }),
      'cis-aws-foundations-benchmark/v/9.0.0/1.14',
    ],
    ['a threat', guardDutyAsff(), 'UnauthorizedAccess:EC2/SSHBruteForce'],
    [
      'a threat with punctuation',
      guardDutyAsff({ type: 'Backdoor:EC2/C&CActivity.B!DNS' }),
      'Backdoor:EC2/C&CActivity.B!DNS',
    ],
    [
      'another product',
      inspectorAsff(),
      'Software and Configuration Checks/Vulnerabilities/CVE/CVE-2024-0001',
    ],
    ['another product without types', { ...inspectorAsff(), Types: [] }, 'AWSInspector/CVE-2024-0001'],
  ])('%s', (_what, document, expected) => {
    expect(read(document)?.control).toBe(expected);
  });

  test.each([
    ['ControlId', { ControlId: 'EC2.19' }, undefined, undefined],
    [
      'RuleId with its standard',
      { RuleId: '1.4', StandardsGuideArn: `arn:aws:securityhub:::ruleset/${CIS_1_2}` },
      undefined,
      undefined,
    ],
    ['the generator', {}, `arn:aws:securityhub:::ruleset/${CIS_1_2}/rule/1.4`, undefined],
    ['a consolidated generator', {}, 'security-control/IAM.3', undefined],
    [
      'the id',
      {},
      undefined,
      `arn:aws:securityhub:us-east-1:111122223333:subscription/${CIS_1_4}/1.14/finding/0a1b`,
    ],
    [
      'a consolidated id',
      {},
      undefined,
      'arn:aws:securityhub:us-east-1:111122223333:security-control/IAM.3/finding/0a1b',
    ],
  ])('is told by %s alone', (_what, fields, generator, id) => {
    const document = {
      ...asff(),
      Compliance: { Status: 'FAILED' },
      ProductFields: fields,
      GeneratorId: generator,
      Id: id ?? 'no-path',
    };
    expect(read(document)?.control).toBe('ControlId' in fields ? 'EC2.19' : 'IAM.3');
  });

  test('of two standards are two, though both call it 1.6', () => {
    const controls = ['1.7.0', '9.0.0'].map((version) => {
      const standard = `cis-aws-foundations-benchmark/v/${version}`;
      return read(asff({ control: '1.6', standard, rule: '1.6', ...older }))?.control;
    });
    expect(new Set(controls).size).toBe(2);
  });

  test('a bare rule number without a standard says too little', () => {
    const document = {
      ...asff(),
      Id: 'no-path',
      GeneratorId: '1.6',
      Compliance: { Status: 'FAILED' },
      ProductFields: { RuleId: '1.6' },
    };
    expect(readFindings(JSON.stringify(document), smallCatalogue)).toEqual({
      kind: 'document',
      findings: [],
      refusals: [{ field: 'GeneratorId', problem: 'The finding does not say which check it comes from.' }],
    });
  });
});

describe('the standards of a finding', () => {
  test.each([
    ['consolidated', asff(), [FSBP]],
    ['of one standard', asff({ standard: PCI }), [PCI]],
    ['of one standard, older', asff({ standard: PCI, ...older }), [PCI]],
    ['CIS 1.2, older', asff({ standard: CIS_1_2, rule: '1.4', ...older }), [CIS_1_2]],
    [
      'in a partition of its own',
      asff({ standard: CIS_1_2, rule: '1.4', partition: 'aws-us-gov', region: 'us-gov-west-1', ...older }),
      [CIS_1_2],
    ],
    ['a threat', guardDutyAsff(), []],
  ])('%s', (_what, document, expected) => {
    expect(read(document)?.standards).toEqual(expected);
  });

  test('count each once', () => {
    const standards = [
      'standards/pci-dss/v/3.2.1',
      `ruleset/${CIS_1_2}`,
      'arn:aws:securityhub:us-east-1::standards/pci-dss/v/3.2.1',
    ];
    const document = {
      ...asff(),
      Compliance: {
        Status: 'FAILED',
        SecurityControlId: 'EC2.19',
        AssociatedStandards: standards.map((StandardsId) => ({ StandardsId })),
      },
    };
    expect(read(document)?.standards).toEqual([PCI, CIS_1_2]);
  });
});
