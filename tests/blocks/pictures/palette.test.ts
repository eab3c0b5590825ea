import { PALETTE } from '../../../blocks/pictures/palette';

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const contrast = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
};

type Color = keyof typeof PALETTE;
const ON: readonly (readonly [ground: Color, ...texts: Color[]])[] = [
  ['card', 'ink', 'quiet', 'line'],
  ['track', 'ink'],
  ['fill', 'ink'],
  ['goldFill', 'ink'],
  ['gold', 'ink'],
  ['silver', 'ink'],
  ['bronze', 'ink'],
  ['night', 'onNight', 'quietOnNight', 'goldOnNight'],
  ['dusk', 'onNight', 'quietOnNight', 'goldOnNight'],
];

it.each(ON.flatMap(([ground, ...texts]) => texts.map((text) => [text, ground] as const)))(
  'texts in %s can be read on %s (WCAG AA)',
  (text, ground) => {
    expect(contrast(PALETTE[text], PALETTE[ground])).toBeGreaterThanOrEqual(4.5);
  },
);

it('tells the edge of a star from what it stands on', () => {
  for (const ground of ['card', 'goldFill'] as const) {
    expect(contrast(PALETTE.goldEdge, PALETTE[ground])).toBeGreaterThanOrEqual(3);
  }
});
