import type { KnownBlock } from '@slack/types';
import type { LineView } from '../../../src/bulletins';
import { SEVERITIES } from '../../../src/controls';
import { ACTIONS, BLOCKS } from '../../ids';
import { actions, button, code, context, date, joined, mrk, type SafeMrkdwn, section } from '../../kit';
import { accountLabel, addressedAll, severityDot } from '../../phrases';
import {
  type BulletinPage,
  type Drawn,
  insteadOf,
  lineLink,
  lineTitle,
  listButton,
  packed,
  progressOf,
  type ViewOf,
  worstDot,
} from './bulletin-page';

type Page = BulletinPage<ViewOf<'digest'>>;

/** How many of its requests the card itself names. */
const NAMED = 10;

/** The requests of one account that came as a flood, or of one that is new. */
export function drawDigest(page: Page): Drawn {
  const { view, words: w } = page;
  const { lines } = view;
  const all = lines.length;
  const named = lines.slice(0, Math.min(NAMED, page.room.lines));
  const account = accountLabel(view.account, w);
  const heading = all > named.length ? w.bulletin.digest.first(named.length) : w.bulletin.digest.all;
  const left = lines.filter((line) => !line.done).length;
  const done = left === 0;
  return {
    title: `${worstDot(lines)} ${done ? w.bulletin.digest.done(account, all) : w.bulletin.digest.title(account, left)}`,
    blocks: [
      ...(done ? [section(w.bulletin.digest.thanks)] : ask(page)),
      ...counts(lines, page),
      ...packed([mrk`*${heading}*`, ...named.map((line) => row(line, page))]),
      ...progressOf(lines, w),
      ...(all > named.length ? [context(w.bulletin.more(all - named.length))] : []),
      ...(done ? [] : [context(w.bulletin.howToAnswerList)]),
      ...insteadOf(page),
      listButton(page),
      ...(view.ownerless && !done ? [ownerButton(page)] : []),
    ],
  };
}

function ask({ view, words: w }: Page): KnownBlock[] {
  const { digest } = w.bulletin;
  const waiting = view.lines.filter((line) => !line.done).length;
  const nobody = view.mentions.length === 0;
  const who = addressedAll(view.mentions, w);
  const all = view.lines.length;
  const said = view.young
    ? [digest.young, nobody ? mrk`` : digest.youngAsk(who, waiting, view.issues)]
    : [nobody ? digest.floodNobody(all, view.issues) : digest.flood(who, all, view.issues)];
  const ownerless = nobody ? digest.ownerlessNobody : digest.ownerless;
  return [section(joined([...said, view.ownerless ? ownerless : mrk``]))];
}

/** Whoever presses sets the owner, or claims the account, as far as they may. */
function ownerButton({ view: { account }, words: { owners } }: Page): KnownBlock {
  const label = account.registered ? owners.set : owners.register;
  return actions(BLOCKS.digestOwner, [button(ACTIONS.setOwner, label, account.id)]);
}

/** How many of what is left are how bad. */
function counts(lines: readonly LineView[], { words: w }: Page): KnownBlock[] {
  const open = lines.filter((line) => !line.done);
  const present = SEVERITIES.map(
    (severity) => [severity, open.filter((line) => line.severity === severity).length] as const,
  ).filter(([, n]) => n > 0);
  const parts = present.map(
    ([severity, n]) => mrk`${severityDot(severity)} ${w.bulletin.bySeverity(w.severity[severity], n)}`,
  );
  return parts.length === 0 ? [] : [section(joined(parts, mrk`   `))];
}

function row(line: LineView, { words: w, room }: Page): SafeMrkdwn {
  const due = line.due === undefined ? mrk`` : w.bulletin.due(date(line.due));
  const state = line.done ? [] : [mrk`${w.bulletin.open(line.open)}`, due, lineLink(line, w)];
  return joined([mrk`${lineTitle(line, room)} ${code(line.control, 60)}`, ...state], mrk` · `);
}
