import type { AccountId } from '../accounts';
import { ANSWER_LINE, type AnsweredPolicy, type PolicyAnswer } from './answer';
import type { PolicyLine } from './policy-file';
import type { Subject, Treated } from './treatment';

/** What the policy does with a subject, and what says so: a line, or an answer given in Slack. */
export type Explanation = { readonly treated: Treated } & (
  | { readonly line: PolicyLine; readonly answer?: undefined }
  | { readonly answer: PolicyAnswer; readonly line?: undefined }
);

/** Answers "why": the treatment of `subject` together with the line, or the answer, that decides. */
export function explain(policy: AnsweredPolicy, subject: Subject): Explanation {
  const treated = policy.treat(subject);
  if (treated.line === ANSWER_LINE) {
    const control = subject.control.toLowerCase();
    const answer = policy.answers.find((given) => given.control.toLowerCase() === control);
    if (answer) return { treated, answer };
  }
  const line = policy.file.lines.find(({ id }) => id === treated.line);
  if (!line) throw new Error(`the policy decided by a line it does not have: ${treated.line}`);
  return { treated, line };
}

/** Stands for an account that a question about policy does not name: no line can be about it. */
export const ANY_ACCOUNT = '000000000000' as AccountId;
