import type { HomeView } from '@slack/types';
import type { Language } from '../src/playbooks';
import { answerText } from './cards/answers';
import { section } from './kit';
import { words } from './words';

/** Something went wrong while the bot's page was drawn. */
export function drawProblemHome(reference: string, language: Language): HomeView {
  return { type: 'home', blocks: [section(answerText({ kind: 'failure', reference }, words(language)))] };
}
