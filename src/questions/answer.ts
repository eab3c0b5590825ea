import * as z from 'zod';
import { type Change, ChangeFailed, type ChangeKind } from '../changes';
import { aboutRequest, refreshCard, requestRef, ruleOnRequest, targetRequest, tellOnce } from '../requests';
import { amend } from '../store';
import type { QuestionChanges } from './ask';
import { ANSWER_LENGTH, parseQuestionRef, type Question, type QuestionKey } from './question';

export const AnswerPayload = z.object({
  question: z.string().max(100),
  text: z
    .string()
    .trim()
    .min(1)
    .max(2 * ANSWER_LENGTH.max),
});
export type AnswerPayload = z.infer<typeof AnswerPayload>;

/** "Answer": the question is closed, and the thread calls whoever asked. The first answer counts. */
export function answer(deps: Omit<QuestionChanges, 'securityTeam'>): ChangeKind<AnswerPayload> {
  const questionOf = async (change: Change, payload: AnswerPayload): Promise<Question> => {
    const key = parseQuestionRef(payload.question);
    const question = key && (await deps.questions.load(key));
    // A question of another request is none of this change's: rights were looked at for its target.
    if (question === undefined || requestRef(question.request) !== change.target) {
      throw new ChangeFailed('gone');
    }
    return question;
  };

  return {
    kind: 'answer',
    schema: AnswerPayload,
    about: aboutRequest,
    rule: (change) => ruleOnRequest('answer', change, deps),
    before: async () => ({}),
    async apply(change, payload) {
      const key = targetRequest(change);
      const at = deps.now().toISOString();
      const given = { by: change.actor, at, text: payload.text, change: change.id };
      const { record } = await amend<QuestionKey, Question>(
        deps.questions,
        await questionOf(change, payload),
        (question) =>
          question.answer === undefined ? { ...question, status: 'answered', answer: given } : undefined,
      );
      if (record?.answer?.change !== change.id) throw new ChangeFailed('answered');
      await tellOnce(
        key,
        {
          kind: 'answered',
          change: change.id,
          at,
          who: change.actor.id,
          reason: payload.text,
          detail: record.text,
          mentions: [record.asker.id],
        },
        deps,
      );
      await refreshCard(key, deps);
      return {};
    },
  };
}
