import type { KnownBlock } from '@slack/types';
import type { Account } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS } from '../ids';
import {
  actions,
  button,
  context,
  header,
  joined,
  type Message,
  message,
  mrk,
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, addressed } from '../phrases';
import { type Words, words } from '../words';

/** How many accounts one page of the list shows. */
export const ACCOUNT_PAGE = 10;

export interface ListedAccount {
  readonly account: Account;
  readonly openRequests: number;
}

export interface AccountList {
  /** Those of this page, at most `ACCOUNT_PAGE`. */
  readonly accounts: readonly ListedAccount[];
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** Accounts that send findings and are not in the list. */
  readonly unregistered: number;
}

/** The registered accounts, page by page. */
export function drawAccountList(list: AccountList, language: Language): Message {
  const w = words(language);
  const title = w.owners.list.title(list.total);
  const beside = list.unregistered > 0 ? [context(w.owners.list.unregistered(list.unregistered))] : [];
  if (list.total === 0) return message(w.owners.list.empty, [section(w.owners.list.empty), ...beside]);
  return message(mrk`${title}`, [
    header(title),
    ...list.accounts.slice(0, ACCOUNT_PAGE).map((line) => row(line, w)),
    ...beside,
    ...(list.pages > 1 ? turning(list, w) : []),
  ]);
}

function row({ account, openRequests }: ListedAccount, w: Words): KnownBlock {
  const { list } = w.owners;
  const state: SafeMrkdwn[] = [
    mrk`${w.kind[account.kind]}`,
    mrk`${list.modes[account.mode]}`,
    account.status === 'closed' ? mrk`${list.closed}` : mrk``,
    mrk`${list.open(openRequests)}`,
  ];
  const owner = account.owner === undefined ? list.noOwner : list.owner(addressed(account.owner, w));
  return section(
    joined([mrk`*${accountLabel(account, w)}*`, joined(state, mrk` · `), owner]),
    button(ACTIONS.showAccount, list.show, account.id),
  );
}

function turning({ page, pages }: AccountList, w: Words): KnownBlock[] {
  return [
    context(w.owners.list.page(page, pages)),
    actions(BLOCKS.accountPages, [
      ...(page > 1 ? [button(ACTIONS.previousAccounts, w.resources.previous, String(page - 1))] : []),
      ...(page < pages ? [button(ACTIONS.nextAccounts, w.resources.next, String(page + 1))] : []),
    ]),
  ];
}
