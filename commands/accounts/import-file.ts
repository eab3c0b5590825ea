import type { OpenRegistry } from './open-registry';
import { personByMail } from './person-by-mail';
import { readAccountsFile } from './read-accounts-file';
import { type SaveOptions, saveAndReport } from './save-and-report';

/** Registers what a file says of accounts, and prints what came of it. @returns the exit code */
export async function importFile(file: string, options: SaveOptions, open: OpenRegistry): Promise<number> {
  const { remarks, ...read } = await readAccountsFile(file, personByMail(open.access));
  for (const remark of remarks) console.error(`${file}: ${remark}`);
  return saveAndReport({ ...read, file }, options, open);
}
