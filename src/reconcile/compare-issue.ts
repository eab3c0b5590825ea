import type { Issue, IssueState } from '../requests';
import type { Drift } from './run';

/** The states of issues that are thought to fail. */
export const FAILING: readonly IssueState[] = [
  'open',
  'notifying',
  'suppressing',
  'suppressed',
  'held',
  'left',
];

function isFailing(issue: Issue | undefined): boolean {
  return issue !== undefined && FAILING.includes(issue.state);
}

function isResting(issue: Issue | undefined): boolean {
  return issue?.state === 'suppressing' || issue?.state === 'suppressed';
}

/** True for what somebody else has suppressed, and nobody is asked about. */
export function isOutside(issue: Issue): boolean {
  return issue.state === 'suppressed' && issue.cause?.by === 'outside';
}

/**
 * What a mended issue counts as. Pure.
 * @param before as it was before it was compared with Security Hub; undefined when it was not known
 */
export function compareIssue(before: Issue | undefined, after: Issue): keyof Drift {
  if (!isResting(before) && isOutside(after)) return 'adopted';
  if (before?.state === 'suppressed') {
    if (after.state === 'open' && after.news?.kind === 'lifted') return 'lifted';
    if (isResting(after) && after.since !== before.since) return 'rewritten';
  }
  if (isFailing(before) === isFailing(after)) return 'changed';
  return isFailing(after) ? 'opened' : 'closed';
}
