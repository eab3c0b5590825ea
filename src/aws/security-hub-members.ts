import { GetMembersCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { AccountId } from '../accounts';
import { refusal } from './refusal';

/**
 * How Security Hub's administrator knows an account, such as `Enabled`; undefined when it does not.
 * @throws AwsRefused when it may not be asked
 */
export async function hubMembership(
  account: AccountId,
  client: SecurityHubClient,
): Promise<string | undefined> {
  try {
    const { Members = [] } = await client.send(new GetMembersCommand({ AccountIds: [account] }));
    return Members.find(({ AccountId }) => AccountId === account)?.MemberStatus;
  } catch (error) {
    throw refusal(error);
  }
}
