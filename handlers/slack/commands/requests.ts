import type { FrontBot } from '../../composition';
import type { RequestsJob } from '../../jobs/requests';
import { accountArgument } from './account';
import { queueList } from './queue-list';
import type { Subcommand, Typed } from './subcommand';

/** Queues the list for whoever asked; it comes through the response URL. */
export async function queueRequests(
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: FrontBot,
  which: Pick<RequestsJob, 'account' | 'page' | 'turn'>,
): Promise<void> {
  await queueList('requests', typed, bot, which);
}

export const requestsCommand: Subcommand = {
  name: 'requests',
  usage: '/secops requests [ACCOUNT]',
  about: {
    ja: '未対応の依頼を緊急度の高い順に表示します。アカウント名か 12 桁の ID で絞り込めます。',
    en: 'Open requests, most urgent first; of one account by its name or id.',
  },
  async execute(typed, bot) {
    const found = await accountArgument(typed.args, (account) => `/secops requests ${account}`, typed, bot);
    if ('answer' in found) return found.answer;
    await queueRequests(typed, bot, { ...found, page: 1, turn: false });
    return undefined;
  },
};
