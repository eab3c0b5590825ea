import type { KnownBlock } from '@slack/types';
import type { LineView } from '../../../src/bulletins';
import { context, joined, mrk, type SafeMrkdwn, section } from '../../kit';
import { accountLabel } from '../../phrases';
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

type Page = BulletinPage<ViewOf<'overdue'>>;
type Group = Page['view']['owners'][number];

const FAR = '9999';
const ACCOUNTS = 3;

/** The security team's list of what is past its date. Mentions nobody: owners have their own reminder. */
export function drawOverdue(page: Page): Drawn {
  const { view, words: w } = page;
  const { overdue } = w.bulletin;
  if (view.total === 0) return { title: `✅ ${overdue.none}`, blocks: [section(overdue.noneText)] };
  const drawn = groups(page);
  return {
    title: `⏰ ${overdue.title(view.total)}`,
    blocks: [
      section(overdue.about),
      ...drawn.blocks,
      ...(drawn.rest > 0 ? [context(w.bulletin.moreCommand(drawn.rest))] : []),
      ...insteadOf(page),
      ...(drawn.rest > 0 ? [listButton(page)] : []),
    ],
  };
}

/** Owner by owner, as many lines as there is room for; and how many are left out. */
function groups(page: Page): { readonly blocks: KnownBlock[]; readonly rest: number } {
  const { view, room } = page;
  let left = room.lines;
  const blocks = view.owners.flatMap((group) => {
    const shown = [...group.lines].sort(byDue).slice(0, left);
    left -= shown.length;
    return shown.length === 0 ? [] : packed([heading(group, page), ...shown.map((line) => row(line, page))]);
  });
  return { blocks, rest: Math.max(0, view.total - (room.lines - left)) };
}

function byDue(a: LineView, b: LineView): number {
  const [left, right] = [a.due ?? FAR, b.due ?? FAR];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Owners are known by their accounts: a name would call them. */
function heading({ owner, lines }: Group, { words: w }: Page): SafeMrkdwn {
  const { overdue } = w.bulletin;
  const accounts = [...new Map(lines.map(({ account }) => [account.id, account])).values()];
  const names = accounts.slice(0, ACCOUNTS).map((account) => accountLabel(account, w));
  const rest = accounts.length - names.length;
  const all = w.bulletin.listed(rest > 0 ? [...names, w.bulletin.restAccounts(rest)] : names);
  return overdue.group(mrk`${all}`, lines.length, owner === undefined ? overdue.unset : overdue.set);
}

function row(line: LineView, { words: w, room }: Page): SafeMrkdwn {
  const taken = line.takenBy !== undefined && !line.done ? mrk`${w.bulletin.taken}` : mrk``;
  return joined([
    mrk`${lineTitle(line, room)} — ${lineWhere(line, w)}`,
    joined([lineState(line, w), taken, lineLink(line, w)], mrk` · `),
  ]);
}
