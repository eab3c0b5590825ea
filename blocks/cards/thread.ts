import type { KnownBlock } from '@slack/types';
import { principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import type { Entry, EntryKind, RequestView } from '../../src/requests';
import { ACTIONS, BLOCKS } from '../ids';
import {
  actions,
  button,
  code,
  date,
  excerpt,
  joined,
  type Message,
  message,
  mrk,
  quote,
  type SafeMrkdwn,
  section,
} from '../kit';
import { addressed, addressedAll, identity, refusalCode, refusalOf } from '../phrases';
import { type ShownWords, shownWords } from '../words/shown';
import { withdrawButton } from './change';

const SHOWN = 10;
const ID = 200;
const PROSE = 600;
/** Questions and answers are what their replies are there for. */
const SPOKEN = 2000;

interface Reply {
  readonly entry: Entry;
  readonly view: RequestView;
  readonly words: ShownWords;
  readonly count: number;
}

/** One reply in a request's thread: what happened, told once. */
export function drawEntry(entry: Entry, view: RequestView, language: Language): Message {
  const reply: Reply = { entry, view, words: shownWords(language), count: entry.count ?? 1 };
  const text = REPLIES[entry.kind](reply);
  return message(text.said, [section(joined([text.said, ...(text.more ?? [])])), ...(text.below ?? [])]);
}

/** What is said (also the notification's text), and what only the reply itself holds. */
interface Told {
  readonly said: SafeMrkdwn;
  readonly more?: readonly SafeMrkdwn[];
  /** What can be pressed. */
  readonly below?: readonly KnownBlock[];
}

const REPLIES: Record<EntryKind, (reply: Reply) => Told> = {
  opened: ({ words: w }) => ({ said: w.thread.opened }),
  joined: (reply) => ({
    said: reply.words.thread.joined(reply.count),
    more: [please(reply), resources(reply)],
  }),
  back: (reply) => ({ said: reply.words.thread.back(reply.count), more: [please(reply), resources(reply)] }),
  suppressed: (reply) => ({
    said: suppressed(reply),
    more: [...approved(reply), ...reasons(reply), resources(reply)],
  }),
  undone: (reply) => ({
    said: reply.words.thread.undone(person(reply), reply.count),
    more: [resources(reply)],
  }),
  expired: (reply) => ({
    said: reply.words.thread.expired(reply.count),
    more: [please(reply), resources(reply)],
  }),
  ending: (reply) => ({
    said: ending(reply),
    more: [reply.words.exceptions.thread.suppressedBy(person(reply)), ...reasons(reply), resources(reply)],
    below: extending(reply),
  }),
  extended: (reply) => ({
    said: reply.words.exceptions.thread.extended(
      person(reply),
      reply.count,
      date(reply.entry.until ?? reply.entry.at),
    ),
    more: [...approved(reply), ...reasons(reply)],
  }),
  changed: (reply) => ({
    said: reply.words.exceptions.thread.changed(reply.count),
    more: [please(reply), exceptionOf(reply), resources(reply)],
  }),
  worsened: (reply) => ({
    said: reply.words.exceptions.thread.worsened(reply.count),
    more: [please(reply), exceptionOf(reply), resources(reply)],
  }),
  taken: (reply) => ({ said: reply.words.thread.taken(person(reply)) }),
  fixed: (reply) =>
    reply.view.kind === 'threat'
      ? { said: reply.words.threat.told(person(reply)), more: [reply.words.threat.waiting] }
      : { said: reply.words.thread.fixed(person(reply)), more: [checked(reply)] },
  resolved: (reply) => ({ said: thanks(reply) }),
  settled: ({ words: w }) => ({ said: w.thread.settled }),
  adopted: (reply) => ({
    said: reply.words.thread.adopted(reply.count, outsider(reply)),
    more: [resources(reply)],
  }),
  lifted: (reply) => ({
    said: reply.words.thread.lifted(reply.count, outsider(reply)),
    more: [please(reply), resources(reply)],
  }),
  claimed: (reply) => ({
    said: reply.words.thread.claimed(reply.count, outsider(reply)),
    more: [please(reply), resources(reply)],
  }),
  failed: (reply) => ({
    said: reply.words.thread.failed(reply.count, refusalOf(reply.entry.detail, reply.words)),
    more: [afterRefusal(reply), resources(reply)],
  }),
  sent: (reply) => ({ said: sent(reply), more: [please(reply), resources(reply)] }),
  asked: (reply) => ({
    said: asked(reply),
    more: [quote(reply.entry.reason ?? '', SPOKEN)],
    below: answering(reply),
  }),
  answered: (reply) => ({
    said: reply.words.questions.answered(called(reply), person(reply)),
    more: [
      quote(reply.entry.reason ?? '', SPOKEN),
      mrk`${reply.words.questions.toQuestion}: ${excerpt(reply.entry.detail ?? '', 200)}`,
    ],
  }),
  'approval-asked': (reply) => ({
    said: reply.words.approval.thread.asked(person(reply)),
    more: [...waitsUntil(reply), ...reasonOf(reply, reply.words.approval.thread.reason), resources(reply)],
    below: withdrawing(reply),
  }),
  'approval-refused': (reply) => ({
    said: refused(reply),
    more: reasonOf(reply, reply.words.approval.because),
  }),
  'approval-withdrawn': (reply) => ({ said: reply.words.approval.thread.withdrawn(person(reply)) }),
  'approval-expired': (reply) => ({ said: reply.words.approval.thread.expired(person(reply)) }),
};

/** Whoever asked need not be in the channel where approvals are asked for. */
function withdrawing({ entry, words: w }: Reply): KnownBlock[] {
  return entry.change === undefined ? [] : [actions(BLOCKS.approval, [withdrawButton(entry.change, w)])];
}

function waitsUntil({ entry, words: w }: Reply): SafeMrkdwn[] {
  return entry.until === undefined ? [] : [w.approval.thread.until(date(entry.until))];
}

function reasonOf({ entry }: Reply, label: string): SafeMrkdwn[] {
  return entry.reason === undefined || entry.reason.trim() === ''
    ? []
    : [mrk`${label}:\n${quote(entry.reason, PROSE)}`];
}

/** Whoever asked is called; who refused is named. */
function refused(reply: Reply): SafeMrkdwn {
  const { thread } = reply.words.approval;
  return (reply.entry.mentions ?? []).length === 0
    ? thread.refusedBy(person(reply))
    : thread.refused(called(reply), person(reply));
}

function person({ entry, words: w }: Reply): SafeMrkdwn {
  const who = principal(entry.who ?? '');
  return who === undefined ? identity(entry.who, w) : addressed(who, w);
}

/** Who did it in AWS. Never a mention: an AWS identity may have the form of a Slack id. */
function outsider({ entry, words: w }: Reply): SafeMrkdwn {
  return identity(entry.who ?? entry.detail, w);
}

/** Whom the entry itself calls, as opposed to the owners. */
function called({ entry, words: w }: Reply): SafeMrkdwn {
  return addressedAll(entry.mentions ?? [], w);
}

function asked(reply: Reply): SafeMrkdwn {
  const { questions: w } = reply.words;
  return (reply.entry.mentions ?? []).length === 0
    ? w.askedNobody(person(reply))
    : w.asked(called(reply), person(reply));
}

function answering({ entry, words: w }: Reply): KnownBlock[] {
  return entry.question === undefined
    ? []
    : [actions(BLOCKS.question, [button(ACTIONS.answer, w.questions.answer, entry.question)])];
}

/** The custom action is named by whoever made it in Security Hub: untrusted text. */
function sent({ entry, words: w }: Reply): SafeMrkdwn {
  if (entry.detail === undefined || entry.detail.trim() === '') return w.thread.sentUnnamed;
  const action = code(entry.detail, 120);
  return entry.who === undefined || entry.who === ''
    ? w.thread.sent(action)
    : w.thread.sentBy(action, identity(entry.who, w));
}

function please({ view, words: w }: Reply): SafeMrkdwn {
  return view.mentions.length === 0 ? mrk`` : w.thread.lookPlease(addressedAll(view.mentions, w));
}

function resources({ entry, count, words: w }: Reply): SafeMrkdwn {
  const all = entry.resources ?? [];
  const shown = all.slice(0, SHOWN).map((id) => mrk`• ${code(id, ID)}`);
  const rest = Math.max(count, all.length) - shown.length;
  return joined(shown.length > 0 && rest > 0 ? [...shown, mrk`${w.andMore(rest)}`] : shown);
}

function suppressed(reply: Reply): SafeMrkdwn {
  const { entry, words: w, count } = reply;
  return entry.until === undefined
    ? w.thread.suppressedForGood(person(reply), count)
    : w.thread.suppressed(person(reply), count, date(entry.until));
}

function ending(reply: Reply): SafeMrkdwn {
  const { entry, words: w, count } = reply;
  return w.exceptions.thread.ending(called(reply), count, date(entry.until ?? entry.at));
}

function extending({ entry, words: w }: Reply): KnownBlock[] {
  return entry.change === undefined
    ? []
    : [actions(BLOCKS.exception, [button(ACTIONS.extend, w.exceptions.extend, entry.change)])];
}

/** Who approved it, where that was needed. */
function approved({ entry, words: w }: Reply): SafeMrkdwn[] {
  const by = entry.approvedBy ?? [];
  return by.length === 0 ? [] : [w.exceptions.thread.approvedBy(addressedAll(by, w))];
}

/** Whose exception is void: named for those who are called to decide anew. */
function exceptionOf(reply: Reply): SafeMrkdwn {
  const who = principal(reply.entry.who ?? '');
  return who === undefined ? mrk`` : reply.words.exceptions.thread.suppressedBy(addressed(who, reply.words));
}

function reasons({ entry, words: w }: Reply): SafeMrkdwn[] {
  return [
    entry.reason === undefined ? mrk`` : mrk`${w.thread.reason}:\n${quote(entry.reason, PROSE)}`,
    entry.ticket === undefined ? mrk`` : mrk`${w.thread.ticket}: ${excerpt(entry.ticket, 300)}`,
  ];
}

/** What Security Hub said when it was asked, and when AWS looks again. */
function checked({ entry, view, words: w }: Reply): SafeMrkdwn {
  const failing = entry.count ?? view.fixedBy?.stillFailing ?? 0;
  if (failing === 0) return w.thread.noneFailing;
  const next = view.catalogued ? mrk`${w.nextCheck[view.catalogued.schedule]}` : mrk``;
  return joined([w.thread.stillFailing(failing), next]);
}

/** Warm, and not always the same; which wording is decided by the entry's number, so that a retry says it again. */
function thanks({ entry, view, words: w }: Reply): SafeMrkdwn {
  const wordings = w.thread.resolved;
  const said = wordings[entry.seq % wordings.length]?.() ?? mrk``;
  const who = principal(entry.who ?? '') ?? view.takenBy?.who;
  return who === undefined ? said : mrk`${said} ${w.thread.thanks(addressed(who, w))}`;
}

function afterRefusal({ entry, words: w }: Reply): SafeMrkdwn {
  return refusalCode(entry.detail ?? '') === 'FindingNotFound' ? w.thread.failedGone : w.thread.failedNext;
}
