import * as z from 'zod';
import { drawQuestions, QUESTIONS_PAGE } from '../../blocks/cards/questions';
import { accountId, principal } from '../../src/accounts';
import { listQuestions, type Question } from '../../src/questions';
import type { Bot } from '../composition';
import { cardLink } from './card-link';

/** The list of questions to the security team. */
export const QuestionsJob = z.object({
  job: z.literal('questions'),
  user: z.string(),
  status: z.enum(['open', 'all']),
  /** One account's; absent: everybody's. */
  account: z.string().optional(),
  page: z.int().min(1),
  responseUrl: z.url(),
  /** True when the pages are turned: the message is replaced. */
  turn: z.boolean(),
});
export type QuestionsJob = z.infer<typeof QuestionsJob>;

async function listed(question: Question, bot: Bot) {
  const request = await bot.intake.requests.load(question.request);
  return {
    question,
    account: bot.intake.accounts(question.request.account),
    ...(request && (await cardLink(request.card, bot))),
  };
}

export async function runQuestions(job: QuestionsJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  if (user === undefined) return;
  const account = accountId(job.account ?? '');
  const { questions, mostAsked } = listQuestions(await bot.questions.all(), {
    status: job.status,
    ...(account !== undefined && { account }),
  });
  const pages = Math.max(1, Math.ceil(questions.length / QUESTIONS_PAGE));
  const page = Math.min(job.page, pages);
  const shown = questions.slice((page - 1) * QUESTIONS_PAGE, page * QUESTIONS_PAGE);
  const message = drawQuestions(
    {
      questions: await Promise.all(shown.map((question) => listed(question, bot))),
      mostAsked,
      status: job.status,
      page,
      pages,
      total: questions.length,
      ...(account !== undefined && { account: bot.intake.accounts(account) }),
    },
    await bot.languageOf(user),
  );
  await bot.ports.respond(job.responseUrl, { ...message, replaceOriginal: job.turn });
}
