import { cleanLine } from '../kit';
import { canDraw, textWidth, type Weight } from './font';

const ELLIPSIS = '…';
/** What stands for a character that the font lacks. */
const MISSING = '□';
const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' });
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** Longer than any name that fits; what follows need not be looked at. */
const LONGEST = 400;

/**
 * The graphemes of a name as the font can draw them. Marks that do not compose are left out: piled up, they would reach
 * into the lines above and below.
 */
function graphemes(name: string, weight: Weight, emoji: '' | typeof MISSING): string[] {
  const line = cleanLine(name).slice(0, LONGEST).normalize('NFC').replace(/\s+/g, ' ').trim();
  return Array.from(SEGMENTER.segment(line), ({ segment }) => {
    const base = segment.replace(/\p{M}/gu, '');
    if (canDraw(base, weight)) return base;
    return EMOJI.test(base) ? emoji : MISSING;
  });
}

/**
 * An untrusted name as it can be drawn: without what cannot be seen and without emoji, with a box for every other
 * character that the font lacks, cut with an ellipsis where it would be wider than `room`. Not escaped.
 * @param nameless what is drawn when nothing is left
 */
export function drawableName(
  name: string,
  style: { readonly size: number; readonly weight: Weight },
  room: number,
  nameless: string,
): string {
  const width = (text: string): number => textWidth(text, style.size, style.weight);
  const shown = (emoji: '' | typeof MISSING): string[] => {
    const all = graphemes(name, style.weight, emoji);
    return all.join('').trim() === '' ? [] : all;
  };
  const withoutEmoji = shown('');
  const all = withoutEmoji.length > 0 ? withoutEmoji : shown(MISSING);
  const whole = all.join('').replace(/ {2,}/g, ' ').trim();
  if (whole === '') return nameless;
  if (width(whole) <= room) return whole;

  let kept = '';
  for (const grapheme of all) {
    if (width(kept + grapheme + ELLIPSIS) > room) break;
    kept += grapheme;
  }
  return kept.replace(/ {2,}/g, ' ').trim() + ELLIPSIS;
}
