import type { ModalView } from '@slack/types';
import type { Account } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { ANSWER_LENGTH, type Question, questionRef } from '../../src/questions';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { code, date, input, joined, modal, mrk, quote, section } from '../kit';
import { accountLabel, addressed } from '../phrases';
import { words } from '../words';

const SHOWN = 1500;

/** Asks for the answer to a question; one that has been answered shows the answer instead. */
export function drawAnswerDialog(
  question: Question,
  account: Pick<Account, 'id' | 'name'>,
  language: Language,
): ModalView {
  const w = words(language);
  const { questions: said } = w;
  const { answer } = question;
  const shown = [
    section(said.about(code(question.control, 120), accountLabel(account, w))),
    section(
      joined([
        mrk`*${said.toQuestion}* ${said.from(addressed(question.asker.id, w), date(question.at))}`,
        quote(question.text, SHOWN),
      ]),
    ),
  ];
  if (answer !== undefined) {
    return modal({
      callback: CALLBACKS.answer,
      title: said.answerTitle,
      close: w.close,
      blocks: [
        ...shown,
        section(
          joined([
            said.answeredBy(addressed(answer.by.id, w), date(answer.at)),
            quote(answer.text, 2 * SHOWN),
          ]),
        ),
      ],
    });
  }
  return modal({
    callback: CALLBACKS.answer,
    title: said.answerTitle,
    close: w.suppress.cancel,
    submit: said.answerSubmit,
    metadata: questionRef(question),
    blocks: [
      ...shown,
      input(
        BLOCKS.answerText,
        said.answerText,
        {
          type: 'plain_text_input',
          action_id: ACTIONS.answerText,
          multiline: true,
          min_length: ANSWER_LENGTH.min,
          max_length: ANSWER_LENGTH.max,
        },
        { hint: said.answerHint },
      ),
    ],
  });
}
