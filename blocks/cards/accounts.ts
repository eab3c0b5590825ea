import type { ActionsBlock, PlainTextOption } from '@slack/types';
import type { Account, FoundAccount } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import {
  actions,
  cleanLine,
  code,
  cutMiddle,
  joined,
  LIMITS,
  type Message,
  message,
  mrk,
  option,
  plain,
  section,
} from '../kit';
import { accountLabel } from '../phrases';
import { type Words, words } from '../words';

/** What is chosen by an option that chooses no account in particular. */
export const EVERY_ACCOUNT = 'all';

/** A menu of accounts that asks for its options while somebody types. */
export function accountPicker(
  action: string,
  blockId: string,
  chosen: Pick<Account, 'id' | 'name'> | undefined,
  w: Words,
): ActionsBlock {
  return actions(blockId, [
    {
      type: 'external_select',
      action_id: action,
      placeholder: plain(w.accounts.pick, LIMITS.placeholder),
      // Without it Slack asks only after three characters.
      min_query_length: 0,
      ...(chosen && { initial_option: accountOption(chosen, w) }),
    },
  ]);
}

/** `name (id)`: of a long name the middle goes, of the id nothing. */
function accountOption(account: Pick<Account, 'id' | 'name'>, w: Words): PlainTextOption {
  const name = cleanLine(account.name ?? '').trim();
  const id = ` (${account.id})`;
  const text = name === '' ? accountLabel(account, w) : cutMiddle(name, LIMITS.option - id.length) + id;
  return option(text, account.id);
}

/**
 * The options of the menu, as many as Slack shows.
 * @param every true where all accounts together may be chosen too
 */
export function accountOptions(
  accounts: readonly Pick<Account, 'id' | 'name'>[],
  every: boolean,
  language: Language,
): PlainTextOption[] {
  const w = words(language);
  return [
    ...(every ? [option(w.accounts.everything, EVERY_ACCOUNT)] : []),
    ...accounts.map((account) => accountOption(account, w)),
  ].slice(0, LIMITS.options);
}

/**
 * No account, or more than one, is meant by what was typed: says so, and what may have been meant.
 * @param command how it is typed for an account, and an account to show it with where none is near
 */
export function drawAccountProblem(
  typed: string,
  found: Exclude<FoundAccount, { found: string }>,
  command: { readonly usage: (account: string) => string; readonly example: string },
  language: Language,
): Message {
  const w = words(language);
  const said = (found.problem === 'several' ? w.accounts.several : w.accounts.unknown)(code(typed, 100));
  const near = found.near.map(
    (account) => mrk`• ${accountLabel(account, w)}: ${code(command.usage(account.id), 120)}`,
  );
  const next =
    near.length > 0
      ? [w.accounts.near, ...near]
      : [w.accounts.example(code(command.usage(command.example), 120))];
  return message(said, [section(joined([said, ...next]))]);
}
