import { z } from 'zod';
import type { Bot } from '../composition';
import { CheckJob, runCheck } from './check';
import { MentionJob, runMention } from './mention';
import { QuestionsJob, runQuestions } from './questions';
import { ReconcileJob, runReconcile } from './reconcile';
import { RedecideJob, runRedecide } from './redecide';
import { RequestsJob, runRequests } from './requests';

/** A read too slow for three seconds, done for one person. */
export const Job = z.discriminatedUnion('job', [
  CheckJob,
  MentionJob,
  QuestionsJob,
  ReconcileJob,
  RedecideJob,
  RequestsJob,
]);
export type Job = z.infer<typeof Job>;

export async function runJob(job: Job, bot: Bot): Promise<void> {
  switch (job.job) {
    case 'check':
      return runCheck(job, bot);
    case 'reconcile':
      return runReconcile(job, bot);
    case 'mention':
      return runMention(job, bot);
    case 'questions':
      return runQuestions(job, bot);
    case 'redecide':
      return runRedecide(job, bot);
    case 'requests':
      return runRequests(job, bot);
  }
}
