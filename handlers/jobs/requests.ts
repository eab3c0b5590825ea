import * as z from 'zod';
import { drawList, LIST_PAGE } from '../../blocks/cards/answers';
import { accountId, principal } from '../../src/accounts';
import type { Bot } from '../composition';
import { requestsFor } from '../requests-for';
import { listedRequest } from './listed-request';

/** The list of open requests, most urgent first. */
export const RequestsJob = z.object({
  job: z.literal('requests'),
  user: z.string(),
  /** One account's; absent: the person's own, for the security team everybody's. */
  account: z.string().optional(),
  page: z.int().min(1),
  responseUrl: z.url(),
  /** True when the pages are turned: the message is replaced. */
  turn: z.boolean(),
});
export type RequestsJob = z.infer<typeof RequestsJob>;

export async function runRequests(job: RequestsJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  if (user === undefined) return;
  const account = accountId(job.account ?? '');
  const { all, mine } = await requestsFor(user, account, bot);
  const pages = Math.max(1, Math.ceil(all.length / LIST_PAGE));
  const page = Math.min(job.page, pages);
  const shown = all.slice((page - 1) * LIST_PAGE, page * LIST_PAGE);
  const language = await bot.languageOf(user);
  const message = drawList(
    {
      requests: await Promise.all(shown.map((request) => listedRequest(request, language, bot))),
      page,
      pages,
      total: all.length,
      mine,
      several: all.filter(({ kind }) => kind === 'control').length > 1,
      ...(account !== undefined && { account: bot.intake.accounts(account) }),
    },
    language,
  );
  await bot.ports.respond(job.responseUrl, { ...message, replaceOriginal: job.turn });
}
