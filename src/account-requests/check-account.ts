import type { AccountId, Principal } from '../accounts';
import { AwsRefused, type MemberAccounts } from '../aws';

/** What is to be seen of an account before the bot can look after it. */
export interface AccountCheck {
  readonly at: string;
  /**
   * The bot's role there. `refused`: it cannot be assumed. `other`: it leads into another account. `unknown`: AWS could
   * not be asked.
   */
  readonly role: 'ok' | 'refused' | 'other' | 'unknown';
  /** Security Hub's administrator. `invited`: a member that has not agreed, or does not send yet. */
  readonly hub: 'ok' | 'absent' | 'invited' | 'unknown';
  /** ARN of the role, so that it can be looked for. */
  readonly roleArn: string;
  /** AWS's words: the error's code, or the account that answered. Untrusted. */
  readonly roleSaid?: string;
  readonly hubSaid?: string;
}

export function isComplete({ role, hub }: Pick<AccountCheck, 'role' | 'hub'>): boolean {
  return role === 'ok' && hub === 'ok';
}

const MEMBER: readonly string[] = ['Enabled', 'Associated'];
const GONE: readonly string[] = ['Removed', 'Resigned', 'Deleted'];

type RoleCheck = Pick<AccountCheck, 'role' | 'roleSaid'>;
type HubCheck = Pick<AccountCheck, 'hub' | 'hubSaid'>;

/**
 * Looks whether the bot's role can be assumed in an account, in a person's name, and whether Security Hub knows it. Only
 * looks; what cannot be found out is `unknown`, which counts as missing.
 */
export async function checkAccount(
  account: AccountId,
  person: Principal,
  members: MemberAccounts,
  now: () => Date,
): Promise<AccountCheck> {
  const [role, hub] = await Promise.all([roleOf(account, person, members), hubOf(account, members)]);
  return { at: now().toISOString(), roleArn: members.roleArn(account), ...role, ...hub };
}

async function roleOf(account: AccountId, person: Principal, members: MemberAccounts): Promise<RoleCheck> {
  try {
    const answered = await members.accountBehindRole(account, person);
    return answered === account ? { role: 'ok' } : { role: 'other', roleSaid: answered };
  } catch (error) {
    if (error instanceof AwsRefused) return { role: 'refused', roleSaid: error.code };
    return { role: 'unknown', roleSaid: nameOf(error) };
  }
}

async function hubOf(account: AccountId, members: MemberAccounts): Promise<HubCheck> {
  try {
    const status = await members.membership(account);
    if (status === undefined || GONE.includes(status)) return { hub: 'absent' };
    return MEMBER.includes(status) ? { hub: 'ok' } : { hub: 'invited', hubSaid: status };
  } catch (error) {
    return { hub: 'unknown', hubSaid: error instanceof AwsRefused ? error.code : nameOf(error) };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
