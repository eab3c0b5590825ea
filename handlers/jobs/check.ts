import * as z from 'zod';
import { drawAnswer, drawCheck } from '../../blocks/cards/answers';
import { principal } from '../../src/accounts';
import { checkRequest, parseRequestRef } from '../../src/requests';
import type { Bot } from '../composition';

/** "Check now": Security Hub is asked about one request. */
export const CheckJob = z.object({
  job: z.literal('check'),
  user: z.string(),
  record: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
});

export async function runCheck(job: z.infer<typeof CheckJob>, bot: Bot): Promise<void> {
  const user = principal(job.user);
  const key = parseRequestRef(job.record);
  const request = key && (await bot.intake.requests.load(key));
  if (user === undefined) return;
  const language = await bot.languageOf(user);
  const say = (message: Parameters<typeof bot.ports.slack.ephemeral>[2]) =>
    bot.ports.slack.ephemeral(job.channel, user, message, job.thread);
  if (key === undefined || request === undefined) {
    await say(drawAnswer({ kind: 'outcome', outcome: 'gone' }, language));
    return;
  }
  const checked = await checkRequest(key, bot.intake);
  await say(
    drawCheck(
      {
        ...checked,
        control: request.control,
        account: bot.intake.accounts(key.account),
        schedule: bot.config.catalogue.find(request.control)?.schedule,
      },
      language,
    ),
  );
}
