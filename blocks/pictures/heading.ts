import { PALETTE } from './palette';
import { MARGIN, SMALLEST } from './render';
import { text } from './svg';

/** A picture's title and the quiet line under it. */
export function heading(title: string, subtitle: string): string {
  return [
    text(MARGIN, 68, title, { size: 34, weight: 700, fill: PALETTE.ink }),
    text(MARGIN, 106, subtitle, { size: SMALLEST, weight: 400, fill: PALETTE.quiet }),
  ].join('');
}
