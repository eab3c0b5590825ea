import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '../accounts';
import { botSessions } from './bot-sessions';
import type { CallSpacing } from './call-spacing';
import { clientAs, type HubCredentials } from './hub-clients';
import type { MemberRole } from './member-session';
import { refusal } from './refusal';

/** Security Hub's limits are one account's in one Region. */
export interface HubPlace {
  readonly account: AccountId;
  readonly region: string;
}

/** The role in a member account is not there, or does not let the caller in. */
export class NoMemberRole extends Error {
  override readonly name = 'NoMemberRole';
}

/** Asks Security Hub in a place, when its turn has come. */
export interface HubAccess {
  readonly hub: AccountId;
  /**
   * @throws NoMemberRole where the account does not let the caller in
   * @throws AwsRefused when AWS's answer is no
   */
  ask<T>(
    place: HubPlace,
    call: (client: SecurityHubClient) => Promise<T>,
    options?: { readonly spaceMs: number; readonly kind: string },
  ): Promise<T>;
}

/** Every operation takes at least ten calls a second and account and Region, but for few (SecurityHubClient in the SDK). */
const USUAL_SPACE_MS = 100;

/**
 * @param hub the administrator's account, in which the caller's own credentials count
 * @param securityHub lends its connections, retries, and the caller's credentials
 */
export function hubAccess(
  sts: STSClient,
  securityHub: SecurityHubClient,
  {
    hub,
    role,
    now,
    spacing,
    name,
  }: {
    readonly hub: AccountId;
    readonly role: MemberRole;
    readonly now: () => Date;
    readonly spacing: CallSpacing;
    /** In whose name the role is assumed; the bot's own where it is left out. */
    readonly name?: string | undefined;
  },
): HubAccess {
  const inSession = botSessions(sts, role, now, name);
  return {
    hub,
    async ask({ account, region }, call, { spaceMs, kind } = { spaceMs: USUAL_SPACE_MS, kind: '' }) {
      const callAs = async (credentials: HubCredentials | undefined) => {
        if (credentials === undefined) throw new NoMemberRole(role.roleName);
        await spacing(`${account} ${region} ${kind}`, spaceMs);
        return call(clientAs(securityHub, region, credentials));
      };
      try {
        return await (account === hub ? callAs(securityHub.config.credentials) : inSession(account, callAs));
      } catch (error) {
        throw refusal(error);
      }
    },
  };
}
