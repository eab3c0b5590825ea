import { stringify } from 'csv-stringify/sync';

/** Where a spreadsheet would begin to calculate, however many spaces or quotation marks stand before it. */
const FORMULA = /^[\s']*[=+\-@＝＋－＠]/u;

/** Untrusted text as a spreadsheet shows it without running it. */
export const spreadsheetText = (text: string) => (FORMULA.test(text) ? `'${text}` : text);

/** Digits that a spreadsheet keeps as they are; anything but digits never comes here. */
export const spreadsheetDigits = (digits: string) => `="${digits}"`;

/** Rows as a spreadsheet reads them, ended by CRLF; for what follows others. The cells are made by the functions above. */
export function spreadsheetRows(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    // The writer quotes the end of its own rows only; a lone line break would begin a row in a spreadsheet.
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}

/** CSV that opens in a spreadsheet: UTF-8 with BOM, and the first rows. */
export function spreadsheetCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${spreadsheetRows(rows)}`;
}
