import { derivedId } from '../../../src/store';
import type { Bot } from '../../composition';
import type { RequestsJob } from '../../jobs/requests';
import { accountArgument } from './account';
import type { Subcommand, Typed } from './subcommand';

/** Queues the list for whoever asked; it comes through the response URL. */
export async function queueRequests(
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: Bot,
  which: Pick<RequestsJob, 'account' | 'page' | 'turn'>,
): Promise<void> {
  await bot.ports.queues.change({
    id: derivedId('requests', typed.user, typed.triggerId),
    version: 0,
    group: typed.user,
    body: { job: 'requests', user: typed.user, responseUrl: typed.responseUrl, ...which },
  });
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
