import type { Button, KnownBlock } from '@slack/types';
import type { Need, Ruling } from '../../src/access';
import type { MissingOfAccount } from '../../src/account-requests';
import { ACCOUNT_KINDS, type Account, type AccountKind, type Principal } from '../../src/accounts';
import type { Category, Control, Severity } from '../../src/controls';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS } from '../ids';
import {
  actions,
  allowedUrl,
  button,
  code,
  context,
  date,
  excerpt,
  header,
  joined,
  link,
  type Message,
  message,
  mrk,
  quote,
  type SafeMrkdwn,
  section,
} from '../kit';
import {
  accountLabel,
  addressed,
  addressedAll,
  type PolicyRow,
  policyRow,
  rulingText,
  severityDot,
} from '../phrases';
import { type Words, words } from '../words';
import type { OwnerProblem } from '../words/sections/owners';
import { accountPicker, EVERY_ACCOUNT } from './accounts';

/** A short answer to one person: why something did not happen, or that it did. */
export type Answer =
  | {
      readonly kind: 'ruling';
      readonly ruling: Exclude<Ruling, { effect: 'allow' }>;
      /** Whom to ask. */
      readonly ask: readonly Principal[];
    }
  /** What became of it: done, done before, about something that is gone, not possible, or the card is on its way. */
  | { readonly kind: 'outcome'; readonly outcome: 'applied' | 'already' | 'gone' | 'failed' | 'shown' }
  /** What an account still lacks before it can be registered; its card has more. */
  | { readonly kind: 'missing'; readonly of: MissingOfAccount }
  /** Why an account could not be taken into the register, or not yet. */
  | { readonly kind: 'registering'; readonly outcome: keyof Words['newAccount']['answers'] }
  /** An exception that has ended already, or that was approved when it was over. */
  | { readonly kind: 'exception'; readonly outcome: keyof Words['exceptions']['outcome'] }
  /** The card that was asked for stands there already. */
  | { readonly kind: 'card'; readonly permalink: string }
  /** Why an account's owner, deputy or channel cannot be what was wanted. */
  | { readonly kind: 'owner problem'; readonly problem: OwnerProblem }
  /** Something broke; the reference is what the log knows it by. */
  | { readonly kind: 'failure'; readonly reference: string }
  /** Nobody knows whether it was done; the reference is the change. */
  | { readonly kind: 'uncertain'; readonly reference: string }
  /** Why an answer to a change that waits for approval does not count, or what became of the change. */
  | {
      readonly kind: 'approval';
      readonly outcome: 'stale' | 'own' | 'not-yours' | 'approved-before' | 'over' | 'taken-back' | 'expired';
    }
  /** It was asked for, and waits for these people. */
  | { readonly kind: 'waiting'; readonly needs: readonly Need[]; readonly until?: string }
  | { readonly kind: 'refused'; readonly by: Principal; readonly reason: string }
  /** Somebody else can approve it or deny it. */
  | { readonly kind: 'no-approver'; readonly needs: readonly Need[]; readonly ask: readonly Principal[] }
  | {
      readonly kind: 'unknown command';
      readonly typed: string;
      /** Usage of the likeliest command. */
      readonly nearest?: string;
    };

function cardLink(permalink: string, w: Words): SafeMrkdwn {
  const url = allowedUrl(permalink);
  return url === undefined ? mrk`` : link(url, w.bulletin.openCard);
}

/** The words of an answer; a message and a modal say the same. */
export function answerText(answer: Answer, w: Words): SafeMrkdwn {
  switch (answer.kind) {
    case 'ruling':
      return rulingText(answer.ruling, answer.ask, w);
    case 'outcome':
      return w.answers.outcome[answer.outcome];
    case 'missing':
      return joined([mrk`${w.newAccount.missing[answer.of]}`, w.newAccount.answers.checks]);
    case 'registering':
      return w.newAccount.answers[answer.outcome];
    case 'exception':
      return w.exceptions.outcome[answer.outcome];
    case 'card':
      return joined([w.bulletin.hasCard, cardLink(answer.permalink, w)], mrk` `);
    case 'owner problem':
      return mrk`${w.owners.problems[answer.problem]}`;
    case 'failure':
      return joined([w.answers.failure, w.answers.failureReference(code(answer.reference, 60))]);
    case 'uncertain':
      return joined([w.answers.uncertain, w.answers.failureReference(code(answer.reference, 60))]);
    case 'approval':
      return w.approval.answers[answer.outcome];
    case 'waiting':
      return joined([
        w.approval.answers.waiting(w.ruling.approvers(answer.needs)),
        answer.until === undefined ? mrk`` : w.approval.answers.waitingUntil(date(answer.until)),
      ]);
    case 'refused':
      return joined([w.approval.answers.refused(addressed(answer.by, w)), quote(answer.reason, 600)]);
    case 'no-approver':
      return joined([
        w.approval.answers['no-approver'](w.ruling.approvers(answer.needs)),
        answer.ask.length === 0 ? mrk`` : w.ruling.askThem(addressedAll(answer.ask, w)),
      ]);
    case 'unknown command':
      return joined([
        w.answers.unknown(code(answer.typed, 60)),
        answer.nearest === undefined ? mrk`` : w.answers.suggest(code(answer.nearest, 120)),
        w.answers.seeHelp,
      ]);
  }
}

/** The answer as a message that only this person sees. */
export function drawAnswer(answer: Answer, language: Language): Message {
  const text = answerText(answer, words(language));
  return message(text, [section(text)]);
}

export interface Subcommand {
  readonly name: string;
  /** e.g. `/secops policy EC2.19` */
  readonly usage: string;
  readonly about: Readonly<Record<Language, string>>;
}

/** Every command with what it does. */
export function drawHelp(commands: readonly Subcommand[], language: Language): Message {
  const w = words(language);
  const lines = commands.map(
    ({ usage, about }) => mrk`${code(usage, 120)} — ${excerpt(about[language], 200)}`,
  );
  return message(mrk`${w.answers.help}`, [
    header(w.answers.help),
    section(w.answers.helpIntro),
    ...(lines.length === 0 ? [] : [section(joined(lines))]),
  ]);
}

/**
 * How commands are typed, for somebody who typed too little.
 * @param missing what it was
 */
export function drawUsage(
  commands: readonly Pick<Subcommand, 'usage' | 'about'>[],
  language: Language,
  missing?: 'nobody',
): Message {
  const { owners } = words(language);
  const lines = commands.map(
    ({ usage, about }) => mrk`${code(usage, 120)} — ${excerpt(about[language], 200)}`,
  );
  const said = missing === undefined ? mrk`` : owners.command[missing];
  return message(owners.command.usage, [section(joined([said, owners.command.usage, ...lines]))]);
}

/** The answer to the bare command: where to go. */
export function drawMenu(language: Language): Message {
  const { answers: w } = words(language);
  return message(w.menuText, [
    section(w.menuText),
    actions(BLOCKS.menu, [
      button(ACTIONS.menuRequests, w.menuRequests, 'requests', 'primary'),
      button(ACTIONS.menuPolicy, w.menuPolicy, 'policy'),
      button(ACTIONS.menuHelp, w.menuHelp, 'help'),
    ]),
  ]);
}

/** One line of the request list. */
export interface ListedRequest {
  readonly title: string;
  readonly severity: Severity;
  readonly account: Pick<Account, 'id' | 'name'>;
  readonly open: number;
  readonly due?: string;
  readonly overdue: boolean;
  /** The card's address, where it has one. */
  readonly permalink?: string;
}

export interface RequestList {
  /** The most urgent first; those of this page, at most `LIST_PAGE`. */
  readonly requests: readonly ListedRequest[];
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** The account whose requests these are, where it is one account's list. */
  readonly account?: Pick<Account, 'id' | 'name'>;
  /** True when it holds the person's own accounts only. */
  readonly mine?: boolean;
  /** True where several of them could be suppressed at once. */
  readonly several?: boolean;
}

/** How many requests one page of the list shows. */
export const LIST_PAGE = 10;

export function drawList(list: RequestList, language: Language): Message {
  const w = words(language);
  const picker = accountPicker(ACTIONS.pickAccount, BLOCKS.pickAccount, list.account, w);
  if (list.total === 0) {
    const empty = list.mine
      ? w.answers.listEmptyMine(code('/secops requests 111122223333', 40))
      : w.answers.listEmpty;
    return message(empty, [section(empty), picker]);
  }
  const title = w.answers.list(list.total);
  return message(mrk`${title}`, [
    header(title),
    picker,
    ...list.requests.slice(0, LIST_PAGE).map((request) => section(listLine(request, w))),
    ...(list.pages > 1 ? turning(list, w) : []),
    ...(list.several ? [actions(BLOCKS.bulk, [bulkButton(list, w)])] : []),
  ]);
}

function bulkButton({ account }: RequestList, w: Words): Button {
  return button(ACTIONS.bulk, w.bulk.open, account?.id ?? EVERY_ACCOUNT);
}

function turning({ page, pages, account }: RequestList, w: Words): KnownBlock[] {
  const to = (number: number) => (account === undefined ? String(number) : `${number} ${account.id}`);
  return [
    context(w.answers.page(page, pages)),
    actions(BLOCKS.requestPages, [
      ...(page > 1 ? [button(ACTIONS.previousRequests, w.resources.previous, to(page - 1))] : []),
      ...(page < pages ? [button(ACTIONS.nextRequests, w.resources.next, to(page + 1))] : []),
    ]),
  ];
}

function listLine(request: ListedRequest, w: Words): SafeMrkdwn {
  const due = request.due === undefined ? undefined : date(request.due);
  const state =
    due === undefined ? w.answers.listLineNoDue(request.open) : w.answers.listLine(request.open, due);
  const url = request.permalink === undefined ? undefined : allowedUrl(request.permalink);
  return joined([
    mrk`${severityDot(request.severity)} *${w.severity[request.severity]}: ${excerpt(request.title, 150)}*`,
    mrk`${accountLabel(request.account, w)}`,
    request.overdue ? mrk`${state} (${w.answers.overdue})` : state,
    url === undefined || url.length > 300 ? mrk`` : link(url, w.answers.openCard),
  ]);
}

/** How the policy treats one control, for each kind of account. */
export interface PolicyAnswer {
  readonly control: string;
  readonly title: string;
  readonly severity: Severity;
  /** Undefined when the catalogue does not hold the control. */
  readonly category: Category | undefined;
  readonly rows: Readonly<Record<AccountKind, PolicyRow>>;
}

export function drawPolicy(answer: PolicyAnswer, language: Language): Message {
  const w = words(language);
  const title = w.answers.policy(answer.control);
  const category =
    answer.category === undefined ? w.answers.uncategorised : w.answers.categories[answer.category];
  const blocks: KnownBlock[] = [
    header(title),
    section(
      joined([
        mrk`*${excerpt(answer.title, 300)}*`,
        mrk`${w.answers.policySeverity}: ${w.severity[answer.severity]}`,
        mrk`${w.answers.policyCategory}: ${category}`,
      ]),
    ),
    ...(ACCOUNT_KINDS.some((kind) => answer.rows[kind].undecided)
      ? [section(w.answers.policyUndecided)]
      : []),
    section(joined(ACCOUNT_KINDS.map((kind) => policyRow(w.kind[kind], answer.rows[kind], w)))),
  ];
  return message(mrk`${title}`, blocks);
}

/** What Security Hub holds at this moment of a request's issues. */
export interface CheckResult {
  readonly control: string;
  readonly account: Pick<Account, 'id' | 'name'>;
  readonly failing: number;
  readonly passed: number;
  /** Issues of which Security Hub holds nothing any more. */
  readonly gone: number;
  /** Undefined when the catalogue does not hold the control. */
  readonly schedule: Control['schedule'] | undefined;
}

export function drawCheck(result: CheckResult, language: Language): Message {
  const w = words(language);
  const { failing, passed, gone, schedule } = result;
  const next =
    failing === 0
      ? [w.answers.checkPassed]
      : [w.answers.checkWait, schedule === undefined ? mrk`` : mrk`${w.nextCheck[schedule]}`];
  const found = w.answers.checkResult(failing, passed);
  return message(found, [
    section(
      joined([
        mrk`*${w.answers.checkNow}*: ${code(result.control, 120)} ${accountLabel(result.account, w)}`,
        found,
        gone > 0 ? w.answers.checkGone(gone) : mrk``,
        ...next,
      ]),
    ),
  ]);
}
