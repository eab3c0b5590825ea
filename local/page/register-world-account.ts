import type { Bot } from '../../handlers/composition';
import { accountId } from '../../src/accounts';
import { saveAccount } from '../../src/registry';

/** Registers an account of the AWS to break, as a sync with its organization would: nobody owns it yet. */
export async function registerWorldAccount(
  id: string,
  name: string,
  { accounts, registry, ports }: Pick<Bot, 'accounts' | 'registry' | 'ports'>,
): Promise<void> {
  const account = accountId(id);
  if (account === undefined) throw new Error(`${id} is no account id`);
  await accounts.refresh();
  await saveAccount(
    account,
    { name, kind: 'production', mode: 'enforce' },
    { source: 'organizations', at: ports.now().toISOString() },
    registry,
  );
}
