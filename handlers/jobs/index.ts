import { z } from 'zod';
import type { Bot } from '../composition';
import { CheckJob, runCheck } from './check';
import { RequestsJob, runRequests } from './requests';

/** A read too slow for three seconds, done for one person. */
export const Job = z.discriminatedUnion('job', [CheckJob, RequestsJob]);
export type Job = z.infer<typeof Job>;

export async function runJob(job: Job, bot: Bot): Promise<void> {
  switch (job.job) {
    case 'check':
      return runCheck(job, bot);
    case 'requests':
      return runRequests(job, bot);
  }
}
