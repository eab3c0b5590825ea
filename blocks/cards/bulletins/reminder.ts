import type { KnownBlock } from '@slack/types';
import type { LineView } from '../../../src/bulletins';
import { context, joined, mrk, type SafeMrkdwn, section } from '../../kit';
import { addressed } from '../../phrases';
import {
  type BulletinPage,
  type Drawn,
  insteadOf,
  lineLink,
  lineState,
  lineTitle,
  lineWhere,
  listButton,
  packed,
  type ViewOf,
} from './bulletin-page';

type Page = BulletinPage<ViewOf<'reminder'>>;

const GROUPS = ['overdue', 'today', 'coming', 'finished'] as const;
type Group = (typeof GROUPS)[number];

/** What one owner is reminded of in one channel on one morning. */
export function drawReminder(page: Page): Drawn {
  const { view, words: w } = page;
  const { reminder } = w.bulletin;
  const all = view.lines.length;
  const left = view.lines.filter((line) => !line.done).length;
  const rest = all - Math.min(all, page.room.lines);
  // From the list people bring the cards of those that have none.
  const cardless = view.lines.some(({ done, permalink }) => !done && permalink === undefined);
  return {
    title: left === 0 ? `✅ ${reminder.done(all)}` : `🔔 ${reminder.title(left)}`,
    blocks: [
      section(left === 0 ? reminder.thanks : reminder.ask(addressed(view.owner, w))),
      ...groups(page),
      ...(rest > 0 ? [context(w.bulletin.more(rest))] : []),
      ...(left === 0 ? [] : [section(reminder.talk)]),
      ...insteadOf(page),
      ...(rest > 0 || cardless ? [listButton(page)] : []),
    ],
  };
}

/** Those past their date first; what does not fit is left out at the end. */
function groups(page: Page): KnownBlock[] {
  const { view, words: w, room } = page;
  let left = room.lines;
  return GROUPS.flatMap((group) => {
    const members = view.lines.filter((line) => groupOf(line, view) === group);
    const shown = members.slice(0, left);
    left -= shown.length;
    return shown.length === 0
      ? []
      : packed([
          mrk`*${w.bulletin.reminder[group](members.length)}*`,
          ...shown.map((line) => row(line, page)),
        ]);
  });
}

function groupOf(line: LineView, view: Page['view']): Group {
  if (line.done) return 'finished';
  if (line.overdue) return 'overdue';
  return line.dueDay !== undefined && line.dueDay <= view.day ? 'today' : 'coming';
}

function row(line: LineView, { words: w, room }: Page): SafeMrkdwn {
  const taken = line.takenBy === undefined ? mrk`` : w.bulletin.takenBy(addressed(line.takenBy, w));
  return joined([
    mrk`${lineTitle(line, room)} — ${lineWhere(line, w)}`,
    joined([...(line.done ? [] : [lineState(line, w), taken]), lineLink(line, w)], mrk` · `),
  ]);
}
