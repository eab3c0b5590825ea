import { stringify } from 'yaml';
import { spreadsheetCsv, spreadsheetDigits, spreadsheetText } from '../../src/registry';
import type { ExportedException } from './exported-exception';

const COLUMNS = [
  'account',
  'accountName',
  'control',
  'resources',
  'reason',
  'ticket',
  'by',
  'approvedBy',
  'since',
  'until',
  'byDesign',
] as const satisfies readonly (keyof ExportedException)[];

function cell(value: ExportedException[keyof ExportedException]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // Each of them on a line of its own, none the beginning of a formula.
  return typeof value === 'string' ? spreadsheetText(value) : value.map(spreadsheetText).join('\n');
}

/** How exceptions can be written down. */
export const FORMATS = {
  yaml: (exceptions) => stringify({ exceptions }, { lineWidth: 0 }),
  csv: (exceptions) =>
    spreadsheetCsv([
      [...COLUMNS],
      ...exceptions.map((exception) =>
        COLUMNS.map((column) =>
          column === 'account' ? spreadsheetDigits(exception.account) : cell(exception[column]),
        ),
      ),
    ]),
} as const satisfies Record<string, (exceptions: readonly ExportedException[]) => string>;
