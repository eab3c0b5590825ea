import type { DriftView } from '../../../src/bulletins';
import { context, joined, mrk, type SafeMrkdwn, section } from '../../kit';
import { accountLabel } from '../../phrases';
import type { Words } from '../../words';
import { type BulletinPage, type Drawn, dayOf, insteadOf, packed, type ViewOf } from './bulletin-page';

/** What the nightly reconcile has mended. */
export function drawDrift(page: BulletinPage<ViewOf<'drift'>>): Drawn {
  const { view, words: w, room } = page;
  const { drift } = w.bulletin;
  const day = dayOf(page);
  const shown = view.accounts.slice(0, room.lines);
  const rest = view.accounts.length - shown.length;
  const found = view.accounts.length === 0 ? drift.none : drift.mended(view.accounts.length);
  return {
    title: day === undefined ? drift.titleUndated : drift.title(day),
    blocks: [
      section(joined([drift.about(view.findings, view.calls), found])),
      ...packed(shown.map((account) => row(account, w))),
      ...(rest > 0 ? [context(mrk`${w.bulletin.restAccounts(rest)}`)] : []),
      ...insteadOf(page),
    ],
  };
}

function row({ account, opened, closed, changed }: DriftView, w: Words): SafeMrkdwn {
  const { drift } = w.bulletin;
  const parts = [
    opened > 0 ? drift.opened(opened) : '',
    closed > 0 ? drift.closed(closed) : '',
    changed > 0 ? drift.changed(changed) : '',
  ].filter((part) => part !== '');
  return mrk`• ${accountLabel(account, w)} — ${w.bulletin.listed(parts)}`;
}
