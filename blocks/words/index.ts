import type { Language } from '../../src/playbooks';
import { en } from './en';
import { ja } from './ja';

/** Everything the bot says, in one language. */
export type Words = typeof ja;

const WORDS: Record<Language, Words> = { ja, en };

/** The words of a language. */
export function words(language: Language): Words {
  return WORDS[language];
}
