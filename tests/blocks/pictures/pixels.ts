import { inflateSync } from 'node:zlib';
import type { Picture } from '../../../blocks/pictures';

/** A decoded PNG: red, green, blue and opacity of every pixel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): readonly [number, number, number, number];
  /** The bytes of the rows from `top` to before `bottom`. */
  rows(top: number, bottom: number): Buffer;
}

const SIGNATURE = '89504e470d0a1a0a';
const PREDICTORS: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const guess = left + up - corner;
    const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
    if (a <= b && a <= c) return left;
    return b <= c ? up : corner;
  },
];

/** Reads a PNG of eight bits a channel with opacity, as pictures are (https://www.w3.org/TR/png/); throws at any other. */
export function decode({ png, width, height }: Picture): Pixels {
  const file = Buffer.from(png);
  expect(file.toString('hex', 0, 8)).toBe(SIGNATURE);
  expect(file.toString('latin1', 12, 16)).toBe('IHDR');
  expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([width, height]);
  expect([file[24], file[25], file[28]]).toEqual([8, 6, 0]);

  const data: Buffer[] = [];
  let at = 8;
  let last = '';
  for (; at < file.length; at += 12 + file.readUInt32BE(at)) {
    last = file.toString('latin1', at + 4, at + 8);
    if (last === 'IDAT') data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  expect(last).toBe('IEND');

  const line = width * 4;
  const packed = inflateSync(Buffer.concat(data));
  expect(packed).toHaveLength((line + 1) * height);
  const pixels = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const predict = PREDICTORS[packed[y * (line + 1)]!]!;
    for (let n = 0; n < line; n += 1) {
      const here = y * line + n;
      const left = n < 4 ? 0 : pixels[here - 4]!;
      const up = y === 0 ? 0 : pixels[here - line]!;
      const corner = n < 4 || y === 0 ? 0 : pixels[here - line - 4]!;
      pixels[here] = packed[y * (line + 1) + 1 + n]! + predict(left, up, corner);
    }
  }
  return {
    width,
    height,
    at: (x, y) => {
      const [red, green, blue, opacity] = pixels.subarray(y * line + 4 * x, y * line + 4 * x + 4);
      return [red!, green!, blue!, opacity!];
    },
    rows: (top, bottom) => pixels.subarray(top * line, bottom * line),
  };
}
