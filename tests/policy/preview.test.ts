import type { AccountId } from '../../src/accounts';
import { type ControlId, loadCatalogue } from '../../src/controls';
import { type PolicyFile, parsePolicy, previewPolicy, type Subject } from '../../src/policy';

const catalogue = loadCatalogue('config');
const policy = (lines: string): PolicyFile =>
  parsePolicy(
    `deadlines: { otherwise: 168 }\nlines:\n${lines}  - { id: rest, treatment: track }\n`,
    'policy.yml',
    catalogue,
  );

function subject(control: string, account = '111122223333'): Subject {
  return {
    control: control as ControlId,
    product: 'control',
    severity: 'HIGH',
    category: catalogue.find(control)?.category,
    account: account as AccountId,
    kind: 'production',
    region: 'ap-northeast-1',
    tags: {},
  };
}

const SUBJECTS = [
  ...Array.from({ length: 3 }, () => subject('S3.5')),
  subject('S3.5', '444455556666'),
  subject('EC2.19'),
  subject('Quantum.1'),
];
const NONE = { asked: 0, told: 0, suppressed: 0, left: 0, held: 0 };

it('counts what would become of issues, and what differs', () => {
  const inForce = policy('  - { id: one, when: { control: EC2.19 }, treatment: notify }\n');
  const next = policy(
    '  - { id: one, when: { control: S3.* }, treatment: ignore }\n  - { id: two, when: { control: EC2.19 }, treatment: leave }\n',
  );
  expect(previewPolicy(SUBJECTS, inForce, next)).toEqual({
    issues: 6,
    changed: 5,
    counts: { ...NONE, suppressed: 4, left: 1, held: 1 },
    byControl: [
      ['S3.5', { ...NONE, suppressed: 4 }],
      ['EC2.19', { ...NONE, left: 1 }],
      ['Quantum.1', { ...NONE, held: 1 }],
    ],
    byAccount: [
      ['111122223333', { ...NONE, suppressed: 3, left: 1, held: 1 }],
      ['444455556666', { ...NONE, suppressed: 1 }],
    ],
    differences: [
      { control: 'S3.5', from: 'asked', to: 'suppressed', count: 4 },
      { control: 'EC2.19', from: 'told', to: 'left', count: 1 },
    ],
  });
});

it('the same policy changes nothing', () => {
  const same = policy('');
  expect(previewPolicy(SUBJECTS, same, same)).toMatchObject({ issues: 6, changed: 0, differences: [] });
});
