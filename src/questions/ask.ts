import * as z from 'zod';
import type { Principal } from '../accounts';
import { ChangeFailed, type ChangeKind } from '../changes';
import {
  aboutRequest,
  type RequestChanges,
  refreshCard,
  ruleOnRequest,
  targetRequest,
  tellOnce,
} from '../requests';
import { QUESTION_LENGTH, type Question, questionRef } from './question';
import type { Questions } from './questions';

export const AskPayload = z.object({
  // Counted in UTF-16 units here and in characters at the door: never stricter than what was let in.
  text: z
    .string()
    .trim()
    .min(1)
    .max(2 * QUESTION_LENGTH.max),
});
export type AskPayload = z.infer<typeof AskPayload>;

export interface QuestionChanges extends RequestChanges {
  readonly questions: Questions;
  /** Who is called for an answer. */
  readonly securityTeam: readonly Principal[];
}

/** "Ask the security team": the question is kept, and the request's thread calls the team. */
export function ask(deps: QuestionChanges): ChangeKind<AskPayload> {
  return {
    kind: 'ask',
    schema: AskPayload,
    about: aboutRequest,
    rule: (change) => ruleOnRequest('ask', change, deps),
    before: async () => ({}),
    async apply(change, { text }) {
      const key = targetRequest(change);
      const request = await deps.requests.load(key);
      if (request === undefined) throw new ChangeFailed('gone');
      const { actor, id, proposedAt: at } = change;
      const question: Question = {
        id,
        // Of the proposal, not of now: whoever applies it again writes the same question.
        at,
        request: key,
        control: request.control,
        asker: actor,
        text,
        status: 'open',
        version: 1,
      };
      await deps.questions.create(question);
      await tellOnce(
        key,
        {
          kind: 'asked',
          change: id,
          at,
          who: actor.id,
          reason: text,
          mentions: deps.securityTeam,
          question: questionRef(question),
        },
        deps,
      );
      await refreshCard(key, deps);
      return {};
    },
  };
}
