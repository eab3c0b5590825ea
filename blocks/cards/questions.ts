import type { KnownBlock } from '@slack/types';
import type { Account } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import type { Question, QuestionFilter, QuestionOverview } from '../../src/questions';
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
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, addressed } from '../phrases';
import { type Words, words } from '../words';
import { accountPicker } from './accounts';

/** How many questions one page of the list shows. */
export const QUESTIONS_PAGE = 10;

/** One line of the list. */
export interface ListedQuestion {
  readonly question: Question;
  readonly account: Pick<Account, 'id' | 'name'>;
  /** The thread's address, where it has one. */
  readonly permalink?: string;
}

export interface QuestionList {
  /** Those of this page, in the order of `listQuestions`; at most `QUESTIONS_PAGE`. */
  readonly questions: readonly ListedQuestion[];
  readonly mostAsked: QuestionOverview['mostAsked'];
  readonly status: QuestionFilter['status'];
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** The account whose questions these are, where it is one account's list. */
  readonly account?: Pick<Account, 'id' | 'name'>;
}

export function drawQuestions(list: QuestionList, language: Language): Message {
  const w = words(language);
  const { questions: said } = w;
  const { status, total } = list;
  const picker = accountPicker(ACTIONS.pickQuestions, `${BLOCKS.pickQuestions}:${status}`, list.account, w);
  const most = list.mostAsked.map(({ control, count }) => mrk`${code(control, 120)} (${count})`);
  const summary = most.length === 0 ? [] : [context(said.mostAsked(joined(most, mrk`, `)))];
  if (total === 0) {
    const empty = status === 'all' ? said.emptyAll : said.emptyOpen;
    return message(empty, [section(empty), picker, ...summary]);
  }
  const title = (status === 'all' ? said.listAll : said.listOpen)(total);
  return message(mrk`${title}`, [
    header(title),
    picker,
    ...summary,
    ...list.questions.slice(0, QUESTIONS_PAGE).map((line) => section(questionLine(line, w))),
    ...turning(list, w),
  ]);
}

function questionLine({ question, account, permalink }: ListedQuestion, w: Words): SafeMrkdwn {
  const { questions: said } = w;
  const { asker, answer } = question;
  const state = answer === undefined ? said.open : said.closed;
  const url = permalink === undefined ? undefined : allowedUrl(permalink);
  return joined([
    mrk`*${code(question.control, 120)}* ${accountLabel(account, w)} — ${state}`,
    mrk`>${excerpt(question.text, 200)}`,
    said.from(addressed(asker.id, w), date(question.at)),
    answer === undefined ? mrk`` : said.answeredBy(addressed(answer.by.id, w), date(answer.at)),
    url === undefined || url.length > 300 ? mrk`` : link(url, said.openThread),
  ]);
}

function turning({ page, pages, status, account }: QuestionList, w: Words): KnownBlock[] {
  if (pages <= 1) return [];
  const to = (number: number) => [number, status, ...(account ? [account.id] : [])].join(' ');
  return [
    context(w.answers.page(page, pages)),
    actions(BLOCKS.questionPages, [
      ...(page > 1 ? [button(ACTIONS.previousQuestions, w.resources.previous, to(page - 1))] : []),
      ...(page < pages ? [button(ACTIONS.nextQuestions, w.resources.next, to(page + 1))] : []),
    ]),
  ];
}
