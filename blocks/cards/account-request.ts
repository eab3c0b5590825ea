import type { KnownBlock } from '@slack/types';
import { type AccountCheck, type AccountStep, isComplete } from '../../src/account-requests';
import type { Principal } from '../../src/accounts';
import type { TimelineReply, TimelineStep, TimelineView } from '../../src/cards';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS } from '../ids';
import {
  actions,
  button,
  channelName,
  cleanLine,
  code,
  context,
  cut,
  date,
  excerpt,
  fields,
  header,
  joined,
  LIMITS,
  type Message,
  message,
  mrk,
  quote,
  type SafeMrkdwn,
  section,
} from '../kit';
import { addressed, addressedAll } from '../phrases';
import { type ShownWords, shownWords } from '../words/shown';
import { plainest } from './plainest';
import { fact } from './request-page';

/** How much of the people's own words a card shows, in UTF-16 units. */
interface Room {
  readonly prose: number;
  readonly value: number;
  /** Of the deployment's own fields. */
  readonly fields: number;
}

interface Page {
  readonly view: TimelineView;
  readonly language: Language;
  readonly words: ShownWords;
  readonly room: Room;
}

const ROOMS: readonly Room[] = [
  { prose: 900, value: 200, fields: 10 },
  { prose: 300, value: 80, fields: 10 },
];
const TIGHTEST: Room = { prose: 120, value: 40, fields: 3 };

const NAME = 80;
const PEOPLE = 5;

/**
 * The timeline of an account on its way into the register: which steps have been taken, when and by whom, what is waited
 * for, and what is missing. The mail address and the cost are for the approvers and not shown here.
 */
export function drawTimeline(view: TimelineView, language: Language): Message {
  return drawWithin(view, language, (blocks) => blocks);
}

/** The same in the plainest blocks, for a Slack that refuses the card's own. */
export function drawPlainTimeline(view: TimelineView, language: Language): Message {
  return drawWithin(view, language, plainest);
}

function drawWithin(
  view: TimelineView,
  language: Language,
  finish: (blocks: KnownBlock[]) => KnownBlock[],
): Message {
  const at = (room: Room): Message => {
    const page: Page = { view, language, words: shownWords(language), room };
    return message(mrk`${title(page)}`, finish(draw(page)));
  };
  for (const room of ROOMS) {
    const card = at(room);
    if (JSON.stringify(card).length <= LIMITS.messageJson) return card;
  }
  return at(TIGHTEST);
}

function draw(page: Page): KnownBlock[] {
  return [
    header(title(page)),
    ...about(page),
    section(joined([mrk`*${page.words.newAccount.card.progress}*`, ...steps(page)])),
    ...ending(page),
    ...checks(page),
    ...notes(page),
    ...buttons(page),
  ];
}

function title({ view, words: w }: Page): string {
  const { card, ends } = w.newAccount;
  const { request } = view;
  const name = cut(cleanLine(request.wanted.name).trim(), NAME);
  if (request.end) return `${ends[request.end.as]} — ${name}`;
  if (view.next === undefined) return `🎉 ${card.ready(name)}`;
  return request.origin === 'new' ? `🆕 ${card.title(name)}` : `📥 ${card.existing(name)}`;
}

function about({ view, language, words: w, room }: Page): KnownBlock[] {
  const { card } = w.newAccount;
  const { wanted, asker, account } = view.request;
  const { newChannel } = wanted;
  const person = (who: Principal | undefined) => (who ? addressed(who, w) : mrk`${card.nobody}`);
  const channel = wanted.channel
    ? channelName(wanted.channel)
    : mrk`${newChannel === undefined ? card.defaultChannel : card.newChannel(newChannel)}`;
  const own = view.fields
    .slice(0, room.fields)
    .flatMap(({ id, label }) =>
      Object.hasOwn(wanted.fields, id)
        ? [fact(label[language], excerpt(wanted.fields[id] ?? '', room.value))]
        : [],
    );
  const facts = [
    ...(account === undefined ? [] : [fact(card.account, code(account))]),
    fact(card.kind, mrk`${w.kind[wanted.kind]}`),
    fact(card.asker, addressed(asker.id, w)),
    fact(card.owner, person(wanted.owner)),
    ...(wanted.deputy === undefined ? [] : [fact(card.deputy, person(wanted.deputy))]),
    ...(wanted.project === undefined ? [] : [fact(card.project, excerpt(wanted.project, room.value))]),
    fact(card.channel, channel),
    ...own,
  ];
  return [
    ...[...facts.keys()]
      .filter((place) => place % LIMITS.fields === 0)
      .map((from) => fields(facts.slice(from, from + LIMITS.fields))),
    ...(wanted.purpose === undefined
      ? []
      : [section(joined([mrk`*${card.purpose}*`, quote(wanted.purpose, room.prose)]))]),
  ];
}

function steps({ view, words: w }: Page): SafeMrkdwn[] {
  const { end, check } = view.request;
  const missing = check !== undefined && !isComplete(check);
  return view.steps.map((step) => stepLine(step, { over: end !== undefined, missing }, w));
}

function stepLine(
  { step, reached, awaited }: TimelineStep,
  { over, missing }: { readonly over: boolean; readonly missing: boolean },
  w: ShownWords,
): SafeMrkdwn {
  const { card, step: names, awaiting } = w.newAccount;
  const name = names[step];
  if (reached) {
    const by = reached.by?.length ? card.by(addressedAll(reached.by, w, PEOPLE)) : mrk``;
    const taken = reached.unchecked !== undefined && missing ? card.skipped : card.reached;
    return mrk`${taken(name, date(reached.at))}${by}`;
  }
  if (over) return card.unreached(name);
  if (awaited === undefined) return card.later(name);
  if (awaited.late) return card.late(name, awaiting[step]);
  const until = awaited.until === undefined ? mrk`` : card.until(date(awaited.until));
  return mrk`${card.awaited(name, awaiting[step])}${until}`;
}

function ending({ view, words: w, room }: Page): KnownBlock[] {
  const { end } = view.request;
  if (end?.reason === undefined) return [];
  const { card } = w.newAccount;
  const why = end.as === 'failed' ? mrk`${failure(end.reason, w)}` : quote(end.reason, room.prose);
  return [section(joined([mrk`*${card.because}*`, why]))];
}

function failure(reason: string, w: ShownWords): string {
  const { failures, anyFailure } = w.newAccount;
  return (Object.hasOwn(failures, reason) ? failures[reason] : undefined) ?? anyFailure;
}

/** What is missing, as long as something is. */
function checks({ view, words: w, room }: Page): KnownBlock[] {
  const { check } = view.request;
  if (check === undefined || isComplete(check)) return [];
  const { card } = w.newAccount;
  const unchecked = view.steps.find(({ step }) => step === 'baseline')?.reached?.unchecked;
  return [
    section(joined([card.checks(date(check.at)), ...checklist(check, w)])),
    ...(unchecked === undefined
      ? []
      : [section(joined([card.unchecked(excerpt(unchecked, room.prose)), card.withoutRole]))]),
  ];
}

/** Role and Security Hub, each with what to do. */
function checklist(
  { role, roleWhy = 'no-entry', roleArn, roleSaid, hub, hubSaid, template }: AccountCheck,
  w: ShownWords,
): SafeMrkdwn[] {
  const { newAccount: said } = w;
  const sentence = role === 'refused' ? said.refused[roleWhy] : said.role[role];
  return [
    sentence(code(roleArn, 200), code(roleSaid ?? '', 80)),
    ...(template === undefined ? [] : parameters(template, w)),
    said.hub[hub](code(hubSaid ?? '', 80)),
  ];
}

/** What to deploy, and the value of each parameter as this bot needs it. The external id itself is a setting's. */
function parameters(
  { botRoleArn, roleName, externalId }: NonNullable<AccountCheck['template']>,
  w: ShownWords,
): SafeMrkdwn[] {
  const { template: said } = w.newAccount;
  return [
    said.deploy,
    said.value(code('BotRoleArn'), code(botRoleArn, 600)),
    said.value(code('RoleName'), code(roleName, 64)),
    said.value(code('ExternalId'), externalId ? said.externalId : said.noExternalId),
  ];
}

function notes({ view, words: w }: Page): KnownBlock[] {
  const { card, dropped: names } = w.newAccount;
  const { request, insteadOf } = view;
  return [
    ...(request.dropped ?? []).map((field) => context(card.left(names[field]))),
    ...(insteadOf === undefined ? [] : [context(card.insteadOf(channelName(insteadOf)))]),
  ];
}

/** What the security team does next. Who may not is told when they press. */
function buttons({ view, words: w }: Page): KnownBlock[] {
  const { card } = w.newAccount;
  const { next, ref, request } = view;
  const enter = button(ACTIONS.enterAccount, card.enter, ref, next === 'created' ? 'primary' : undefined);
  const again = button(ACTIONS.checkAccount, card.again, ref, 'primary');
  switch (next) {
    case 'created':
      return [actions(BLOCKS.timeline, [enter])];
    case 'baseline':
    case 'registered':
      // Of an account that was there before the id is what it is all about: its dialog is opened again instead.
      return [
        actions(BLOCKS.timeline, [
          again,
          request.origin === 'new'
            ? enter
            : button(ACTIONS.registerAccount, w.owners.register, request.account ?? ''),
        ]),
      ];
    case 'ready':
      return [actions(BLOCKS.timeline, [again])];
    default:
      return [];
  }
}

// --- Its thread --------------------------------------------------------------------------------------------

/** One reply in the thread of a timeline. */
export function drawTimelineReply(reply: TimelineReply, view: TimelineView, language: Language): Message {
  const text = replyText(reply, view, shownWords(language));
  return message(text, [section(text)]);
}

function replyText(reply: TimelineReply, view: TimelineView, w: ShownWords): SafeMrkdwn {
  const { thread, step: names } = w.newAccount;
  switch (reply.kind) {
    case 'steps':
      return joined(reply.steps.map((step) => stepText(step, view, w)));
    case 'late':
      return thread.late(team(view, w), names[reply.step]);
    case 'missing':
      return thread.missing(addressedAll(entered(view), w, PEOPLE));
    case 'end':
      return endText(view, w);
  }
}

function team({ securityTeam }: TimelineView, w: ShownWords): SafeMrkdwn {
  return securityTeam.length === 0 ? mrk`${w.role.analyst}` : addressedAll(securityTeam, w);
}

/** Whoever said which account it is. */
function entered({ steps, request }: TimelineView): readonly Principal[] {
  return steps.find(({ step }) => step === 'created')?.reached?.by ?? [request.asker.id];
}

function stepText(step: AccountStep, view: TimelineView, w: ShownWords): SafeMrkdwn {
  const { thread } = w.newAccount;
  const { request } = view;
  const { asker, account, wanted, dropped = [] } = request;
  const id = code(account ?? '');
  switch (step) {
    case 'requested':
      return mrk``;
    case 'approved':
      return thread.approved(addressed(asker.id, w), team(view, w));
    case 'created':
      return thread.created(id);
    case 'baseline': {
      const unchecked = view.steps.find((one) => one.step === step)?.reached?.unchecked;
      return unchecked === undefined ? thread.baseline : thread.unchecked;
    }
    case 'registered':
      return wanted.owner === undefined || dropped.includes('owner')
        ? thread.ownerless(id)
        : thread.registered(id, addressed(wanted.owner, w));
    case 'ready': {
      const owner = dropped.includes('owner') ? undefined : wanted.owner;
      return thread.ready(addressedAll([...new Set([asker.id, ...(owner ? [owner] : [])])], w));
    }
  }
}

function endText({ request }: TimelineView, w: ShownWords): SafeMrkdwn {
  const { thread } = w.newAccount;
  const asker = addressed(request.asker.id, w);
  const { end } = request;
  switch (end?.as) {
    case 'denied':
      return end.by === undefined ? thread.ruledOut(asker) : thread.denied(asker, addressed(end.by, w));
    case 'withdrawn':
      return thread.withdrawn(asker);
    case 'expired':
      return thread.expired(asker);
    default:
      return thread.failed(asker, failure(end?.reason ?? '', w));
  }
}
