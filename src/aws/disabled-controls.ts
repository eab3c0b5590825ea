import {
  BatchGetSecurityControlsCommand,
  SecurityHubClient,
  SecurityHubServiceException,
} from '@aws-sdk/client-securityhub';
import type { STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '../accounts';
import type { ControlId } from '../controls';
import { botSessions } from './bot-sessions';
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

/** As many as Security Hub's batches take. */
const CONTROLS_PER_CALL = 100;

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
  settings: MemberRole & { readonly ownAccount: () => Promise<string> },
  now: () => Date,
): ControlSwitches {
  const sessionIn = botSessions(sts, settings, now);
  return {
    async disabledControls(account, region, controls) {
      const own = account === (await settings.ownAccount());
      const credentials = own ? securityHub.config.credentials : await sessionIn(account);
      if (credentials === undefined) return undefined;
      const { endpoint, requestHandler, maxAttempts, retryMode } = securityHub.config;
      // One for each account and Region, as are Security Hub's limits, to which a client adapts.
      const client = new SecurityHubClient({
        region,
        credentials,
        requestHandler,
        maxAttempts,
        retryMode,
        ...(endpoint && { endpoint }),
      });
      try {
        return await disabledAmong(controls, client);
      } catch (error) {
        if (error instanceof SecurityHubServiceException && REFUSALS.has(error.name)) return undefined;
        throw error;
      }
    },
  };
}

async function disabledAmong(
  controls: readonly ControlId[],
  client: SecurityHubClient,
): Promise<ReadonlySet<ControlId> | undefined> {
  const spelled = new Map(controls.map((control) => [control.toLowerCase(), control]));
  const asked = [...spelled.values()];
  const disabled = new Set<ControlId>();
  for (let from = 0; from < asked.length; from += CONTROLS_PER_CALL) {
    const { SecurityControls = [], UnprocessedIds = [] } = await client.send(
      new BatchGetSecurityControlsCommand({
        SecurityControlIds: asked.slice(from, from + CONTROLS_PER_CALL),
      }),
    );
    for (const { SecurityControlId, SecurityControlStatus } of SecurityControls) {
      const control = spelled.get(SecurityControlId?.toLowerCase() ?? '');
      if (control !== undefined && SecurityControlStatus === 'DISABLED') disabled.add(control);
    }
    for (const { SecurityControlId, ErrorCode } of UnprocessedIds) {
      if (ErrorCode === 'ACCESS_DENIED') return undefined;
      if (ErrorCode === 'LIMIT_EXCEEDED')
        throw new Error(`Security Hub has left out ${SecurityControlId}: ${ErrorCode}`);
    }
  }
  return disabled;
}
