import type { Severity } from '../../src/controls';
import type { Finding, WorkflowStatus } from '../../src/findings';
import type { Treated, Treatment } from '../../src/policy';
import {
  type Cause,
  contentHash,
  type DecideInput,
  type Decision,
  decide,
  type Issue,
  moveIssue,
  type Seen,
} from '../../src/requests';
import { REGION } from './finding';

export const START = new Date('2026-11-20T01:00:00.000Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const later = (ms: number, from: Date = START): Date => new Date(from.getTime() + ms);

export function treated(treatment: Treatment, deadlineHours = 72): Treated {
  return { treatment, line: `line-${treatment}`, version: 'v1', deadlineHours };
}

/** A policy by severity: what a test does not name is tracked. */
export function policyOf(by: Partial<Record<Severity, Treatment>>): DecideInput['treat'] {
  return (severity) => treated(by[severity] ?? 'track');
}

export const TRACK: DecideInput['treat'] = () => treated('track');
export const NOTIFY: DecideInput['treat'] = () => treated('notify');
export const IGNORE: DecideInput['treat'] = () => treated('ignore');
/** Nobody has decided on the control; the general lines propose to track it. */
export const UNDECIDED: DecideInput['treat'] = () => ({ ...treated('track'), undecided: true });
export const LEAVE: DecideInput['treat'] = () => treated('leave');

type Rest = Partial<Pick<DecideInput, 'treat' | 'now' | 'fetched' | 'history' | 'sent'>>;

/** Decides on one finding for an issue that is known, or not yet; Security Hub confirms what comes late. */
export function decideOn(issue: Issue | undefined, finding: Finding, rest: Rest = {}): Decision {
  const seen = issue?.findings[finding.key];
  const confirmed = seen !== undefined && finding.updatedAt > seen.updatedAt ? { fetched: finding } : {};
  return decide({ issue, finding, region: REGION, treat: TRACK, now: START, ...confirmed, ...rest });
}

/** The issue as it is stored after a decision that writes it. */
export function stored(decision: Decision, before?: Issue): Issue {
  if (decision.next === undefined) throw new Error(`nothing to store: ${decision.outcome}`);
  return { ...decision.next, version: (before?.version ?? 0) + 1 };
}

/** The issue after these findings, all answers to questions being that nobody else did anything. */
export function issueAfter(findings: readonly Finding[], rest: Rest = {}): Issue {
  let issue: Issue | undefined;
  for (const finding of findings) issue = stored(decideOn(issue, finding, rest), issue);
  if (issue === undefined) throw new Error('no finding');
  return issue;
}

/** What the workflow handler notes when Security Hub has confirmed a write to all findings of an issue. */
export function written(issue: Issue, status: WorkflowStatus, at: Date = START): Issue {
  const findings = Object.fromEntries(
    Object.entries<Seen>(issue.findings).map(([key, seen]) => {
      const after: Seen = { ...seen, workflow: status, note: 'ours' };
      const wrote = { status, before: seen.workflow, at: at.toISOString() };
      return [key, { ...after, hash: contentHash(after), wrote }];
    }),
  );
  return settled({ ...issue, findings });
}

export function settled({ unsettled: _, ...issue }: Issue): Issue {
  return { ...issue, uncopied: [], version: issue.version + 1 };
}

/** An issue that the bot has suppressed, and Security Hub has confirmed. */
export function suppressedBy(cause: Cause, issue: Issue, at: Date = START): Issue {
  return settled(
    moveIssue(written(moveIssue(issue, 'suppressing', at, { cause }), 'SUPPRESSED', at), 'suppressed', at, {
      cause,
    }),
  );
}
