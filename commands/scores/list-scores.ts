import { zoneOf } from '../../src/calendar';
import { type AccountScore, changeOver, scoreOf, total } from '../../src/scores';
import { printable } from '../printable';
import { textTable } from '../text-table';
import type { OpenScores } from './open-scores';

const WEEK_DAYS = 7;
const NONE = '·';
const COLUMNS = [
  'account',
  'name',
  'score',
  'passed',
  'failed',
  'unknown',
  'no data',
  'disabled',
  `${WEEK_DAYS} days`,
  'as of',
] as const;
const NUMERIC = new Set([3, 4, 5, 6, 7, 8]);

interface Line {
  /** Before it is rounded: what sorts. */
  readonly share: number;
  readonly name: string;
  readonly cells: readonly string[];
}

/** Prints every account that has been counted, the best first, those without data last. */
export async function listScores({ scores, counts, about }: OpenScores): Promise<void> {
  const zone = zoneOf(counts.calendar.timeZone);
  const asOf = (at: string) => {
    const { day, time } = zone.localTime(new Date(at));
    return `${day} ${new Date(time).toISOString().slice(11, 16)}`;
  };
  const lines: Line[] = [];
  for await (const page of scores.ofAccounts.pages()) {
    for (const score of page) {
      if (score.asOf !== undefined) lines.push(lineOf(score, about(score.account).name, asOf(score.asOf)));
    }
  }
  lines.sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
  for (const row of textTable([COLUMNS, ...lines.map(({ cells }) => cells)], NUMERIC)) console.log(row);
  if (lines.length === 0) {
    console.error('No account has been counted yet: the first is, a minute after its first finding.');
  }
}

function lineOf(score: AccountScore, name: string | undefined, asOf: string): Line {
  const { account, counts } = score;
  const all = total(counts);
  const { passed, failed, unknown, noData, disabled } = counts;
  return {
    share: all === 0 ? -1 : passed / all,
    name: name ?? account,
    cells: [
      account,
      printable(name ?? NONE),
      percent(score),
      ...[passed, failed, unknown, noData, disabled].map(String),
      signed(changeOver(score, WEEK_DAYS)),
      asOf,
    ],
  };
}

function percent({ counts }: AccountScore): string {
  const score = scoreOf(counts);
  if (score === undefined) return NONE;
  const failing = total(counts) - counts.passed;
  // Rounding hides what is missing.
  return `${String(score).padStart(3)} %${score === 100 && failing > 0 ? ` (${failing} failing)` : ''}`;
}

function signed(points: number | undefined): string {
  if (points === undefined) return NONE;
  return points > 0 ? `+${points}` : String(points);
}
