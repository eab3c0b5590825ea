import type { Button, ConfirmationDialog, KnownBlock, SectionBlock } from '@slack/types';
import type { Language } from '../../src/playbooks';
import type { Issue, RequestView, SuppressedGroup } from '../../src/requests';
import { ACTIONS, BLOCKS, moreValue } from '../ids';
import {
  actions,
  allowedUrl,
  button,
  channelName,
  code,
  context,
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
  option,
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
  identity,
  refusalOf,
  regionLabel,
  severityDot,
  titleOf,
} from '../phrases';
import { controlParts, threatParts, within } from '../playbook';
import { type ShownWords, shownWords } from '../words/shown';
import { plainest } from './plainest';
import { fact, type RequestPage as Page, type Room } from './request-page';
import {
  threatAsk,
  threatClaim,
  threatFacts,
  threatName,
  threatNote,
  threatSteps,
  threatStory,
} from './threat';

/** From generous to tight: the first that keeps the card within the budget is used, else `TIGHTEST`. */
const ROOMS: readonly Room[] = [
  { resources: 10, id: 240, prose: 900, part: 3000, groups: 6, url: 1000 },
  { resources: 10, id: 120, prose: 400, part: 2000, groups: 4, url: 600 },
  { resources: 10, id: 80, prose: 320, part: 700, groups: 3, url: 400 },
];
const TIGHTEST: Room = { resources: 5, id: 50, prose: 80, part: 80, groups: 1, url: 120 };

/**
 * The card of a request or a threat: by when, how important, what to decide, which account and resource, how to
 * fix it. At most `LIMITS.messageJson` characters of JSON, whatever the view holds.
 */
export function drawRequest(view: RequestView, language: Language): Message {
  return drawWithin(view, language, (blocks) => blocks);
}

/** The same in the plainest blocks, for a Slack that refuses the card's own. */
export function drawPlain(view: RequestView, language: Language): Message {
  return drawWithin(view, language, plainest);
}

function drawWithin(
  view: RequestView,
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
  const { view } = page;
  return view.phase === 'done'
    ? [
        header(doneTitle(page)),
        section(thanks(page)),
        isThreat(page) ? threatFacts(page) : facts(page),
        ...progress(page),
        ...suppressions(page),
        ...notes(page),
        buttons(page),
      ]
    : [
        header(openTitle(page)),
        ...(isThreat(page) ? threatBody(page) : controlBody(page)),
        ...advice(page),
        ...failures(page),
        ...progress(page),
        ...suppressions(page),
        ...notes(page),
        buttons(page),
      ];
}

function isThreat({ view }: Page): boolean {
  return view.kind === 'threat';
}

function controlBody(page: Page): KnownBlock[] {
  return [section(ask(page)), facts(page), ...claim(page), ...story(page), ...resources(page)];
}

function threatBody(page: Page): KnownBlock[] {
  return [
    section(threatAsk(page)),
    ...threatNote(page),
    threatFacts(page),
    ...threatClaim(page),
    ...threatStory(page),
  ];
}

// --- First lines -------------------------------------------------------------------------------------------

function nameOf(page: Page): string {
  return isThreat(page) ? threatName(page) : titleOf(page.view, page.language);
}

function openTitle(page: Page): string {
  const { view, words: w } = page;
  const title = isThreat(page) ? w.card.threat : w.card.title;
  return `${severityDot(view.severity)} ${title(w.severity[view.severity], nameOf(page))}`;
}

function doneTitle(page: Page): string {
  const { view, words: w } = page;
  const title = nameOf(page);
  if (view.resolvedCount > 0) return `✅ ${w.card.resolvedTitle(title)}`;
  return view.suppressed.length > 0
    ? `🔕 ${w.card.suppressedTitle(title)}`
    : `☑️ ${w.card.closedTitle(title)}`;
}

function notification(page: Page): SafeMrkdwn {
  const title = page.view.phase === 'done' ? doneTitle(page) : openTitle(page);
  return page.words.card.notification(title, accountLabel(page.view.account, page.words));
}

function ask({ view, words: w }: Page): SafeMrkdwn {
  const who = addressedAll(view.mentions, w);
  const request =
    view.mentions.length === 0
      ? w.card.askNobody
      : view.ownerless
        ? w.card.askOwnerless(who)
        : w.card.ask(who);
  return view.notifyOnly ? joined([request, w.card.noticeOnly]) : request;
}

function thanks({ view, words: w }: Page): SafeMrkdwn {
  if (view.resolvedCount > 0) {
    return view.takenBy ? w.card.doneResolvedBy(addressed(view.takenBy.who, w)) : w.card.doneResolved;
  }
  if (view.suppressed.length > 0) return w.card.doneSuppressed;
  return view.kind === 'threat' ? w.threat.closed : w.card.doneClosed;
}

function facts({ view, words: w, room }: Page): SectionBlock {
  const regions = [...new Set(view.open.map((issue) => issue.region))];
  const account = `${accountLabel(view.account, w)} — ${w.kind[view.account.kind]}`;
  const open = view.phase === 'open';
  return fields([
    ...(open && !view.notifyOnly ? [fact(w.card.due, deadline(view, w))] : []),
    fact(w.card.severityLabel, mrk`${w.severity[view.severity]}`),
    fact(w.card.account, mrk`${account}`),
    ...(regions.length > 0 ? [fact(w.card.region, regionList(regions, w))] : []),
    fact(w.card.control, code(view.control, room.id)),
    ...(open && view.playbook
      ? [fact(w.playbook.effort, mrk`${w.playbook.minutes(view.playbook.effortMinutes)}`)]
      : []),
    ...(open && view.takenBy
      ? [fact(w.card.taken, w.card.takenBy(addressed(view.takenBy.who, w), date(view.takenBy.at)))]
      : []),
  ]);
}

function deadline(view: RequestView, w: ShownWords): SafeMrkdwn {
  if (view.due === undefined) return mrk`${w.card.noDue}`;
  return view.overdue ? w.card.overdue(date(view.due)) : w.card.dueOn(date(view.due));
}

function regionList(regions: readonly string[], w: ShownWords): SafeMrkdwn {
  const shown = regions.slice(0, 3).map((region) => regionLabel(region, w));
  const rest = regions.length - shown.length;
  return joined(rest > 0 ? [...shown, mrk`${w.andMore(rest)}`] : shown, mrk`, `);
}

// --- What it is about --------------------------------------------------------------------------------------

function story({ view, language, words: w, room }: Page): KnownBlock[] {
  const why = view.playbook?.text[language].why ?? view.description;
  if (why.trim() === '') return [];
  return [section(fact(w.card.why, excerpt(why, room.prose)))];
}

function resources({ view, words: w, room }: Page): KnownBlock[] {
  const shown = view.open.slice(0, room.resources);
  if (shown.length === 0) return [];
  const oneRegion = new Set(view.open.map((issue) => issue.region)).size === 1;
  const lines = shown.map((issue) => resourceLine(issue, w, room, oneRegion));
  const rest = view.openCount - shown.length;
  const list = joined([mrk`*${w.card.resources(view.openCount)}*`, ...lines]);
  const more = button(ACTIONS.resources, w.card.showMore(rest), view.ref);
  return [section(list, rest > 0 ? more : undefined, BLOCKS.resources)];
}

function resourceLine(issue: Issue, w: ShownWords, room: Room, oneRegion: boolean): SafeMrkdwn {
  const region = oneRegion ? mrk`` : mrk` (${regionLabel(issue.region, w)})`;
  const back = issue.episodes > 1 ? mrk` — ${w.thread.backBrief}` : mrk``;
  return mrk`• ${code(issue.resource.id, room.id)}${region}${back}`;
}

/** What to do, what it takes, and what to do if it is meant. */
function advice(page: Page): KnownBlock[] {
  const { view, words: w, room } = page;
  const address = (view.playbook ?? view.threatPlaybook)?.links[page.language] ?? view.remediationUrl;
  const parts = [...steps(page), readMore(address, w, room), intended(page)];
  return parts.filter((part) => part.markup !== '').map((part) => section(part));
}

function steps({ view, language, words: w, room }: Page): SafeMrkdwn[] {
  const [control, threat] = [view.playbook?.text[language], view.threatPlaybook?.text[language]];
  const parts = control ? controlParts(control, w) : threat ? threatParts(threat, w) : [];
  if (parts.length === 0) return view.kind === 'threat' ? threatSteps(w) : [];
  const cut = parts.some(({ text }) => text.markup.length > room.part);
  return [...parts.map((part) => within(part, room.part)), cut ? w.playbook.commandsInDetails : mrk``];
}

function intended({ view, language, words: w, room }: Page): SafeMrkdwn {
  const [control, threat] = [view.playbook?.text[language], view.threatPlaybook?.text[language]];
  const when = control?.intended ?? threat?.intended;
  if (when === undefined) {
    return view.kind === 'threat' ? w.threat.pressSuppress : w.card.pressSuppressOnly;
  }
  const label = threat === undefined ? w.playbook.intended : w.playbook.expected;
  return mrk`*${label}*\n${excerpt(when, room.prose)}\n${w.card.pressSuppress}`;
}

/** A link that leads elsewhere or is too long for the card is left out: the details have it. */
function readMore(address: string | undefined, w: ShownWords, room: Room): SafeMrkdwn {
  const url = address === undefined ? undefined : allowedUrl(address);
  return url === undefined || url.length > room.url ? mrk`` : link(url, w.card.readMore);
}

// --- Where it stands ---------------------------------------------------------------------------------------

function claim({ view, words: w }: Page): KnownBlock[] {
  if (view.fixedBy === undefined) return [];
  const { who, at, stillFailing } = view.fixedBy;
  const said = w.card.fixedClaim(addressed(who, w), date(at));
  const found = stillFailing > 0 ? w.card.stillFailing(stillFailing) : w.card.noneFailing;
  const next = view.catalogued ? mrk`${w.nextCheck[view.catalogued.schedule]}` : w.card.waiting;
  return [section(joined([mrk`${said} ${found}`, next]))];
}

function failures({ view, words: w, room }: Page): KnownBlock[] {
  if (view.failed.length === 0) return [];
  const lines = view.failed
    .slice(0, room.groups)
    .map(({ resource, detail }) => mrk`• ${code(resource, room.id)}: ${refusalOf(detail, w)}`);
  const rest = view.failed.length - lines.length;
  const more = rest > 0 ? mrk`${w.andMore(rest)}` : mrk``;
  return [section(joined([w.card.failed(view.failed.length), ...lines, more]))];
}

/** How many of all there are, once not all of them are open. */
function progress({ view, words: w }: Page): KnownBlock[] {
  const suppressed = view.suppressed.reduce((sum, group) => sum + group.count, 0);
  const counts: readonly [number, (n: number) => string][] = [
    [view.openCount, w.card.open],
    [view.resolvedCount, w.card.resolved],
    [suppressed, w.card.suppressed],
    [view.closedCount, w.card.closed],
  ];
  const present = counts.filter(([n]) => n > 0);
  const total = present.reduce((sum, [n]) => sum + n, 0);
  if (total === 0 || total === view.openCount) return [];
  return [
    context(
      w.card.progress(
        present.map(([n, say]) => say(n)),
        total,
      ),
    ),
  ];
}

function suppressions(page: Page): KnownBlock[] {
  const { view, words: w, room } = page;
  const shown = view.suppressed.slice(0, room.groups);
  const rest = view.suppressed.length - shown.length;
  return [
    ...shown.map((group, place) => suppression(page, group, place)),
    ...(rest > 0 ? [context(w.card.moreGroups(rest))] : []),
  ];
}

function suppression({ view, words: w, room }: Page, group: SuppressedGroup, place: number): SectionBlock {
  const pending = view.withheld ? w.card.withheldGroup(group.pending) : w.card.pending(group.pending);
  const text = joined([cause(group, w), ...because(group, w, room), group.pending > 0 ? pending : mrk``]);
  const undo = group.cause.by === 'exception' ? undoButton(group.cause.change, w) : undefined;
  return section(text, undo, `${BLOCKS.suppression}:${place}`);
}

function cause({ cause: by, count }: SuppressedGroup, w: ShownWords): SafeMrkdwn {
  if (by.by === 'exception') return w.card.byException(addressed(by.who, w), count, date(by.until));
  if (by.by === 'policy') return w.card.byPolicy(count, code(by.line, 80));
  return by.who === undefined ? w.card.byOutsideUnknown(count) : w.card.byOutside(count, identity(by.who, w));
}

function because({ cause: by }: SuppressedGroup, w: ShownWords, room: Room): SafeMrkdwn[] {
  if (by.by !== 'exception') return [];
  return [
    by.design === undefined ? mrk`` : w.exceptions.voidOnChange,
    mrk`${w.card.reason}:\n${quote(by.reason, room.prose)}`,
    by.ticket === undefined ? mrk`` : mrk`${w.card.ticket}: ${excerpt(by.ticket, room.url)}`,
  ];
}

/** Takes an exception back. */
export function undoButton(change: string, w: ShownWords): Button {
  const confirm: ConfirmationDialog = {
    title: plain(w.card.undoTitle, 100),
    text: plain(w.card.undoText, 300),
    confirm: plain(w.card.undo, 30),
    deny: plain(w.card.keep, 30),
  };
  return { ...button(ACTIONS.undo, w.card.undo, change), confirm };
}

function notes({ view, words: w }: Page): KnownBlock[] {
  const { previous, insteadOf } = view;
  const address = previous && permalink(previous.channel, previous.ts);
  const all = [
    view.observed ? w.card.observed : mrk``,
    view.withheld ? w.card.withheld : mrk``,
    address === undefined ? mrk`` : w.card.previous(link(address, w.card.previousLink)),
    insteadOf === undefined ? mrk`` : unreachable(insteadOf.channel, insteadOf.because, w),
  ].filter((note) => note.markup !== '');
  return all.map((note) => context(note));
}

function unreachable(channel: string, because: string, w: ShownWords): SafeMrkdwn {
  const known = Object.hasOwn(w.unreachable, because) ? w.unreachable[because] : undefined;
  return known?.(channelName(channel)) ?? w.card.unreachable(channelName(channel), code(because, 60));
}

// --- What can be pressed -----------------------------------------------------------------------------------

function buttons({ view, words: w }: Page): KnownBlock {
  const { ref } = view;
  if (view.phase === 'done') {
    return actions(BLOCKS.requestActions, [button(ACTIONS.details, w.card.details, ref)]);
  }
  const choices = [
    { choice: 'details', action: ACTIONS.details, label: w.card.details },
    { choice: 'check', action: ACTIONS.checkNow, label: w.card.checkNow },
    { choice: 'ask', action: ACTIONS.ask, label: w.questions.ask },
  ] as const;
  // An overflow menu's values are short; a reference too long for them still gets its buttons.
  const rest = choices.some(({ choice }) => moreValue(choice, ref).length > LIMITS.optionValue)
    ? choices.map(({ action, label }) => button(action, label, ref))
    : [
        {
          type: 'overflow' as const,
          action_id: ACTIONS.more,
          options: choices.map(({ choice, label }) => option(label, moreValue(choice, ref))),
        },
      ];
  return actions(BLOCKS.requestActions, [
    ...(view.takenBy ? [] : [button(ACTIONS.take, w.card.take, ref, 'primary')]),
    button(ACTIONS.fixed, view.kind === 'threat' ? w.threat.fixed : w.card.fixed, ref),
    button(ACTIONS.suppress, w.card.suppress, ref),
    ...(view.ownerless ? [ownerButton(view, w)] : []),
    ...rest,
  ]);
}

/** Whoever presses sets the owner, or claims the account, as far as they may. */
function ownerButton({ account }: Page['view'], { owners }: ShownWords): Button {
  return button(ACTIONS.setOwner, account.registered ? owners.set : owners.register, account.id);
}
