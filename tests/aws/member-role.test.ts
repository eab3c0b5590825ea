import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import * as fc from 'fast-check';
import { type AwsControl, type AwsStandIn, awsControl, startAwsStandIn } from '../../local/aws';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/embedded';
import type { AccountId, Principal } from '../../src/accounts';
import {
  AwsRefused,
  type MemberAccounts,
  memberAccounts,
  RoleRefused,
  type SessionPurpose,
} from '../../src/aws';

const LAB = '777788889999' as AccountId;
const AOI = 'U0AOI' as Principal;
const REN = 'U0REN' as Principal;
const HUB = '999999999999' as AccountId;
const BOT = `arn:aws:sts::${HUB}:assumed-role/SecopsBot-ChangesRole/SecopsBot-Changes`;

let standIn: AwsStandIn;
let aws: AwsControl;
let clients: { sts: STSClient; hub: SecurityHubClient };
let denied: string[];

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
beforeEach(() => {
  denied = [];
});
afterEach(() => aws.reset());
afterAll(async () => {
  clients.sts.destroy();
  clients.hub.destroy();
  await standIn.close();
});

const members = (externalId?: string, roleName = 'SecOpsBotMember', arn = BOT): MemberAccounts =>
  memberAccounts(clients.sts, clients.hub, {
    roleName,
    externalId,
    identity: async () => ({ account: HUB, arn }),
    onDenied: (account, { why, code }) => void denied.push(`${account} ${why} ${code}`),
  });
const purpose = (person = AOI, change = `change-of-${person}`): SessionPurpose => ({
  person,
  change,
  action: 'register-account',
  askedBy: person,
  approvedBy: [],
});
const refusal = (asked: Promise<unknown>): Promise<unknown> => asked.catch((error: unknown) => error);

test('assumes the role in a person’s name and hears from the account itself', async () => {
  await aws.setRoles([{ arn: members().roleArn(LAB), externalId: 'ours-only' }]);
  const asked = { ...purpose(AOI, 'c1'), askedBy: REN, approvedBy: [AOI] };
  expect(await members('ours-only').accountBehindRole(LAB, asked)).toBe(LAB);
  const [assume] = await aws.calls('AssumeRole');
  expect(assume?.input).toMatchObject({
    RoleArn: 'arn:aws:iam::777788889999:role/SecOpsBotMember',
    ExternalId: 'ours-only',
    SourceIdentity: 'slack-U0AOI',
    RoleSessionName: 'c1',
    DurationSeconds: '900',
    Tags: [
      { Key: 'secops-bot:change', Value: 'c1' },
      { Key: 'secops-bot:action', Value: 'register-account' },
      { Key: 'secops-bot:asked-by', Value: 'U0REN' },
      { Key: 'secops-bot:approved-by', Value: 'U0AOI' },
    ],
    TransitiveTagKeys: [
      'secops-bot:change',
      'secops-bot:action',
      'secops-bot:asked-by',
      'secops-bot:approved-by',
    ],
  });
  const [asking] = await aws.calls('GetCallerIdentity');
  expect(asking).toMatchObject({ sourceIdentity: 'slack-U0AOI' });
  expect(asking?.caller).toBe(`arn:aws:sts::${LAB}:assumed-role/SecOpsBotMember/c1`);
  expect(denied).toEqual([]);
});

test('two people who look at one account at the same time have sessions of their own, each time', async () => {
  const shared = members();
  await Promise.all(
    [purpose(AOI), purpose(REN), purpose(AOI), purpose(AOI, 'another')].map((one) =>
      shared.accountBehindRole(LAB, one),
    ),
  );
  const opened = (await aws.calls('AssumeRole')).map(
    ({ input }) => input as { SourceIdentity: string; RoleSessionName: string },
  );
  expect(
    opened.map(({ SourceIdentity, RoleSessionName }) => `${SourceIdentity} ${RoleSessionName}`).sort(),
  ).toEqual([
    'slack-U0AOI another',
    'slack-U0AOI change-of-U0AOI',
    'slack-U0AOI change-of-U0AOI',
    'slack-U0REN change-of-U0REN',
  ]);
  // What each has done is told of the one in whose session it was.
  const asked = (await aws.calls('GetCallerIdentity')).map(
    ({ sourceIdentity, caller }) => `${sourceIdentity} ${caller.split('/').at(-1)}`,
  );
  expect(asked.sort()).toEqual([
    'slack-U0AOI another',
    'slack-U0AOI change-of-U0AOI',
    'slack-U0AOI change-of-U0AOI',
    'slack-U0REN change-of-U0REN',
  ]);
});

test('STS takes a session’s name and tags, whatever its change is called', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.constantFrom('', 'x', '部署'.repeat(200)),
  );
  await fc.assert(
    fc.asyncProperty(text, text, async (change, action) => {
      expect(await members().accountBehindRole(LAB, { ...purpose(AOI, change), action })).toBe(LAB);
    }),
    { numRuns: 40 },
  );
});

describe('is refused once, with why', () => {
  const arn = 'arn:aws:iam::777788889999:role/SecOpsBotMember';
  type Roles = Parameters<AwsControl['setRoles']>[0];
  const cases: readonly (readonly [string, Roles, string | undefined, string, string])[] = [
    ['where there is no such role', [], undefined, 'no-entry', 'AccessDenied'],
    ['without the external id', [{ arn, externalId: 'ours-only' }], undefined, 'no-entry', 'AccessDenied'],
    ['with another external id', [{ arn, externalId: 'ours-only' }], 'theirs', 'no-entry', 'AccessDenied'],
    ['by a role of an earlier template', [{ arn, trust: 'earlier' }], undefined, 'outdated', 'AccessDenied'],
    [
      'by a role that knows no source identity',
      [{ arn, trust: 'plain' }],
      undefined,
      'outdated',
      'AccessDenied',
    ],
    ['by a policy of the organization', [{ arn, forbidden: true }], undefined, 'forbidden', 'AccessDenied'],
    [
      'where the account has the Region off',
      [{ arn, regionsOff: [LOCAL_REGION] }],
      undefined,
      'region-off',
      'RegionDisabledException',
    ],
  ];
  test.each(cases)('%s', async (_name, roles, externalId, why, code) => {
    await aws.setRoles(roles);
    const refused = await refusal(members(externalId).accountBehindRole(LAB, purpose()));
    expect(refused).toBeInstanceOf(RoleRefused);
    expect(refused).toBeInstanceOf(AwsRefused);
    expect(refused).toMatchObject({ why, code });
    expect(denied).toEqual([`${LAB} ${why} ${code}`]);
    expect(await aws.calls('AssumeRole')).toHaveLength(1);
    expect(await aws.calls('GetCallerIdentity')).toEqual([]);
  });
});

test('a failure is no refusal', async () => {
  for (const kind of ['throttle', 'error', 'lost'] as const) {
    await aws.addFault({ kind, operation: 'AssumeRole', when: { next: 1 } });
    const failed = await refusal(members().accountBehindRole(LAB, purpose()));
    expect(failed).toBeInstanceOf(Error);
    expect(failed).not.toBeInstanceOf(AwsRefused);
  }
  expect(denied).toEqual([]);
});

test('says what the template needs to let this bot in, and keeps the external id to itself', async () => {
  const role = 'arn:aws:iam::999999999999:role/SecopsBot-ChangesRole';
  expect(await members().template()).toEqual({
    botRoleArn: role,
    roleName: 'SecOpsBotMember',
    externalId: false,
  });
  expect(await members('ours-only', 'Other').template()).toEqual({
    botRoleArn: role,
    roleName: 'Other',
    externalId: true,
  });
  const user = 'arn:aws:iam::999999999999:user/aoi';
  expect(await members(undefined, undefined, user).template()).toMatchObject({ botRoleArn: user });
});

test("knows Security Hub's members, its administrator, and that others are none", async () => {
  await aws.setMembers([{ AccountId: LAB, MemberStatus: 'Invited' }]);
  expect(await members().membership(LAB)).toBe('Invited');
  expect(await members().membership(HUB)).toBe('Enabled');
  expect(await members().membership('111122223333' as AccountId)).toBeUndefined();
  await aws.addFault({ kind: 'denied', operation: 'GetMembers', when: { next: 1 } });
  await expect(members().membership(LAB)).rejects.toMatchObject({ code: 'AccessDeniedException' });
});
