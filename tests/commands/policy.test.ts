import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRunFile } from '../../local/run-file';
import { type ControlId, loadCatalogue } from '../../src/controls';
import { loadPolicy, tablePolicies } from '../../src/policy';
import { dynamoTable } from '../../src/store';
import { asff, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';
import { runCommand } from './run-command';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(60_000);

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
  expect(stderr).toMatch(/^--kind prod: write one of production, non-production\.\n\nUsage: npm run policy/);
});

it('says what to do when no bot is there to ask', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  const { status, stderr } = await runCommand('policy', ['preview'], folder);
  rmSync(folder, { recursive: true });
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^No bot is running on this machine: start one/),
  ]);
});

describe('beside a running bot', () => {
  let folder: string;
  let spine: Spine;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'policy-'));
    spine = await openSpine();
    writeRunFile(
      { pid: process.pid, environment: { ...spine.world.environment }, aws: spine.aws.url },
      folder,
    );
  });
  afterEach(async () => {
    await spine.close();
    rmSync(folder, { recursive: true });
  });
  const policy = (...args: string[]) => runCommand('policy', args, folder);
  const summary = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

  it('shows what a file would do before it is pushed, and pushes it', async () => {
    const findings = [
      asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' }),
      asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-b', resourceType: 'AwsS3Bucket' }),
      asff({ control: 'EC2.19' }),
    ];
    await spine.hub.putFindings(findings as never);
    for (const finding of findings) await spine.send(imported(finding));
    await spine.drain();

    const file = join(folder, 'new-policy.yml');
    const line = '\nlines:\n  - { id: buckets, when: { control: S3.5 }, treatment: ignore }\n';
    writeFileSync(file, readFileSync(join(ROOT, 'config', 'policy.yml'), 'utf8').replace('\nlines:\n', line));

    const numbers = {
      issues: 3,
      changed: 2,
      posted: 1,
      asked: 1,
      told: 0,
      suppressed: 2,
      left: 0,
      held: 0,
      kept: 0,
    };
    const [preview, hub, same] = await Promise.all([
      policy('preview', file),
      policy('preview', file, '--from', 'hub'),
      policy('preview'),
    ]);
    expect(preview.stderr).toBe('');
    expect(summary(preview.stdout)).toEqual(numbers);
    expect(preview.stdout).toMatch(/S3\.5 +asked → suppressed +2\n/);
    expect(summary(hub.stdout)).toEqual(numbers);
    expect(summary(same.stdout)).toMatchObject({ changed: 0 });
    expect(same.stdout).toContain('Nothing differs from the policy in force (config/policy.yml).');

    const refused = await policy('push', file);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('push with --yes')]);
    const pushed = await policy('push', file, '--yes');
    expect([pushed.status, pushed.stderr]).toEqual([0, expect.stringContaining('Policy 1 is in force')]);
    const [again, history] = await Promise.all([policy('push', file, '--yes'), policy('history')]);
    expect(again.stderr).toContain('in force already');
    expect(history.stdout).toMatch(/^ {3}1 {2}20/);

    spine.clock.advance(60_000);
    await spine.bot.policies.refresh();
    expect(spine.bot.policies.current().file.text).toBe(readFileSync(file, 'utf8'));
  });

  it('prints what was answered in Slack as lines of a policy', async () => {
    const catalogue = loadCatalogue('config');
    const policies = tablePolicies(
      dynamoTable(spine.world.dynamodb, spine.world.tableName),
      loadPolicy('config/policy.yml', catalogue),
      catalogue,
      () => new Date(),
      () => undefined,
    );
    await policies.answer({
      control: 'Quantum.1' as ControlId,
      treatment: 'notify',
      who: 'U0LEAD' as never,
      at: '2026-11-24T01:00:00.000Z',
    });
    const { stdout } = await policy('answers');
    expect(stdout).toBe(
      '  # answered in Slack by U0LEAD at 2026-11-24T01:00:00.000Z\n' +
        '  - { id: quantum-1, when: { control: Quantum.1 }, uncatalogued: true, treatment: notify }\n',
    );
  });
});
