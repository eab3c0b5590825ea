import type { Language } from '../../src/playbooks';
import { en } from './en';
import { ja } from './ja';

/**
 * What the bot says in one language, but for what only cards, pictures and pages say (`shown.ts`): the function that answers
 * Slack starts faster without it.
 */
export type Words = typeof ja;

const WORDS: Record<Language, Words> = { ja, en };

/** The words of a language, as far as Slack is answered at once with them. */
export function words(language: Language): Words {
  return WORDS[language];
}
