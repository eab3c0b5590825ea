import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import { type AccountSources, type AwsAccount, accountSources, callerIdentity } from '../../src/aws';
import { planSync } from '../../src/registry';
import type { DataAccess } from '../data-access';
import type { OpenRegistry } from './open-registry';
import { type SaveOptions, saveAndReport } from './save-and-report';

export const SYNC_SOURCES = ['organizations', 'security-hub'] as const;
export type SyncSource = (typeof SYNC_SOURCES)[number];

function openSources({ aws }: DataAccess): AccountSources {
  // Both lists take few calls a second: the clients slow down by themselves.
  const settings = { ...aws, maxAttempts: 8, retryMode: 'adaptive' };
  const identity = callerIdentity(new STSClient({ ...aws }));
  return accountSources(
    new OrganizationsClient(settings),
    new SecurityHubClient(settings),
    async () => (await identity()).account,
  );
}

/** Lets the register follow AWS's list of accounts, and prints what came of it. @returns the exit code */
export async function syncFrom(
  source: SyncSource,
  options: SaveOptions,
  open: OpenRegistry,
): Promise<number> {
  const sources = openSources(open.access);
  const pages = source === 'organizations' ? sources.organization() : sources.securityHubMembers();
  const listed: AwsAccount[] = [];
  for await (const page of pages) listed.push(...page);
  const plan = planSync(listed, await open.effects.accounts.all());
  return saveAndReport({ ...plan, source }, options, open);
}
