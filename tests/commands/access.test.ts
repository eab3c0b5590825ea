import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(60_000);

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'access-command-'));
cpSync(join(ROOT, 'config'), folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], configDir = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'commands/access.ts', ...args],
    { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', CONFIG_DIR: configDir } },
  );
  return { status, stdout, stderr };
}

it('prints who may do what, a column a role, severities with the same answers in one line', () => {
  const { status, stdout, stderr } = run(['matrix']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [titles = '', ...rows] = stdout.trimEnd().split('\n');
  const titled = titles.split(/ {2,}/);
  expect(titled).toEqual(['kind of change', 'severity', 'at most', 'member', 'owner', 'analyst', 'lead']);
  const columns = titled.map((title) => titles.indexOf(`  ${title}`) + 2).with(0, 0);
  const cells = rows.map((row) => columns.map((from, index) => row.slice(from, columns[index + 1]).trim()));
  const from = cells.findIndex(([kind]) => kind === 'suppress');
  expect(cells.slice(from, from + 4)).toEqual([
    ['suppress', 'CRITICAL', '14 days', 'asks 1 lead', 'asks 1 lead', 'asks 1 lead', 'asks 1 other lead'],
    [
      '',
      'HIGH',
      '30 days',
      'asks 1 analyst',
      'asks 1 analyst',
      'yes; own account: asks 1 other analyst',
      'yes',
    ],
    ['', 'MEDIUM, LOW, INFORMATIONAL', '90 days', 'asks 1 analyst', 'yes', 'yes', 'yes'],
    ['suppress-by-design', 'any', '366 days', 'no', 'asks 1 lead', 'asks 1 lead', 'asks 1 other lead'],
  ]);
  expect(stdout).toMatch(/^claim-account \(no owner yet\) +any +asks 1 analyst +yes/m);
  expect(stdout).toMatch(/^request-production-account +any +asks 1 lead \+ 1 analyst /m);
});

it('prints every answer for other programs', () => {
  const { stdout } = run(['matrix', '--json']);
  expect(JSON.parse(stdout)).toContainEqual({
    kind: 'suppress',
    severity: 'HIGH',
    maxDays: 30,
    cells: expect.arrayContaining([
      {
        role: 'analyst',
        ruling: { effect: 'allow', as: 'analyst' },
        own: { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: true },
      },
    ]),
  });
});

it('checks the file: how much it holds, or everything that is wrong and where', () => {
  expect(run(['check'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/access\.yml is right: 14 kinds of change, 0 guests listed\.\n$/),
  });
  writeFileSync(join(folder, 'access.yml'), 'version: 1\nchanges:\n  taek:\n    - { member: yes }\n');
  for (const verb of ['check', 'matrix']) {
    const { status, stdout, stderr } = run([verb], folder);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /access\.yml:4:5 "taek" is not a kind of change; those that there are: look, take/,
    );
  }
});

test.each([[[]], [['everything']], [['check', '--json']], [['matrix', '--yaml']]])(
  'says how it is used when %j was typed',
  (args) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: npm run access -- matrix [--json]');
  },
);
