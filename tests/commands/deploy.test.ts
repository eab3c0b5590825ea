import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkArguments } from '../../commands/deploy/cdk-arguments';
import { describeDeployment } from '../../commands/deploy/describe-deployment';
import { pinnedAlone } from '../../commands/deploy/fetch-native';
import { readDeployment } from '../../commands/deploy/read-deployment';
import { DEPLOYMENT_SETTINGS } from '../../infra/resources';

const ROOT = join(__dirname, '../..');
const GOOD = `AWS_ACCOUNT_ID: '999999999999'
AWS_REGION: ap-northeast-1
SLACK_TEAM_ID: T0EXAMPLE
SLACK_BOT_ID: B0EXAMPLE
SLACK_BOT_USER_ID: U0EXAMPLE
DEFAULT_CHANNEL_ID: C0REQUESTS
SECURITY_CHANNEL_ID: C0SECURITY
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (text: string): string => {
  const file = join(folder, 'settings.yml');
  writeFileSync(file, text);
  return file;
};
const read = (text: string) => readDeployment(written(text));

test('a file with what must be given deploys a bot that only observes', () => {
  const deployment = read(GOOD);
  expect(deployment).toMatchObject({ account: '999999999999', region: 'ap-northeast-1' });
  expect(deployment.settings).toMatchObject({
    UNKNOWN_ACCOUNT_MODE: 'observe',
    MEMBER_ROLE_NAME: 'SecOpsBotMember',
  });
  expect(describeDeployment(deployment).join('\n')).toMatch(
    /only observed: .* nothing is written to Security Hub/,
  );
});

test('says how long the archive is locked, and for whom', () => {
  const said = (more: string) => describeDeployment(read(`${GOOD}${more}`)).at(-1);
  expect(said('')).toMatch(/for 7 year\(s\): nobody, not even the root user/);
  expect(said("ARCHIVE_LOCK: governance\nARCHIVE_YEARS: '1'\n")).toMatch(
    /for 1 year\(s\): whoever .* a trial/,
  );
});

test.each([
  [
    'SLACK_TEAM: T0',
    /settings\.yml:8:1 unknown key "SLACK_TEAM"; the keys here are AWS_ACCOUNT_ID, AWS_REGION.*did you mean/,
  ],
  ['RANKING_CHANNEL_ID: general', /settings\.yml:8:\d+ .*write the channel of the weekly ranking/],
  ['MEMBER_EXTERNAL_ID: 0123', /write it in quotes: '0123'/],
  ['UNKNOWN_ACCOUNT_MODE: on', /observe, notify or enforce/],
  ['TIME_ZONE: Tokyo', /TIME_ZONE is not a time zone name/],
  ['OPERATOR_PRINCIPALS: alice', /write the ARNs of roles and users/],
  [
    'OPERATOR_PRINCIPALS: arn:aws:iam::111122223333:role/SecOps',
    /only roles and users of account 999999999999 itself are let in/,
  ],
])('%s: said with its place and what to write', (line, problem) => {
  expect(() => read(`${GOOD}${line}\n`)).toThrow(problem);
});

test('what is missing is named', () => {
  expect(() => read(GOOD.replace(/AWS_REGION.*\n/, ''))).toThrow(/"AWS_REGION" is missing/);
  expect(() => read(GOOD.replace(/AWS_ACCOUNT_ID.*\n/, ''))).toThrow(/"AWS_ACCOUNT_ID" is missing/);
  expect(() => read(GOOD.replace(/SLACK_BOT_ID.*\n/, ''))).toThrow(/"SLACK_BOT_ID" is missing/);
});

test('every parameter is named to the CDK, so that none keeps an old value', () => {
  const args = cdkArguments(read(`${GOOD}MEMBER_EXTERNAL_ID: ours\n`), false);
  const given = args.filter((_, at) => args[at - 1] === '--parameters');
  expect(given).toHaveLength(Object.keys(DEPLOYMENT_SETTINGS).length);
  expect(given).toEqual(
    expect.arrayContaining([
      'SecopsBot:SlackTeamId=T0EXAMPLE',
      'SecopsBot:RankingChannelId=',
      'SecopsBot:UnknownAccountMode=observe',
      'SecopsBot:MemberExternalId=ours',
    ]),
  );
  expect(args).toEqual(expect.arrayContaining(['--require-approval', 'broadening']));
  expect(cdkArguments(read(GOOD), true)).toEqual(expect.arrayContaining(['--require-approval', 'never']));
});

test('the external id is not shown', () => {
  const said = describeDeployment(read(`${GOOD}MEMBER_EXTERNAL_ID: hush-hush\n`)).join('\n');
  expect(said).toMatch(/MEMBER_EXTERNAL_ID +\(given\)/);
  expect(said).not.toContain('hush-hush');
});

test('what is fetched for Lambda is what the lock file pins, with its checksum', () => {
  const rootLock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const { lock } = pinnedAlone(rootLock) as { lock: { packages: Record<string, { integrity?: string }> } };
  const part = lock.packages['node_modules/@resvg/resvg-js-linux-arm64-gnu'];
  expect(part?.integrity).toMatch(/^sha512-/);
  const places = Object.keys(lock.packages).filter((place) => place !== '');
  expect(places.every((place) => place.startsWith('node_modules/@resvg/'))).toBe(true);
});

describe('npm run deploy', () => {
  const deploy = (...args: string[]): Promise<{ status: unknown; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env['PATH'] ?? '', HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
      execFile(
        process.execPath,
        ['--import', 'tsx', 'commands/deploy.ts', ...args],
        { cwd: ROOT, env },
        (error, stdout, stderr) => resolve({ status: error?.code ?? 0, stdout, stderr }),
      );
    });

  test('without credentials: says what it would do, that nobody is signed in, and stops', async () => {
    const { status, stdout, stderr } = await deploy('--settings', written(GOOD));
    expect(status).toBe(1);
    expect(stdout).toContain('The stack SecopsBot in account 999999999999, ap-northeast-1,');
    expect(stderr).toMatch(/^AWS does not know who you are \(.+\)\. Sign in to account 999999999999/);
    expect(stderr).not.toMatch(/ at /);
  });

  test('typed wrongly: says how', async () => {
    expect(await deploy()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Name the settings file.'),
    });
    expect(await deploy('--file', 'x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Usage:'),
    });
  });

  test('a file that is not there: says so', async () => {
    const { status, stderr } = await deploy('--settings', 'nowhere.yml');
    expect(status).toBe(1);
    expect(stderr).toContain('nowhere.yml');
  });
});
