import type { FrontBot } from '../../composition';
import type { ExceptionsJob } from '../../jobs/exceptions';
import { accountArgument } from './account';
import { queueList } from './queue-list';
import type { Subcommand, Typed } from './subcommand';

/** Queues the list for whoever asked; it comes through the response URL. */
export async function queueExceptions(
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: FrontBot,
  which: Pick<ExceptionsJob, 'account' | 'page' | 'turn'>,
): Promise<void> {
  await queueList('exceptions', typed, bot, which);
}

export const exceptionsCommand: Subcommand = {
  name: 'exceptions',
  usage: '/secops exceptions [ACCOUNT]',
  about: {
    ja: 'いま有効な抑制を、期限の近いものから順に表示します。アカウント名か 12 桁の ID で絞り込めます。',
    en: 'Suppressions in force, the one that ends first at the top; of one account by its name or id.',
  },
  async execute(typed, bot) {
    const found = await accountArgument(typed.args, (account) => `/secops exceptions ${account}`, typed, bot);
    if ('answer' in found) return found.answer;
    await queueExceptions(typed, bot, { ...found, page: 1, turn: false });
    return undefined;
  },
};
