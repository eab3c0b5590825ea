import type { Day } from '../calendar';
import type { AccountScore } from './account-score';
import type { OrganisationWeek } from './snapshot';
import { Spread } from './spread';
import { isPerfect, scoreOf } from './tally';

/** How many times something took so many whole hours. */
type Hours = Map<number, number>;

/** Folds the scores of all accounts into the organisation's line. */
export class Organisation {
  readonly #scores = new Spread();
  readonly #fixHours: Hours = new Map();
  #perfect = 0;
  #opened = 0;
  #closed = 0;
  #settled = false;

  add({ counts, week, recent }: Pick<AccountScore, 'counts' | 'week' | 'recent'>): void {
    this.#opened += week.opened;
    this.#closed += week.closed;
    for (const hours of week.fixHours) this.#fixHours.set(hours, (this.#fixHours.get(hours) ?? 0) + 1);
    const score = scoreOf(counts);
    if (score === undefined) return;
    this.#scores.add(score);
    if (isPerfect(counts)) this.#perfect += 1;
    if (recent.length > 0) this.#settled = true;
  }

  /** An account with a score has ended a day: scores are no longer just filling up. */
  get settled(): boolean {
    return this.#settled;
  }

  /** @param week its Monday */
  line(week: Day): OrganisationWeek {
    const median = this.#scores.median;
    const medianFixHours = medianOf(this.#fixHours);
    return {
      week,
      accounts: this.#scores.size,
      perfect: this.#perfect,
      ...(median !== undefined && { median }),
      opened: this.#opened,
      closed: this.#closed,
      ...(medianFixHours !== undefined && { medianFixHours }),
    };
  }
}

function medianOf(hours: Hours): number | undefined {
  const sorted = [...hours].sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, times]) => sum + times, 0);
  if (all === 0) return undefined;
  const at = (rank: number): number => {
    let below = 0;
    for (const [taken, times] of sorted) {
      below += times;
      if (below > rank) return taken;
    }
    return 0;
  };
  return (at(Math.floor((all - 1) / 2)) + at(Math.floor(all / 2))) / 2;
}
