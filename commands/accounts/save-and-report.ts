import type { AccountSource } from '../../src/accounts';
import {
  type AccountToSave,
  type ImportedAccount,
  type ImportReport,
  importAccounts,
  previewImport,
  type RowProblem,
} from '../../src/registry';
import { printable } from '../printable';
import { progressBar } from '../progress-bar';
import type { OpenRegistry } from './open-registry';

/** How a command that saves accounts was called. */
export interface SaveOptions {
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
  /** Nothing but JSON on standard output. */
  readonly json: boolean;
}

/** What is known before anything is saved. */
export interface Wanted {
  readonly accounts: readonly AccountToSave[];
  readonly source: AccountSource;
  readonly file?: string;
  /** Rows that cannot be saved. */
  readonly problems?: readonly RowProblem[];
  /** Accounts of which there is nothing to say. */
  readonly unchanged?: number;
  /** Registered accounts that the source does not list. */
  readonly gone?: readonly string[];
}

/** A row of a file, or an account, that was left out. */
interface NotTaken {
  readonly line?: number;
  readonly column?: string;
  readonly problem: string;
}

async function save(
  { accounts, source }: Wanted,
  dryRun: boolean,
  { access, effects, now }: OpenRegistry,
): Promise<ImportReport> {
  if (dryRun) return { imported: await previewImport(accounts, effects), failed: [] };
  const bar = progressBar('saving accounts');
  bar.start(accounts.length, 0);
  try {
    const cause = { source, byName: access.operator, at: now().toISOString() };
    return await importAccounts(accounts, cause, effects, () => bar.increment());
  } finally {
    bar.stop();
  }
}

/**
 * Saves accounts under a progress bar and prints what came of it: what was not taken and why, and last the numbers as
 * JSON.
 * @returns the exit code: 1 when something was not taken
 */
export async function saveAndReport(
  wanted: Wanted,
  { dryRun, json }: SaveOptions,
  open: OpenRegistry,
): Promise<number> {
  const { file = '', problems = [], gone } = wanted;
  const { imported, failed: unsaved } = await save(wanted, dryRun, open);
  const failed: readonly NotTaken[] = [...problems, ...unsaved];
  if (!json) {
    for (const { line, column, problem } of failed) {
      const place = [file, line, column].filter((part) => part !== undefined && part !== '').join(':');
      console.log(printable(`not taken  ${place}  ${problem}`));
    }
    for (const { id, outcome } of dryRun ? imported : []) {
      if (outcome !== 'unchanged') console.log(`would be ${outcome}  ${id}`);
    }
    for (const id of gone ?? []) console.log(`no longer listed, stays registered  ${id}`);
  }
  const count = (outcome: ImportedAccount['outcome']) =>
    imported.filter((account) => account.outcome === outcome).length;
  console.log(
    JSON.stringify({
      dryRun,
      created: count('created'),
      changed: count('changed'),
      unchanged: count('unchanged') + (wanted.unchanged ?? 0),
      ...(gone && { gone }),
      failed,
    }),
  );
  return failed.length > 0 ? 1 : 0;
}
