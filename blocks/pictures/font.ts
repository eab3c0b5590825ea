import { readFileSync } from 'node:fs';

export type Weight = 400 | 700;

/** The name by which drawings call the font. */
export const FONT_FAMILY = 'Noto Sans JP';

/**
 * Where the font lies: the one place that knows, because AWS Lambda has no fonts and whoever bundles has to bring these
 * files along. TrueType, as resvg draws no woff. Looked for with the first picture: a function that draws none has none.
 */
const FILES: Readonly<Record<Weight, () => string>> = {
  400: () => require.resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'),
  700: () => require.resolve('@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf'),
};

export const fontFiles = (): string[] => [FILES[400](), FILES[700]()];

/** Which glyph a character has, and how wide each glyph is. */
interface Metrics {
  glyph(codePoint: number): number;
  /** In em. */
  advance(glyph: number): number;
}

/** The tables of a TrueType file: https://learn.microsoft.com/typography/opentype/spec/otff */
function readMetrics(file: string): Metrics {
  const bytes = readFileSync(file);
  const tables = new Map<string, number>();
  for (let n = 0; n < bytes.readUInt16BE(4); n += 1) {
    const entry = 12 + 16 * n;
    tables.set(bytes.toString('latin1', entry, entry + 4), bytes.readUInt32BE(entry + 8));
  }
  const table = (tag: string): number => {
    const start = tables.get(tag);
    if (start === undefined)
      throw new Error(`The font ${file} has no table '${tag}': it is no TrueType font.`);
    return start;
  };

  const unitsPerEm = bytes.readUInt16BE(table('head') + 18);
  const widths = bytes.readUInt16BE(table('hhea') + 34);
  const hmtx = table('hmtx');
  const groups = readGroups(bytes, table('cmap'), file);
  return {
    glyph: (codePoint) => {
      let from = 0;
      let to = groups.length;
      while (from < to) {
        const middle = (from + to) >> 1;
        const group = groups[middle];
        if (group === undefined || codePoint < group.first) to = middle;
        else if (codePoint > group.last) from = middle + 1;
        else return group.glyph + codePoint - group.first;
      }
      return 0;
    },
    // Glyphs beyond the last width are all as wide as that one.
    advance: (glyph) => bytes.readUInt16BE(hmtx + 4 * Math.min(glyph, widths - 1)) / unitsPerEm,
  };
}

interface Group {
  readonly first: number;
  readonly last: number;
  readonly glyph: number;
}

/** The font's characters from its table of format 12, which covers all of Unicode. */
function readGroups(bytes: Buffer, cmap: number, file: string): Group[] {
  for (let n = 0; n < bytes.readUInt16BE(cmap + 2); n += 1) {
    const start = cmap + bytes.readUInt32BE(cmap + 4 + 8 * n + 4);
    if (bytes.readUInt16BE(start) !== 12) continue;
    return Array.from({ length: bytes.readUInt32BE(start + 12) }, (_, place) => {
      const group = start + 16 + 12 * place;
      return {
        first: bytes.readUInt32BE(group),
        last: bytes.readUInt32BE(group + 4),
        glyph: bytes.readUInt32BE(group + 8),
      };
    });
  }
  throw new Error(`The font ${file} has no character table of format 12.`);
}

const read = new Map<Weight, Metrics>();

function metrics(weight: Weight): Metrics {
  const known = read.get(weight) ?? readMetrics(FILES[weight]());
  read.set(weight, known);
  return known;
}

/** True if the font can draw all of the text. */
export function canDraw(text: string, weight: Weight): boolean {
  const { glyph } = metrics(weight);
  return [...text].every((character) => glyph(character.codePointAt(0) ?? 0) !== 0);
}

/** How wide a text is drawn, kerning aside, in the unit of `size`. */
export function textWidth(text: string, size: number, weight: Weight): number {
  const { glyph, advance } = metrics(weight);
  let width = 0;
  for (const character of text) width += advance(glyph(character.codePointAt(0) ?? 0));
  return width * size;
}
