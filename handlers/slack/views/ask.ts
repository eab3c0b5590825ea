import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { ACTIONS, BLOCKS } from '../../../blocks/ids';
import { readText } from '../../../blocks/modals/read-text';
import { QUESTION_LENGTH } from '../../../src/questions';
import type { FrontBot } from '../../composition';
import { submitWords } from './submit-words';

/** The question was sent: checked, ruled on, and queued as a change. */
export const submitAsk = (bot: FrontBot) => (args: SlackViewMiddlewareArgs<ViewSubmitAction>) =>
  submitWords(args, bot, {
    kind: 'ask',
    from: 'card',
    whomToAsk: [],
    read: (view, language) =>
      readText(view, { block: BLOCKS.questionText, action: ACTIONS.questionText }, QUESTION_LENGTH, language),
    about: async (ref) => ({ target: ref, payload: {} }),
  });
