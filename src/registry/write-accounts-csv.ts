import type { Account } from '../accounts';
import { ACCOUNT_COLUMNS } from './account-columns';
import { spreadsheetCsv, spreadsheetDigits, spreadsheetText } from './spreadsheet-csv';

/** An account of which nothing but its id need be known. */
export type ListedAccount = Pick<Account, 'id'> & Partial<Account>;

/**
 * A list of accounts as CSV that opens in a spreadsheet; `readAccountsCsv` reads it back, and takes away what keeps
 * cells harmless. Fields that are not known are left empty, to be filled in.
 */
export function writeAccountsCsv(accounts: readonly ListedAccount[]): string {
  const rows = accounts.map((account) =>
    ACCOUNT_COLUMNS.map((column) =>
      column === 'id' ? spreadsheetDigits(account.id) : spreadsheetText(account[column] ?? ''),
    ),
  );
  return spreadsheetCsv([[...ACCOUNT_COLUMNS], ...rows]);
}
