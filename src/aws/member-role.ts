import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '../accounts';
import type { CallerIdentity } from './caller-identity';
import { type MemberRole, memberRoleArn, openMemberSession } from './member-session';
import { sessionRefusal } from './refusal';
import { hubMembership } from './security-hub-members';
import { changeIdentity, type SessionPurpose } from './session-identity';

/** With which values `infra/member/secops-bot-member.yml` lets this bot in. */
export interface MemberTemplate {
  /** ARN of the role that the bot runs as. */
  readonly botRoleArn: string;
  readonly roleName: string;
  /** Whether the bot brings an external id. Which one is nobody's to see who does not know the settings. */
  readonly externalId: boolean;
}

/** What the bot can see of a member account without doing anything there. */
export interface MemberAccounts {
  /** ARN of the role that the bot assumes in an account. */
  roleArn(account: AccountId): string;
  /** @throws what STS answers when it is asked who the bot is */
  template(): Promise<MemberTemplate>;
  /**
   * Assumes the role in a person's name, for one change, and asks whose credentials it got. Each call opens a session of
   * its own.
   * @returns the account that answers
   * @throws RoleRefused when the account does not let the bot in
   */
  accountBehindRole(account: AccountId, purpose: SessionPurpose): Promise<string>;
  /**
   * How Security Hub's administrator knows the account: `Enabled` or `Associated` for a member; undefined when it does not.
   * @throws AwsRefused when it may not be asked
   */
  membership(account: AccountId): Promise<string | undefined>;
}

/** The role behind a session; an identity without one as it is. */
function roleOf(arn: string): string {
  const [, partition, account, role] = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`;
}

/**
 * @param settings the role's name, the external id that it asks for, and whose credentials the bot's are: those of the
 *   administrator account of Security Hub, which is no member of itself
 */
export function memberAccounts(
  sts: STSClient,
  securityHub: SecurityHubClient,
  settings: MemberRole & { readonly identity: () => Promise<CallerIdentity> },
): MemberAccounts {
  return {
    roleArn: (account) => memberRoleArn(account, settings),
    async template() {
      const { arn } = await settings.identity();
      const { roleName, externalId } = settings;
      return { botRoleArn: roleOf(arn), roleName, externalId: externalId !== undefined };
    },
    async accountBehindRole(account, purpose) {
      const credentials = await openMemberSession(sts, account, settings, changeIdentity(purpose));
      const { region, endpoint, requestHandler } = sts.config;
      const member = new STSClient({
        region,
        requestHandler,
        ...(endpoint && { endpoint }),
        credentials,
      });
      try {
        return (await member.send(new GetCallerIdentityCommand({}))).Account ?? '';
      } catch (error) {
        throw sessionRefusal(error);
      }
    },
    async membership(account) {
      return account === (await settings.identity()).account
        ? 'Enabled'
        : hubMembership(account, securityHub);
    },
  };
}
