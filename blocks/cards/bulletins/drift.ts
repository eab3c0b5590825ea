import type { KnownBlock } from '@slack/types';
import type { DriftView, OutsideView } from '../../../src/bulletins';
import { context, joined, mrk, type SafeMrkdwn, section } from '../../kit';
import { accountLabel } from '../../phrases';
import type { ShownWords } from '../../words/shown';
import { type BulletinPage, type Drawn, dayOf, insteadOf, packed, type ViewOf } from './bulletin-page';

type DriftPage = BulletinPage<ViewOf<'drift'>>;

const MENDED = ['opened', 'closed', 'adopted', 'lifted', 'rewritten', 'changed', 'scores'] as const;

/** What the nightly reconcile has mended, and what rests suppressed outside of the bot. */
export function drawDrift(page: DriftPage): Drawn {
  const { view, words: w } = page;
  const { drift } = w.bulletin;
  const day = dayOf(page);
  const found = view.accounts.length === 0 ? drift.none : drift.mended(view.accounts.length);
  return {
    title: day === undefined ? drift.titleUndated : drift.title(day),
    blocks: [
      section(joined([drift.about(view.findings, view.calls), found])),
      ...listed(view.accounts, mendedRow, page),
      ...outside(page),
      ...insteadOf(page),
    ],
  };
}

function outside(page: DriftPage): KnownBlock[] {
  const { drift } = page.words.bulletin;
  const { outside: accounts } = page.view;
  if (accounts.length === 0) return [];
  const total = accounts.reduce((sum, { count }) => sum + count, 0);
  return [
    section(drift.outside(total)),
    ...listed(accounts, outsideRow, page),
    ...(total > 0 ? [context(drift.outsideNote)] : []),
  ];
}

/** As many as there is room for, and how many the rest are. */
function listed<T>(
  accounts: readonly T[],
  row: (account: T, w: ShownWords) => SafeMrkdwn,
  { words: w, room }: DriftPage,
): KnownBlock[] {
  const rest = accounts.length - room.lines;
  return [
    ...packed(accounts.slice(0, room.lines).map((account) => row(account, w))),
    ...(rest > 0 ? [context(mrk`${w.bulletin.restAccounts(rest)}`)] : []),
  ];
}

function mendedRow(view: DriftView, w: ShownWords): SafeMrkdwn {
  const { drift } = w.bulletin;
  const parts = MENDED.filter((what) => view[what] > 0).map((what) => drift[what](view[what]));
  return mrk`• ${accountLabel(view.account, w)} — ${w.bulletin.listed(parts)}`;
}

function outsideRow({ account, count, before }: OutsideView, w: ShownWords): SafeMrkdwn {
  const { drift } = w.bulletin;
  const said = count === before ? drift.outsideCount(count) : drift.outsideMoved(count, before);
  return mrk`• ${accountLabel(account, w)} — ${said}`;
}
