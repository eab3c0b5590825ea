import { CsvError, parse } from 'csv-parse/sync';

/** One row as it stands in the file. */
export interface CsvRecord {
  /** 1-based; where the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row that cannot be taken apart. */
export interface BrokenRecord {
  readonly line: number;
  readonly problem: string;
}

const DELIMITERS = [',', ';', '\t'] as const;

/** What the first row is divided by; the most frequent of the three outside quotation marks. */
function delimiterOf(text: string): string {
  const [first = ''] = text
    .trimStart()
    .replace(/"[^"]*"/g, '')
    .split('\n');
  const count = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.reduce((most, next) => (count(next) > count(most) ? next : most));
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened in this row and never closed',
};
const OTHER_PROBLEM =
  'a quotation mark stands inside a text: put the whole text in quotation marks, and write each one in it twice';

/** Rows until the first that cannot be read, whose line counts from 0, and what is wrong with it. */
function until(lines: readonly string[], delimiter: string) {
  const records: CsvRecord[] = [];
  let end = 0;
  try {
    parse(lines.join('\n'), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      on_record: (cells: string[], { lines: through }) => {
        records.push({ line: end + 1, cells });
        end = through;
        // The parser keeps nothing: what it has read before a broken row would be lost with it.
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, broken: { line: end, problem: PROBLEMS[error.code] ?? OTHER_PROBLEM } };
  }
}

/**
 * The rows of a CSV text, divided by commas, semicolons or tabs, whichever its first row is. A row that cannot be taken
 * apart is named, and reading goes on at the line behind its first.
 */
export function csvRecords(text: string): {
  records: readonly CsvRecord[];
  broken: readonly BrokenRecord[];
} {
  const whole = text
    .replace(/\r\n?/g, '\n')
    // What spreadsheets are told so that they keep a number as it is: ="012345678901".
    .replace(/(?<=^|[,;\t])="(\d+)"(?=[,;\t]|$)/gm, '$1');
  const delimiter = delimiterOf(whole);
  const lines = whole.replace(/\n$/, '').split('\n');
  const records: CsvRecord[] = [];
  const broken: BrokenRecord[] = [];
  for (let from = 0; from < lines.length; ) {
    const read = until(lines.slice(from), delimiter);
    records.push(...read.records.map(({ line, cells }) => ({ line: from + line, cells })));
    if (!read.broken) break;
    const { line, problem } = read.broken;
    broken.push({ line: from + line + 1, problem });
    from += line + 1;
  }
  return { records: records.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')), broken };
}
