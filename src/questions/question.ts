import type { Actor } from '../changes';
import type { ControlId } from '../controls';
import type { RequestKey } from '../requests';

/** What somebody has asked the security team about a request. */
export interface Question {
  /** The change that asked it, and when: together its name. */
  readonly id: string;
  readonly at: string;
  readonly request: RequestKey;
  readonly control: ControlId;
  readonly asker: Actor;
  readonly text: string;
  readonly status: 'open' | 'answered';
  /** The first answer; the change that gave it is found again by its id. */
  readonly answer?: {
    readonly by: Actor;
    readonly at: string;
    readonly text: string;
    readonly change: string;
  };
  readonly version: number;
}

/** Names one question. */
export type QuestionKey = Pick<Question, 'id' | 'at'>;

/** Characters (code points) that a question and an answer must and may have. */
export const QUESTION_LENGTH = { min: 5, max: 1000 } as const;
export const ANSWER_LENGTH = { min: 2, max: 1500 } as const;

/** The reference to a question that buttons carry. It grants nothing: whoever presses is checked every time. */
export function questionRef({ at, id }: QuestionKey): string {
  return `${at}#${id}`;
}

const REF = /^(\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z)#([0-9a-z]{26})$/;

/** The question that a reference names; undefined when it names none. */
export function parseQuestionRef(ref: string): QuestionKey | undefined {
  const [, at, id] = REF.exec(ref) ?? [];
  return at === undefined || id === undefined ? undefined : { at, id };
}
