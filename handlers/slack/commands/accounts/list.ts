import type { FrontBot } from '../../../composition';
import type { AccountsJob } from '../../../jobs/accounts';
import { queueList } from '../queue-list';
import type { Subcommand, Typed } from '../subcommand';

/** Queues the list for whoever asked; it comes through the response URL. */
export async function queueAccounts(
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: FrontBot,
  which: Pick<AccountsJob, 'page' | 'turn'>,
): Promise<void> {
  await queueList('accounts', typed, bot, which);
}

export const listAccounts: Subcommand = {
  name: 'list',
  usage: '/secops account list',
  about: {
    ja: '登録されているアカウントを、責任者のいないものから順に表示します。',
    en: 'The registered accounts, those without an owner first.',
  },
  async execute(typed, bot) {
    await queueAccounts(typed, bot, { page: 1, turn: false });
    return undefined;
  },
};
