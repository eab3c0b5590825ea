import {
  type AccountCheck,
  checkAccount,
  isComplete,
  MISSING_OF_ACCOUNT,
  missingOf,
} from '../../src/account-requests/check-account';
import type { AccountId, AccountStatus, Principal } from '../../src/accounts';
import { AwsRefused, type MemberAccounts, RoleRefused, type SessionPurpose } from '../../src/aws';

const LAB = '777788889999' as AccountId;
const AOI = 'U0AOI' as Principal;
const ROLE_ARN = 'arn:aws:iam::777788889999:role/SecOpsBotMember';
const PURPOSE: SessionPurpose = {
  person: AOI,
  change: 'c1',
  action: 'register-account',
  askedBy: AOI,
  approvedBy: [],
};
const TEMPLATE = {
  botRoleArn: 'arn:aws:iam::999999999999:role/SecopsBot-ChangesRole',
  roleName: 'SecOpsBotMember',
  externalId: true,
};

const refused = (why: RoleRefused['why'], code = 'AccessDenied') =>
  new RoleRefused(why, code, { cause: new Error(code) });

/** An AWS whose answers are given; an error is thrown. Security Hub does not know the account where `hub` is null. */
function answers(
  role: string | Error,
  hub: string | null | Error = 'Enabled',
  template: typeof TEMPLATE | Error = TEMPLATE,
): MemberAccounts & { readonly asked: string[] } {
  const asked: string[] = [];
  const say = async <T>(name: string, answer: T | Error): Promise<T> => {
    asked.push(name);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return {
    asked,
    roleArn: () => ROLE_ARN,
    template: () => say('template', template),
    accountBehindRole: () => say('role', role),
    membership: () => say('hub', hub ?? undefined),
  };
}

const check = (aws: MemberAccounts, status: AccountStatus = 'active'): Promise<AccountCheck> =>
  checkAccount(LAB, status, PURPOSE, aws, () => new Date('2026-11-24T01:00:00Z'));

test('nothing is missing where the role leads there and Security Hub knows it', async () => {
  const found = await check(answers(LAB));
  expect(found).toEqual({ at: '2026-11-24T01:00:00.000Z', roleArn: ROLE_ARN, role: 'ok', hub: 'ok' });
  expect(isComplete(found)).toBe(true);
  expect(missingOf(found)).toBeUndefined();
});

describe('each thing that is missing has its word, and is asked for once', () => {
  const suspended = 'AccountSuspended';
  const rows: readonly (readonly [string, MemberAccounts & { readonly asked: string[] }, AccountStatus])[] = [
    ['role-no-entry', answers(refused('no-entry')), 'active'],
    ['role-outdated', answers(refused('outdated')), 'active'],
    ['role-forbidden', answers(refused('forbidden')), 'active'],
    ['role-region-off', answers(refused('region-off', 'RegionDisabledException')), 'active'],
    ['role-suspended', answers(refused('no-entry'), suspended), 'active'],
    ['role-suspended', answers(refused('no-entry')), 'closed'],
    ['role-other', answers(refused('other', 'PackedPolicyTooLarge')), 'active'],
    ['role-other-account', answers('111122223333'), 'active'],
    ['role-unknown', answers(new TypeError('fetch failed')), 'active'],
    ['hub-absent', answers(LAB, null), 'active'],
    ['hub-absent', answers(LAB, 'Resigned'), 'active'],
    ['hub-invited', answers(LAB, 'Invited'), 'active'],
    ['hub-suspended', answers(LAB, suspended), 'active'],
    ['hub-unknown', answers(LAB, new AwsRefused('AccessDeniedException', {})), 'active'],
    ['hub-unknown', answers(LAB, new TypeError('fetch failed')), 'active'],
  ];
  test.each(rows)('%s', async (word, aws, status) => {
    const found = await check(aws, status);
    expect(missingOf(found)).toBe(word);
    expect(isComplete(found)).toBe(false);
    expect(aws.asked.toSorted()).toEqual([...new Set(aws.asked)].toSorted());
  });
  test('and no word is left over', () => {
    expect(new Set(rows.map(([word]) => word))).toEqual(new Set(MISSING_OF_ACCOUNT));
  });
});

test('the template’s values are there where deploying it helps, and only there', async () => {
  for (const why of ['no-entry', 'outdated'] as const) {
    expect((await check(answers(refused(why)))).template).toEqual(TEMPLATE);
  }
  for (const aws of [
    answers(LAB),
    answers(refused('forbidden')),
    answers(refused('region-off')),
    answers(refused('no-entry'), 'AccountSuspended'),
    answers(new TypeError('fetch failed')),
  ]) {
    expect(await check(aws)).not.toHaveProperty('template');
  }
  // What the bot is called could not be found out: the rest is said all the same.
  const found = await check(answers(refused('no-entry'), 'Enabled', new TypeError('fetch failed')));
  expect(found).not.toHaveProperty('template');
  expect(found).toMatchObject({ role: 'refused', roleWhy: 'no-entry', roleSaid: 'AccessDenied', hub: 'ok' });
});

test('a check that an earlier version has stored is read as before', () => {
  const stored: AccountCheck = {
    at: '2026-11-20T01:00:00.000Z',
    role: 'refused',
    hub: 'ok',
    roleArn: ROLE_ARN,
    roleSaid: 'AccessDenied',
  };
  expect(missingOf(stored)).toBe('role-no-entry');
});
