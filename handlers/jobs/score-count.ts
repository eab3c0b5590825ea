import { z } from 'zod';
import { accountId } from '../../src/accounts';
import { type CountMessage, countAccount } from '../../src/scores';
import type { Bot } from '../composition';

/** Counts an account whose clock has come. */
export const ScoreCountJob = z.object({
  job: z.literal('score-count'),
  account: z.string(),
}) satisfies z.ZodType<CountMessage>;

export async function runScoreCount(job: CountMessage, bot: Bot): Promise<void> {
  const account = accountId(job.account);
  if (account === undefined) return;
  await countAccount(account, bot.counts);
}
