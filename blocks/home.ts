import type { HomeView, KnownBlock } from '@slack/types';
import type { AccountStep } from '../src/account-requests';
import type { Account, Principal } from '../src/accounts';
import type { WeekView } from '../src/bulletins';
import type { Language } from '../src/playbooks';
import type { Tally } from '../src/scores';
import type { ListedRequest } from './cards/answers';
import { organisationLine } from './cards/bulletins/ranking';
import { withdrawButton } from './cards/change';
import { scoreLabel } from './cards/score';
import { ACTIONS, BLOCKS } from './ids';
import {
  actions,
  allowedUrl,
  button,
  code,
  context,
  date,
  divider,
  excerpt,
  header,
  joined,
  LIMITS,
  link,
  mrk,
  type SafeMrkdwn,
  section,
} from './kit';
import { accountLabel, addressed, kindName, severityDot } from './phrases';
import { type ShownWords, shownWords } from './words/shown';

/** A request, with the reference that its buttons carry. */
export interface HomeRequest extends ListedRequest {
  readonly ref: string;
  readonly takenBy?: Principal;
}

/** A change that waits for approval. */
export interface HomeApproval {
  /** The id of the change. */
  readonly change: string;
  readonly kind: string;
  readonly asker: Principal;
  readonly account?: Pick<Account, 'id' | 'name'>;
  /** What it is about, such as a control. Untrusted. */
  readonly about?: string;
  readonly until: string;
  readonly permalink?: string;
}

export interface HomeException {
  /** The id of its change. */
  readonly change: string;
  readonly account: Pick<Account, 'id' | 'name'>;
  readonly control: string;
  /** Untrusted. */
  readonly reason: string;
  readonly until: string;
}

export interface HomeNewAccount {
  /** Untrusted. */
  readonly name: string;
  readonly next?: AccountStep;
  readonly permalink?: string;
}

/** What one person sees on the bot's own page. Each list holds what is shown of it, and `total` what there is. */
export interface HomePage {
  readonly at: string;
  readonly team: boolean;
  readonly approvals: Listed<HomeApproval>;
  readonly asked: Listed<HomeApproval>;
  /** Those of this page. `more`: there are more than `total`. */
  readonly requests: Listed<HomeRequest> & {
    readonly page: number;
    readonly pages: number;
    readonly more: boolean;
  };
  readonly taken: Listed<HomeRequest>;
  readonly exceptions: Listed<HomeException>;
  readonly newAccounts: Listed<HomeNewAccount>;
  readonly accounts: Listed<Pick<Account, 'id' | 'name' | 'kind'>>;
  /** For the security team: accounts that nobody answers for. */
  readonly ownerless: Listed<Pick<Account, 'id' | 'name' | 'kind'>>;
  /** Of the first of their accounts. */
  readonly scores: readonly HomeScore[];
  /** The organisation's last weeks, oldest first. */
  readonly weeks: readonly WeekView[];
}

export interface HomeScore {
  readonly account: Pick<Account, 'id' | 'name'>;
  /** Not all zero. */
  readonly counts: Tally;
  /** Points over seven days; undefined where there was no score then. */
  readonly change: number | undefined;
}

export interface Listed<T> {
  readonly shown: readonly T[];
  readonly total: number;
}

/** How many of each list are shown: with everything it stays below a view's 100 blocks. */
export const HOME_SHOWN = 8;

/** The page: what waits for this person first, then what is theirs. */
export function drawHome(page: HomePage, language: Language): HomeView {
  const w = shownWords(language);
  const { home } = w;
  const waiting = [
    ...part(home.approvals(page.approvals.total), page.approvals, (one) => approvalRow(one, w), w),
    ...part(home.taken(page.taken.total), page.taken, (one) => requestRow(one, 'taken', w), w),
    ...part(home.asked(page.asked.total), page.asked, (one) => askedRow(one, w), w),
    ...part(home.newAccounts(page.newAccounts.total), page.newAccounts, (one) => newAccountRow(one, w), w),
    ...part(
      home.ownerless(page.ownerless.total),
      page.ownerless,
      (one) => accountRow(one, w.owners.set, w),
      w,
      '/secops account list',
    ),
  ];
  return view([
    header(home.title),
    context(home.asOf(date(page.at))),
    actions(BLOCKS.home, [
      button(ACTIONS.homeRefresh, home.refresh, '1'),
      button(ACTIONS.requestAccount, home.requestAccount, 'home'),
    ]),
    ...(waiting.length > 0 ? waiting : [section(home.nothing)]),
    divider(),
    ...requests(page, w),
    ...part(
      home.exceptions(page.exceptions.total),
      page.exceptions,
      (one) => exceptionRow(one, w),
      w,
      '/secops exceptions',
    ),
    ...scores(page, w),
    ...accounts(page, w),
  ]);
}

/** Somebody who does not belong here has opened the page. */
export function drawClosedHome(language: Language): HomeView {
  return view([section(shownWords(language).home.outsider)]);
}

function view(blocks: readonly KnownBlock[]): HomeView {
  return { type: 'home', blocks: blocks.slice(0, LIMITS.viewBlocks) };
}

function part<T>(
  title: string,
  { shown, total }: Listed<T>,
  row: (one: T) => KnownBlock[],
  w: ShownWords,
  /** The command that lists what is left out here. */
  command?: string,
): KnownBlock[] {
  if (total === 0) return [];
  const rest = total - shown.length;
  const more = command === undefined ? w.home.more(rest) : w.home.moreBy(rest, code(command));
  return [header(title), ...shown.flatMap(row), ...(rest > 0 ? [context(more)] : [])];
}

function requests(
  { requests: { shown, total, page, pages, more }, team }: HomePage,
  w: ShownWords,
): KnownBlock[] {
  const { home } = w;
  if (total === 0) return [section(home.noRequests)];
  const count = more ? home.orMore(total) : home.count(total);
  return [
    header(team ? home.teamRequests(count) : home.requests(count)),
    ...shown.flatMap((one) => requestRow(one, 'open', w)),
    ...(pages > 1
      ? [
          context(w.answers.page(page, pages)),
          actions(BLOCKS.homePages, [
            ...(page > 1 ? [button(ACTIONS.homePrevious, w.resources.previous, String(page - 1))] : []),
            ...(page < pages ? [button(ACTIONS.homeNext, w.resources.next, String(page + 1))] : []),
          ]),
        ]
      : []),
  ];
}

/** Their accounts' scores, and the organisation's last week. */
function scores({ scores: own, accounts: { total }, weeks }: HomePage, w: ShownWords): KnownBlock[] {
  const { home } = w;
  const week = weeks.at(-1);
  const line = week && organisationLine(week, weeks.slice(0, -1), w);
  const rows = own.map(({ account, counts, change }) =>
    home.score(
      excerpt(accountLabel(account, w), 100),
      scoreLabel(counts, w),
      change === undefined ? w.ranking.isNew : w.scores.signed(change),
    ),
  );
  if (rows.length === 0 && line === undefined) return [];
  return [
    header(home.scores),
    ...(rows.length === 0 ? [] : [section(joined(rows))]),
    ...(line === undefined ? [] : [section(joined([mrk`${w.ranking.organisation}`, line]))]),
    context(total > rows.length && rows.length > 0 ? home.moreScores : home.scoreHint),
  ];
}

function accounts({ accounts: list }: HomePage, w: ShownWords): KnownBlock[] {
  const { home } = w;
  if (list.total === 0) return [context(home.noAccounts)];
  return part(
    home.accounts(list.total),
    list,
    (account) => accountRow(account, home.setOwner, w),
    w,
    '/secops account list',
  );
}

function accountRow(
  account: Pick<Account, 'id' | 'name' | 'kind'>,
  owner: string,
  w: ShownWords,
): KnownBlock[] {
  return [
    section(
      mrk`*${accountLabel(account, w)}* — ${w.kind[account.kind]}`,
      button(ACTIONS.setOwner, owner, account.id),
      `${BLOCKS.homeAccount}:${account.id}`,
    ),
  ];
}

/** A link that is none of Slack's, or too long, is left out. */
function linked(permalink: string | undefined, text: string): SafeMrkdwn {
  const url = permalink === undefined ? undefined : allowedUrl(permalink);
  return url === undefined || url.length > 300 ? mrk`` : link(url, text);
}

function requestRow(request: HomeRequest, where: string, w: ShownWords): KnownBlock[] {
  const due = request.due === undefined ? undefined : date(request.due);
  const state =
    due === undefined ? w.answers.listLineNoDue(request.open) : w.answers.listLine(request.open, due);
  return [
    section(
      joined([
        mrk`${severityDot(request.severity)} *${excerpt(request.title, 120)}*`,
        mrk`${accountLabel(request.account, w)} · ${request.overdue ? mrk`${state} (${w.answers.overdue})` : state}`,
        // Under its own title it is known already.
        where === 'taken' || request.takenBy === undefined
          ? mrk``
          : w.home.takenBy(addressed(request.takenBy, w)),
        linked(request.permalink, w.home.openCard),
      ]),
      button(ACTIONS.details, w.home.details, request.ref),
      `${BLOCKS.homeRequest}:${where}:${request.ref}`.slice(0, 255),
    ),
  ];
}

function about({ kind, account, about: subject }: HomeApproval, w: ShownWords): SafeMrkdwn {
  const what = mrk`*${kindName(kind, w)}*`;
  const where = account === undefined ? [] : [mrk`${accountLabel(account, w)}`];
  return joined([what, ...where, ...(subject === undefined ? [] : [code(subject, 120)])], mrk` · `);
}

function approvalRow(one: HomeApproval, w: ShownWords): KnownBlock[] {
  return [
    section(
      joined([
        about(one, w),
        w.home.askedBy(addressed(one.asker, w), date(one.until)),
        linked(one.permalink, w.home.openCard),
      ]),
    ),
  ];
}

function askedRow(one: HomeApproval, w: ShownWords): KnownBlock[] {
  return [
    section(
      joined([about(one, w), w.home.waitsUntil(date(one.until)), linked(one.permalink, w.home.openCard)]),
      withdrawButton(one.change, w),
      `${BLOCKS.homeAsked}:${one.change}`,
    ),
  ];
}

function exceptionRow(
  { change, account, control, reason, until }: HomeException,
  w: ShownWords,
): KnownBlock[] {
  return [
    section(
      joined([
        mrk`*${code(control, 120)}* ${accountLabel(account, w)} · ${w.home.until(date(until))}`,
        mrk`>${excerpt(reason, 150)}`,
      ]),
      button(ACTIONS.extend, w.exceptions.extend, change),
      `${BLOCKS.homeException}:${change}`,
    ),
  ];
}

function newAccountRow({ name, next, permalink }: HomeNewAccount, w: ShownWords): KnownBlock[] {
  return [
    section(
      joined([
        mrk`*${excerpt(name, 80)}*`,
        next === undefined ? mrk`` : w.home.step(w.newAccount.awaiting[next]),
        linked(permalink, w.home.openCard),
      ]),
    ),
  ];
}
