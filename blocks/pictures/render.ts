import type * as Resvg from '@resvg/resvg-js';
import { plain } from '../kit';
import { FONT_FAMILY, fontFiles } from './font';
import { PALETTE } from './palette';
import type { Picture } from './picture';
import { box } from './svg';

/** Loaded with the first picture, as its native part takes its time. */
const resvg = () => require('@resvg/resvg-js') as typeof Resvg;

/** All pictures are laid out for this width, and drawn larger: Slack shows half of it on a telephone. */
export const WIDTH = 720;
/** Distance of texts from the picture's edge. */
export const MARGIN = 36;
/** No text is smaller: 11 pixels where Slack shows the picture 360 wide. */
export const SMALLEST = 22;
const SCALE = 2;
/** A long ranking needs its memory more than sharpness; at 360 wide on a telephone this is three pixels for one. */
const TALL = 900;
const SCALE_OF_TALL = 1.5;
const RADIUS = 28;
/** Slack takes 2,000 characters. */
const LONGEST_ALT = 1900;

/** A card that is light on light and on dark screens alike: its ground is its own, only its corners are clear. */
export function card(height: number, fill: string = PALETTE.card, edge: string = PALETTE.cardEdge): string {
  const inside = { x: 1, y: 1, width: WIDTH - 2, height: height - 2 };
  return box(inside, RADIUS, `fill="${fill}" stroke="${edge}" stroke-width="2"`);
}

/**
 * Draws SVG as PNG; the drawing is done on another thread.
 * @param body elements of SVG, `WIDTH` wide, every text in them escaped
 */
export async function render(body: string, height: number, alt: string): Promise<Picture> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${body}</svg>`;
  const image = await resvg().renderAsync(svg, {
    fitTo: { mode: 'zoom', value: height > TALL ? SCALE_OF_TALL : SCALE },
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
  });
  return { png: image.asPng(), width: image.width, height: image.height, alt: plain(alt, LONGEST_ALT).text };
}
