import type { FrontBot } from '../../composition';
import type { QuestionsJob } from '../../jobs/questions';
import { accountArgument } from './account';
import { queueList } from './queue-list';
import type { Subcommand, Typed } from './subcommand';

/** Queues the list for whoever asked; it comes through the response URL. */
export async function queueQuestions(
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: FrontBot,
  which: Pick<QuestionsJob, 'status' | 'account' | 'page' | 'turn'>,
): Promise<void> {
  await queueList('questions', typed, bot, which);
}

export const questionsCommand: Subcommand = {
  name: 'questions',
  usage: '/secops questions [open|all] [ACCOUNT]',
  about: {
    ja: 'セキュリティチームへの質問を、未回答のものから順に表示します。アカウント名か 12 桁の ID で絞り込めます。',
    en: 'Questions to the security team, open ones first; of one account by its name or id.',
  },
  async execute(typed, bot) {
    const [first = '', ...rest] = typed.args;
    const named = ['open', 'all'].includes(first.toLowerCase());
    const status = first.toLowerCase() === 'all' ? 'all' : 'open';
    const found = await accountArgument(
      named ? rest : typed.args,
      (account) => `/secops questions ${status} ${account}`,
      typed,
      bot,
    );
    if ('answer' in found) return found.answer;
    await queueQuestions(typed, bot, { ...found, status, page: 1, turn: false });
    return undefined;
  },
};
