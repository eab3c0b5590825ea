import type { Language } from '../../src/playbooks';
import { cleanLine, plain } from '../kit';
import { shownWords } from '../words/shown';
import { drawableName } from './drawable-name';
import { type TextStyle, text } from './svg';

/** A name in the picture, no wider than `room`. */
export function nameText(
  x: number,
  y: number,
  name: string,
  style: TextStyle,
  room: number,
  language: Language,
): string {
  return text(x, y, drawableName(name, style, room, shownWords(language).pictures.nameless), style);
}

/** A name in the words that stand for the picture, whole up to `max` characters. */
export function nameInWords(name: string, max: number, language: Language): string {
  return cleanLine(name).trim() === '' ? shownWords(language).pictures.nameless : plain(name, max).text;
}
