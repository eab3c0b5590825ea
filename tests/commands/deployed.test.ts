import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { asffFinding } from '../../local/aws';
import type { Principal } from '../../src/accounts';
import { tableChanges } from '../../src/changes';
import { suppress } from '../../src/suppressions';
import { change } from '../changes/change';
import { asff, imported } from '../fixtures/findings';
import { callHandler } from '../setup/spine';
import { ALICE, type DeployedBot, HOME, HUB, OPERATOR, openDeployedBot, READER } from './deployed-bot';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(180_000);

const ROOT = join(__dirname, '../..');
const GOLDEN: Record<string, string[]> = JSON.parse(
  readFileSync(join(ROOT, 'tests/infra/golden/actions.json'), 'utf8'),
);
const PROD = '111122223333';
const DEV = '444455556666';
const ADMIN = 'AdminOfMembers';
const MEMBER = 'SecOpsBotMember';
const READS = `SecopsBot in ${HUB}, ${HOME}, as ${ALICE}: read only.\n`;
const CHANGES = `SecopsBot in ${HUB}, ${HOME}, as ${ALICE}: this may change it.\n`;

const roleIn = (account: string, name: string, externalId?: string) => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  ...(externalId !== undefined && { externalId }),
});

let bot: DeployedBot;
beforeAll(async () => {
  bot = await openDeployedBot();
});
afterAll(() => bot.close());

/** One finding that is open, one that a person has suppressed, and a message that cannot be read. */
async function lifeOfABot(): Promise<void> {
  const { spine } = bot;
  const bodies = [
    asff({ control: 'EC2.19' }),
    asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' }),
  ];
  await spine.hub.putFindings(bodies.map((body) => asffFinding.parse(body)));
  for (const body of bodies) await spine.send(imported(body));
  await spine.send('not to be read');
  await spine.drain();
  const until = new Date(Date.now() + 14 * 86_400_000).toISOString();
  const payload = {
    scope: 'all' as const,
    issues: [],
    reason: 'accepted for two weeks',
    days: 14,
    asOf: new Date().toISOString(),
    until,
  };
  const by = { id: 'U0LEAD' as Principal, name: 'Lead' };
  const approvals = [{ by, at: new Date().toISOString(), hash: 'hash' }];
  const made = change({ kind: 'suppress', payload, status: 'applied', until, approvals });
  const { intake, directory, config, changes } = spine.bot;
  await suppress({ ...intake, directory, rules: config.access, changes }).apply(made, payload);
  await tableChanges(spine.ports.table).create(made);
}

describe('commands that only read', () => {
  beforeAll(lifeOfABot);

  test('accounts, and what an import or a sync would do to them', async () => {
    const file = join(bot.folder, 'new.csv');
    writeFileSync(file, 'id,name,kind\n777788889999,lab,non-production\n');
    const [listed, exported, imported, synced, members] = await Promise.all([
      bot.run('accounts', 'list', '--json'),
      bot.run('accounts', 'export'),
      bot.run('accounts', 'import', file, '--dry-run', '--json'),
      bot.run('accounts', 'sync', '--dry-run', '--json'),
      bot.run('accounts', 'sync', '--from', 'security-hub', '--dry-run', '--json'),
    ]);
    expect(listed).toMatchObject({ status: 0, stderr: READS });
    expect(JSON.parse(listed.stdout)).toEqual([
      expect.objectContaining({ id: PROD }),
      expect.objectContaining({ id: DEV }),
    ]);
    expect(exported.stdout).toContain(PROD);
    expect(imported).toMatchObject({ status: 0, stderr: READS });
    expect(JSON.parse(imported.stdout)).toMatchObject({ dryRun: true, created: 1 });
    expect(JSON.parse(synced.stdout)).toMatchObject({ dryRun: true, created: 0, changed: 2 });
    expect(JSON.parse(members.stdout)).toMatchObject({ dryRun: true, created: 1 });
  });

  test('the audit log, exceptions, scores', async () => {
    const [audit, exceptions, scores, days] = await Promise.all([
      bot.run('audit', '--from', '2026-01-01'),
      bot.run('exceptions', 'export'),
      bot.run('scores'),
      bot.run('scores', 'export'),
    ]);
    expect(audit).toMatchObject({ status: 0, stderr: expect.stringMatching(/read only\.\n\d+ events\n$/) });
    expect(exceptions).toMatchObject({ status: 0, stderr: `${READS}1 exception\n` });
    expect(parse(exceptions.stdout)).toMatchObject({
      exceptions: [{ account: PROD, reason: 'accepted for two weeks', approvedBy: ['Lead (U0LEAD)'] }],
    });
    expect(scores).toMatchObject({ status: 0, stderr: expect.stringContaining(READS) });
    expect(days).toMatchObject({ status: 0, stderr: `${READS}0 rows\n` });
  });

  test('the policy in force, and what another one would do', async () => {
    const [explained, table, hub, answers, history] = await Promise.all([
      bot.run('policy', 'EC2.19', '--account', PROD),
      bot.run('policy', 'preview'),
      bot.run('policy', 'preview', '--from', 'hub'),
      bot.run('policy', 'answers'),
      bot.run('policy', 'history'),
    ]);
    expect(explained).toMatchObject({ status: 0, stderr: READS });
    expect(explained.stdout).toMatch(/production\n {2}treatment +track/);
    const numbers = ({ stdout }: { readonly stdout: string }): unknown =>
      JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(numbers(table)).toMatchObject({ issues: 1, changed: 0, kept: 1 });
    expect(numbers(hub)).toMatchObject({ issues: 2, changed: 0 });
    expect(answers.stderr).toBe(`${READS}Nothing has been answered in Slack.\n`);
    expect(history.stderr).toBe(`${READS}No policy has been pushed: config/policy.yml is in force.\n`);
  });

  test('quarantine, and an original that is gone', async () => {
    const listed = await bot.run('quarantine', 'list');
    const [id = ''] = listed.stdout.split(' ');
    const shown = await bot.run('quarantine', 'show', id);
    expect(shown).toMatchObject({ status: 0, stdout: expect.stringMatching(/\nnot to be read\n$/) });
  });

  test('none of them has written anything, or used the role that may', async () => {
    const asked = await bot.asked();
    expect(asked.filter(({ role }) => role === 'OperatorRole')).toEqual([]);
    expect(asked.filter(({ right }) => /:(Put|Update|Delete|Send)/.test(right))).toEqual([]);
    expect(asked.map(({ right }) => right)).not.toContain(`sts:AssumeRole on ${OPERATOR}`);
  });

  test('each has said who asks: name of the session, and source identity', async () => {
    const assumed = await bot.spine.hub.calls('AssumeRole');
    expect(assumed.length).toBeGreaterThan(10);
    for (const { input } of assumed) {
      expect(input).toMatchObject({
        RoleArn: READER,
        RoleSessionName: ALICE,
        SourceIdentity: ALICE,
        DurationSeconds: '3600',
      });
    }
  });
});

describe('commands that change something', () => {
  test('accounts are registered in the name of whoever is signed in', async () => {
    const file = join(bot.folder, 'lab.csv');
    writeFileSync(file, `id,name,owner\n777788889999,lab,U0OWNER1\n${PROD},shop,U0LEAD\n`);
    const imported = await bot.run('accounts', 'import', file);
    expect(imported).toMatchObject({ status: 0, stderr: expect.stringContaining(CHANGES) });
    const synced = await bot.run('accounts', 'sync', '--json');
    expect(synced).toMatchObject({ status: 0, stderr: expect.stringContaining(CHANGES) });
    const members = await bot.run('accounts', 'sync', '--from', 'security-hub', '--json');
    expect(members).toMatchObject({ status: 0 });
    const audit = await bot.run('audit', '--from', '2026-01-01', '--account', '777788889999');
    expect(audit.stdout).toContain(ALICE);
  });

  test('a policy is pushed, and then it is what decides there', async () => {
    const file = join(bot.folder, 'policy.yml');
    const line = '\nlines:\n  - { id: firewall, when: { control: EC2.19 }, treatment: notify }\n';
    const text = readFileSync(join(ROOT, 'config/policy.yml'), 'utf8');
    writeFileSync(file, text.replace('\nlines:\n', line));
    const pushed = await bot.run('policy', 'push', file, '--yes');
    expect(pushed.stderr).toContain(CHANGES);
    expect(pushed.stderr).toContain('Policy 1 is in force');
    const [explained, history] = await Promise.all([
      bot.run('policy', 'EC2.19'),
      bot.run('policy', 'history'),
    ]);
    expect(explained.stdout).toMatch(/treatment +notify\n[\s\S]*decided by +firewall \(policy 1:\d+\)/);
    expect(history.stdout).toContain(ALICE);
  });

  test('scores are counted', async () => {
    const counted = await bot.run('scores', 'count');
    expect(counted).toMatchObject({ status: 0, stderr: CHANGES });
    expect(counted.stdout).toContain('1 account counted');
  });

  test('findings are sent, and what could not be read is sent again', async () => {
    const files = join(bot.folder, 'findings');
    mkdirSync(files);
    writeFileSync(join(files, 'one.json'), imported(asff({ control: 'RDS.3' })));
    const enough = new AbortController();
    // As the function would: until the command has seen that its queue is empty.
    const serving = (async () => {
      while (!enough.signal.aborted) {
        await bot.spine.drain({ serve: (queue, event) => callHandler(queue, event, bot.spine.bot) });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    const sent = await bot.run('send', files);
    const resent = await bot.run('quarantine', 'resend', '--all');
    enough.abort();
    await serving;
    expect(sent).toMatchObject({ status: 0, stderr: expect.stringContaining(CHANGES) });
    expect(JSON.parse(sent.stdout)).toEqual({ sent: 1, accepted: 1, quarantined: 0 });
    expect(resent).toMatchObject({ status: 0, stderr: CHANGES });
    expect(resent.stdout).toMatch(/^sent again: /);
  });
});

describe('setting Security Hub up', () => {
  const by = async (operation: string) =>
    (await bot.spine.hub.calls(operation)).map(({ caller }) => caller.split(':assumed-role/')[1]);

  test('check reads, in member accounts with the role that the bot has there', async () => {
    await bot.letIn(roleIn(PROD, MEMBER, 'ours'));
    const checked = await bot.run('setup', 'check', '--json');
    expect(checked.stderr).toContain(READS);
    const { verdicts } = JSON.parse(checked.stdout.trim().split('\n').at(-1) ?? '');
    const of = (check: string) =>
      verdicts.filter((verdict: { check: string }) => verdict.check === check) as unknown[];
    expect(of('delivery')).toEqual([expect.objectContaining({ state: 'right', account: HUB, region: HOME })]);
    expect(of('hub')).toContainEqual(expect.objectContaining({ account: PROD, state: 'right' }));
    expect(of('role')).toContainEqual(expect.objectContaining({ account: DEV, state: 'unread' }));
    const session = `SecopsBot-ReaderRole/${ALICE}`;
    expect(new Set(await by('DescribeHub'))).toEqual(new Set([session, `${MEMBER}/${ALICE}`]));
    const inMembers = (await bot.spine.hub.calls('AssumeRole')).filter(({ input }) =>
      JSON.stringify(input).includes(MEMBER),
    );
    for (const { input } of inMembers) {
      expect(input).toMatchObject({ SourceIdentity: ALICE, ExternalId: 'ours' });
    }
  });

  test('apply shows with the reader; it changes the hub with the operator, and members as whoever is signed in', async () => {
    const { hub } = bot.spine;
    await bot.letIn(...[PROD, DEV].map((account) => roleIn(account, ADMIN)));
    await hub.setOrganization(null);
    await hub.setMembers([]);
    const off = { region: HOME, on: false, standards: {} };
    await hub.setHubSetup({ places: [HUB, PROD, DEV].map((account) => ({ account, ...off })) });
    const shown = await bot.run('setup', 'apply');
    expect(shown.stderr).toContain('Nothing has been changed');
    expect(shown.stderr).not.toContain(CHANGES);
    const applied = await bot.run('setup', 'apply', '--yes', '--role', ADMIN);
    expect(applied.stderr).toMatch(/(\d+) of \1 done\./);
    expect(applied.stderr.startsWith(`${READS}${CHANGES}`)).toBe(true);
    const operator = `SecopsBot-OperatorRole/${ALICE}`;
    expect(await by('CreateMembers')).toEqual([operator]);
    expect(new Set(await by('EnableSecurityHub'))).toEqual(new Set([operator, `${ADMIN}/${ALICE}`]));
    expect(new Set(await by('AcceptAdministratorInvitation'))).toEqual(new Set([`${ADMIN}/${ALICE}`]));
    const admins = (await hub.calls('AssumeRole')).filter(({ input }) =>
      JSON.stringify(input).includes(ADMIN),
    );
    expect(new Set(admins.map(({ caller }) => caller.split('/')[1]))).toEqual(
      new Set(['AWSReservedSSO_SecOps_0123456789abcdef']),
    );
  });

  test('apply brings what is there to what it should be', async () => {
    const { hub } = bot.spine;
    await hub.setHubSetup({
      aggregation: { home: HOME, mode: 'SPECIFIED_REGIONS', regions: ['us-east-1'] },
      delegation: 'none',
      places: [{ account: HUB, region: HOME, format: 'STANDARD_CONTROL' }],
    });
    const applied = await bot.run('setup', 'apply', '--yes', '--controls', '--regions', 'eu-west-1');
    expect(applied.stderr).toMatch(/(\d+) of \1 done\./);
    await hub.setOrganization([]);
    const checked = await bot.run('setup', 'check');
    expect(checked.stdout).toContain('not the delegated administrator');
  });
});

test('the manifest is for the address of the stack, which takes no role', async () => {
  const before = (await bot.spine.hub.calls('AssumeRole')).length;
  const printed = await bot.run('manifest');
  expect(printed.status).toBe(0);
  expect(printed.stdout).toContain('request_url: https://abc.execute-api.');
  expect((await bot.spine.hub.calls('AssumeRole')).length).toBe(before);
});

/** What a role must be given for another right, though nobody calls it. */
const COMES_WITH: Readonly<Record<string, string>> = {
  's3:ListBucket on <Data>': 's3:GetObject on <Data>/quarantine/*',
  'securityhub:DescribeStandardsControls on *': 'securityhub:BatchGetSecurityControls on *',
  'sts:SetSourceIdentity on arn:<AWS::Partition>:iam::*:role/<MemberRoleName>':
    'sts:AssumeRole on arn:<AWS::Partition>:iam::*:role/<MemberRoleName>',
};
/** What a key is used for, by the calls that make a service use it. */
const THROUGH: Readonly<Record<string, RegExp>> = {
  dynamodb: /^dynamodb:/,
  s3: /^s3:GetObject/,
  sqs: /^sqs:SendMessage/,
};

describe('the roles', () => {
  /** Whoever is signed in may ask who they are. */
  const needsNone = (right: string) => right.startsWith('sts:GetCallerIdentity');
  const needed = async (name: string) =>
    new Set(
      (await bot.asked())
        .filter(({ role, right }) => role === name && !needsNone(right))
        .map(({ right }) =>
          right.replace(
            /arn:aws:iam::\d+:role\/SecOpsBotMember/,
            'arn:<AWS::Partition>:iam::*:role/<MemberRoleName>',
          ),
        ),
    );

  test.each(['ReaderRole', 'OperatorRole'])(
    '%s: has every right that commands need, and no other',
    async (name) => {
      const rights = GOLDEN[name] ?? [];
      const used = await needed(name);
      expect([...used].filter((right) => !rights.includes(right))).toEqual([]);
      const idle = rights.filter((right) => {
        const through = / through (\w+)\./.exec(right)?.[1];
        if (through !== undefined) return ![...used].some((call) => THROUGH[through]?.test(call));
        return !used.has(COMES_WITH[right] ?? right);
      });
      expect(idle).toEqual([]);
    },
  );
});

describe('what cannot be done is said, with what to do', () => {
  const NOBODY = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  /** As the AWS CLI leaves it when a session of IAM Identity Center has ended. */
  function signInThatHasEnded(): void {
    const cache = join(bot.folder, '.aws/sso/cache');
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      join(bot.folder, '.aws/config'),
      `[profile ops]\nsso_session = company\nsso_account_id = ${HUB}\nsso_role_name = SecOps\n` +
        '[sso-session company]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n',
    );
    const name = createHash('sha1').update('company').digest('hex');
    const token = { accessToken: 'gone', expiresAt: '2026-01-01T00:00:00Z', region: 'us-east-1' };
    writeFileSync(join(cache, `${name}.json`), JSON.stringify(token));
  }

  test('nobody is signed in, or not any more, or elsewhere', async () => {
    signInThatHasEnded();
    const other = bot.writeSettings('other.yml', (text) => text.replace(HUB, PROD));
    const far = bot.writeSettings('far.yml', (text) => text.replace(HOME, 'us-east-1'));
    const wrong = bot.writeSettings('wrong.yml', (text) => text.replace(`'${HUB}'`, 'ours'));
    const [nobody, ended, elsewhere, noStack, noFile, badFile, noName] = await Promise.all([
      bot.runWith({ environment: NOBODY }, 'audit', '--from', '2026-01-01'),
      bot.runWith({ environment: { ...NOBODY, AWS_PROFILE: 'ops' } }, 'exceptions', 'export'),
      bot.runWith({ settings: other }, 'quarantine', 'resend', '--all'),
      bot.runWith({ settings: far }, 'scores', 'count'),
      bot.runWith({ settings: join(bot.folder, 'nowhere.yml') }, 'accounts', 'list'),
      bot.runWith({ settings: wrong }, 'policy', 'history'),
      bot.runWith({ settings: '' }, 'send', 'examples'),
    ]);
    const signIn = new RegExp(
      `^AWS does not know who you are \\(.+\\)\\. Sign in to account ${HUB}, for example with \`aws sso login\``,
    );
    expect([nobody.status, nobody.stderr]).toEqual([1, expect.stringMatching(signIn)]);
    expect([ended.status, ended.stderr]).toEqual([1, expect.stringMatching(signIn)]);
    expect(ended.stderr).toContain('SSO');
    expect([elsewhere.status, elsewhere.stderr]).toEqual([
      1,
      expect.stringMatching(
        new RegExp(
          `^You are signed in to account ${HUB}, and the settings file is for ${PROD} .+nothing is done`,
        ),
      ),
    ]);
    expect([noStack.status, noStack.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^There is no stack SecopsBot in account \d+, Region us-east-1\. Correct AWS_REGION/,
      ),
    ]);
    expect([noFile.status, noFile.stderr]).toEqual([1, expect.stringContaining('nowhere.yml')]);
    expect([badFile.status, badFile.stderr]).toEqual([
      1,
      expect.stringMatching(/wrong\.yml:1:\d+ .*write its twelve digits/),
    ]);
    expect([noName.status, noName.stderr]).toEqual([
      2,
      expect.stringMatching(/^--settings: name the settings file\.\n\nUsage: npm run send/),
    ]);
  });

  test('the stack is not finished, or from before', async () => {
    await bot.deploy('CREATE_IN_PROGRESS', ['OperatorRoleArn', 'ReaderRoleArn']);
    const ran = await bot.run('accounts', 'list');
    await bot.deploy();
    expect([ran.status, ran.stderr]).toEqual([
      1,
      expect.stringMatching(/says nothing of ReaderRoleArn \(it is CREATE_IN_PROGRESS\)\. Deploy it again/),
    ]);
  });

  test('who may not: whom to ask, and for what', async () => {
    const { hub } = bot.spine;
    await hub.addFault({ kind: 'denied', operation: 'DescribeStacks', when: 'always' });
    const unseen = await bot.run('accounts', 'list');
    await hub.clearFaults();
    await hub.setRoles([{ arn: READER }]);
    const refused = await bot.run('scores', 'count');
    await hub.setCallers([{ accessKeyId: 'AKIAALICE', arn: `arn:aws:iam::${HUB}:root` }]);
    const root = await bot.run('accounts', 'list');
    expect(unseen.stderr).toMatch(/may not look at the stack SecopsBot .+cloudformation:DescribeStacks/);
    expect(refused.stderr).toMatch(
      new RegExp(`^${ALICE} may not assume ${OPERATOR} .+OPERATOR_PRINCIPALS.+sts:SetSourceIdentity`),
    );
    expect(root.stderr).toMatch(/^arn:aws:iam::\d+:root may assume no role: sign in as a person/);
    expect([unseen.status, refused.status, root.status]).toEqual([1, 1, 1]);
  });
});
