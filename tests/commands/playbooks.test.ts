import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(60_000);

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'playbooks-command-'));
const config = join(folder, 'config');
const own = join(folder, 'own');
cpSync(join(ROOT, 'config'), config, { recursive: true });
mkdirSync(own);
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'commands/playbooks.ts', ...args],
    { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', CONFIG_DIR: config } },
  );
  return { status, stdout, stderr };
}

it('prints one in the language that is asked for, with commands and the room that it takes', () => {
  const { status, stdout, stderr } = run('show', 'ec2.19', '--lang', 'en');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^A high-risk port is open to the whole internet\n\nWhy it matters\n/);
  expect(stdout).toContain('    aws ec2 revoke-security-group-ingress --group-id SECURITY_GROUP_ID');
  expect(stdout).toContain("SecurityGroupRules[?CidrIpv4=='0.0.0.0/0'");
  expect(stdout).toContain('Takes about: 20 minutes');
  expect(stdout).toMatch(/en: \d+ of 6800 characters of a card; longest part \d+ of 3000/);
  expect(run('show', 'EC2.19').stdout).toMatch(/^危険なポートが全世界に公開されています/);
});

it('says how many of the tracked controls have one, and which have none', () => {
  const { stdout } = run('check');
  expect(stdout).toMatch(/^Treatment +with +of\s+track +\d+ +204 /);
  expect(stdout).toMatch(/^Tracked +with +of/m);
  expect(stdout).toMatch(/^CRITICAL +\d+ +29 +\d+ %$/m);
  expect(stdout).toMatch(/^EC2 +\d+ +16 +\d+ %/m);
  expect(stdout).toMatch(/Nothing is wrong with them\.$/m);
});

it('names what is wrong with a team’s own words, and fails', () => {
  writeFileSync(
    join(own, 'EC2.19.yml'),
    JSON.stringify({
      control: 'EC2.19',
      fix: [
        { ja: '実行する。', en: 'Run it.', run: `aws ec2 revoke-security-group --id ${'X'.repeat(200)}` },
      ],
    }),
  );
  const { status, stdout } = run('check', '--overrides', own);
  expect(status).toBe(1);
  expect(stdout).toContain('EC2.19: fix 1 (ja) ends a sentence without です or ます: 実行する');
  expect(stdout).toContain('EC2.19: run ec2 has no operation revoke-security-group');
  const { problems, missing } = JSON.parse(run('check', '--overrides', own, '--json').stdout) as {
    problems: string[];
    missing: string[];
  };
  expect(problems).toHaveLength(2);
  expect(missing).not.toContain('EC2.19');
});

it.each([
  [['show', 'EC2.9999'], 1, 'There is no playbook for EC2.9999'],
  [['show'], 2, 'Which control?'],
  [['show', 'EC2.19', '--lang', 'fr'], 2, '--lang is ja or en.'],
  [['look'], 2, 'I do not know "look".'],
  [['check', '--overrides', '/nowhere/at/all'], 1, 'cannot be read'],
])('%j ends with %d', (args, code, said) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(code);
  expect(stderr).toContain(said);
});
