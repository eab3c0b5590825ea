import { type MatrixCell, type MatrixRow, type Need, ROLES, type Role, type Ruling } from '../../src/access';
import { SEVERITIES, type Severity } from '../../src/controls';
import { bold } from '../bold';

/** One line of the table: the severities for which the answers are the same. */
interface Line {
  readonly kind: string;
  readonly severities: readonly Severity[];
  readonly rest: readonly string[];
}

const TITLES = ['kind of change', 'severity', 'at most', ...ROLES];

function needText({ of, count }: Need, role: Role): string {
  const other = role === 'lead' || role === of ? ' other' : '';
  return `${count}${other} ${of}${count === 1 ? '' : 's'}`;
}

function answer(ruling: Ruling, role: Role): string {
  if (ruling.effect === 'allow') return 'yes';
  if (ruling.effect === 'deny') return 'no';
  return `asks ${ruling.needs.map((need) => needText(need, role)).join(' + ')}`;
}

function cell({ role, ruling, own }: MatrixCell): string {
  const usual = answer(ruling, role);
  return own === undefined ? usual : `${usual}; own account: ${answer(own, role)}`;
}

function lineOf({ kind, severity, maxDays, ownerless, cells }: MatrixRow): Line {
  return {
    kind: ownerless ? `${kind} (no owner yet)` : kind,
    severities: [severity],
    rest: [maxDays === undefined ? '' : `${maxDays} days`, ...cells.map(cell)],
  };
}

function linesOf(matrix: readonly MatrixRow[]): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const line of matrix.map(lineOf)) {
    const answers = [line.kind, ...line.rest].join('|');
    const severities = [...(lines.get(answers)?.severities ?? []), ...line.severities];
    lines.set(answers, { ...line, severities });
  }
  return [...lines.values()];
}

/** The matrix as a table for the terminal; severities with the same answers share a line. */
export function printMatrix(matrix: readonly MatrixRow[]): string {
  const rows = linesOf(matrix).map(({ kind, severities, rest }) => [
    kind,
    severities.length === SEVERITIES.length ? 'any' : severities.join(', '),
    ...rest,
  ]);
  const widths = TITLES.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [first = '', ...others] = rows.map((row, index) => {
    // The name of a kind stands at its first line only.
    const again = rows[index - 1]?.[0] === row[0];
    return line(again ? ['', ...row.slice(1)] : row);
  });
  return [bold(line(TITLES)), first, ...others].join('\n');
}
