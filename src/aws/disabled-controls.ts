import { type SecurityHubClient, SecurityHubServiceException } from '@aws-sdk/client-securityhub';
import type { STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '../accounts';
import type { ControlId } from '../controls';
import { botSessions } from './bot-sessions';
import type { CallerIdentity } from './caller-identity';
import { controlStatuses } from './control-statuses';
import { clientAs, type HubCredentials } from './hub-clients';
import type { MemberRole } from './member-session';

/** Which controls are switched off. */
export interface ControlSwitches {
  /**
   * Of these controls, the ones that are disabled in an account and Region. A control that the Region does not have is
   * not among them: nothing is known of it.
   * @param region a Region's own name, such as `ap-northeast-1`
   * @returns undefined where the account does not let the bot look (no role, no permission, Security Hub or the Region is
   *   off there): then nothing is known
   * @throws what else AWS answers: throttling after retries, a failure, no answer
   */
  disabledControls(
    account: AccountId,
    region: string,
    controls: readonly ControlId[],
  ): Promise<ReadonlySet<ControlId> | undefined>;
}

/**
 * No permission, Security Hub not enabled in the account and Region, and a Region that the account has not opted into,
 * where its credentials mean nothing.
 */
const REFUSALS = new Set(['AccessDeniedException', 'InvalidAccessException', 'UnrecognizedClientException']);

/**
 * Security Hub tells its switches only from within: each account is asked with its own role, its administrator's account
 * with the bot's own credentials.
 * @param securityHub lends its connections, retries, and the bot's own credentials
 * @param now by which sessions are renewed
 */
export function controlSwitches(
  sts: STSClient,
  securityHub: SecurityHubClient,
  settings: MemberRole & { readonly identity: () => Promise<CallerIdentity> },
  now: () => Date,
): ControlSwitches {
  const inSession = botSessions(sts, settings, now);
  return {
    async disabledControls(account, region, controls) {
      const own = account === (await settings.identity()).account;
      const ask = async (credentials: HubCredentials | undefined) =>
        credentials && controlStatuses(controls, clientAs(securityHub, region, credentials));
      try {
        const statuses = await (own ? ask(securityHub.config.credentials) : inSession(account, ask));
        if (statuses === undefined) return undefined;
        return new Set(controls.filter((control) => statuses.get(control) === 'DISABLED'));
      } catch (error) {
        if (error instanceof SecurityHubServiceException && REFUSALS.has(error.name)) return undefined;
        throw error;
      }
    },
  };
}
