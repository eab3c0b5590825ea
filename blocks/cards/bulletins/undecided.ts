import type { Button, ConfirmationDialog, KnownBlock } from '@slack/types';
import { ACCOUNT_KINDS } from '../../../src/accounts';
import { answerLine, TREATMENTS, type Treatment } from '../../../src/policy';
import { ACTIONS, BLOCKS } from '../../ids';
import {
  actions,
  button,
  cleanLine,
  code,
  context,
  cut,
  date,
  excerpt,
  joined,
  mrk,
  plain,
  section,
} from '../../kit';
import { accountLabel, addressed, policyRow, severityDot } from '../../phrases';
import { type BulletinPage, type Drawn, insteadOf, packed, type ViewOf } from './bulletin-page';

type Page = BulletinPage<ViewOf<'undecided'>>;

const ACCOUNTS = 10;
const BUTTONS: Record<Treatment, string> = {
  track: ACTIONS.decideTrack,
  notify: ACTIONS.decideNotify,
  ignore: ACTIONS.decideIgnore,
  leave: ACTIONS.decideLeave,
};

/** A control that nobody has decided on: what policy would propose, what it touches, and the decision. */
export function drawUndecided(page: Page): Drawn {
  const { view, words: w, room } = page;
  const { undecided } = w.bulletin;
  const control = cut(cleanLine(view.control).trim(), 60);
  const title = view.answer === undefined ? undecided.title(control) : undecided.decided(control);
  return {
    title: `${view.answer === undefined ? severityDot(view.severity) : '✅'} ${title}`,
    blocks: [
      section(
        joined([
          mrk`*${excerpt(view.title, room.title)}*`,
          mrk`${w.answers.policySeverity}: ${w.severity[view.severity]}`,
        ]),
      ),
      ...(view.answer === undefined ? [section(undecided.about)] : answer(view.answer, page)),
      ...(view.answer === undefined ? proposal(page) : []),
      ...touched(page),
      ...insteadOf(page),
      ...(view.answer === undefined ? [decisions(page, control)] : []),
    ],
  };
}

function proposal({ view, words: w }: Page): KnownBlock[] {
  const rows = ACCOUNT_KINDS.map((kind) => policyRow(w.kind[kind], view.proposals[kind], w));
  return [section(joined([mrk`*${w.bulletin.undecided.proposal}*`, ...rows]))];
}

function touched({ view, words: w, room }: Page): KnownBlock[] {
  const { undecided } = w.bulletin;
  if (view.accounts.length === 0) return [section(undecided.nowhere)];
  const shown = view.accounts.slice(0, Math.min(ACCOUNTS, room.lines));
  const rest = view.accounts.length - shown.length;
  const lines = shown.map(
    ({ account, issues }) =>
      mrk`• ${accountLabel(account, w)} — ${w.kind[account.kind]} · ${w.bulletin.issues(issues)}`,
  );
  return [
    ...packed([mrk`*${undecided.touches(view.accounts.length, issuesOf(view))}*`, ...lines]),
    ...(rest > 0 ? [context(mrk`${w.bulletin.restAccounts(rest)}`)] : []),
  ];
}

function issuesOf(view: Page['view']): number {
  return view.accounts.reduce((sum, { issues }) => sum + issues, 0);
}

function decisions({ view, words: w }: Page, control: string): KnownBlock {
  const { undecided } = w.bulletin;
  const accounts = view.accounts.length;
  const what = accounts === 0 ? undecided.whatever : undecided.affected(accounts, issuesOf(view));
  const decision = (treatment: Treatment): Button => {
    const effect = undecided.effect[treatment](what);
    const confirm: ConfirmationDialog = {
      title: plain(undecided.confirmTitle(control), 100),
      text: plain(undecided.confirmText(effect), 300),
      confirm: plain(undecided.confirm, 30),
      deny: plain(undecided.back, 30),
    };
    return { ...button(BUTTONS[treatment], undecided.decide[treatment], view.ref), confirm };
  };
  return actions(BLOCKS.decide, TREATMENTS.map(decision));
}

function answer(given: NonNullable<Page['view']['answer']>, { view, words: w }: Page): KnownBlock[] {
  const { undecided } = w.bulletin;
  const who = addressed(given.who, w);
  return [
    section(undecided.answered(who, undecided.decide[given.treatment], date(given.at))),
    section(undecided.keep(code(answerLine({ control: view.control, treatment: given.treatment }), 500))),
  ];
}
