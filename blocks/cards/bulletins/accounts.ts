import type { KnownBlock, SectionBlock } from '@slack/types';
import type { OwnerlessView, UnregisteredView } from '../../../src/bulletins';
import { ACTIONS, BLOCKS } from '../../ids';
import { actions, button, context, date, joined, mrk, type SafeMrkdwn, section } from '../../kit';
import { accountLabel } from '../../phrases';
import { type BulletinPage, type Drawn, insteadOf, type ViewOf } from './bulletin-page';

type Page = BulletinPage<ViewOf<'accounts'>>;

/** Accounts that are named, with a button each: both kinds together. */
const NAMED = 10;

/** The one list of accounts that nobody answers for, or that nobody has registered. */
export function drawAccounts(page: Page): Drawn {
  const { view, words: w, room } = page;
  const { bulletin } = w.owners;
  const all = view.ownerless.length + view.unregistered.length;
  if (all === 0) {
    return { title: `✅ ${bulletin.none}`, blocks: [section(bulletin.noneText), ...insteadOf(page)] };
  }
  const named = Math.min(NAMED, room.lines);
  // Half of the room each, and what one kind leaves is for the other.
  const unregistered = view.unregistered.slice(
    0,
    Math.max(Math.ceil(named / 2), named - view.ownerless.length),
  );
  const ownerless = view.ownerless.slice(0, named - unregistered.length);
  const rest = all - ownerless.length - unregistered.length;
  return {
    title: `👤 ${bulletin.title(all)}`,
    blocks: [
      ...(ownerless.length === 0 ? [] : [section(bulletin.ownerless(view.ownerless.length))]),
      ...ownerless.map((line) => ownerlessRow(line, page)),
      ...(unregistered.length === 0 ? [] : [section(bulletin.unregistered(view.unregistered.length))]),
      ...unregistered.map((line) => unregisteredRow(line, page)),
      ...(rest > 0 ? [context(bulletin.more(rest))] : []),
      ...insteadOf(page),
      csvButton(page),
    ],
  };
}

function row(account: OwnerlessView['account'], text: SafeMrkdwn, label: string, page: Page): SectionBlock {
  // What nobody has registered is checked on its way into the register.
  const pressed = button(account.registered ? ACTIONS.setOwner : ACTIONS.registerAccount, label, account.id);
  return section(text, page.plain ? undefined : pressed);
}

function ownerlessRow({ account, since }: OwnerlessView, page: Page): SectionBlock {
  const { words: w } = page;
  const { bulletin, set } = w.owners;
  const facts = [
    mrk`${w.kind[account.kind]}`,
    bulletin.since(date(since)),
    account.leftOwner === undefined ? mrk`` : bulletin.left,
  ];
  return row(account, joined([mrk`*${accountLabel(account, w)}*`, joined(facts, mrk` · `)]), set, page);
}

function unregisteredRow({ account, since, waiting }: UnregisteredView, page: Page): SectionBlock {
  const { words: w } = page;
  const { bulletin, register } = w.owners;
  const facts = [
    bulletin.since(date(since)),
    waiting === undefined ? mrk`` : mrk`${bulletin.waiting(waiting)}`,
  ];
  return row(account, joined([mrk`*${account.id}*`, joined(facts, mrk` · `)]), register, page);
}

function csvButton({ view, words: w }: Page): KnownBlock {
  return actions(BLOCKS.bulletinActions, [button(ACTIONS.accountsCsv, w.owners.bulletin.csv, view.ref)]);
}
