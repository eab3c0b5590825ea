import { writeFileSync } from 'node:fs';
import { type ListedAccount, writeAccountsCsv } from '../../src/registry';
import { tableKnown } from '../../src/requests';
import type { OpenRegistry } from './open-registry';

/** Accounts that have sent findings and that nobody has registered. */
async function unregistered({ access, register }: OpenRegistry): Promise<readonly ListedAccount[]> {
  const known = await tableKnown(access.table).accounts();
  return known
    .filter(({ account }) => !register.lookup(account).registered)
    .map(({ account: id }) => ({ id }));
}

/**
 * Writes the registered accounts as CSV, or with `onlyUnregistered` the others, to be filled in.
 * @param file standard output when undefined
 */
export async function exportFile(
  file: string | undefined,
  onlyUnregistered: boolean,
  open: OpenRegistry,
): Promise<void> {
  // As the table has them: a mode that is only the deployment's default is not to become the account's own.
  const accounts = onlyUnregistered ? await unregistered(open) : await open.effects.accounts.all();
  const text = writeAccountsCsv(accounts);
  if (file === undefined) process.stdout.write(text);
  else {
    writeFileSync(file, text);
    console.error(`${accounts.length} account${accounts.length === 1 ? '' : 's'} written to ${file}.`);
  }
}
