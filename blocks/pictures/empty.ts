import { PALETTE } from './palette';
import type { Picture } from './picture';
import { card, MARGIN, render, SMALLEST, WIDTH } from './render';
import { circle, text } from './svg';

const HEIGHT = 400;

/** What is drawn as long as there is nothing to draw: a line that is still to come, and a kind word. */
export function renderEmpty(heading: string, message: string, hint: string, alt: string): Promise<Picture> {
  const middle = WIDTH / 2;
  const coming = `<path d="M${MARGIN + 90} 236 C 240 232, 270 196, 350 190 S 480 150, ${WIDTH - MARGIN - 110} 138" fill="none" stroke="${PALETTE.base}" stroke-width="5" stroke-linecap="round" stroke-dasharray="1 14"/>`;
  const body = [
    card(HEIGHT),
    heading,
    coming,
    circle(WIDTH - MARGIN - 98, 134, 10, `fill="${PALETTE.card}" stroke="${PALETTE.line}" stroke-width="5"`),
    text(middle, 308, message, { size: 30, weight: 700, fill: PALETTE.ink, anchor: 'middle' }),
    text(middle, 350, hint, { size: SMALLEST, weight: 400, fill: PALETTE.quiet, anchor: 'middle' }),
  ];
  return render(body.join(''), HEIGHT, alt);
}
