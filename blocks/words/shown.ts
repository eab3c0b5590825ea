import type { Language } from '../../src/playbooks';
import { type Words, words } from '.';
import * as celebration from './sections/celebration';
import * as history from './sections/history';
import * as home from './sections/home';
import * as offers from './sections/offers';
import * as ownership from './sections/ownership';
import * as pictures from './sections/pictures';
import * as ranking from './sections/ranking';
import * as scores from './sections/scores';
import * as threat from './sections/threat';

const ja = {
  celebration: celebration.ja,
  history: history.ja,
  home: home.ja,
  offers: offers.ja,
  ownership: ownership.ja,
  pictures: pictures.ja,
  ranking: ranking.ja,
  scores: scores.ja,
  threat: threat.ja,
};

const en: typeof ja = {
  celebration: celebration.en,
  history: history.en,
  home: home.en,
  offers: offers.en,
  ownership: ownership.en,
  pictures: pictures.en,
  ranking: ranking.en,
  scores: scores.en,
  threat: threat.en,
};

/** All words: those of `words`, and those that only cards, pictures and pages say. */
export type ShownWords = Words & typeof ja;

const SHOWN: Record<Language, ShownWords> = {
  ja: { ...words('ja'), ...ja },
  en: { ...words('en'), ...en },
};

/** All words of a language, for what is drawn after Slack has its answer. */
export function shownWords(language: Language): ShownWords {
  return SHOWN[language];
}
