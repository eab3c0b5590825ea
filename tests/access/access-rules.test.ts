import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAccessRules } from '../../src/access';
import { ConfigError } from '../../src/config';

const folder = mkdtempSync(join(tmpdir(), 'access-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, 'access.yml');
  writeFileSync(file, text);
  return loadAccessRules(file);
}

function problemsOf(text: string): string {
  try {
    load(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('the file was taken');
}

const RIGHT = `version: 1
changes:
  take:
    - { member: yes, owner: no }
  suppress:
    - severities: [HIGH]
      maxDays: 30
      analyst: { yes-except: own-account }
      lead: { ask: lead, count: 2 }
      member: { ask: [lead, analyst] }
guests:
  U0GUEST: [look, take]
`;

it('reads rules', () => {
  expect(load(RIGHT)).toEqual({
    version: 1,
    changes: {
      take: [{ member: 'yes', owner: 'no' }],
      suppress: [
        {
          severities: ['HIGH'],
          maxDays: 30,
          analyst: { 'yes-except': 'own-account' },
          lead: { ask: 'lead', count: 2 },
          member: { ask: ['lead', 'analyst'] },
        },
      ],
    },
    guests: { U0GUEST: ['look', 'take'] },
  });
});

test.each([
  ['another version', RIGHT.replace('version: 1', 'version: 2'), 'access.yml:1'],
  ['no version', RIGHT.replace('version: 1\n', ''), 'version'],
  ['an unknown role', RIGHT.replace('owner: no', 'boss: yes'), 'access.yml:4'],
  ['an unknown answer', RIGHT.replace('member: yes', 'member: perhaps'), 'access.yml:4'],
  ['an unknown severity', RIGHT.replace('HIGH', 'SEVERE'), 'access.yml:6'],
  ['no severity at all', RIGHT.replace('[HIGH]', '[]'), 'access.yml:6'],
  ['no days', RIGHT.replace('30', '0'), 'access.yml:7'],
  ['more than a year', RIGHT.replace('30', '367'), 'access.yml:7'],
  ['half days', RIGHT.replace('30', '1.5'), 'access.yml:7'],
  ['an exception that is none', RIGHT.replace('own-account', 'mondays'), 'access.yml:8'],
  ['a role that cannot approve', RIGHT.replace('ask: lead', 'ask: member'), 'access.yml:9'],
  ['no approver', RIGHT.replace('count: 2', 'count: 0'), 'access.yml:9'],
  ['a word too much', RIGHT.replace('count: 2', 'count: 2, other: true'), 'access.yml:9'],
  ['a list that asks nobody', RIGHT.replace('[lead, analyst]', '[]'), 'access.yml:10'],
  ['a list with somebody who cannot approve', RIGHT.replace('[lead, analyst]', '[owner]'), 'access.yml:10'],
  ['a count beside a list', RIGHT.replace('[lead, analyst]', '[lead], count: 2'), 'access.yml:10'],
  ['a kind that there is not', RIGHT.replace('take:', 'taek:'), 'access.yml:4'],
  [
    'a rule that can never decide',
    RIGHT.replace('owner: no }', 'owner: no }\n    - { member: no }'),
    'access.yml:5',
  ],
  [
    'an approval for what cannot wait',
    RIGHT.replace('take:', 'undo:').replace('yes', '{ ask: lead }'),
    'access.yml:4',
  ],
  ['an unknown condition', RIGHT.replace('maxDays: 30', 'only-if: sunny'), 'access.yml:7'],
  ['a guest without an id', RIGHT.replace('U0GUEST', 'guest'), 'access.yml:12'],
  ['a guest who may what there is not', RIGHT.replace('[look, take]', '[taek]'), 'access.yml:12'],
  ['a kind without rules', RIGHT.replace('    - { member: yes, owner: no }', '    []'), 'access.yml:'],
  ['no rules', 'version: 1\n', 'changes'],
  ['nothing', '', 'access.yml'],
  ['no YAML', 'version: [1', 'access.yml:1'],
])('refuses %s, and says where', (_, text, where) => {
  expect(problemsOf(text)).toContain(where);
});

it('a wrong answer is told what could stand there', () => {
  expect(problemsOf(RIGHT.replace('member: yes', 'member: perhaps'))).toContain('{ ask: [lead, analyst] }');
});

it('nobody need be listed as a guest', () => {
  expect(load(RIGHT.replace('  U0GUEST: [look, take]\n', '')).guests).toBeNull();
});

it('names everything that is wrong at once', () => {
  const problems = problemsOf(RIGHT.replace('HIGH', 'SEVERE').replace('30', '0'));
  expect(problems).toContain('access.yml:6');
  expect(problems).toContain('access.yml:7');
});

it('refuses a file that is not there', () => {
  expect(() => loadAccessRules(join(folder, 'none.yml'))).toThrow(ConfigError);
});
