import type { KnownBlock } from '@slack/types';
import type { Account, Principal } from '../../src/accounts';
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
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, addressed } from '../phrases';
import { type ShownWords, shownWords } from '../words/shown';
import { accountPicker } from './accounts';
import { undoButton } from './request';

/** How many exceptions one page of the list shows, each with a row of buttons: a message holds no more. */
export const EXCEPTIONS_PAGE = 5;

/** One exception, as one person sees it. */
export interface ListedException {
  /** The id of the change that made it. */
  readonly change: string;
  readonly account: Pick<Account, 'id' | 'name'>;
  readonly control: string;
  /** How many issues rest because of it. */
  readonly count: number;
  readonly byDesign: boolean;
  /** Untrusted. */
  readonly reason: string;
  readonly who: Principal;
  readonly until: string;
  /** What this person may do with it. */
  readonly extend: boolean;
  readonly undo: boolean;
  /** The card's address, where it has one. */
  readonly permalink?: string;
}

export interface ExceptionList {
  /** Those of this page, the one that ends first at the head; at most `EXCEPTIONS_PAGE`. */
  readonly exceptions: readonly ListedException[];
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** The account whose exceptions these are, where it is one account's list. */
  readonly account?: Pick<Account, 'id' | 'name'>;
}

export function drawExceptions(list: ExceptionList, language: Language): Message {
  const w = shownWords(language);
  const { exceptions: said } = w;
  const picker = accountPicker(ACTIONS.pickExceptions, BLOCKS.pickExceptions, list.account, w);
  if (list.total === 0) return message(said.empty, [section(said.empty), picker]);
  const title = said.list(list.total);
  return message(mrk`${title}`, [
    header(title),
    picker,
    context(said.endingFirst),
    ...list.exceptions.slice(0, EXCEPTIONS_PAGE).flatMap((exception) => exceptionRow(exception, w)),
    ...turning(list, w),
  ]);
}

function exceptionRow(exception: ListedException, w: ShownWords): KnownBlock[] {
  const buttons = [
    ...(exception.extend ? [button(ACTIONS.extend, w.exceptions.extend, exception.change)] : []),
    ...(exception.undo ? [undoButton(exception.change, w)] : []),
  ];
  return [
    section(exceptionLine(exception, w)),
    ...(buttons.length === 0 ? [] : [actions(`${BLOCKS.exception}:${exception.change}`, buttons)]),
  ];
}

function exceptionLine(exception: ListedException, w: ShownWords): SafeMrkdwn {
  const { exceptions: said } = w;
  const { account, byDesign, control, count, permalink, reason, until, who } = exception;
  const url = permalink === undefined ? undefined : allowedUrl(permalink);
  const what = [count === 0 ? said.none : said.count(count), ...(byDesign ? [said.byDesign] : [])];
  return joined([
    mrk`*${code(control, 80)}* ${accountLabel(account, w)} — ${what.join(' · ')}`,
    mrk`>${excerpt(reason, 120)}`,
    said.line(addressed(who, w), date(until)),
    url === undefined || url.length > 300 ? mrk`` : link(url, said.openCard),
  ]);
}

function turning({ page, pages, account }: ExceptionList, w: ShownWords): KnownBlock[] {
  if (pages <= 1) return [];
  const to = (number: number) => [number, ...(account ? [account.id] : [])].join(' ');
  return [
    context(w.answers.page(page, pages)),
    actions(BLOCKS.exceptionPages, [
      ...(page > 1 ? [button(ACTIONS.previousExceptions, w.resources.previous, to(page - 1))] : []),
      ...(page < pages ? [button(ACTIONS.nextExceptions, w.resources.next, to(page + 1))] : []),
    ]),
  ];
}
