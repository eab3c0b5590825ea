import { stringify } from 'csv-stringify/sync';

/** Where a spreadsheet would begin to calculate, however many spaces or quotation marks stand before it. */
const FORMULA = /^[\s']*[=+\-@＝＋－＠]/u;

/** Untrusted text as a spreadsheet shows it without running it. */
export const spreadsheetText = (text: string) => (FORMULA.test(text) ? `'${text}` : text);

/** Digits that a spreadsheet keeps as they are; anything but digits never comes here. */
export const spreadsheetDigits = (digits: string) => `="${digits}"`;

/** CSV that opens in a spreadsheet: UTF-8 with BOM, rows ended by CRLF. The cells are made by the functions above. */
export function spreadsheetCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    // The writer quotes the end of its own rows only; a lone line break would begin a row in a spreadsheet.
    { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}
