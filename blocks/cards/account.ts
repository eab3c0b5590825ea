import type { Account, AccountRecord } from '../../src/accounts';
import { subjectRef } from '../../src/audit';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS } from '../ids';
import {
  actions,
  button,
  channelName,
  context,
  date,
  excerpt,
  fields,
  joined,
  type Message,
  message,
  mrk,
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, addressed } from '../phrases';
import { type Words, words } from '../words';

export interface AccountCard {
  readonly account: Account;
  /** The newest entry of its history; absent for an account that nobody has registered. */
  readonly changed?: Pick<AccountRecord['uncopied'][number], 'at' | 'by' | 'byName'>;
  readonly openRequests: number;
  /** What whoever looks may do about the owner. */
  readonly offer: 'set' | 'claim' | 'nothing';
}

/** Everything that is registered of an account, for whoever asked. Mentions in an ephemeral message call nobody. */
export function drawAccount(
  { account, changed, openRequests, offer }: AccountCard,
  language: Language,
): Message {
  const w = words(language);
  const title = accountLabel(account, w);
  const label = account.registered ? w.owners.set : w.owners.register;
  return message(mrk`${title}`, [
    section(joined([mrk`*${title}*`, ...remarks(account, w)])),
    fields(facts(account, openRequests, w)),
    ...(changed === undefined ? [] : [context(lastChange(changed, w))]),
    actions(`${BLOCKS.account}:${account.id}`, [
      ...(offer === 'nothing'
        ? []
        : [button(ACTIONS.setOwner, offer === 'set' ? label : w.owners.claim, account.id, 'primary')]),
      button(ACTIONS.accountHistory, w.owners.card.history, subjectRef({ account: account.id })),
    ]),
  ]);
}

function remarks({ registered, leftOwner }: Account, { owners, ...w }: Words): SafeMrkdwn[] {
  return [
    ...(registered ? [] : [owners.card.unregistered]),
    ...(leftOwner === undefined ? [] : [owners.card.left(addressed(leftOwner, { owners, ...w }))]),
  ];
}

function facts(account: Account, openRequests: number, w: Words): SafeMrkdwn[] {
  const { card, list } = w.owners;
  const fact = (label: string, value: SafeMrkdwn) => mrk`*${label}*\n${value}`;
  const text = (value: string | undefined) => (value === undefined ? mrk`–` : excerpt(value, 300));
  const who = (id: Account['owner']) => (id === undefined ? mrk`${card.none}` : addressed(id, w));
  const { channel, source } = account;
  return [
    fact(card.owner, who(account.owner)),
    fact(card.deputy, who(account.deputy)),
    fact(card.channel, channel === undefined ? mrk`${card.defaultChannel}` : channelName(channel)),
    fact(card.open, mrk`${openRequests}`),
    fact(card.kind, mrk`${w.kind[account.kind]}`),
    fact(card.mode, mrk`${list.modes[account.mode]}`),
    fact(card.project, text(account.project)),
    fact(card.mail, text(account.mail)),
    fact(card.status, mrk`${card[account.status]}`),
    fact(card.source, source === undefined ? mrk`–` : mrk`${card.sources[source]}`),
  ];
}

function lastChange({ at, by, byName }: NonNullable<AccountCard['changed']>, w: Words): SafeMrkdwn {
  const { changed, changedByBot } = w.owners.card;
  if (by !== undefined) return changed(date(at), addressed(by, w));
  return byName === undefined ? changedByBot(date(at)) : changed(date(at), excerpt(byName, 80));
}
