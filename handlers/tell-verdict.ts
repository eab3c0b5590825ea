import { type Answer, drawAnswer } from '../blocks/cards/answers';
import type { Principal } from '../src/accounts';
import type { Verdict } from '../src/changes';
import type { Log } from '../src/log';
import type { Language } from '../src/playbooks';
import type { Settings } from '../src/settings';
import { type Slack, SlackRefused } from '../src/slack';

/** What telling somebody needs. */
export interface Teller {
  readonly slack: Slack;
  readonly log: Log;
  readonly settings: Settings;
  readonly languageOf: (person: Principal) => Promise<Language>;
}

function answerOf(verdict: Verdict, settings: Settings): Answer {
  if (verdict.outcome === 'denied' && verdict.ruling && verdict.ruling.effect !== 'allow') {
    const { ruling } = verdict;
    const leads = ruling.effect === 'needs approval' && ruling.of === 'lead';
    return { kind: 'ruling', ruling, ask: leads ? settings.SECURITY_LEADS : settings.SECURITY_ANALYSTS };
  }
  if (verdict.outcome === 'already') return { kind: 'outcome', outcome: 'already' };
  if (verdict.outcome === 'failed') {
    const { failure } = verdict.change;
    // Somebody else was faster.
    if (failure === 'answered') return { kind: 'outcome', outcome: 'already' };
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
