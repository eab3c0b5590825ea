import type { AccountId, AccountStatus } from '../accounts';
import {
  AwsRefused,
  type MemberAccounts,
  type MemberTemplate,
  type RoleRefusal,
  RoleRefused,
  type SessionPurpose,
} from '../aws';

/** What is to be seen of an account before the bot can look after it. */
export interface AccountCheck {
  readonly at: string;
  /**
   * The bot's role there. `refused`: it cannot be assumed. `other`: it leads into another account. `unknown`: AWS could
   * not be asked.
   */
  readonly role: 'ok' | 'refused' | 'other' | 'unknown';
  /** Security Hub's administrator. `invited`: a member that has not agreed, or does not send yet. */
  readonly hub: 'ok' | 'absent' | 'invited' | 'suspended' | 'unknown';
  /** ARN of the role, so that it can be looked for. */
  readonly roleArn: string;
  /** Why it is refused. `suspended`: AWS lets nobody into the account. */
  readonly roleWhy?: RoleRefusal | 'suspended';
  /** AWS's words: the error's code, or the account that answered. Untrusted. */
  readonly roleSaid?: string;
  readonly hubSaid?: string;
  /** With which values the template has to be deployed, where that would help. */
  readonly template?: MemberTemplate;
}

/** What can be missing of an account, each in one word. */
export const MISSING_OF_ACCOUNT = [
  'role-no-entry',
  'role-outdated',
  'role-forbidden',
  'role-region-off',
  'role-suspended',
  'role-other',
  'role-other-account',
  'role-unknown',
  'hub-absent',
  'hub-invited',
  'hub-suspended',
  'hub-unknown',
] as const;
export type MissingOfAccount = (typeof MISSING_OF_ACCOUNT)[number];

export function isComplete({ role, hub }: Pick<AccountCheck, 'role' | 'hub'>): boolean {
  return role === 'ok' && hub === 'ok';
}

/** The first thing that is missing, for history, audit log and answers; undefined when nothing is. */
export function missingOf({ role, roleWhy, hub }: AccountCheck): MissingOfAccount | undefined {
  switch (role) {
    case 'refused':
      return `role-${roleWhy ?? 'no-entry'}`;
    case 'other':
      return 'role-other-account';
    case 'unknown':
      return 'role-unknown';
    case 'ok':
      return hub === 'ok' ? undefined : `hub-${hub}`;
  }
}

const MEMBER: readonly string[] = ['Enabled', 'Associated'];
const GONE: readonly string[] = ['Removed', 'Resigned', 'Deleted'];
const SUSPENDED = 'AccountSuspended';

type RoleCheck = Pick<AccountCheck, 'role' | 'roleWhy' | 'roleSaid'>;
type HubCheck = Pick<AccountCheck, 'hub' | 'hubSaid'>;

/**
 * Looks whether the bot's role can be assumed in an account, in a person's name, and whether Security Hub knows it. Only
 * looks, and asks each once; what cannot be found out is `unknown`, which counts as missing.
 * @param status as the register has it
 */
export async function checkAccount(
  account: AccountId,
  status: AccountStatus,
  purpose: SessionPurpose,
  members: MemberAccounts,
  now: () => Date,
): Promise<AccountCheck> {
  const [role, hub] = await Promise.all([roleOf(account, purpose, members), hubOf(account, members)]);
  // STS only says that it denies; whether anybody could come in, others know.
  const shut = role.roleWhy === 'no-entry' && (status === 'closed' || hub.hub === 'suspended');
  const roleWhy = shut ? 'suspended' : role.roleWhy;
  const deploying = roleWhy === 'no-entry' || roleWhy === 'outdated';
  return {
    at: now().toISOString(),
    roleArn: members.roleArn(account),
    ...role,
    ...hub,
    ...(roleWhy && { roleWhy }),
    ...(deploying && (await templateOf(members))),
  };
}

async function roleOf(
  account: AccountId,
  purpose: SessionPurpose,
  members: MemberAccounts,
): Promise<RoleCheck> {
  try {
    const answered = await members.accountBehindRole(account, purpose);
    return answered === account ? { role: 'ok' } : { role: 'other', roleSaid: answered };
  } catch (error) {
    if (error instanceof RoleRefused) return { role: 'refused', roleWhy: error.why, roleSaid: error.code };
    return { role: 'unknown', roleSaid: nameOf(error) };
  }
}

/** Left out where STS, which has just answered something else, cannot be asked: the stack's outputs say it, too. */
async function templateOf(members: MemberAccounts): Promise<Pick<AccountCheck, 'template'>> {
  try {
    return { template: await members.template() };
  } catch {
    return {};
  }
}

async function hubOf(account: AccountId, members: MemberAccounts): Promise<HubCheck> {
  try {
    const status = await members.membership(account);
    if (status === undefined || GONE.includes(status)) return { hub: 'absent' };
    if (status === SUSPENDED) return { hub: 'suspended', hubSaid: status };
    return MEMBER.includes(status) ? { hub: 'ok' } : { hub: 'invited', hubSaid: status };
  } catch (error) {
    return { hub: 'unknown', hubSaid: error instanceof AwsRefused ? error.code : nameOf(error) };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
