import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import { type AwsControl, type AwsStandIn, awsControl, startAwsStandIn } from '../../local/aws';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/embedded';
import { checkAccount } from '../../src/account-requests/check-account';
import type { AccountId, Principal } from '../../src/accounts';
import { AwsRefused, type MemberAccounts, memberAccounts } from '../../src/aws';

const LAB = '777788889999' as AccountId;
const AOI = 'U0AOI' as Principal;
const HUB = '999999999999' as AccountId;

let standIn: AwsStandIn;
let aws: AwsControl;
let clients: { sts: STSClient; hub: SecurityHubClient };

beforeAll(async () => {
  standIn = await startAwsStandIn({ rateLimits: false });
  aws = awsControl(standIn.url);
  const settings = {
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: standIn.url,
    maxAttempts: 1,
  };
  clients = { sts: new STSClient(settings), hub: new SecurityHubClient(settings) };
});
afterEach(() => aws.reset());
afterAll(async () => {
  clients.sts.destroy();
  clients.hub.destroy();
  await standIn.close();
});

const members = (externalId?: string, roleName = 'SecOpsBotMember'): MemberAccounts =>
  memberAccounts(clients.sts, clients.hub, { roleName, externalId, ownAccount: async () => HUB });

test('assumes the role in a person’s name and hears from the account itself', async () => {
  await aws.setRoles([{ arn: members().roleArn(LAB), externalId: 'ours-only' }]);
  expect(await members('ours-only').accountBehindRole(LAB, AOI)).toBe(LAB);
  const [assume] = await aws.calls('AssumeRole');
  expect(assume?.input).toMatchObject({
    RoleArn: 'arn:aws:iam::777788889999:role/SecOpsBotMember',
    ExternalId: 'ours-only',
    SourceIdentity: 'slack-U0AOI',
    RoleSessionName: 'slack-U0AOI',
  });
  const [asked] = await aws.calls('GetCallerIdentity');
  expect(asked).toMatchObject({ sourceIdentity: 'slack-U0AOI' });
  expect(asked?.caller).toContain('assumed-role/SecOpsBotMember/slack-U0AOI');
});

test('is refused with another external id, without one, and where there is no such role', async () => {
  await aws.setRoles([{ arn: members().roleArn(LAB), externalId: 'ours-only' }]);
  for (const wrong of [members('theirs'), members(), members('ours-only', 'Other')]) {
    const refused = await wrong.accountBehindRole(LAB, AOI).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AwsRefused);
    expect(refused).toMatchObject({ code: 'AccessDenied' });
  }
});

test('a failure is no refusal', async () => {
  for (const kind of ['throttle', 'error'] as const) {
    await aws.addFault({ kind, operation: 'AssumeRole', when: { next: 1 } });
    const failed = await members()
      .accountBehindRole(LAB, AOI)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(failed).not.toBeInstanceOf(AwsRefused);
  }
});

test("knows Security Hub's members, its administrator, and that others are none", async () => {
  await aws.setMembers([{ AccountId: LAB, MemberStatus: 'Invited' }]);
  expect(await members().membership(LAB)).toBe('Invited');
  expect(await members().membership(HUB)).toBe('Enabled');
  expect(await members().membership('111122223333' as AccountId)).toBeUndefined();
  await aws.addFault({ kind: 'denied', operation: 'GetMembers', when: { next: 1 } });
  await expect(members().membership(LAB)).rejects.toMatchObject({ code: 'AccessDeniedException' });
});

test('a check says what is missing, whatever happens', async () => {
  const now = () => new Date('2026-11-24T01:00:00Z');
  const check = (asked = members()) => checkAccount(LAB, AOI, asked, now);
  await aws.setMembers([{ AccountId: LAB, MemberStatus: 'Enabled' }]);
  expect(await check()).toMatchObject({ role: 'ok', hub: 'ok', at: '2026-11-24T01:00:00.000Z' });

  await aws.setRoles([]);
  await aws.setMembers([]);
  expect(await check()).toMatchObject({ role: 'refused', roleSaid: 'AccessDenied', hub: 'absent' });

  await aws.setMembers([{ AccountId: LAB, MemberStatus: 'Resigned' }]);
  await aws.addFault({ kind: 'error', operation: 'AssumeRole', when: { next: 1 } });
  expect(await check()).toMatchObject({ role: 'unknown', hub: 'absent' });

  // A role of that ARN that somebody else's session answers for.
  const misled = { ...members(), accountBehindRole: async () => '111122223333' };
  await aws.addFault({ kind: 'denied', operation: 'GetMembers', when: { next: 1 } });
  expect(await check(misled)).toMatchObject({
    role: 'other',
    roleSaid: '111122223333',
    hub: 'unknown',
    hubSaid: 'AccessDeniedException',
  });
});
