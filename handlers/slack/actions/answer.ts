import type { WebClient } from '@slack/web-api';
import { drawAnswerDialog } from '../../../blocks/modals/answer';
import { parseQuestionRef } from '../../../src/questions';
import { requestRef } from '../../../src/requests';
import type { FrontBot } from '../../composition';
import { openModal } from '../modal';
import { checkPress, type Press } from '../press';

/** "Answer…" beside a question: the security team writes, others hear who could. */
export const openAnswer =
  (client: WebClient) =>
  async (press: Press, bot: FrontBot): Promise<void> =>
    openModal(press, bot, client, async (language) => {
      const key = parseQuestionRef(press.value);
      const question = key && (await bot.questions.load(key));
      if (question === undefined) return undefined;
      const access = await checkPress(
        press,
        bot,
        requestRef(question.request),
        'answer',
        bot.settings.SECURITY_ANALYSTS,
      );
      if ('refused' in access) return access;
      return drawAnswerDialog(question, bot.intake.accounts(question.request.account), language);
    });
