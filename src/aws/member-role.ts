import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccountId, Principal } from '../accounts';
import { type MemberRole, memberRoleArn, openMemberSession } from './member-session';
import { refusal } from './refusal';
import { hubMembership } from './security-hub-members';

/** What the bot can see of a member account without doing anything there. */
export interface MemberAccounts {
  /** ARN of the role that the bot assumes in an account. */
  roleArn(account: AccountId): string;
  /**
   * Assumes the role in a person's name and asks whose credentials it got.
   * @returns the account that answers
   * @throws AwsRefused when the role cannot be assumed
   */
  accountBehindRole(account: AccountId, person: Principal): Promise<string>;
  /**
   * How Security Hub's administrator knows the account: `Enabled` or `Associated` for a member; undefined when it does not.
   * @throws AwsRefused when it may not be asked
   */
  membership(account: AccountId): Promise<string | undefined>;
}

/**
 * @param settings the role's name, the external id that it asks for, and the administrator account of Security Hub,
 *   which is no member of itself
 */
export function memberAccounts(
  sts: STSClient,
  securityHub: SecurityHubClient,
  settings: MemberRole & { readonly ownAccount: () => Promise<string> },
): MemberAccounts {
  return {
    roleArn: (account) => memberRoleArn(account, settings),
    async accountBehindRole(account, person) {
      try {
        const credentials = await openMemberSession(sts, account, settings, `slack-${person}`);
        const { region, endpoint, requestHandler } = sts.config;
        const member = new STSClient({
          region,
          requestHandler,
          ...(endpoint && { endpoint }),
          credentials,
        });
        return (await member.send(new GetCallerIdentityCommand({}))).Account ?? '';
      } catch (error) {
        throw refusal(error);
      }
    },
    async membership(account) {
      return account === (await settings.ownAccount()) ? 'Enabled' : hubMembership(account, securityHub);
    },
  };
}
