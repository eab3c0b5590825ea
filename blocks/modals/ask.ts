import type { ModalView } from '@slack/types';
import type { Language } from '../../src/playbooks';
import { QUESTION_LENGTH } from '../../src/questions';
import type { RequestView } from '../../src/requests';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { clean, code, cut, input, LIMITS, modal, plain, section } from '../kit';
import { accountLabel } from '../phrases';
import { words } from '../words';

export interface AskDialog {
  readonly view: Pick<RequestView, 'ref' | 'control' | 'account'>;
  /** What the person has already written. */
  readonly text?: string;
}

/** Asks for a question to the security team; the view keeps the request's reference as its metadata. */
export function drawAsk({ view, text = '' }: AskDialog, language: Language): ModalView {
  const w = words(language);
  const written = cut(clean(text).trim(), QUESTION_LENGTH.max);
  return modal({
    callback: CALLBACKS.ask,
    title: w.questions.askTitle,
    close: w.suppress.cancel,
    submit: w.questions.askSubmit,
    metadata: view.ref,
    blocks: [
      section(w.questions.about(code(view.control, 120), accountLabel(view.account, w))),
      input(
        BLOCKS.questionText,
        w.questions.askText,
        {
          type: 'plain_text_input',
          action_id: ACTIONS.questionText,
          multiline: true,
          min_length: QUESTION_LENGTH.min,
          max_length: QUESTION_LENGTH.max,
          placeholder: plain(w.questions.askPlaceholder, LIMITS.placeholder),
          ...(written !== '' && { initial_value: written }),
        },
        { hint: w.questions.askHint },
      ),
    ],
  });
}
