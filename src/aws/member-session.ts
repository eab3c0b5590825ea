import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '../accounts';
import { RoleRefused, roleRefusal } from './refusal';
import type { SessionIdentity } from './session-identity';

/** The bot's role in the member accounts: called the same in all of them. */
export interface MemberRole {
  readonly roleName: string;
  /** What the role asks for before it can be assumed; undefined where it asks for nothing. */
  readonly externalId: string | undefined;
  /** Not made by the bot's template: it need not allow a source identity, so none is set, and no tags. */
  readonly foreign?: true;
  /** Called at each refusal, so that whoever runs the bot is told. */
  readonly onDenied?: (account: AccountId, refusal: RoleRefused) => void;
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
 * Assumes the role of an account for `SESSION_SECONDS`. Nothing is kept: who keeps it does so for this identity alone.
 * @throws RoleRefused when the account does not let the bot in, and what else STS answers
 */
export async function openMemberSession(
  sts: STSClient,
  account: AccountId,
  role: MemberRole,
  identity: SessionIdentity,
): Promise<SessionCredentials> {
  const { RoleSessionName } = identity;
  try {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: memberRoleArn(account, role),
        ...(role.foreign ? { RoleSessionName } : identity),
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
  } catch (error) {
    const refusal = roleRefusal(error);
    if (refusal instanceof RoleRefused) role.onDenied?.(account, refusal);
    throw refusal;
  }
}
