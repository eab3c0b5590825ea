import type { AccountId } from '../../src/accounts';
import { ConfigError } from '../../src/config';
import { type ControlId, loadCatalogue } from '../../src/controls';
import { parsePolicy, type Subject } from '../../src/policy';

const catalogue = loadCatalogue('config');
const DEADLINES = 'deadlines: { CRITICAL: 24, HIGH: 72, otherwise: 168 }\n';

/** A policy of the given lines, with a catch-all after them. */
function policy(lines: string) {
  return parsePolicy(
    `${DEADLINES}lines:\n${lines}\n  - { id: rest, treatment: leave }\n`,
    'policy.yml',
    catalogue,
  );
}

function subject(changes: Partial<Subject> = {}): Subject {
  return {
    control: 'EC2.19' as ControlId,
    product: 'control',
    severity: 'CRITICAL',
    category: 'other',
    account: '111122223333' as AccountId,
    kind: 'production',
    region: 'ap-northeast-1',
    tags: {},
    ...changes,
  };
}

function problemsOf(text: string): string[] {
  try {
    parsePolicy(text, 'policy.yml', catalogue);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a condition', () => {
  it.each<[string, Partial<Subject>, boolean]>([
    ['control: EC2.19', {}, true],
    ['control: ec2.19', {}, true],
    ['control: EC2.1', {}, false],
    ['control: EC2.*', {}, true],
    ['control: EC2.*', { control: 'ec2.8' as ControlId }, true],
    ['control: EC2.*', { control: 'ECS.2' as ControlId }, false],
    ['control: [S3.1, EC2.*]', {}, true],
    ['control: "Recon:EC2/*"', { control: 'Recon:EC2/PortProbeUnprotectedPort' as ControlId }, true],
    ['category: other', {}, true],
    ['category: [logging, availability]', {}, false],
    ['category: other', { category: undefined }, false],
    ['product: control', {}, true],
    ['product: GuardDuty', { product: 'guardduty' }, true],
    ['product: other', {}, false],
    ['severity: [CRITICAL, HIGH]', {}, true],
    ['severity: LOW', {}, false],
    ["account: '111122223333'", {}, true],
    ["account: '444455556666'", {}, false],
    ['kind: production', {}, true],
    ['kind: non-production', {}, false],
    ['region: [us-east-1, ap-northeast-1]', {}, true],
    ['region: global', {}, false],
    ['tag: { Public: yes-please }', { tags: { Public: 'yes-please' } }, true],
    ['tag: { Public: yes-please }', { tags: { public: 'yes-please' } }, false],
    ['tag: { Public: [a, b] }', { tags: { Public: 'b' } }, true],
    ["tag: { Public: '*' }", { tags: { Public: '' } }, true],
    ["tag: { Public: '*' }", {}, false],
    ["tag: { toString: '*' }", {}, false],
    ["tag: { Public: '*', Team: shop }", { tags: { Public: 'x', Team: 'blog' } }, false],
    ['control: EC2.*, severity: CRITICAL, kind: production', {}, true],
    ['control: EC2.*, severity: LOW, kind: production', {}, false],
  ])('%s against %j: %s', (when, changes, expected) => {
    const { treat } = policy(`  - { id: line, when: { ${when} }, treatment: track }`);
    expect(treat(subject(changes)).line).toBe(expected ? 'line' : 'rest');
  });
});

it('lets the first matching line decide', () => {
  const { treat } = policy(`
  - { id: one, when: { control: EC2.19, kind: production }, treatment: notify }
  - { id: two, when: { control: EC2.19 }, treatment: ignore }`);
  expect(treat(subject()).treatment).toBe('notify');
  expect(treat(subject({ kind: 'non-production' })).treatment).toBe('ignore');
});

it('gives the deadline of the severity, unless the line has its own', () => {
  const { treat } = policy(
    '  - { id: urgent, when: { control: IAM.4 }, treatment: track, deadlineHours: 4 }',
  );
  const hours = (changes: Partial<Subject>) => treat(subject(changes)).deadlineHours;
  expect(hours({ control: 'IAM.4' as ControlId })).toBe(4);
  expect(hours({})).toBe(24);
  expect(hours({ severity: 'HIGH' })).toBe(72);
  expect(hours({ severity: 'LOW' })).toBe(168);
});

it('leaves open what nobody has decided: a control that neither the catalogue nor a line knows', () => {
  const { treat } = policy(
    '  - { id: named, when: { control: EC2.999 }, uncatalogued: true, treatment: ignore }',
  );
  const newOne = { control: 'EC2.998' as ControlId, category: undefined };
  expect(treat(subject(newOne))).toMatchObject({ line: 'rest', undecided: true });
  expect(treat(subject({ ...newOne, control: 'ec2.999' as ControlId })).undecided).toBeUndefined();
  expect(treat(subject({ ...newOne, product: 'guardduty' })).undecided).toBeUndefined();
  expect(treat(subject({ control: 'EC2.998' as ControlId })).undecided).toBeUndefined();
});

it('is known by a version that follows its text', () => {
  const one = policy('  - { id: one, when: { kind: production }, treatment: track }');
  const other = policy('  - { id: one, when: { kind: production }, treatment: notify }');
  expect(one.version).toMatch(/^[0-9a-f]{12}$/);
  expect(one.treat(subject()).version).toBe(one.version);
  expect(other.version).not.toBe(one.version);
});

it('remembers where its lines stand and why', () => {
  const { lines } = policy(
    '\n  - id: one\n    why: Because.\n    when: { kind: production }\n    treatment: track',
  );
  expect(lines).toEqual([
    { id: 'one', treatment: 'track', why: 'Because.', lineNumber: 4 },
    { id: 'rest', treatment: 'leave', lineNumber: 8 },
  ]);
});

describe('refuses, with line and column,', () => {
  const rest = '\n  - { id: rest, treatment: leave }';
  it.each([
    [
      'a misspelt treatment',
      `${DEADLINES}lines:\n  - { id: rest, treatment: trak }`,
      'policy.yml:3:28 "trak" is not known here; write one of track, notify, ignore, leave (did you mean track?)',
    ],
    [
      'an unknown key',
      `${DEADLINES}lines:\n  - id: rest\n    treatmnet: track\n    treatment: track`,
      'policy.yml:4:5 unknown key "treatmnet"; the keys here are id, why, when, uncatalogued, treatment, deadlineHours (did you mean treatment?)',
    ],
    [
      'an unknown condition',
      `${DEADLINES}lines:\n  - { id: a, when: { sevrity: LOW }, treatment: track }${rest}`,
      'policy.yml:3:22 unknown key "sevrity"; the keys here are control, category, product, severity, account, kind, region, tag (did you mean severity?)',
    ],
    [
      'an unknown severity',
      `${DEADLINES}lines:\n  - { id: a, when: { severity: [LOW, BAD] }, treatment: track }${rest}`,
      'policy.yml:3:38 "BAD" is not known here; write one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL',
    ],
    [
      'an account that YAML read as a number',
      `${DEADLINES}lines:\n  - { id: a, when: { account: 012345678901 }, treatment: track }${rest}`,
      "policy.yml:3:31 012345678901 was read as a number; write it in quotes: '012345678901'",
    ],
    [
      'an account of eleven digits',
      `${DEADLINES}lines:\n  - { id: a, when: { account: '11112222333' }, treatment: track }${rest}`,
      'policy.yml:3:31 "account": write the twelve digits of an account id',
    ],
    [
      'a star in the middle',
      `${DEADLINES}lines:\n  - { id: a, when: { control: E*.1 }, treatment: track }${rest}`,
      'policy.yml:3:31 "control": write a control id such as EC2.19, or EC2.* for all of a service; * stands only at the end',
    ],
    [
      'a deadline that is no number of hours',
      `${DEADLINES}lines:\n  - { id: rest, treatment: track, deadlineHours: 0 }`,
      'policy.yml:3:50 "deadlineHours": write at least 1',
    ],
    [
      'missing deadlines',
      'lines:\n  - { id: rest, treatment: track }',
      'policy.yml:1:1 "deadlines" is missing; write a group of keys',
    ],
    [
      'a missing catch-all',
      `${DEADLINES}lines:\n  - { id: a, when: { kind: production }, treatment: track }`,
      'policy.yml:3:5 the last line has a condition; add a line without `when` after it, for everything else',
    ],
    ['no line at all', `${DEADLINES}lines: []`, 'policy.yml:2:8 "lines": write at least one line'],
    [
      'an id twice',
      `${DEADLINES}lines:\n  - { id: a, when: { kind: production }, treatment: track }\n  - { id: a, treatment: leave }`,
      'policy.yml:4:11 a line before has the id "a" too; give each its own',
    ],
    [
      'a line after the catch-all',
      `${DEADLINES}lines:\n  - { id: all, treatment: track }${rest}`,
      'policy.yml:4:11 "rest" never decides, as "all" before it matches all that it matches; move or remove one',
    ],
    [
      'a narrower line after a wider one',
      `${DEADLINES}lines:\n  - { id: ec2, when: { control: EC2.* }, treatment: track }\n  - { id: one, when: { control: [ec2.19, EC2.8], kind: production }, treatment: ignore }${rest}`,
      'policy.yml:4:11 "one" never decides, as "ec2" before it matches all that it matches; move or remove one',
    ],
    [
      'a line shadowed by tags',
      `${DEADLINES}lines:\n  - { id: any, when: { tag: { Public: '*' } }, treatment: track }\n  - { id: one, when: { tag: { Public: yes-please } }, treatment: ignore }${rest}`,
      'policy.yml:4:11 "one" never decides, as "any" before it matches all that it matches; move or remove one',
    ],
    [
      'a control that does not exist',
      `${DEADLINES}lines:\n  - { id: a, when: { control: [EC2.8, EC2.199] }, treatment: track }${rest}`,
      'policy.yml:3:39 EC2.199 is not in the catalogue (did you mean EC2.19?); for a control that AWS has just made, add `uncatalogued: true` to the line',
    ],
    [
      'a service that does not exist',
      `${DEADLINES}lines:\n  - { id: a, when: { control: Quantum.* }, treatment: track }${rest}`,
      'policy.yml:3:31 no control begins with Quantum.; correct it or remove it',
    ],
    [
      'the id of what is answered in Slack',
      `${DEADLINES}lines:\n  - { id: answer, treatment: track }`,
      'policy.yml:3:11 "answer" stands for what is answered in Slack; give the line another id',
    ],
  ])('%s', (_, text, message) => {
    expect(problemsOf(text)).toEqual([message]);
  });

  it.each([
    'control: S3.4',
    'control: "Recon:*"',
    'control: "Recon:EC2/PortProbeUnprotectedPort"',
    'control: CVE-2026-0001, product: other',
    'control: Execution, product: [guardduty, other]',
  ])('but not %s, which may come', (when) => {
    expect(
      problemsOf(`${DEADLINES}lines:\n  - { id: a, when: { ${when} }, treatment: track }${rest}`),
    ).toEqual([]);
  });

  it('and not a new control whose line says so', () => {
    const line = '- { id: a, when: { control: EC2.199 }, uncatalogued: true, treatment: track }';
    expect(problemsOf(`${DEADLINES}lines:\n  ${line}${rest}`)).toEqual([]);
  });

  it('but not a wider line after a narrower one', () => {
    const lines =
      '\n  - { id: a, when: { control: EC2.19 }, treatment: track }\n  - { id: b, when: { control: EC2.* }, treatment: notify }';
    expect(problemsOf(`${DEADLINES}lines:${lines}${rest}`)).toEqual([]);
  });
});
