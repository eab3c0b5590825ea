import type { Account, Principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS } from '../ids';
import { actions, button, type Message, message, section } from '../kit';
import { accountLabel, addressed } from '../phrases';
import { words } from '../words';

/** It was asked for by command: what comes next is told elsewhere. */
export function drawOwnerAsked(
  asked: { readonly account: Account; readonly owner: Principal; readonly claims: boolean },
  language: Language,
): Message {
  const w = words(language);
  const name = accountLabel(asked.account, w);
  const { command } = w.owners;
  const said = asked.claims ? command.claimed(name) : command.asked(name, addressed(asked.owner, w));
  return message(said, [section(said)]);
}

/** The button that opens the dialog, for whoever may do something with it; it says to all others why they may not. */
export function drawOwnerOffer(
  { account, offer }: { readonly account: Account; readonly offer: 'set' | 'claim' | 'nothing' },
  language: Language,
): Message {
  const w = words(language);
  const said = w.owners.command.openDialog(accountLabel(account, w));
  const label = account.registered ? w.owners.set : w.owners.register;
  return message(said, [
    section(said),
    actions(`${BLOCKS.account}:${account.id}`, [
      button(ACTIONS.setOwner, offer === 'claim' ? w.owners.claim : label, account.id, 'primary'),
    ]),
  ]);
}
