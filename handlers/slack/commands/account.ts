import { drawAccountProblem } from '../../../blocks/cards/accounts';
import type { Message } from '../../../blocks/kit';
import { findAccount } from '../../../src/accounts';
import { knownAccounts } from '../../account-list';
import type { FrontBot } from '../../composition';
import type { Typed } from './subcommand';

/** What was typed as an account: names may hold spaces, and Slack escapes what is typed. */
export function written(words: readonly string[]): string {
  return words.join(' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/**
 * The account that a command names by its name or id.
 * @param words everything behind the command; none: no account in particular
 * @param usage how the command is typed for one account
 * @returns its id, or the answer when no single account is meant
 */
export async function accountArgument(
  words: readonly string[],
  usage: (account: string) => string,
  { language }: Pick<Typed, 'language'>,
  bot: FrontBot,
): Promise<{ readonly account?: string } | { readonly answer: Message }> {
  if (words.length === 0) return {};
  const typed = written(words);
  const accounts = await knownAccounts(bot);
  const found = findAccount(typed, accounts);
  const example = accounts[0]?.name ?? '111122223333';
  return 'found' in found
    ? { account: found.found }
    : { answer: drawAccountProblem(typed, found, { usage, example }, language) };
}
