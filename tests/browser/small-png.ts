import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const MOST_COLOURS = 256;
/** Bytes of a pixel: red, green, blue. */
const DEPTH = 3;

/**
 * The same picture in 256 colours, a third as large: what a screen shows are flat areas and the edges of letters.
 * @param png as Chromium writes screenshots: eight bits a channel, no transparency, not interlaced
 * @throws for any other PNG
 */
export function smallPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (head?.toString('hex', 8, 13) !== '0802000000') throw new Error('not a screenshot of Chromium');
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
  const pixels = unfiltered(inflateSync(Buffer.concat(data)), width, height);
  const { palette, indexOf } = paletteOf(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at += 1) {
    rows[at + Math.floor(at / width) + 1] = indexOf(pixels.readUIntBE(at * DEPTH, DEPTH));
  }
  const newHead = Buffer.from(head);
  // Colours by their number in the palette.
  newHead[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', newHead),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}

/** Takes back what each row has been filtered with (PNG specification, chapter 9). */
function unfiltered(raw: Buffer, width: number, height: number): Buffer {
  const row = width * DEPTH;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw.readUInt8(y * (row + 1));
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x;
      const left = x < DEPTH ? 0 : pixels.readUInt8(at - DEPTH);
      const up = y === 0 ? 0 : pixels.readUInt8(at - row);
      const corner = x < DEPTH || y === 0 ? 0 : pixels.readUInt8(at - row - DEPTH);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      pixels[at] = raw.readUInt8(y * (row + 1) + 1 + x) + guess;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp] = [Math.abs(up - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function apart(one: number, other: number): number {
  const [red, green, blue] = [16, 8, 0].map((by) => ((one >> by) & 255) - ((other >> by) & 255)) as [
    number,
    number,
    number,
  ];
  return red * red + green * green + blue * blue;
}

/** The colours whose absence would be seen most: each next one is the one that lies furthest off, times its pixels. */
function paletteOf(pixels: Buffer): { palette: Buffer; indexOf: (colour: number) => number } {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += DEPTH) {
    const colour = pixels.readUIntBE(at, DEPTH);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const colours = [...counts].map(([colour, count]) => ({ colour, count, off: Infinity, index: 0 }));
  const palette = Buffer.alloc(Math.min(MOST_COLOURS, colours.length) * DEPTH);
  for (let index = 0; index * DEPTH < palette.length; index += 1) {
    const next = colours.reduce((most, each) =>
      each.off * each.count > most.off * most.count ? each : most,
    );
    palette.writeUIntBE(next.colour, index * DEPTH, DEPTH);
    for (const each of colours) {
      const off = apart(each.colour, next.colour);
      if (off < each.off) Object.assign(each, { off, index });
    }
  }
  const indexes = new Map(colours.map(({ colour, index }) => [colour, index]));
  return { palette, indexOf: (colour) => indexes.get(colour) ?? 0 };
}
