import { drawAnswer } from '../../../blocks/cards/answers';
import { accountId } from '../../../src/accounts';
import { derivedId } from '../../../src/store';
import type { Bot } from '../../composition';
import type { Subcommand, Typed } from './subcommand';

/** An account by its id or its name. */
function findAccount(text: string, bot: Bot): string | undefined {
  const wanted = text.toLowerCase();
  return accountId(text) ?? bot.config.accounts.list().find(({ name }) => name?.toLowerCase() === wanted)?.id;
}

/** Queues the list for whoever asked; it comes through the response URL. */
export async function queueRequests(
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: Bot,
  which: { readonly account?: string; readonly page: number; readonly turn: boolean },
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
    const [text] = typed.args;
    const account = text === undefined ? undefined : findAccount(text, bot);
    if (text !== undefined && account === undefined) {
      const known = bot.config.accounts.list()[0];
      return drawAnswer(
        {
          kind: 'unknown command',
          typed: `/secops requests ${text}`,
          nearest: `/secops requests ${known?.name ?? '111122223333'}`,
        },
        typed.language,
      );
    }
    await queueRequests(typed, bot, { ...(account !== undefined && { account }), page: 1, turn: false });
    return undefined;
  },
};
