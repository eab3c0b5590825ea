import type { Button, ConfirmationDialog, KnownBlock } from '@slack/types';
import { principal } from '../../src/accounts';
import type { ChangeReply, ChangeView } from '../../src/cards';
import type { Fact } from '../../src/changes';
import { SEVERITIES } from '../../src/controls';
import type { Language } from '../../src/playbooks';
import { ACTIONS, approvalValue, BLOCKS } from '../ids';
import {
  actions,
  allowedUrl,
  button,
  channelName,
  code,
  context,
  cut,
  date,
  excerpt,
  fields,
  header,
  joined,
  LIMITS,
  link,
  type Message,
  message,
  mrk,
  permalink,
  plain,
  quote,
  type SafeMrkdwn,
  section,
} from '../kit';
import {
  accountLabel,
  addressed,
  addressedAll,
  kindName,
  rulingText,
  severityDot,
  titleOf,
} from '../phrases';
import { type ShownWords, shownWords } from '../words/shown';
import { plainest } from './plainest';
import { fact } from './request-page';

/** How much of everything a card shows; lengths in UTF-16 units. */
interface Room {
  readonly prose: number;
  readonly value: number;
  readonly id: number;
  readonly facts: number;
  readonly resources: number;
}

interface Page {
  readonly view: ChangeView;
  readonly language: Language;
  readonly words: ShownWords;
  readonly room: Room;
}

const ROOMS: readonly Room[] = [
  { prose: 900, value: 300, id: 240, facts: 20, resources: 10 },
  { prose: 400, value: 150, id: 120, facts: 20, resources: 10 },
];
const TIGHTEST: Room = { prose: 150, value: 60, id: 60, facts: 12, resources: 5 };

const CONFIRM_BUTTON = 30;
const CONFIRM_TEXT = 300;
const CONFIRM_TITLE = 100;
const APPROVALS = 5;
/** So much of the name of one request of several: all of them fit into one section. */
const REQUEST = 100;

/**
 * The card that asks for approval: what, why, what happens if it is done, who asked, until when; later how it went.
 * At most `LIMITS.messageJson` characters of JSON, whatever the view holds.
 */
export function drawChange(view: ChangeView, language: Language): Message {
  return drawWithin(view, language, (blocks) => blocks);
}

/** The same in the plainest blocks, for a Slack that refuses the card's own. */
export function drawPlainChange(view: ChangeView, language: Language): Message {
  return drawWithin(view, language, plainest);
}

function drawWithin(
  view: ChangeView,
  language: Language,
  finish: (blocks: KnownBlock[]) => KnownBlock[],
): Message {
  const at = (room: Room): Message => {
    const page: Page = { view, language, words: shownWords(language), room };
    return message(notification(page), finish(draw(page)));
  };
  for (const room of ROOMS) {
    const card = at(room);
    if (JSON.stringify(card).length <= LIMITS.messageJson) return card;
  }
  return at(TIGHTEST);
}

function draw(page: Page): KnownBlock[] {
  const { view, words: w } = page;
  const waiting = view.state === 'waiting';
  return [
    header(title(page)),
    ...(waiting ? [section(call(page))] : outcome(page)),
    ...(waiting && view.round > 1 ? [section(w.approval.round(view.round))] : []),
    ...about(page),
    section(fact(waiting ? w.approval.labels.effect : w.approval.content, mrk`${effectOf(page)}`)),
    ...exactly(page),
    fields([
      fact(w.approval.asker, w.approval.asked(addressed(view.asker.id, w), date(view.askedAt))),
      ...(view.until === undefined
        ? []
        : [fact(w.approval.waitsUntil, w.approval.untilWhen(date(view.until)))]),
      ...approvals(page),
    ]),
    ...(view.insteadOf ? [context(w.approval.insteadOf(channelName(view.insteadOf.channel)))] : []),
    ...(waiting ? [buttons(page)] : []),
  ];
}

// --- First lines -------------------------------------------------------------------------------------------

function title({ view, words: w }: Page): string {
  return w.approval.states[view.state](kindName(view.kind, w));
}

function notification(page: Page): SafeMrkdwn {
  const { view, words: w } = page;
  const account = view.account === undefined ? '' : ` — ${accountLabel(view.account, w)}`;
  return mrk`${title(page)}${account}`;
}

function call({ view, words: w }: Page): SafeMrkdwn {
  return view.approvers.length === 0
    ? w.approval.callNobody
    : w.approval.call(addressedAll(view.approvers, w));
}

/** A failure whose cause is that there is nothing any more to do it to. */
const GONE: readonly string[] = ['gone', 'nothing-open', 'ended'];

function failed(failure: string | undefined, { approval, exceptions }: ShownWords): SafeMrkdwn {
  if (failure === 'too-late') return exceptions.outcome.tooLate;
  if (failure === 'ended') return exceptions.outcome.ended;
  return GONE.includes(failure ?? '') ? approval.outcome.failedGone : approval.outcome.failed;
}

function outcome(page: Page): KnownBlock[] {
  const { view, words: w, room } = page;
  const { outcome: said } = w.approval;
  const { state, denial, failure, ruledOut } = view;
  const by = denial === undefined ? mrk`` : addressed(denial.by.id, w);
  switch (state) {
    case 'waiting':
      return [];
    case 'refused':
      return [
        section(
          joined([said.refused(by), mrk`*${w.approval.because}*`, quote(denial?.reason ?? '', room.prose)]),
        ),
      ];
    case 'withdrawn':
      return [section(said.withdrawn(by))];
    case 'denied':
      return [
        section(
          joined([
            said.denied,
            ruledOut === undefined ? mrk`` : rulingText({ effect: 'deny', reason: ruledOut }, [], w),
          ]),
        ),
      ];
    case 'failed':
      return [section(failed(failure, w))];
    default:
      return [section(said[state])];
  }
}

// --- What it is about --------------------------------------------------------------------------------------

function about(page: Page): KnownBlock[] {
  const { view, words: w, language, room } = page;
  const { request, account } = view;
  const url = request?.card && permalink(request.card.channel, request.card.ts);
  const lines = [
    ...(request === undefined
      ? []
      : [
          mrk`*${code(request.control, 120)} ${excerpt(titleOf(request, language), room.value)}*`,
          request.severity === undefined
            ? mrk``
            : mrk`${severityDot(request.severity)} ${w.severity[request.severity]}`,
        ]),
    account === undefined ? mrk`` : mrk`${w.approval.labels.account}: ${accountLabel(account, w)}`,
    url === undefined ? mrk`` : link(url, w.approval.openCard),
  ].filter(({ markup }) => markup !== '');
  return lines.length === 0 ? [] : [section(joined(lines))];
}

const factOf = (view: ChangeView, label: Fact['label']): Fact | undefined =>
  view.facts.find((one) => one.label === label);

/** What happens if it is done, as plain text: the button's dialog says it too. */
function effectOf({ view, words: w }: Page): string {
  const { effects, anyEffect } = w.approval;
  const key = factOf(view, 'effect')?.value ?? view.kind;
  const effect = Object.hasOwn(effects, key) ? effects[key] : undefined;
  const count = Number(factOf(view, 'count')?.value);
  const until = Date.parse(factOf(view, 'until')?.value ?? '');
  return (
    effect?.({
      ...(Number.isSafeInteger(count) && { count }),
      ...(!Number.isNaN(until) && { until: w.day(new Date(until), view.timeZone) }),
    }) ?? anyEffect
  );
}

/** Facts that have a place of their own. */
const APART: readonly Fact['label'][] = ['effect', 'reason', 'resource', 'request', 'skipped'];

function exactly(page: Page): KnownBlock[] {
  const { view, words: w, room } = page;
  const { labels } = w.approval;
  const short = view.facts
    .filter(({ label }) => !APART.includes(label))
    .slice(0, room.facts)
    .map((one) => fact(labelOf(one, w), valueText(one, page)));
  const reason = factOf(view, 'reason');
  return [
    ...[...short.keys()]
      .filter((place) => place % LIMITS.fields === 0)
      .map((from) => fields(short.slice(from, from + LIMITS.fields))),
    ...(reason === undefined
      ? []
      : [section(joined([mrk`*${labels.reason}*`, quote(reason.value, room.prose)]))]),
    ...requests('request', page),
    ...requests('skipped', page),
    ...resources(page),
  ];
}

/** All of them: whoever approves several requests at once has to see each. */
function requests(label: 'request' | 'skipped', { view, words: w, room }: Page): KnownBlock[] {
  const all = view.facts.filter((one) => one.label === label);
  if (all.length === 0) return [];
  const shown = all.map(({ value }) => mrk`• ${code(value, Math.min(room.id, REQUEST))}`);
  return [section(joined([mrk`*${w.approval.labels[label]}*`, ...shown]))];
}

function labelOf({ label, title: given }: Fact, w: ShownWords): string {
  return label === 'field' && given !== undefined ? cut(given, 60) : w.approval.labels[label];
}

function valueText({ kind, value }: Fact, { words: w, room }: Page): SafeMrkdwn {
  if (value.trim() === '') return mrk`–`;
  switch (kind) {
    case 'text':
      return excerpt(value, room.value);
    case 'code':
      return code(value, room.id);
    case 'date':
      return date(value);
    case 'person': {
      const who = principal(value);
      return who === undefined ? code(value, room.id) : addressed(who, w);
    }
    case 'channel':
      return channelName(value);
    case 'link': {
      const url = allowedUrl(value);
      return url === undefined || url.length > room.value ? excerpt(value, room.value) : link(url, url);
    }
    case 'severity': {
      const severity = SEVERITIES.find((known) => known === value);
      return severity === undefined
        ? excerpt(value, room.value)
        : mrk`${severityDot(severity)} ${w.severity[severity]}`;
    }
    case 'word': {
      const { values } = w.approval;
      return mrk`${(Object.hasOwn(values, value) ? values[value] : undefined) ?? cut(value, 60)}`;
    }
  }
}

function resources({ view, words: w, room }: Page): KnownBlock[] {
  const all = view.facts.filter(({ label }) => label === 'resource');
  if (all.length === 0) return [];
  const count = Number(factOf(view, 'count')?.value);
  const shown = all.slice(0, room.resources).map(({ value }) => mrk`• ${code(value, room.id)}`);
  const rest = Math.max(all.length, Number.isSafeInteger(count) ? count : 0) - shown.length;
  return [
    section(
      joined([
        mrk`*${w.approval.labels.resource}*`,
        ...shown,
        ...(rest > 0 ? [mrk`${w.andMore(rest)}`] : []),
      ]),
    ),
  ];
}

function approvals({ view, words: w }: Page): SafeMrkdwn[] {
  const all = view.needs.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return [];
  const given = view.approvals
    .slice(0, APPROVALS)
    .map(({ by, at }) => w.approval.approvedBy(addressed(by.id, w), date(at)));
  return [
    fact(
      w.approval.needed,
      joined([
        mrk`${w.ruling.approvers(view.needs)}`,
        mrk`${w.approval.progress(Math.min(view.approvals.length, all), all)}`,
        ...given,
      ]),
    ),
  ];
}

// --- Buttons -----------------------------------------------------------------------------------------------

function confirmation(
  title: string,
  text: string,
  confirm: string,
  { approval }: ShownWords,
): ConfirmationDialog {
  return {
    title: plain(title, CONFIRM_TITLE),
    text: plain(text, CONFIRM_TEXT),
    confirm: plain(confirm, CONFIRM_BUTTON),
    deny: plain(approval.back, CONFIRM_BUTTON),
  };
}

function buttons(page: Page): KnownBlock {
  const { view, words: w } = page;
  const { approval: said } = w;
  const value = approvalValue(view.id, view.hash);
  const approve: Button = {
    ...button(ACTIONS.approve, said.approve, value, 'primary'),
    confirm: confirmation(said.confirmTitle(kindName(view.kind, w)), effectOf(page), said.approve, w),
  };
  return actions(BLOCKS.approval, [
    approve,
    button(ACTIONS.deny, said.deny, value, 'danger'),
    withdrawButton(view.id, w),
  ]);
}

/** "Withdraw", for whoever asked: on the card, and where they are told that it waits. */
export function withdrawButton(change: string, w: ShownWords): Button {
  const { approval: said } = w;
  return {
    ...button(ACTIONS.withdraw, said.withdraw, change),
    confirm: confirmation(said.confirmWithdrawTitle, said.confirmWithdraw, said.withdraw, w),
  };
}

// --- Its thread --------------------------------------------------------------------------------------------

const REASON = 600;

/** One reply in the thread of an approval card. */
export function drawChangeReply(reply: ChangeReply, view: ChangeView, language: Language): Message {
  const w = shownWords(language);
  const { approval: said } = w;
  const approvers = view.approvers.length === 0 ? w.ruling.approvers(view.needs) : undefined;
  const called = approvers === undefined ? addressedAll(view.approvers, w) : mrk`${approvers}`;
  if (reply.kind !== 'outcome') {
    return one(
      reply.kind === 'round'
        ? said.roundReply(called)
        : said.reminder(called, date(view.until ?? view.askedAt)),
    );
  }
  const text = said.told[reply.state](addressed(view.asker.id, w));
  if (reply.state !== 'refused' || view.denial === undefined) return one(text);
  const { by, reason } = view.denial;
  return message(text, [
    section(joined([text, said.outcome.refused(addressed(by.id, w)), quote(reason, REASON)])),
  ]);
}

function one(text: SafeMrkdwn): Message {
  return message(text, [section(text)]);
}
