import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccountId, Principal } from '../accounts';
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

/** The shortest that STS gives: nothing is done with it but one question. */
const SESSION_SECONDS = 900;

/**
 * @param settings the role's name, the external id that it asks for, and the administrator account of Security Hub,
 *   which is no member of itself
 */
export function memberAccounts(
  sts: STSClient,
  securityHub: SecurityHubClient,
  settings: {
    readonly roleName: string;
    readonly externalId: string | undefined;
    readonly ownAccount: () => Promise<string>;
  },
): MemberAccounts {
  const roleArn = (account: AccountId) => `arn:aws:iam::${account}:role/${settings.roleName}`;
  return {
    roleArn,
    async accountBehindRole(account, person) {
      const name = `slack-${person}`;
      try {
        const { Credentials: given } = await sts.send(
          new AssumeRoleCommand({
            RoleArn: roleArn(account),
            RoleSessionName: name,
            SourceIdentity: name,
            DurationSeconds: SESSION_SECONDS,
            ...(settings.externalId !== undefined && { ExternalId: settings.externalId }),
          }),
        );
        if (!given?.AccessKeyId || !given.SecretAccessKey) throw new Error('STS AssumeRole answered nothing');
        const { region, endpoint, requestHandler } = sts.config;
        const member = new STSClient({
          region,
          requestHandler,
          ...(endpoint && { endpoint }),
          credentials: {
            accessKeyId: given.AccessKeyId,
            secretAccessKey: given.SecretAccessKey,
            ...(given.SessionToken && { sessionToken: given.SessionToken }),
          },
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
