import { type Counts, scoreOf, total } from '../../src/scores';

/** `81 % (62 of 77)`, and where rounding up to 100 hides what is missing `100 % (1 failing)`. */
export function shownScore(counts: Counts): string {
  const score = scoreOf(counts);
  if (score === undefined) return 'no data';
  const failing = total(counts) - counts.passed;
  if (score === 100 && failing > 0) return `100 % (${failing} failing)`;
  return `${score} % (${counts.passed} of ${total(counts)})`;
}
