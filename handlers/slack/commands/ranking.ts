import { drawRankingProblem } from '../../../blocks/cards/misread';
import { rankingChoices, rankingOf } from '../../../src/scores';
import { written } from './account';
import { queueList } from './queue-list';
import type { Subcommand } from './subcommand';

export const rankingCommand: Subcommand = {
  name: 'ranking',
  usage: '/secops ranking [production|non-production|PROJECT]',
  about: {
    ja: 'スコアのランキングと組織全体のスコアを表示します。本番か開発、またはプロジェクト名で絞り込めます。',
    en: 'The ranking of scores, and the organisation’s own: of all accounts, of production or not, or of a project.',
  },
  async execute(typed, bot) {
    if (typed.args.length === 0) {
      await queueList('ranking', typed, bot, {});
      return undefined;
    }
    const name = written(typed.args);
    const registered = bot.accounts.list();
    const of = rankingOf(name, registered);
    if (of === undefined) return drawRankingProblem(name, rankingChoices(name, registered), typed.language);
    await queueList('ranking', typed, bot, { of });
    return undefined;
  },
};
