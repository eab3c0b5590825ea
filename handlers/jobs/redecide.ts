import * as z from 'zod';
import { accountId } from '../../src/accounts';
import { modeChanged, rememberApplied } from '../../src/clock';
import { redecideRequest } from '../../src/requests';
import type { Bot } from '../composition';

/** The issues of one account, or of one of its controls, are decided anew by the rules in force. */
export const RedecideJob = z.object({
  job: z.literal('redecide'),
  account: z.string(),
  /** Lower case, as in a request's subject; absent: all of them. */
  control: z.string().optional(),
});

export async function runRedecide(job: z.infer<typeof RedecideJob>, bot: Bot): Promise<void> {
  const id = accountId(job.account);
  if (id === undefined) return;
  const { intake, ports } = bot;
  // The rules have just changed: what this worker remembers may be older than the job.
  await bot.policies.refresh('now');
  const account = intake.accounts(id);
  const emit = job.control === undefined && (await modeChanged(account, ports.table));
  let moved = 0;
  for (const key of await intake.known.requestsOf(id)) {
    if (job.control !== undefined && key.subject !== job.control) continue;
    moved += await redecideRequest(key, intake, emit);
  }
  if (job.control === undefined) await rememberApplied(account, intake.policy(), ports.table);
  ports.log.info('issues decided anew', { account: id, count: moved });
}
