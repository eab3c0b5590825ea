import type { KnownBlock } from '@slack/types';
import type { Account, Principal } from '../../src/accounts';
import type { AuditEvent } from '../../src/audit';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS, historyValue } from '../ids';
import {
  actions,
  button,
  code,
  context,
  date,
  excerpt,
  joined,
  type Message,
  message,
  mrk,
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, addressed } from '../phrases';
import { type ShownWords, shownWords } from '../words/shown';

/** How many events one page of a history shows. */
export const HISTORY_PAGE = 10;

type Named = Pick<Account, 'id' | 'name'>;

/** Whose history it is: a person's, else an account's or that of one control in it. */
export type HistoryOf =
  | { readonly person: Principal }
  | { readonly account?: Named; readonly control?: string };

export interface ListedEvent {
  readonly event: AuditEvent;
  readonly account?: Named;
  readonly control?: string;
}

export interface HistoryList {
  readonly of: HistoryOf;
  /** The same as a reference, for the buttons. */
  readonly ref: string;
  /** Newest first, at most `HISTORY_PAGE`. */
  readonly events: readonly ListedEvent[];
  /** True for the first page. */
  readonly newest: boolean;
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

export function drawHistory(list: HistoryList, language: Language): Message {
  const w = shownWords(language);
  const title = titleOf(list.of, w);
  const lines = list.events
    .slice(0, HISTORY_PAGE)
    .map((line, at, all) => section(eventLine(line, all[at - 1]?.event, w)));
  const nothing = list.newest ? w.history.empty : w.history.noOlder;
  return message(title, [
    section(title),
    ...(lines.length === 0 ? [section(nothing)] : [context(w.history.newestFirst), ...lines]),
    ...turning(list, w),
  ]);
}

function titleOf(of: HistoryOf, w: ShownWords): SafeMrkdwn {
  if ('person' in of) return w.history.ofPerson(addressed(of.person, w));
  const account = of.account === undefined ? '' : accountLabel(of.account, w);
  return of.control === undefined
    ? w.history.ofAccount(account)
    : w.history.ofRequest(code(of.control, 120), account);
}

/** The words for one of the log's codes; one that has none is shown as it is. */
function said(all: Readonly<Record<string, string>>, word: string): SafeMrkdwn {
  return Object.hasOwn(all, word) ? mrk`${all[word] ?? word}` : code(word, 60);
}

/** @param above the event of the line above: the reason of one change is not said at each of its steps */
function eventLine(
  { event, account, control }: ListedEvent,
  above: AuditEvent | undefined,
  w: ShownWords,
): SafeMrkdwn {
  const { history } = w;
  const { by, reason } = event;
  const who = by === undefined ? history.bot : addressed(by, w);
  const what = history.line(
    date(event.at),
    who,
    said(history.kinds, event.kind),
    said(history.steps, event.what),
  );
  // Who takes something back is asked for no reason.
  const isSilent = event.what === 'withdrawn' || (above?.id === event.id && above.reason === reason);
  const where = [
    ...(control === undefined ? [] : [code(control, 120)]),
    ...(account === undefined ? [] : [mrk`${accountLabel(account, w)}`]),
  ];
  return joined([
    mrk`${what}${detailOf(event, w)}`,
    joined(where, mrk` `),
    reason === undefined || reason.trim() === '' || isSilent ? mrk`` : mrk`>${excerpt(reason, 200)}`,
  ]);
}

/** Steps whose detail is for the log's readers only: who had to approve is seen from who did. */
const PLAIN_STEPS: readonly string[] = ['asked', 'approved'];

function detailOf({ what, detail = '' }: AuditEvent, { history }: ShownWords): SafeMrkdwn {
  const why = detail.replace(/^denied: /, '').trim();
  if (why === '' || PLAIN_STEPS.includes(what)) return mrk``;
  return history.because(
    Object.hasOwn(history.reasons, why) ? said(history.reasons, why) : excerpt(why, 100),
  );
}

function turning({ ref, newest, next }: HistoryList, { history }: ShownWords): KnownBlock[] {
  if (newest && next === undefined) return [];
  return [
    actions(BLOCKS.historyPages, [
      ...(newest ? [] : [button(ACTIONS.newestHistory, history.newest, historyValue(ref))]),
      ...(next === undefined ? [] : [button(ACTIONS.olderHistory, history.older, historyValue(ref, next))]),
    ]),
  ];
}
