import { ACCOUNT_KINDS, type Account, type AccountId, type AccountKind, plainly } from '../accounts';
import { type AccountScore, changeOver, scoreDaysAgo } from './account-score';
import { Spread } from './spread';
import { type Counts, isPerfect, NO_COUNTS, scoreOf, total } from './tally';

/** One account in a list of scores. */
export interface ScoreLine {
  readonly account: Account;
  /** Undefined where no control has data. */
  readonly score: number | undefined;
  readonly counts: Counts;
  /** Points over seven days; undefined where there was no score then. */
  readonly week: number | undefined;
  /** False before the account has been counted for the first time. */
  readonly counted: boolean;
}

/** Accounts together. */
export interface ScoreSummary {
  readonly accounts: number;
  /** Of their scores; undefined where none has one. */
  readonly median: number | undefined;
  /** Of the median over seven days. */
  readonly week: number | undefined;
  /** How many are at 100 %, every control with data passed. */
  readonly perfect: number;
}

export interface ProjectSummary extends ScoreSummary {
  /** As one of its accounts writes it; untrusted. */
  readonly project: string;
}

export interface KindSummary extends ScoreSummary {
  readonly kind: AccountKind;
}

/** The scores of several accounts. There is no list of the last ones. */
export interface ScoreList extends ScoreSummary {
  /** The best ones first, then those without a score, as far as there is room. */
  readonly lines: readonly ScoreLine[];
  /** Accounts that have not been counted yet, and those that have been and have no data. */
  readonly uncounted: number;
  readonly noData: number;
  /** The best median first. */
  readonly projects: readonly ProjectSummary[];
  /** More projects than are listed. */
  readonly moreProjects: number;
  readonly kinds: readonly KindSummary[];
}

/** How many accounts, and projects, a list shows. */
export const LISTED_ACCOUNTS = 20;
export const LISTED_PROJECTS = 10;
const WEEK_DAYS = 7;

/** Folds accounts into their summary. */
class Group {
  readonly #now = new Spread();
  readonly #then = new Spread();
  #accounts = 0;
  #perfect = 0;

  add(score: AccountScore | undefined): void {
    this.#accounts += 1;
    if (score === undefined) return;
    this.#now.add(scoreOf(score.counts));
    this.#then.add(scoreDaysAgo(score, WEEK_DAYS));
    if (isPerfect(score.counts)) this.#perfect += 1;
  }

  get summary(): ScoreSummary {
    const median = this.#now.median;
    const then = this.#then.median;
    return {
      accounts: this.#accounts,
      median,
      week: median === undefined || then === undefined ? undefined : median - then,
      perfect: this.#perfect,
    };
  }
}

/**
 * As the ranking has it: really all passed before a rounded 100, then the higher score. Of equal ones the one with more
 * controls, then by name, so that the order stays.
 */
function fromTheTop(a: ScoreLine, b: ScoreLine): number {
  const name = ({ account }: ScoreLine) => account.name ?? account.id;
  return (
    Number(isPerfect(b.counts)) - Number(isPerfect(a.counts)) ||
    (b.score ?? 0) - (a.score ?? 0) ||
    total(b.counts) - total(a.counts) ||
    (name(a) < name(b) ? -1 : 1)
  );
}

/** A few lines of many, in order: what falls off the end is forgotten. */
function keep(lines: ScoreLine[], line: ScoreLine): void {
  const after = lines.findIndex((other) => fromTheTop(line, other) < 0);
  if (after >= 0) lines.splice(after, 0, line);
  else lines.push(line);
  if (lines.length > LISTED_ACCOUNTS) lines.pop();
}

function lineOf(account: Account, score: AccountScore | undefined): ScoreLine {
  return {
    account,
    score: score && scoreOf(score.counts),
    counts: score?.counts ?? NO_COUNTS,
    week: score && changeOver(score, WEEK_DAYS),
    counted: score?.asOf !== undefined,
  };
}

/**
 * The scores of several accounts, folded page by page: held is only what is shown.
 * @param pages scores; those of accounts that `accountOf` does not know are passed over
 * @param accounts the accounts that are listed, whether they have a score or not
 * @param accountOf finds a listed account by its id, and others that are to be listed if they have a score
 */
export async function listScores(
  pages: AsyncIterable<readonly AccountScore[]>,
  accounts: readonly Account[],
  accountOf: (id: AccountId) => Account | undefined,
): Promise<ScoreList> {
  const everybody = new Group();
  const kinds = new Map<AccountKind, Group>(ACCOUNT_KINDS.map((kind) => [kind, new Group()]));
  const projects = new Map<string, { readonly project: string; readonly group: Group }>();
  const best: ScoreLine[] = [];
  const without: ScoreLine[] = [];
  const waiting = new Set<AccountId>(accounts.map(({ id }) => id));
  let [uncounted, noData] = [0, 0];

  const take = (account: Account, score: AccountScore | undefined): void => {
    const line = lineOf(account, score);
    everybody.add(score);
    kinds.get(account.kind)?.add(score);
    const { project = '' } = account;
    const key = plainly(project);
    if (key !== '') {
      const known = projects.get(key) ?? { project, group: new Group() };
      known.group.add(score);
      projects.set(key, known);
    }
    if (line.score !== undefined) {
      keep(best, line);
      return;
    }
    if (line.counted) noData += 1;
    else uncounted += 1;
    if (without.length < LISTED_ACCOUNTS) without.push(line);
  };

  for await (const page of pages) {
    for (const score of page) {
      const account = accountOf(score.account);
      if (account === undefined) continue;
      waiting.delete(score.account);
      take(account, score);
    }
  }
  for (const account of accounts) if (waiting.has(account.id)) take(account, undefined);

  const ranked = [...projects.values()]
    .map(({ project, group }): ProjectSummary => ({ project, ...group.summary }))
    .sort((a, b) => (b.median ?? -1) - (a.median ?? -1) || (a.project < b.project ? -1 : 1));
  return {
    ...everybody.summary,
    lines: [...best, ...without].slice(0, LISTED_ACCOUNTS),
    uncounted,
    noData,
    projects: ranked.slice(0, LISTED_PROJECTS),
    moreProjects: Math.max(0, ranked.length - LISTED_PROJECTS),
    kinds: [...kinds]
      .map(([kind, group]): KindSummary => ({ kind, ...group.summary }))
      .filter((summary) => summary.accounts > 0),
  };
}
