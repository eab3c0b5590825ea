import type { ModalView } from '@slack/types';
import type { Language } from '../../src/playbooks';
import { type Answer, answerText } from '../cards/answers';
import { CALLBACKS } from '../ids';
import { modal, section } from '../kit';
import { words } from '../words';

/** A modal that says why something did not happen, and what to do. */
export function drawProblem(answer: Answer, language: Language): ModalView {
  const w = words(language);
  return modal({
    callback: CALLBACKS.problem,
    title: w.problem.title,
    close: w.close,
    blocks: [section(answerText(answer, w))],
  });
}
