import { ACTIONS } from '../../blocks/ids';
import { code } from '../../blocks/kit';
import { words } from '../../blocks/words';
import { LOCAL_REGION } from '../../local/embedded';
import type { MissingOfAccount } from '../../src/account-requests';
import type { AccountId, Principal } from '../../src/accounts';
import { type ChangeCommand, runChange } from '../../src/changes';
import { readAloud } from '../blocks/read-aloud';
import { openStage, type Stage } from './stage';

const ANALYST = 'U0ANALYST' as Principal;
const TIMELINES = 'C0REQUESTS';
const TEMPLATE = 'infra/member/secops-bot-member.yml';
const BOT_ROLE = 'arn:aws:iam::999999999999:role/secops-bot';
const EXTERNAL_ID = 'only-the-settings-know';

const arnIn = (account: string) => `arn:aws:iam::${account}:role/SecOpsBotMember`;

interface Case {
  readonly account: AccountId;
  readonly missing: MissingOfAccount;
  /** Whether deploying the template would help. */
  readonly deploy: boolean;
}
const of = (account: string, missing: MissingOfAccount, deploy: boolean): Case => ({
  account: account as AccountId,
  missing,
  deploy,
});
const CASES: readonly Case[] = [
  of('100000000001', 'role-no-entry', true), // no role
  of('100000000002', 'role-no-entry', true), // another external id
  of('100000000003', 'role-outdated', true),
  of('100000000004', 'role-forbidden', false),
  of('100000000005', 'role-region-off', false),
  of('100000000006', 'role-suspended', false),
];

let stage: Stage;
afterEach(() => stage.close());

/** Accounts that Security Hub knows, each with something else in the way of the bot. */
async function inTheWay(): Promise<void> {
  const [, another, outdated, forbidden, off] = CASES.map(({ account }) => arnIn(account));
  await stage.hub.setRoles([
    { arn: another ?? '', externalId: 'somebody-elses' },
    { arn: outdated ?? '', externalId: EXTERNAL_ID, trust: 'earlier' },
    { arn: forbidden ?? '', externalId: EXTERNAL_ID, forbidden: true },
    { arn: off ?? '', externalId: EXTERNAL_ID, regionsOff: [LOCAL_REGION] },
  ]);
  await stage.hub.setMembers(
    CASES.map(({ account, missing }) => ({
      AccountId: account,
      MemberStatus: missing === 'role-suspended' ? 'AccountSuspended' : 'Enabled',
    })),
  );
}

/** An analyst registers an account that is there already. */
async function register(account: AccountId): Promise<void> {
  await stage.act(() => stage.people.command(ANALYST, 'C0SECURITY', `account register ${account}`));
  await stage.act(() =>
    stage.people.submit(ANALYST, {
      [ACTIONS.accountName]: `lab-${account}`,
      [ACTIONS.accountKind]: 'non-production',
      [ACTIONS.ownerPerson]: 'U0OWNER1',
    }),
  );
}

/** The state of the change that has registered an account, from the audit log. */
async function events(account: AccountId) {
  const { events: all } = await stage.bot.audit.of({ account }, { limit: 50 });
  return all.filter(({ kind }) => kind === 'register-account');
}

test.each(['ja', 'en'] as const)(
  'an account that does not let the bot in: failed once, with why and what to do, in %s',
  async (language) => {
    stage = await openStage({ language, environment: { MEMBER_EXTERNAL_ID: EXTERNAL_ID } });
    const { newAccount: said } = stage.words;
    const { newAccount: whispered } = words('ja');
    await inTheWay();
    for (const { account, missing, deploy } of CASES) {
      await register(account);
      const card = await stage.card(TIMELINES);
      const text = readAloud(card.blocks);
      const why = missing.replace('role-', '') as keyof typeof said.refused;
      const answered = missing === 'role-region-off' ? 'RegionDisabledException' : 'AccessDenied';
      expect(text).toContain(said.refused[why](code(arnIn(account)), code(answered)).markup);
      // What to deploy, with the values for this bot.
      const parameters = [
        said.template.deploy,
        said.template.value(code('BotRoleArn'), code(BOT_ROLE)),
        said.template.value(code('RoleName'), code('SecOpsBotMember')),
        said.template.value(code('ExternalId'), said.template.externalId),
      ];
      for (const { markup } of parameters) expect(text.includes(markup)).toBe(deploy);
      expect(text.includes(TEMPLATE)).toBe(deploy);
      expect(JSON.stringify(card)).not.toContain(EXTERNAL_ID);
      // Whoever asked hears it, too, in their own language.
      const answer = readAloud((await stage.whispered(ANALYST))?.['blocks']);
      expect(answer).toContain(whispered.missing[missing]);
      expect(answer).toContain(whispered.answers.checks.markup);
      expect(stage.bot.accounts.lookup(account).registered).toBe(false);
    }

    // One row each in the audit log, with the reason; the role was asked for once.
    const opened = (await stage.hub.calls('AssumeRole')).map(
      ({ input, outcome }) => `${(input as { RoleArn: string }).RoleArn} ${outcome}`,
    );
    expect(opened).toEqual(CASES.map(({ account }) => `${arnIn(account)} refused`));
    for (const { account, missing } of CASES) {
      const failed = (await events(account)).filter(({ what }) => what === 'failed');
      expect(failed).toEqual([expect.objectContaining({ detail: missing })]);
    }
    // Whoever runs the bot reads it in the log, without the secret.
    const logged = stage.logged.filter((line) => line.includes('cannot be assumed'));
    expect(logged).toHaveLength(CASES.length);
    for (const [index, { account }] of CASES.entries()) expect(logged[index]).toContain(account);
    expect(stage.logged.join('\n')).not.toContain(EXTERNAL_ID);
  },
);

test('a refusal is not asked again: not by a message that comes twice, nor by the clock', async () => {
  stage = await openStage({ language: 'en', environment: { MEMBER_EXTERNAL_ID: EXTERNAL_ID } });
  await inTheWay();
  const [{ account }] = CASES as readonly [Case];
  const command: ChangeCommand = {
    type: 'propose',
    id: 'r1',
    kind: 'register-account',
    actor: { id: ANALYST, name: 'analyst' },
    target: account,
    payload: { name: 'lab', kind: 'non-production', owner: 'U0OWNER1' },
    at: stage.clock.now().toISOString(),
  };
  for (let time = 0; time < 3; time += 1) await runChange(command, stage.bot.engine, false);
  await stage.drain();
  expect(await stage.bot.changes.load('r1')).toMatchObject({ status: 'failed', failure: 'role-no-entry' });
  stage.clock.advance(24 * 3_600_000);
  await stage.drain();
  expect(await stage.hub.calls('AssumeRole')).toHaveLength(1);
  const told = (await events(account)).filter(({ what }) => what === 'failed');
  expect(told).toHaveLength(1);
});
