import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { ACTIONS, BLOCKS } from '../../../blocks/ids';
import { readText } from '../../../blocks/modals/read-text';
import { ANSWER_LENGTH, parseQuestionRef } from '../../../src/questions';
import { requestRef } from '../../../src/requests';
import type { FrontBot } from '../../composition';
import { submitWords } from './submit-words';

/** The answer to a question was sent: checked, ruled on, and queued as a change. */
export const submitAnswer = (bot: FrontBot) => (args: SlackViewMiddlewareArgs<ViewSubmitAction>) =>
  submitWords(args, bot, {
    kind: 'answer',
    from: 'reply',
    whomToAsk: bot.settings.SECURITY_ANALYSTS,
    read: (view, language) =>
      readText(view, { block: BLOCKS.answerText, action: ACTIONS.answerText }, ANSWER_LENGTH, language),
    about: async (ref) => {
      const key = parseQuestionRef(ref);
      const question = key && (await bot.questions.load(key));
      return question && { target: requestRef(question.request), payload: { question: ref } };
    },
  });
