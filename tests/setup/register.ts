import type { Bot } from '../../handlers/composition';
import type { AccountId } from '../../src/accounts';
import { type AccountWish, saveAccount } from '../../src/registry';

/** Has an account registered: one that is not is observed only. Without a mode, the deployment's holds. */
export async function register(
  { accounts, registry, ports }: Pick<Bot, 'accounts' | 'registry' | 'ports'>,
  id: string,
  fields: AccountWish = {},
): Promise<void> {
  await accounts.refresh();
  await saveAccount(id as AccountId, fields, { source: 'csv', at: ports.now().toISOString() }, registry);
}
