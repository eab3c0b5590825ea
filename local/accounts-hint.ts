import type { AccountFile } from '../src/accounts';
import type { RegistryEffects } from '../src/registry';

/** What to say at the start when the file of accounts has been edited since it was imported; undefined when it has not. */
export async function accountsHint(
  file: Pick<AccountFile, 'hash'>,
  { accounts }: Pick<RegistryEffects, 'accounts'>,
): Promise<string | undefined> {
  const imported = await accounts.importedFile();
  if (imported === undefined || imported === file.hash) return undefined;
  return 'config/accounts.yml has been edited since it was imported; the registered accounts are in force. Take it over: npm run accounts -- import config/accounts.yml';
}
