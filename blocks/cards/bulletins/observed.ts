import type { ObservedView } from '../../../src/bulletins';
import { code, context, joined, mrk, type SafeMrkdwn, section } from '../../kit';
import { accountLabel } from '../../phrases';
import type { ShownWords } from '../../words/shown';
import { type BulletinPage, type Drawn, dayOf, insteadOf, packed, type ViewOf } from './bulletin-page';

type Page = BulletinPage<ViewOf<'observed'>>;

/** What would have been done for the accounts in mode observe. */
export function drawObserved(page: Page): Drawn {
  const { view, words: w, room } = page;
  const { observed } = w.bulletin;
  const day = dayOf(page);
  const shown = view.accounts.slice(0, room.lines);
  const rest = view.accounts.length - shown.length;
  const sum = (count: 'asked' | 'told' | 'suppressed') =>
    view.accounts.reduce((all, account) => all + account[count], 0);
  return {
    title: `👀 ${day === undefined ? observed.titleUndated : observed.title(day)}`,
    blocks: [
      ...(view.accounts.length === 0
        ? [section(observed.none)]
        : [
            section(observed.about),
            ...(view.accounts.length > 1
              ? [section(observed.total(sum('asked'), sum('told'), sum('suppressed')))]
              : []),
            ...packed(shown.map((account) => row(account, w))),
            ...(rest > 0 ? [context(mrk`${w.bulletin.restAccounts(rest)}`)] : []),
          ]),
      context(observed.next),
      ...insteadOf(page),
    ],
  };
}

function row({ account, asked, told, suppressed, controls }: ObservedView, w: ShownWords): SafeMrkdwn {
  const { observed } = w.bulletin;
  const top = controls.slice(0, 5).map(({ control, count }) => observed.one(code(control, 40), count));
  return joined([
    mrk`*${accountLabel(account, w)}*`,
    observed.counts(asked, told, suppressed),
    top.length === 0 ? mrk`` : observed.top(w.listed(top)),
  ]);
}
