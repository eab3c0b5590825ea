import type { KnownBlock, SectionBlock } from '@slack/types';
import type { BulletinView, LineView } from '../../../src/bulletins';
import { worse } from '../../../src/controls';
import type { Language } from '../../../src/playbooks';
import { ACTIONS, BLOCKS } from '../../ids';
import {
  actions,
  allowedUrl,
  button,
  channelName,
  code,
  context,
  date,
  excerpt,
  joined,
  LIMITS,
  link,
  mrk,
  type SafeMrkdwn,
  section,
} from '../../kit';
import { accountLabel, severityDot } from '../../phrases';
import type { Words } from '../../words';
import type { ShownWords } from '../../words/shown';

/** How many lines a bulletin shows, and how much of each title. */
export interface Room {
  readonly lines: number;
  readonly title: number;
}

/** Everything the parts of a bulletin are drawn from. */
export interface BulletinPage<View extends BulletinView = BulletinView> {
  readonly view: View;
  readonly language: Language;
  readonly words: ShownWords;
  readonly room: Room;
  /** Without buttons beside the lines: plain blocks cannot tell them apart. */
  readonly plain: boolean;
}

export type ViewOf<Kind extends BulletinView['kind']> = Extract<BulletinView, { kind: Kind }>;

/** What a kind of bulletin says: its title, also the notification's text, and what stands beneath. */
export interface Drawn {
  readonly title: string;
  readonly blocks: readonly KnownBlock[];
}

const LINK = 200;

/** The bulletin's day as people say it; undefined for one that is not about a day. */
export function dayOf({ view, words: w }: BulletinPage): string | undefined {
  const at = new Date(`${view.day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? undefined : w.bulletin.day(at);
}

/** Several lines a section, each section within Slack's limit and every line whole. */
export function packed(lines: readonly SafeMrkdwn[]): SectionBlock[] {
  const packs: SafeMrkdwn[] = [];
  for (const line of lines.filter(({ markup }) => markup !== '')) {
    const last = packs.at(-1);
    if (last === undefined || last.markup.length + line.markup.length + 1 > LIMITS.text) packs.push(line);
    else packs[packs.length - 1] = joined([last, line]);
  }
  return packs.map((pack) => section(pack));
}

/** The address of a line's own card, where it is one that a link may lead to. */
function cardUrl(line: Pick<LineView, 'permalink'>): string | undefined {
  const url = line.permalink === undefined ? undefined : allowedUrl(line.permalink);
  return url === undefined || url.length > LINK ? undefined : url;
}

/** A dot in its colour and its title; struck through once it is done. */
export function lineTitle(line: LineView, room: Room): SafeMrkdwn {
  const title = excerpt(line.title, room.title);
  return line.done ? mrk`✅ ~${title}~` : mrk`${severityDot(line.severity)} *${title}*`;
}

/** Which control, in which account. */
export function lineWhere(line: LineView, w: Words): SafeMrkdwn {
  return mrk`${code(line.control, 60)} · ${accountLabel(line.account, w)}`;
}

/** How much of it is open, and by when. */
export function lineState(line: LineView, w: Words, due = w.bulletin.due): SafeMrkdwn {
  if (line.done) return mrk``;
  const when = line.due === undefined ? mrk`` : due(date(line.due));
  return joined([mrk`${w.bulletin.open(line.open)}`, when], mrk` · `);
}

/** The way to its own card, if it has one. */
export function lineLink(line: LineView, w: Words): SafeMrkdwn {
  const url = cardUrl(line);
  return url === undefined ? mrk`` : link(url, w.bulletin.openCard);
}

/** A request of its own section: a button that brings its card, or the link to the card it has. */
export function lineSection(
  line: LineView,
  page: Omit<BulletinPage, 'view' | 'words'> & { readonly words: Words },
  where = lineWhere(line, page.words),
): SectionBlock {
  const { words: w, room } = page;
  const state = lineState(line, w, line.overdue ? w.bulletin.overdueSince : w.bulletin.due);
  const text = joined([lineTitle(line, room), where, joined([state, lineLink(line, w)], mrk` · `)]);
  const show = button(ACTIONS.showRequest, w.bulletin.show, line.ref);
  const offered = !line.done && !page.plain && cardUrl(line) === undefined;
  return section(text, offered ? show : undefined);
}

/** Opens the list of all lines. */
export function listButton({ view, words: w }: BulletinPage): KnownBlock {
  return actions(BLOCKS.bulletinActions, [button(ACTIONS.bulletinList, w.bulletin.showList, view.ref)]);
}

/** How many are done, once some are and not yet all. */
export function progressOf(lines: readonly LineView[], w: Words): KnownBlock[] {
  const done = lines.filter((line) => line.done).length;
  return done === 0 || done === lines.length ? [] : [context(w.bulletin.progress(done, lines.length))];
}

/** Why it stands here and not in its own channel. */
export function insteadOf({ view, words: w }: BulletinPage): KnownBlock[] {
  return view.insteadOf === undefined ? [] : [context(w.bulletin.insteadOf(channelName(view.insteadOf)))];
}

/** The worst of those that are not done, as a dot; a tick once all are. */
export function worstDot(lines: readonly LineView[]): string {
  const open = lines.filter((line) => !line.done);
  const [first] = open;
  if (first === undefined) return '✅';
  return severityDot(open.map(({ severity }) => severity).reduce(worse, first.severity));
}
