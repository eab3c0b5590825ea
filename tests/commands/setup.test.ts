import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRunFile } from '../../local/run-file';
import type { Verdict } from '../../src/hub-setup';
import { asff, imported } from '../fixtures/findings';
import { manualClock, openSpine, type Spine } from '../setup/spine';
import { runCommand } from './run-command';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(120_000);

const HOME = 'ap-northeast-1';
const FAR = 'eu-west-1';
const HUB = '999999999999';
const PROD = '111122223333';
const DEV = '444455556666';
const ROLE = 'arn:aws:iam::111122223333:role/SecOpsBotMember';

let folder: string;
let spine: Spine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'));
  // The command has a clock of its own.
  spine = await openSpine({ clock: manualClock(new Date().toISOString()) });
  writeRunFile(
    {
      pid: process.pid,
      environment: { ...spine.world.environment, AWS_REGION: HOME },
      aws: spine.aws.url,
    },
    folder,
  );
});
afterEach(async () => {
  await spine.close();
  rmSync(folder, { recursive: true });
});

const setup = (...args: string[]) => runCommand('setup', args, folder);
const verdictsOf = (stdout: string): readonly Verdict[] =>
  (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { verdicts: readonly Verdict[] }).verdicts;
/** What is said of one check, by account and Region. */
const said = (verdicts: readonly Verdict[], check: Verdict['check']) =>
  verdicts
    .filter((verdict) => verdict.check === check)
    .map(({ account, region, state, says }) => `${state} ${account} ${region ?? '-'}: ${says}`);
const WRITES = /^(Enable|Update|Create|Invite|Accept|BatchEnable|BatchUpdate)/;

const ALL_REGIONS = { aggregation: { home: HOME, mode: 'ALL_REGIONS' } } as const;

async function aFindingArrives(): Promise<void> {
  await spine.send(imported(asff({ control: 'EC2.19', account: PROD })));
  await spine.drain();
}

/** All that policy ignores is off, as it should be. */
async function controlsOff(): Promise<void> {
  const shown = await setup('check', '--json');
  expect(shown.status).toBe(1);
  const [asked] = await spine.hub.calls('BatchGetSecurityControls');
  const disabled = (await spine.hub.calls('BatchGetSecurityControls'))
    .filter(({ caller }) => caller === asked?.caller)
    .flatMap(({ input }) => (input as { SecurityControlIds: string[] }).SecurityControlIds);
  await spine.hub.setSecurityControls(
    [HUB, PROD, DEV].map((account) => ({ account, region: HOME, disabled })),
  );
}

it('says that all is right, changes nothing, and shares a line where the same is said', async () => {
  await aFindingArrives();
  await spine.hub.setHubSetup(ALL_REGIONS);
  await controlsOff();
  await spine.hub.forgetCalls();
  const { status, stdout, stderr } = await setup('check', '--json');
  expect(stderr).toContain(' right, 0 wrong, 0 that could not be read.');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^what +where +state +what to do\n/);
  expect(stdout).toMatch(new RegExp(`Security Hub +${HUB} ${HOME}, ${PROD} ${HOME} and 1 more +✓ on\\n`));
  const verdicts = verdictsOf(stdout);
  expect(said(verdicts, 'members')).toEqual([
    `right ${PROD} ${HOME}: member`,
    `right ${DEV} ${HOME}: member`,
  ]);
  expect(said(verdicts, 'administration')).toEqual([
    `right ${HUB} ${HOME}: delegated administrator, new accounts join by themselves`,
  ]);
  expect((await spine.hub.calls()).filter(({ operation }) => WRITES.test(operation))).toEqual([]);
});

it('names everything that is wrong, and where', async () => {
  await spine.hub.setOrganization(null);
  await spine.hub.setMembers([{ AccountId: PROD, MemberStatus: 'Invited' }]);
  await spine.hub.setHubSetup({
    aggregation: { home: HOME, mode: 'SPECIFIED_REGIONS', regions: [FAR] },
    places: [
      { account: HUB, region: HOME, format: 'STANDARD_CONTROL' },
      { account: HUB, region: FAR, standards: {} },
      { account: PROD, region: HOME, on: false },
      { account: DEV, region: FAR, administrator: '777788889999' },
    ],
  });
  const { status, stdout } = await setup('check', '--regions', 'us-east-1', '--json');
  expect(status).toBe(1);
  const verdicts = verdictsOf(stdout).filter(({ state }) => state !== 'right');
  expect(said(verdicts, 'aggregation')).toEqual([`wrong ${HUB} ${HOME}: us-east-1 not linked`]);
  expect(said(verdicts, 'format')).toEqual([`wrong ${HUB} ${HOME}: a finding for each standard`]);
  expect(said(verdicts, 'standard')).toEqual([
    `wrong ${HUB} ${FAR}: AWS Foundational Security Best Practices is off`,
  ]);
  expect(said(verdicts, 'hub')).toEqual([`wrong ${PROD} ${HOME}: Security Hub is off`]);
  expect(said(verdicts, 'members')).toEqual([
    `wrong ${PROD} ${HOME}: invited, and has not accepted`,
    `wrong ${DEV} ${HOME}: not a member`,
    `wrong ${PROD} ${FAR}: invited, and has not accepted`,
    `wrong ${DEV} ${FAR}: administered by 777788889999`,
    `wrong ${PROD} us-east-1: invited, and has not accepted`,
    `wrong ${DEV} us-east-1: not a member`,
  ]);
  expect(said(verdicts, 'delivery')).toEqual([`wrong ${HUB} ${HOME}: no finding is known to have arrived`]);
  expect(said(verdicts, 'controls')[0]).toMatch(/^wrong \d+ \S+: (\d+) of the \1 that policy ignores/);
});

it('says what it could not read, and asks the rest all the same', async () => {
  await aFindingArrives();
  await spine.hub.setHubSetup(ALL_REGIONS);
  await controlsOff();
  await spine.hub.setRoles([{ arn: ROLE }]);
  await spine.hub.addFault({ kind: 'denied', operation: 'ListMembers', when: 'always' });
  const { status, stdout } = await setup('check', '--json');
  expect(status).toBe(2);
  const unread = verdictsOf(stdout).filter(({ state }) => state === 'unread');
  expect(unread).toEqual([
    expect.objectContaining({ check: 'members', account: HUB, says: 'AWS refuses: AccessDeniedException' }),
    expect.objectContaining({ check: 'role', account: DEV, todo: expect.stringContaining('--role') }),
  ]);
});

it('respects central configuration, and knows when another account is the administrator', async () => {
  const off = [{ account: PROD, region: HOME, standards: {} }];
  await spine.hub.setHubSetup({ ...ALL_REGIONS, delegation: 'central', places: off });
  const central = verdictsOf((await setup('check', '--json')).stdout);
  expect(said(central, 'administration')).toEqual([
    `right ${HUB} ${HOME}: delegated administrator, central configuration`,
  ]);
  expect(central.find(({ check, state }) => check === 'standard' && state === 'wrong')?.todo).toContain(
    'configuration policy',
  );
  await spine.hub.setHubSetup({ ...ALL_REGIONS, delegation: 'none' });
  const other = verdictsOf((await setup('check', '--json')).stdout);
  expect(other.find(({ check }) => check === 'administration')).toMatchObject({
    state: 'wrong',
    todo: `in the management account: aws securityhub enable-organization-admin-account --admin-account-id ${HUB} --region ${HOME}`,
  });
});

it('says how it is used', async () => {
  const asked = [['check', '--regions', 'Tokyo'], ['check', '--role', 'arn:aws:iam::1:role/x'], ['look'], []];
  const ran = await Promise.all(asked.map((args) => setup(...args)));
  expect(ran.map(({ status, stderr }) => [status, stderr.split('\n')[0]])).toEqual([
    [2, '--regions Tokyo: write a Region such as eu-west-1.'],
    [2, "--role arn:aws:iam::1:role/x: write the role's name, not its ARN."],
    [2, 'I do not know "look".'],
    [2, 'Say what to do.'],
  ]);
  expect((await setup('--help')).stdout).toMatch(/^Usage: npm run setup -- check/);
});

describe('apply', () => {
  const ADMIN = 'AdminOfMembers';
  const roles = (...accounts: string[]) =>
    accounts.flatMap((account) =>
      [ADMIN, 'SecOpsBotMember'].map((name) => ({ arn: `arn:aws:iam::${account}:role/${name}` })),
    );
  const writes = async () =>
    (await spine.hub.calls())
      .filter(({ operation, outcome }) => WRITES.test(operation) && outcome !== 'refused')
      .map(({ operation, caller, region }) => `${operation} ${caller.split(':')[4]} ${region}`);
  const wrongs = async (...args: string[]) =>
    verdictsOf((await setup('check', '--json', ...args)).stdout)
      .filter(({ state, check }) => state !== 'right' && check !== 'controls' && check !== 'delivery')
      .map(({ check, account, says }) => `${check} ${account}: ${says}`);

  /** Nothing is as it should be, and there is no organization. */
  async function fromNothing(): Promise<void> {
    const csv = join(folder, 'accounts.csv');
    writeFileSync(csv, `id,mail\n${PROD},prod@example.com\n${DEV},dev@example.com\n`);
    expect((await runCommand('accounts', ['import', csv], folder)).status).toBe(0);
    await spine.hub.setOrganization(null);
    await spine.hub.setMembers([]);
    await spine.hub.setRoles(roles(PROD, DEV));
    const off = { region: HOME, on: false, standards: {} };
    await spine.hub.setHubSetup({
      places: [
        { account: HUB, ...off },
        { account: PROD, ...off },
        { account: DEV, region: HOME, standards: {} },
      ],
    });
    await spine.hub.forgetCalls();
  }

  it('shows the plan and changes nothing until it is told to; without a role, never in a member account', async () => {
    await fromNothing();
    const shown = await setup('apply');
    expect(shown.status).toBe(1);
    expect(shown.stderr).toContain('Nothing has been changed: run it again with --yes.');
    expect(shown.stdout).toContain(
      [
        'What is done here:',
        `- ${HUB} ${HOME}: turn Security Hub on`,
        `- ${HUB} ${HOME}: turn AWS Foundational Security Best Practices on`,
        `- ${HOME}: bring findings of all Regions together`,
        `- ${HOME}: name as members ${PROD}, ${DEV}`,
        `- ${HOME}: invite ${PROD}, ${DEV}`,
        '',
        'Left to people:',
        `- turn Security Hub on and accept the invitation (${HOME}): ${PROD}`,
      ].join('\n'),
    );
    expect(await writes()).toEqual([]);

    const applied = await setup('apply', '--yes', '--json');
    expect(applied.status).toBe(1);
    expect(applied.stderr).toContain('5 of 5 done.');
    expect(await writes()).toEqual(
      [
        'EnableSecurityHub',
        'BatchEnableStandards',
        'CreateFindingAggregator',
        'CreateMembers',
        'InviteMembers',
      ].map((operation) => `${operation} ${HUB} ${HOME}`),
    );
    expect(await wrongs()).toEqual([
      `hub ${PROD}: Security Hub is off`,
      `standard ${DEV}: AWS Foundational Security Best Practices is off`,
      `members ${PROD}: invited, and has not accepted`,
      `members ${DEV}: invited, and has not accepted`,
    ]);

    const further = await setup('apply', '--yes', '--role', ADMIN, '--json');
    expect(further.stderr).toContain('5 of 5 done.');
    const assumed = (await spine.hub.calls('AssumeRole')).filter(({ input }) =>
      JSON.stringify(input).includes(ADMIN),
    );
    expect(
      assumed.every(
        ({ sourceIdentity, input }) => !sourceIdentity && !JSON.stringify(input).includes('SourceIdentity'),
      ),
    ).toBe(true);
    expect(await wrongs()).toEqual([]);
    const again = await setup('apply', '--yes', '--role', ADMIN);
    expect(again.stdout).toContain('There is nothing to do here.');
  });

  it('is done once whatever gets lost, and goes on where it was broken off', async () => {
    await fromNothing();
    await spine.hub.addFault({ kind: 'lost', operation: 'EnableSecurityHub', when: { next: 1 } });
    await spine.hub.addFault({ kind: 'lost', operation: 'CreateFindingAggregator', when: { next: 1 } });
    await spine.hub.addFault({ kind: 'throttle', operation: 'ListMembers', when: { next: 2 } });
    await spine.hub.addFault({ kind: 'denied', operation: 'BatchEnableStandards', when: 'always' });
    const broken = await setup('apply', '--yes', '--role', ADMIN);
    expect(broken.status).toBe(1);
    expect(broken.stderr).toContain('7 of 10 done.');
    expect(broken.stdout).toContain(
      `could not: ${HUB} ${HOME}: turn AWS Foundational Security Best Practices on (AWS refuses: AccessDeniedException: User:`,
    );
    const first = await writes();
    await spine.hub.clearFaults();
    await spine.hub.forgetCalls();
    const resumed = await setup('apply', '--yes', '--role', ADMIN);
    expect(resumed.stderr).toContain('3 of 3 done.');
    // Accounts are worked on at the same time.
    expect((await writes()).toSorted()).toEqual(
      [PROD, DEV, HUB].map((account) => `BatchEnableStandards ${account} ${HOME}`),
    );
    expect(first.filter((write) => write === `CreateFindingAggregator ${HUB} ${HOME}`)).toHaveLength(1);
    expect(await wrongs()).toEqual([]);
  });

  it('names members where there is an organization, and links Regions', async () => {
    await spine.hub.setMembers([]);
    await spine.hub.setHubSetup({
      aggregation: { home: HOME, mode: 'SPECIFIED_REGIONS', regions: ['us-east-1'] },
      places: [{ account: HUB, region: HOME, format: 'STANDARD_CONTROL' }],
    });
    const { stderr } = await setup('apply', '--yes', '--regions', FAR);
    expect(stderr).toContain('5 of 5 done.');
    expect(await writes()).toEqual([
      `UpdateSecurityHubConfiguration ${HUB} ${HOME}`,
      `UpdateFindingAggregator ${HUB} ${HOME}`,
      `CreateMembers ${HUB} ${HOME}`,
      `CreateMembers ${HUB} us-east-1`,
      `CreateMembers ${HUB} ${FAR}`,
    ]);
    expect(await wrongs('--regions', FAR)).toEqual([]);
  });

  it('turns controls off only when told to', async () => {
    await spine.hub.setHubSetup(ALL_REGIONS);
    await spine.hub.setRoles(roles(PROD, DEV));
    expect((await setup('apply', '--yes', '--role', ADMIN)).stdout).toContain('There is nothing to do here.');
    await spine.hub.addFault({
      kind: 'lost',
      operation: 'BatchUpdateStandardsControlAssociations',
      when: { next: 1 },
    });
    const { stderr, stdout } = await setup('apply', '--yes', '--role', ADMIN, '--controls');
    expect(stderr).toContain('3 of 3 done.');
    expect(stdout).toContain(
      `- ${[HUB, PROD, DEV].map((id) => `${id} ${HOME}`).join(', ')}: turn controls off that policy ignores everywhere: `,
    );
    const after = verdictsOf((await setup('check', '--json')).stdout);
    expect(said(after, 'controls')).toEqual(
      [HUB, PROD, DEV].map((id) => `right ${id} ${HOME}: all 98 that policy ignores everywhere are off`),
    );
  });

  it('leaves to central configuration what is central configuration’s', async () => {
    await spine.hub.setMembers([]);
    await spine.hub.setHubSetup({
      ...ALL_REGIONS,
      delegation: 'central',
      places: [{ account: HUB, region: HOME, standards: {} }],
    });
    const { status, stdout } = await setup('apply', '--yes', '--role', ADMIN);
    expect(status).toBe(1);
    expect(stdout).toContain('There is nothing to do here.');
    expect(stdout).toContain(
      `- make it a member (${HOME}): ${PROD}, ${DEV}\n  central configuration decides it`,
    );
    expect(stdout).toContain(
      `- turn on Security Hub and the standard (${HOME}): ${HUB}\n  central configuration`,
    );
    expect(await writes()).toEqual([]);
  });
});
