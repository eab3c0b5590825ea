import { type Answer, drawAnswer } from '../blocks/cards/answers';
import { OWNER_PROBLEMS } from '../blocks/words/sections/owners';
import { MISSING_OF_ACCOUNT } from '../src/account-requests';
import type { Principal } from '../src/accounts';
import type { Verdict } from '../src/changes';
import type { Log } from '../src/log';
import type { Language } from '../src/playbooks';
import type { Settings } from '../src/settings';
import { type Slack, SlackRefused } from '../src/slack';
import { approversFor } from './approvers-for';

/** What telling somebody needs. */
export interface Teller {
  readonly slack: Slack;
  readonly log: Log;
  readonly settings: Settings;
  readonly languageOf: (person: Principal) => Promise<Language>;
}

/** What is said about a change that people have to approve. */
function approvalAnswer(verdict: Verdict, settings: Settings): Answer | undefined {
  const { change, outcome, ruling } = verdict;
  const needs = ruling?.effect === 'needs approval' ? ruling.needs : [];
  switch (outcome) {
    case 'waiting':
      return { kind: 'waiting', needs, ...(change.asked && { until: change.asked.until }) };
    case 'stale':
    case 'own':
    case 'expired':
      return { kind: 'approval', outcome };
    case 'withdrawn':
      return { kind: 'approval', outcome: 'taken-back' };
    case 'already':
      return change.asked && { kind: 'approval', outcome: 'over' };
    case 'no-approver':
      return { kind: 'no-approver', needs, ask: approversFor(needs, settings) };
    case 'refused':
      return change.denial && { kind: 'refused', by: change.denial.by.id, reason: change.denial.reason };
    default:
      return undefined;
  }
}

function answerOf(verdict: Verdict, settings: Settings): Answer {
  if (verdict.outcome === 'denied' && verdict.ruling && verdict.ruling.effect !== 'allow') {
    const { ruling } = verdict;
    const leads = ruling.effect === 'needs approval' && ruling.needs.some(({ of }) => of === 'lead');
    return { kind: 'ruling', ruling, ask: leads ? settings.SECURITY_LEADS : settings.SECURITY_ANALYSTS };
  }
  const aboutApproval = approvalAnswer(verdict, settings);
  if (aboutApproval) return aboutApproval;
  if (verdict.outcome === 'already') return { kind: 'outcome', outcome: 'already' };
  if (verdict.outcome === 'failed') {
    const { failure } = verdict.change;
    // Somebody else was faster.
    if (failure === 'ended') return { kind: 'exception', outcome: 'ended' };
    if (failure === 'too-late') return { kind: 'exception', outcome: 'tooLate' };
    if (failure === 'registered' || failure === 'under-way') {
      return { kind: 'registering', outcome: failure };
    }
    const missing = MISSING_OF_ACCOUNT.find((known) => known === failure);
    if (missing !== undefined) return { kind: 'missing', of: missing };
    if (failure === 'answered') return { kind: 'outcome', outcome: 'already' };
    const problem = OWNER_PROBLEMS.find((known) => known === failure);
    if (problem !== undefined) return { kind: 'owner problem', problem };
    return { kind: 'outcome', outcome: failure === 'gone' || failure === 'nothing-open' ? 'gone' : 'failed' };
  }
  return { kind: 'uncertain', reference: verdict.change.id };
}

/** Tells the person who asked what the card does not say: denied, failed, or nobody knows. */
export async function tellVerdict(verdict: Verdict, teller: Teller): Promise<void> {
  if (verdict.replyTo === undefined) return;
  const language = await teller.languageOf(verdict.to.id);
  const message = drawAnswer(answerOf(verdict, teller.settings), language);
  const { channel, thread } = verdict.replyTo;
  try {
    await teller.slack.ephemeral(channel, verdict.to.id, message, thread);
  } catch (error) {
    if (!(error instanceof SlackRefused)) throw error;
    // They have left the channel since: the record keeps the answer, and nothing is gained by trying again.
    teller.log.warn('a person could not be answered', { change: verdict.change.id, code: error.code });
  }
}
