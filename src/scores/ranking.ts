import { ACCOUNT_KINDS, type Account, type AccountKind, type AccountLookup, plainly } from '../accounts';
import type { RankedView, RankingView } from '../bulletins';
import { addDays, type Calendar, type Day } from '../calendar';
import { nearest } from '../config';
import type { ControlId } from '../controls';
import { type AccountScore, changeOver } from './account-score';
import { ENOUGH_CONTROLS, perfectDays } from './climb';
import type { ScoreRules } from './load-score-rules';
import { Organisation } from './organisation';
import type { Scores } from './scores';
import { Spread } from './spread';
import { isPerfect, scoreOf, total } from './tally';

/** Which accounts are ranked; all when left out. */
export type RankingOf = NonNullable<RankingView['of']>;

const DAY_MS = 24 * 3_600_000;
const WEEK_DAYS = 7;
/** What the organisation has known for less is still filling up: nothing in it is news. */
const SETTLED_DAYS = 14;
/** Weeks that are shown, the present one among them. */
const SHOWN_WEEKS = 12;
/** Really all controls passed: above a score that is 100 only when rounded. */
const PERFECT = 101;
const CLIMBERS = 3;
const NEWCOMERS = 10;
/** Shown of the class of its own. */
const SMALL = 3;

/** What the fold goes by. */
export interface RankingRules extends Pick<ScoreRules, 'size' | 'fewResources'> {
  readonly of?: RankingOf;
  readonly accounts: AccountLookup;
  readonly dayOf: Calendar['dayOf'];
  readonly now: Date;
  /** Controls that nobody had before this week, in lower case. */
  readonly newControls: ReadonlySet<string>;
}

/** An account on its way into a ranking. */
interface Ranked {
  readonly account: Account;
  readonly score: AccountScore;
  readonly standing: number;
  readonly change: number | undefined;
  /** In the class of its own. */
  readonly small: boolean;
}

/** By what two accounts differ, the better one first. */
type Order = (a: Ranked, b: Ranked) => number;

const name = ({ id, name: given }: Account) => given ?? id;

/** A tie is broken for the eye only: whoever has more in order first, then by name. */
const byStanding: Order = (a, b) =>
  b.standing - a.standing ||
  total(b.score.counts) - total(a.score.counts) ||
  (name(a.account) < name(b.account) ? -1 : name(a.account) > name(b.account) ? 1 : 0) ||
  (a.account.id < b.account.id ? -1 : 1);

const byChange: Order = (a, b) => (b.change ?? 0) - (a.change ?? 0) || byStanding(a, b);

/** The best few of many, in order: what falls off the end is forgotten. */
class Best {
  readonly list: Ranked[] = [];

  constructor(
    private readonly most: number,
    private readonly order: Order,
  ) {}

  add(ranked: Ranked): void {
    const { list, most, order } = this;
    const last = list.at(-1);
    if (list.length === most && last !== undefined && order(last, ranked) < 0) return;
    const after = list.findIndex((other) => order(ranked, other) < 0);
    list.splice(after < 0 ? list.length : after, 0, ranked);
    if (list.length > most) list.pop();
  }
}

/** Accounts that are ranked among themselves. */
class Class {
  readonly standings = new Spread(PERFECT);
  readonly best: Best;

  constructor(size: number) {
    this.best = new Best(size, byStanding);
  }

  add(ranked: Ranked): void {
    this.standings.add(ranked.standing);
    this.best.add(ranked);
  }
}

/** Whether an account is among those that are asked for. */
function isRankedAmong(account: Pick<Account, 'kind' | 'project'>, of: RankingOf | undefined): boolean {
  if (of === undefined) return true;
  if ('kind' in of) return account.kind === of.kind;
  return account.project !== undefined && plainly(account.project) === plainly(of.project);
}

/** What a fold over all scores comes to; the rest of a ranking is read beside it. */
type Folded = Omit<RankingView, 'of' | 'noData' | 'organisation' | 'weeks' | 'newControls' | 'asOf'>;

/**
 * Folds the scores of all accounts into a ranking, one after the other: held is only what is shown. The organisation's
 * line and its new controls are those of all registered accounts, whichever are ranked.
 */
export class Ranking {
  readonly organisation = new Organisation();
  readonly #rules: RankingRules;
  readonly #large: Class;
  readonly #small: Class;
  readonly #climbers = new Best(CLIMBERS, byChange);
  readonly #newcomers = new Best(NEWCOMERS, byStanding);
  readonly #costly = new Set<string>();
  #newcomerCount = 0;
  #touched = 0;

  constructor(rules: RankingRules) {
    this.#rules = rules;
    this.#large = new Class(rules.size);
    this.#small = new Class(Math.max(rules.size, SMALL));
  }

  add(score: AccountScore): void {
    const { accounts, fewResources, newControls, of } = this.#rules;
    const account = accounts(score.account);
    if (!account.registered || account.status === 'closed') return;
    this.organisation.add(score);
    const points = scoreOf(score.counts);
    if (points === undefined) return;
    const fresh = score.fresh.map((control) => control.toLowerCase()).filter((one) => newControls.has(one));
    for (const control of fresh) this.#costly.add(control);
    if (fresh.length > 0) this.#touched += 1;
    if (!isRankedAmong(account, of)) return;

    const ranked: Ranked = {
      account,
      score,
      standing: isPerfect(score.counts) ? PERFECT : points,
      change: changeOver(score, WEEK_DAYS),
      small: score.resources < fewResources,
    };
    (ranked.small ? this.#small : this.#large).add(ranked);
    // Whoever has come to 100 % has climbed as well: it is said once.
    if (isNewcomer(score, this.#rules)) {
      this.#newcomerCount += 1;
      this.#newcomers.add(ranked);
    } else if ((ranked.change ?? 0) >= 1) this.#climbers.add(ranked);
  }

  /** New controls that have cost somebody points. */
  get newControls(): RankingView['newControls'] {
    return this.#costly.size === 0 ? undefined : { count: this.#costly.size, accounts: this.#touched };
  }

  get view(): Folded {
    const [large, small] = [this.#large, this.#small];
    // A class of its own is one beside another.
    const [all, own] = large.standings.size === 0 ? [small, undefined] : [large, small];
    const view = (ranked: Ranked) => {
      const { standings } = all === small || !ranked.small ? all : small;
      return viewRanked(ranked, 1 + standings.above(ranked.standing), this.#rules.now);
    };
    return {
      accounts: large.standings.size + small.standings.size,
      top: all.best.list.slice(0, this.#rules.size).map(view),
      climbers: this.#climbers.list.map(view),
      newcomers: this.#newcomers.list.map(view),
      moreNewcomers: this.#newcomerCount - this.#newcomers.list.length,
      // Of few accounts the first three may well be all of them: named are those that the others can look up to.
      small: (own?.best.list ?? [])
        .filter(({ standing }) => standing >= (large.standings.median ?? 0))
        .slice(0, SMALL)
        .map(view),
      smallAccounts: own?.standings.size ?? 0,
      fewResources: this.#rules.fewResources,
    };
  }
}

function viewRanked({ account, score, change }: Ranked, rank: number, now: Date): RankedView {
  const { passed, failed, unknown } = score.counts;
  return {
    account,
    rank,
    score: scoreOf(score.counts) ?? 0,
    perfect: isPerfect(score.counts),
    passed,
    failed,
    unknown,
    ...(change !== undefined && { change }),
    perfectDays: perfectDays(score.climb, now),
  };
}

/**
 * Whether an account has come to 100 % in the last seven days: from below, which an account that began there has not,
 * nor one whose 100 % was interrupted within a day.
 */
function isNewcomer(
  { counts, climb, recent }: AccountScore,
  { now, dayOf }: Pick<RankingRules, 'now' | 'dayOf'>,
): boolean {
  const { perfectSince, celebratedAt, wasBelow } = climb;
  if (perfectSince === undefined || !isPerfect(counts) || total(counts) < ENOUGH_CONTROLS) return false;
  if (now.getTime() - Date.parse(perfectSince) > WEEK_DAYS * DAY_MS) return false;
  if (wasBelow || (celebratedAt !== undefined && celebratedAt >= perfectSince)) return true;
  // Nobody celebrates an account that is only observed: what its days ended with tells.
  const reached = dayOf(new Date(perfectSince));
  const before = recent.findLast(({ day, score }) => day < reached && score !== undefined);
  return before?.score !== undefined && before.score < 100;
}

/** Controls (in lower case) that the organisation has had for a week at most, once it has been known for longer. */
export function newControls(
  firstSeen: readonly { readonly control: ControlId; readonly at: string }[],
  now: Date,
): ReadonlySet<string> {
  const age = ({ at }: { readonly at: string }) => (now.getTime() - Date.parse(at)) / DAY_MS;
  if (!firstSeen.some((control) => age(control) > SETTLED_DAYS)) return new Set();
  return new Set(
    firstSeen.filter((control) => age(control) <= WEEK_DAYS).map(({ control }) => control.toLowerCase()),
  );
}

/** What a ranking is read from. */
export interface RankingSources {
  readonly scores: Pick<Scores, 'weeks' | 'firstSeen'> & {
    readonly ofAccounts: Pick<Scores['ofAccounts'], 'pages'>;
  };
  readonly accounts: AccountLookup;
  /** Registered accounts. */
  readonly registered: () => readonly Account[];
  readonly calendar: Pick<Calendar, 'dayOf'>;
  readonly rules: ScoreRules;
  readonly now: () => Date;
}

/** Folds every account's score, page by page. */
export async function foldScores(of: RankingOf | undefined, sources: RankingSources): Promise<Ranking> {
  const { scores, accounts, calendar, rules } = sources;
  const now = sources.now();
  const ranking = new Ranking({
    ...rules,
    ...(of && { of }),
    accounts,
    dayOf: calendar.dayOf,
    now,
    newControls: newControls(await scores.firstSeen(), now),
  });
  for await (const page of scores.ofAccounts.pages()) for (const score of page) ranking.add(score);
  return ranking;
}

/**
 * The ranking as it is now.
 * @param week the Monday of the organisation's week that it belongs to: earlier ones are its past
 */
export async function readRanking(
  of: RankingOf | undefined,
  week: Day,
  sources: RankingSources,
): Promise<RankingView> {
  // This week may have been kept already: it is shown as it is now.
  const [ranking, weeks] = await Promise.all([foldScores(of, sources), sources.scores.weeks(SHOWN_WEEKS)]);
  const { view, newControls: fresh } = ranking;
  const asked = sources
    .registered()
    .filter((account) => account.status === 'active' && isRankedAmong(account, of));
  return {
    ...(of && { of }),
    ...view,
    noData: Math.max(0, asked.length - view.accounts),
    organisation: ranking.organisation.line(week),
    weeks: weeks.filter((past) => past.week < week).slice(1 - SHOWN_WEEKS),
    ...(fresh && { newControls: fresh }),
    asOf: sources.now().toISOString(),
  };
}

/** The week before, where it was kept. */
export function lastWeek({ organisation, weeks }: Pick<RankingView, 'organisation' | 'weeks'>) {
  const before = addDays(organisation.week, -WEEK_DAYS);
  return weeks.find(({ week }) => week === before);
}

/** A kind of account as people write it. */
const KINDS: Readonly<Record<string, AccountKind>> = {
  production: 'production',
  prod: 'production',
  本番: 'production',
  本番環境: 'production',
  'non-production': 'non-production',
  'non production': 'non-production',
  nonproduction: 'non-production',
  本番以外: 'non-production',
  非本番: 'non-production',
  開発: 'non-production',
  開発環境: 'non-production',
};

/** The accounts that are meant by a kind or a project; undefined where neither has this name. */
export function rankingOf(text: string, registered: readonly Account[]): RankingOf | undefined {
  const wanted = plainly(text);
  const kind = Object.hasOwn(KINDS, wanted) ? KINDS[wanted] : undefined;
  if (kind !== undefined) return { kind };
  const project = registered.find(
    (account) => account.status === 'active' && isRankedAmong(account, { project: wanted }),
  )?.project;
  return project === undefined ? undefined : { project };
}

const KIND: Readonly<Record<AccountKind, RankingOf>> = {
  production: { kind: 'production' },
  'non-production': { kind: 'non-production' },
};

/** Projects that are listed, and guesses at what was meant. */
const LISTED = 10;
const NEAR = 3;

/** What a ranking can be narrowed down to, for who typed something else. */
export function rankingChoices(
  text: string,
  registered: readonly Account[],
): { readonly near: readonly RankingOf[]; readonly all: readonly RankingOf[]; readonly more: number } {
  const wanted = plainly(text);
  const active = registered.filter(({ status }) => status === 'active');
  const projects = new Map(
    active.flatMap(({ project }) =>
      project === undefined ? [] : [[plainly(project), { project }] as const],
    ),
  );
  const kinds = ACCOUNT_KINDS.filter((kind) => active.some((account) => account.kind === kind));
  // Several ways to write a kind come to one.
  const names = new Map<string, RankingOf>([
    ...Object.entries(KINDS).map(([written, kind]) => [written, KIND[kind]] as const),
    ...projects,
  ]);
  const holding = [...projects.keys()].filter((project) => wanted !== '' && project.includes(wanted));
  const likely = [...nearest(wanted, [...names.keys()], NEAR), ...holding];
  const near = new Set(likely.flatMap((found) => names.get(found) ?? []));
  const listed = [...projects.values()].sort((a, b) => (a.project < b.project ? -1 : 1));
  return {
    near: [...near].slice(0, NEAR),
    all: [...kinds.map((kind) => KIND[kind]), ...listed.slice(0, LISTED)],
    more: Math.max(0, listed.length - LISTED),
  };
}
