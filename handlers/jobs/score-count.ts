import * as z from 'zod';
import { accountId } from '../../src/accounts';
import { type CountMessage, celebrateIfDue, countAccount } from '../../src/scores';
import type { Bot } from '../composition';

/** Counts an account whose clock has come, and celebrates it where there is something to celebrate. */
export const ScoreCountJob = z.object({
  job: z.literal('score-count'),
  account: z.string(),
}) satisfies z.ZodType<CountMessage>;

export async function runScoreCount(job: CountMessage, bot: Bot): Promise<void> {
  const account = accountId(job.account);
  if (account === undefined) return;
  const { score } = await countAccount(account, bot.counts);
  await celebrateIfDue(score, bot.celebrations);
}
