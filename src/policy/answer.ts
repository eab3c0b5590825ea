import { createHash } from 'node:crypto';
import type { Principal } from '../accounts';
import type { ControlId } from '../controls';
import type { PolicyFile } from './policy-file';
import type { Policy, Treatment } from './treatment';

/** What treatments that were answered in Slack give as their line. */
export const ANSWER_LINE = 'answer';

/** The security team's answer in Slack to a control that no line of the policy decides on. */
export interface PolicyAnswer {
  readonly control: ControlId;
  readonly treatment: Treatment;
  readonly who: Principal;
  readonly at: string;
}

/** A policy with the answers given in Slack. */
export interface AnsweredPolicy extends Policy {
  /** The policy's own lines, without answers. */
  readonly file: PolicyFile;
  readonly answers: readonly PolicyAnswer[];
}

/** The file decides; what it leaves undecided, the answers do. The version moves with either. */
export function withAnswers(file: PolicyFile, answers: readonly PolicyAnswer[]): AnsweredPolicy {
  const byControl = new Map(answers.map((answer) => [answer.control.toLowerCase(), answer]));
  const version = versionOf(file, byControl);
  return {
    version,
    file,
    answers,
    treat(subject) {
      const { undecided, ...treated } = file.treat(subject);
      const answer = undecided && byControl.get(subject.control.toLowerCase());
      if (answer) return { ...treated, treatment: answer.treatment, line: ANSWER_LINE, version };
      return { ...treated, version, ...(undecided && { undecided }) };
    },
  };
}

/** Who gave an answer and when do not matter to what is done. */
function versionOf(file: PolicyFile, answers: ReadonlyMap<string, PolicyAnswer>): string {
  if (answers.size === 0) return file.version;
  const given = [...answers].map(([control, { treatment }]) => `${control} ${treatment}`).sort();
  return createHash('sha256')
    .update([file.version, ...given].join('\n'))
    .digest('hex')
    .slice(0, 12);
}
