import { drawNobody, drawScoreProblem } from '../../../blocks/cards/misread';
import type { Message } from '../../../blocks/kit';
import { accountsOfProject, findAccount, principal, suggestAccounts } from '../../../src/accounts';
import { knownAccounts } from '../../account-list';
import type { FrontBot } from '../../composition';
import type { ScoreJob } from '../../jobs/score';
import { written } from './account';
import { queueList } from './queue-list';
import type { Subcommand, Typed } from './subcommand';

/** A user or a user group as Slack writes one into an escaped command. */
const WHO = /^<(?:@|!subteam\^)([UWS][A-Z0-9]+)(?:\|[^>]*)?>$/;

type Meant = Pick<ScoreJob, 'of'> | { readonly answer: Message };

/** Whose scores are meant, or the answer when that cannot be told. */
async function scoresMeant({ args, language }: Typed, bot: FrontBot): Promise<Meant> {
  if (args.length === 0) return {};
  const person = principal(WHO.exec(args.join(' '))?.[1] ?? '');
  if (person !== undefined) return { of: { person } };
  // A name that Slack could not turn into a person.
  if (/^[<@]/.test(args[0] ?? '')) return { answer: drawNobody(language) };

  const typed = written(args);
  const accounts = await knownAccounts(bot);
  const found = findAccount(typed, accounts);
  const project = accountsOfProject(typed, bot.accounts.list());
  // A project and one of its accounts may have the same name: the project's list holds that account's id.
  const elsewhere = 'found' in found && !project.some(({ id }) => id === found.found);
  if (project.length > 0 && !elsewhere) return { of: { project: typed } };
  if ('found' in found) return { of: { account: found.found } };
  // Only read, and named in the answer: here a part of a name may be taken for the whole.
  const holding = suggestAccounts(typed, accounts, 2);
  const [only] = holding;
  if (only !== undefined && holding.length === 1) return { of: { account: only.id } };
  const several = found.problem === 'several' || holding.length > 1;
  const example = accounts[0]?.name ?? '111122223333';
  return {
    answer: drawScoreProblem(typed, found.near, several ? 'several' : 'unknown', example, language),
  };
}

export const scoreCommand: Subcommand = {
  name: 'score',
  usage: '/secops score [ACCOUNT|PROJECT|@USER]',
  about: {
    ja: 'セキュリティスコアと、スコアを上げる近道を表示します。何も付けなければ自分のアカウント、セキュリティチームではすべてのアカウントです。',
    en: 'Security scores and the quickest way up: of your accounts, of one account, a project, or a person’s.',
  },
  async execute(typed, bot) {
    const meant = await scoresMeant(typed, bot);
    if ('answer' in meant) return meant.answer;
    await queueList('score', typed, bot, meant);
    return undefined;
  },
};
