import * as z from 'zod';
import type { Bot } from '../composition';
import { AccountJob, runAccount } from './account';
import { AccountsJob, runAccounts } from './accounts';
import { CheckJob, runCheck } from './check';
import { ExceptionsJob, runExceptions } from './exceptions';
import { HistoryJob, runHistory } from './history';
import { HomeJob, runHome } from './home';
import { MentionJob, runMention } from './mention';
import { QuestionsJob, runQuestions } from './questions';
import { RankingJob, runRanking } from './ranking';
import { ReconcileJob, runReconcile } from './reconcile';
import { RedecideJob, runRedecide } from './redecide';
import { RequestsJob, runRequests } from './requests';
import { runScore, ScoreJob } from './score';
import { runScoreCount, ScoreCountJob } from './score-count';

/** A read too slow for three seconds, done for one person. */
export const Job = z.discriminatedUnion('job', [
  AccountJob,
  AccountsJob,
  CheckJob,
  ExceptionsJob,
  HistoryJob,
  HomeJob,
  MentionJob,
  QuestionsJob,
  RankingJob,
  ReconcileJob,
  RedecideJob,
  RequestsJob,
  ScoreCountJob,
  ScoreJob,
]);
export type Job = z.infer<typeof Job>;

export async function runJob(job: Job, bot: Bot): Promise<void> {
  switch (job.job) {
    case 'account':
      return runAccount(job, bot);
    case 'accounts':
      return runAccounts(job, bot);
    case 'check':
      return runCheck(job, bot);
    case 'exceptions':
      return runExceptions(job, bot);
    case 'history':
      return runHistory(job, bot);
    case 'home':
      return runHome(job, bot);
    case 'reconcile':
      return runReconcile(job, bot);
    case 'mention':
      return runMention(job, bot);
    case 'questions':
      return runQuestions(job, bot);
    case 'ranking':
      return runRanking(job, bot);
    case 'redecide':
      return runRedecide(job, bot);
    case 'requests':
      return runRequests(job, bot);
    case 'score':
      return runScore(job, bot);
    case 'score-count':
      return runScoreCount(job, bot);
  }
}
