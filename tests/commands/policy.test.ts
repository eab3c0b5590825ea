import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'commands/policy.ts', ...args],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

it('shows what is done, by when and why', () => {
  const { status, stdout, stderr } = run('ec2.19', '--kind', 'production');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(
    new RegExp(
      [
        '^EC2\\.19 {2}Security groups should not allow unrestricted access to ports with high risk',
        '  category +other',
        '  severity +CRITICAL',
        '',
        'production',
        '  treatment +track',
        '  deadline +24 hours',
        '  decided by +other-severe \\(config/policy\\.yml:\\d+\\)',
        '  because +A CRITICAL or HIGH control opens a way in\\.',
        '$',
      ].join('\n'),
    ),
  );
});

it('shows both kinds when none is asked for, and takes the kind of a registered account', () => {
  expect(run('APIGateway.4').stdout).toMatch(
    /production\n {2}treatment +notify[\s\S]*non-production\n {2}treatment +ignore/,
  );
  const { stdout } = run('APIGateway.4', '--account', '444455556666');
  expect(stdout).toMatch(/non-production\n {2}treatment +ignore/);
  expect(stdout).not.toContain('notify');
});

it('suggests controls for one it does not know', () => {
  const { status, stderr } = run('EC2.91');
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^EC2\.91 is not in the catalogue\.\nDid you mean one of these\?\n[\s\S]* {2}EC2\.19 {2}Security groups/,
  );
});

it('shows its usage when asked wrongly', () => {
  const { status, stderr } = run('EC2.19', '--kind', 'prod');
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^--kind prod: write one of production, non-production\.\n\nShows what[\s\S]*Usage: npm run policy/,
  );
});
