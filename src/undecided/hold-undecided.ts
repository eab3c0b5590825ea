import { addToBulletin } from '../bulletins';
import { type Issue, queueRedecide } from '../requests';
import { lineOf, type Undecided, undecidedKey } from './undecided';

/**
 * Tells the security team, once a control, that a control fails which nobody has decided on. Called when an issue has
 * been written as `held`, and idempotent.
 */
export async function holdUndecided(
  issue: Pick<Issue, 'account' | 'control' | 'title' | 'severity' | 'since'>,
  undecided: Undecided,
): Promise<void> {
  const { account, control } = issue;
  if (await undecided.policies.answerTo(control)) {
    // Answered a moment ago, and whoever held the issue did not know yet.
    await queueRedecide(account, issue.since, undecided.queues, control);
    return;
  }
  await addToBulletin(
    { key: undecidedKey(control), channel: undecided.securityChannel, postAt: undecided.now() },
    lineOf(account, issue),
    undecided,
  );
}
