import type { AccountId } from '../accounts';
import type { PolicyFile, PolicyLine } from './parse-policy';
import type { Subject, Treated } from './treatment';

/** What the policy does with a subject, and the line that says so. */
export interface Explanation {
  readonly treated: Treated;
  readonly line: PolicyLine;
}

/** Answers "why": the treatment of `subject` together with the deciding line as it stands in the file. */
export function explain(policy: PolicyFile, subject: Subject): Explanation {
  const treated = policy.treat(subject);
  const line = policy.lines.find(({ id }) => id === treated.line);
  if (!line) throw new Error(`the policy decided by a line it does not have: ${treated.line}`);
  return { treated, line };
}

/** Stands for an account that a question about policy does not name: no line can be about it. */
export const ANY_ACCOUNT = '000000000000' as AccountId;
