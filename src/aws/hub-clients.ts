import { SecurityHubClient, type SecurityHubClientConfig } from '@aws-sdk/client-securityhub';

export type HubCredentials = NonNullable<SecurityHubClientConfig['credentials']>;

/**
 * Security Hub as another session and in another Region sees it; connections, retries and address are lent by the bot's
 * own client. One for each account and Region, as are Security Hub's limits, to which a client adapts.
 */
export function clientAs(
  securityHub: SecurityHubClient,
  region: string,
  credentials: HubCredentials,
): SecurityHubClient {
  const { endpoint, requestHandler, maxAttempts, retryMode } = securityHub.config;
  return new SecurityHubClient({
    region,
    credentials,
    requestHandler,
    maxAttempts,
    retryMode,
    ...(endpoint && { endpoint }),
  });
}
