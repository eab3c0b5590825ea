import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type AccountSource, loadAccounts } from '../../src/accounts';
import { ConfigError } from '../../src/config';
import { type AccountToSave, type PersonByMail, type RowProblem, readAccountsCsv } from '../../src/registry';

/** What a file says of accounts, whatever its format. */
export interface ReadAccounts {
  readonly accounts: readonly AccountToSave[];
  readonly problems: readonly RowProblem[];
  readonly source: AccountSource;
  /** What is worth knowing of how it was read. */
  readonly remarks: readonly string[];
}

/** Neither is used: of each account only what the file says is saved. */
const DEFAULTS = { kind: 'production', mode: 'observe' } as const;

/**
 * Reads a list of accounts: YAML as in `config/accounts.yml`, anything else as CSV.
 * @throws Error with `code` ENOENT where there is no such file
 */
export async function readAccountsFile(file: string, personByMail: PersonByMail): Promise<ReadAccounts> {
  const bytes = readFileSync(file);
  if (['.yml', '.yaml'].includes(extname(file).toLowerCase())) return readYaml(file);
  const { rows, problems, ignored, encoding } = await readAccountsCsv(bytes, personByMail);
  const remarks = [
    ...(encoding === undefined || encoding === 'utf-8' ? [] : [`read as ${encoding}`]),
    ...(ignored.length === 0 ? [] : [`columns that are not read: ${ignored.join(', ')}`]),
  ];
  return { accounts: rows, problems, source: 'csv', remarks };
}

function readYaml(file: string): ReadAccounts {
  const nothing = { source: 'file', remarks: [] } as const;
  try {
    const { entries } = loadAccounts(file, DEFAULTS);
    const accounts = entries.map(({ id, source: _, ...fields }) => ({ id, fields }));
    return { ...nothing, accounts, problems: [] };
  } catch (error) {
    // A file in git is right as a whole, or not at all.
    if (!(error instanceof ConfigError)) throw error;
    return {
      ...nothing,
      accounts: [],
      problems: error.problems.map(({ line, text }) => ({ line, problem: text })),
    };
  }
}
