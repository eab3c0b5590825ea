import type { AccountId } from '../accounts';
import { ACCOUNT_COLUMNS, type AccountColumn, accountColumn } from './account-columns';
import { type CsvRecord, csvRecords } from './csv-records';
import { type CsvEncoding, decodeCsv } from './decode-csv';
import { type PersonByMail, readAccountCell } from './read-account-cell';
import { isLikeAccountId, readAccountId } from './read-account-id';
import type { AccountWish } from './save-account';

/** What a list says of one account. */
export interface AccountRow {
  /** 1-based; where the row begins. */
  readonly line: number;
  readonly id: AccountId;
  /** Columns that the row leaves empty are not in it. */
  readonly fields: AccountWish;
}

/** Why a row, or the whole file, was not taken, and what to do. */
export interface RowProblem {
  readonly line: number;
  /** The column at fault, as the file calls it. */
  readonly column?: string;
  readonly problem: string;
}

export interface AccountsFile {
  readonly rows: readonly AccountRow[];
  readonly problems: readonly RowProblem[];
  /** Headings that are none of ours; their columns are not read. */
  readonly ignored: readonly string[];
  /** Undefined when the file is no text. */
  readonly encoding: CsvEncoding | undefined;
}

/** Where a column stands, and what the file calls it. */
interface Heading {
  readonly column: AccountColumn;
  readonly index: number;
  readonly name: string;
}

/** How the rows of a file are to be read. */
interface Layout {
  readonly headings: readonly Heading[];
  /** How many cells a row may have. */
  readonly width: number;
  readonly ignored: readonly string[];
  readonly body: readonly CsvRecord[];
}

/**
 * Reads a list of accounts: columns by their headings, or `id,mail` without any, as GuardDuty's invitations take it. A
 * row with something wrong in it is named and left out; the others are read.
 * @param bytes the file as it lies on the disk
 * @param personByMail finds owners who are named by their mail address; asked once for each
 */
export async function readAccountsCsv(bytes: Uint8Array, personByMail: PersonByMail): Promise<AccountsFile> {
  const decoded = decodeCsv(bytes);
  const nothing = { rows: [], ignored: [], encoding: decoded?.encoding };
  if (decoded === undefined) {
    const problem = 'the file is neither UTF-8 nor Shift_JIS text; save it as CSV (UTF-8)';
    return { ...nothing, problems: [{ line: 1, problem }] };
  }
  const { records, broken } = csvRecords(decoded.text);
  const layout = layoutOf(records);
  if ('problem' in layout) return { ...nothing, problems: [...broken, layout].sort(byLine) };
  const person = askedOnce(personByMail);
  const rows: AccountRow[] = [];
  const problems: RowProblem[] = [...broken];
  for (const record of layout.body) {
    const read = await readRow(record, layout, person);
    if ('row' in read) rows.push(read.row);
    else problems.push(...read.problems);
  }
  const doubled = duplicates(rows);
  return {
    rows: rows.filter(({ id }) => !doubled.some((twice) => twice.id === id)),
    problems: [...problems, ...doubled.map(({ line, problem }) => ({ line, problem }))].sort(byLine),
    ignored: layout.ignored,
    encoding: decoded.encoding,
  };
}

const byLine = (a: RowProblem, b: RowProblem) => a.line - b.line;

function layoutOf([first, ...rest]: readonly CsvRecord[]): Layout | RowProblem {
  if (first === undefined) return { line: 1, problem: 'the file holds no rows' };
  const { line, cells } = first;
  if (isLikeAccountId(cells[0] ?? '')) {
    const headings = (['id', 'mail'] as const).map((column, index) => ({ column, index, name: column }));
    return { headings, width: headings.length, ignored: [], body: [first, ...rest] };
  }
  const named = cells.map((cell, index) => ({ name: cell.trim(), index, column: accountColumn(cell) }));
  const headings = named.flatMap(({ name, index, column }) => (column ? [{ name, index, column }] : []));
  const columns = headings.map(({ column }) => column);
  const twice = headings.find(({ column }, at) => columns.indexOf(column) < at);
  if (twice)
    return { line, column: twice.name, problem: `two columns say "${twice.column}"; keep one of them` };
  if (!columns.includes('id')) {
    const problem = `no column is called "id"; name the columns in the first row (${ACCOUNT_COLUMNS.join(', ')}), or write only id,mail in every row`;
    return { line, problem };
  }
  const ignored = named.flatMap(({ name, column }) => (column || name === '' ? [] : [name]));
  return { headings, width: cells.length, ignored, body: rest };
}

async function readRow(
  { line, cells }: CsvRecord,
  { headings, width }: Layout,
  personByMail: PersonByMail,
): Promise<{ readonly row: AccountRow } | { readonly problems: readonly RowProblem[] }> {
  const problems: RowProblem[] = [];
  if (cells.slice(width).some((cell) => cell.trim() !== '')) {
    const problem = `has ${cells.length} cells where there are ${width} columns; put a text that holds a comma into quotation marks`;
    problems.push({ line, problem });
  }
  let id: AccountId | undefined;
  const fields: Record<string, string | null> = {};
  for (const { column, index, name } of headings) {
    const cell = cells[index] ?? '';
    if (column === 'id') {
      const read = readAccountId(cell);
      if ('value' in read) id = read.value;
      else problems.push({ line, column: name, problem: read.problem });
      continue;
    }
    const read = await readAccountCell(column, cell, personByMail);
    if (read === undefined) continue;
    if ('value' in read) fields[column] = read.value;
    else problems.push({ line, column: name, problem: read.problem });
  }
  if (id === undefined || problems.length > 0) return { problems };
  return { row: { line, id, fields } };
}

/** Every account that several rows describe: which of them is meant is not guessed. */
function duplicates(rows: readonly AccountRow[]): readonly (RowProblem & { readonly id: AccountId })[] {
  const first = new Map<AccountId, number>();
  return rows.flatMap(({ id, line }) => {
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, line);
      return [];
    }
    return [{ id, line, problem: `${id} is in line ${before} too; keep one of the two` }];
  });
}

function askedOnce(personByMail: PersonByMail): PersonByMail {
  const known = new Map<string, ReturnType<PersonByMail>>();
  return (mail) => {
    const asked = known.get(mail.toLowerCase()) ?? personByMail(mail);
    known.set(mail.toLowerCase(), asked);
    return asked;
  };
}
