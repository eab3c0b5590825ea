import type { FindingKey } from '../findings';
import { finish, type Issue, judge, type Seen, worstSeverity } from '../requests';

/** Why a finding id does not count any more. */
export type Stale = 'gone' | 'silent';

const WORDS: Record<Stale, string> = {
  gone: 'stale: Security Hub no longer holds the finding',
  silent: 'stale: not updated for 48 hours, as when its control is disabled',
};

/**
 * An issue without finding ids of which Security Hub knows nothing, or that nothing updates any more: with nothing
 * live left it is closed. Seen again later, it is decided as any closed issue is.
 * @returns undefined when the issue holds none of them
 */
export function dropFindings(
  issue: Issue,
  keys: ReadonlySet<FindingKey>,
  why: Stale,
  now: Date,
): Issue | undefined {
  const known = Object.entries<Seen>(issue.findings);
  const kept = known.filter(([key]) => !keys.has(key as FindingKey));
  if (kept.length === known.length) return undefined;
  const findings: Issue['findings'] = Object.fromEntries(kept);
  const rest: Issue = { ...issue, findings, severity: worstSeverity(findings, issue.severity) };
  if (issue.state === 'resolved' || issue.state === 'closed') return rest;
  switch (judge(findings)) {
    case 'gone':
      return finish(rest, 'closed', now, WORDS[why]);
    case 'passed':
      return finish(rest, 'resolved', now, 'PASSED');
    case 'failing':
    case 'unknown':
      // The card shows the severity.
      return rest.severity === issue.severity ? rest : { ...rest, unsettled: now.toISOString() };
  }
}
