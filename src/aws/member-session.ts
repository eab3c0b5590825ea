import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '../accounts';

/** The bot's role in the member accounts: called the same in all of them. */
export interface MemberRole {
  readonly roleName: string;
  /** What the role asks for before it can be assumed; undefined where it asks for nothing. */
  readonly externalId: string | undefined;
  /** Not made by the bot's template: it need not allow a source identity, so none is set. */
  readonly foreign?: true;
}

/** What the SDK's clients take as credentials. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The shortest that STS gives: nothing is done in a member account but a few questions. */
export const SESSION_SECONDS = 900;

export function memberRoleArn(account: AccountId, { roleName }: MemberRole): string {
  return `arn:aws:iam::${account}:role/${roleName}`;
}

/**
 * Assumes the role of an account for `SESSION_SECONDS`.
 * @param name in whose name: it stands in the account's CloudTrail as session and as source identity
 * @throws what STS answers, `AccessDenied` when the role is not there or does not trust the bot
 */
export async function openMemberSession(
  sts: STSClient,
  account: AccountId,
  role: MemberRole,
  name: string,
): Promise<SessionCredentials> {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: memberRoleArn(account, role),
      RoleSessionName: name,
      ...(!role.foreign && { SourceIdentity: name }),
      DurationSeconds: SESSION_SECONDS,
      ...(role.externalId !== undefined && { ExternalId: role.externalId }),
    }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey) throw new Error('STS AssumeRole answered nothing');
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    ...(given.SessionToken && { sessionToken: given.SessionToken }),
  };
}
