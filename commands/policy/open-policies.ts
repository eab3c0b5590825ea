import { join } from 'node:path';
import type { AccountLookup } from '../../src/accounts';
import { type Catalogue, loadCatalogue } from '../../src/controls';
import { loadPolicy, type TablePolicies, tablePolicies } from '../../src/policy';
import { type DataAccess, dataAccess, type Purpose } from '../data-access';
import type { WhichBot } from '../which-bot';
import { knownAccounts } from './known-accounts';

/** The policy of a bot, as the commands see it. */
export interface OpenPolicies {
  readonly access: DataAccess;
  readonly configDir: string;
  readonly catalogue: Catalogue;
  readonly accounts: AccountLookup;
  readonly policies: TablePolicies;
}

/**
 * Reads the policy in force from a bot's table.
 * @throws NoBotError when there is none
 */
export async function openPolicies(
  bot: WhichBot,
  purpose: Purpose,
  configDir: () => string,
): Promise<OpenPolicies> {
  // First: it says where the running bot's data files are.
  const access = await dataAccess(bot, purpose);
  const folder = configDir();
  const catalogue = loadCatalogue(folder);
  const file = loadPolicy(join(folder, 'policy.yml'), catalogue);
  const warn = (message: string, details: Record<string, unknown>) =>
    console.error(`! ${message}: ${JSON.stringify(details)}`);
  const policies = tablePolicies(access.table, file, catalogue, () => new Date(), warn);
  await policies.refresh();
  return {
    access,
    configDir: folder,
    catalogue,
    accounts: await knownAccounts(access.table, folder),
    policies,
  };
}
