import { renderAsync } from '@resvg/resvg-js';
import { canDraw, FONT_FAMILY, fontFiles, textWidth } from '../../../blocks/pictures/font';

/** Where ink ends on a line of text that begins at 0, as resvg draws it. */
async function drawnWidth(text: string, weight: number): Promise<number> {
  const width = 900;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="60"><text y="40" font-family="${FONT_FAMILY}" font-size="30" font-weight="${weight}">${text}</text></svg>`;
  const { pixels } = await renderAsync(svg, {
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
  });
  let right = 0;
  for (let at = 3; at < pixels.length; at += 4)
    if (pixels[at] !== 0) right = Math.max(right, (at >> 2) % width);
  return right;
}

it.each([
  ['国', 400],
  ['決済基盤アカウント一覧国', 400],
  ['決済基盤アカウント一覧国', 700],
  ['checkout-production-4711m', 400],
  ['checkout-production-4711m', 700],
] as const)('measures %s in weight %i as wide as it is drawn', async (text, weight) => {
  const measured = textWidth(text, 30, weight);
  const drawn = await drawnWidth(text, weight);

  // The space beside the last glyph, and kerning.
  expect(measured - drawn).toBeGreaterThan(-1);
  expect(measured - drawn).toBeLessThan(9);
});

it('knows what the font can draw', () => {
  expect(canDraw('Az 09 あア漢字 （）〜・%±−…□', 400)).toBe(true);
  expect(canDraw('Az 09 あア漢字 （）〜・%±−…□', 700)).toBe(true);
  for (const text of ['🚀', 'م', '\uFFFF', '\u{10FFFF}', '\uD83D']) expect(canDraw(text, 400)).toBe(false);
});
