import type { AccountId, AccountRecord } from '../accounts';
import type { RegistryEffects } from './registry-effects';
import { type AccountWish, type SaveCause, type SavedAccount, saveAccount } from './save-account';

/** What is to be said of one account. */
export interface AccountToSave {
  readonly id: AccountId;
  readonly fields: AccountWish;
  /** Where a file says it; 1-based. */
  readonly line?: number;
}

/** What became of one account, or would. */
export interface ImportedAccount {
  readonly id: AccountId;
  readonly outcome: SavedAccount['outcome'];
}

/** Why an account could not be saved. */
export interface FailedAccount {
  readonly id: AccountId;
  readonly line?: number;
  readonly problem: string;
}

export interface ImportReport {
  /** In the order in which they were given. */
  readonly imported: readonly ImportedAccount[];
  /** Accounts that could not be saved; the others were. */
  readonly failed: readonly FailedAccount[];
}

const PARALLEL = 32;

/**
 * Saves many accounts, several at a time. One that cannot be saved is reported, and the others go on. Running it again
 * alters nothing.
 * @param onDone is called after each account, saved or not
 */
export async function importAccounts(
  accounts: readonly AccountToSave[],
  cause: SaveCause,
  effects: RegistryEffects,
  onDone: () => void,
): Promise<ImportReport> {
  const imported: ImportedAccount[] = [];
  const failed: FailedAccount[] = [];
  for (let from = 0; from < accounts.length; from += PARALLEL) {
    const some = accounts.slice(from, from + PARALLEL);
    const results = await Promise.all(
      some.map(async (account) => {
        const result = await saved(account, cause, effects);
        onDone();
        return result;
      }),
    );
    for (const result of results) {
      if ('outcome' in result) imported.push(result);
      else failed.push(result);
    }
  }
  return { imported, failed };
}

async function saved(
  { id, fields, line }: AccountToSave,
  cause: SaveCause,
  effects: RegistryEffects,
): Promise<ImportedAccount | FailedAccount> {
  try {
    const { outcome } = await saveAccount(id, fields, cause, effects);
    return { id, outcome };
  } catch (error) {
    const problem = `could not be saved (${error instanceof Error ? error.message : String(error)}); import it again`;
    return { id, ...(line !== undefined && { line }), problem };
  }
}

/** What `importAccounts` would do, without writing anything. */
export async function previewImport(
  accounts: readonly AccountToSave[],
  { accounts: store }: Pick<RegistryEffects, 'accounts'>,
): Promise<readonly ImportedAccount[]> {
  const known = new Map((await store.all()).map((record) => [record.id, record]));
  return accounts.map(({ id, fields }) => {
    const record = known.get(id);
    if (record === undefined) return { id, outcome: 'created' };
    return { id, outcome: alters(fields, record) ? 'changed' : 'unchanged' };
  });
}

function alters(fields: AccountWish, record: AccountRecord): boolean {
  const wishes = Object.entries(fields) as readonly [keyof AccountWish, unknown][];
  return wishes.some(([field, value]) => value !== undefined && value !== (record[field] ?? null));
}
