import { FONT_FAMILY, type Weight } from './font';
import { PALETTE } from './palette';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in SVG, in an element and in an attribute. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
  readonly fill: string;
  readonly anchor?: 'middle' | 'end';
}

/** One line of text; `y` is its baseline. The text is escaped here. */
export function text(x: number, y: number, content: string, style: TextStyle): string {
  const { size, weight, fill, anchor = 'start' } = style;
  return `<text x="${round(x)}" y="${round(y)}" font-family="${FONT_FAMILY}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escapeXml(content)}</text>`;
}

/** A rectangle with round corners. */
export function box(
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  radius: number,
  paint: string,
): string {
  return `<rect x="${round(place.x)}" y="${round(place.y)}" width="${round(place.width)}" height="${round(place.height)}" rx="${radius}" ${paint}/>`;
}

export function circle(x: number, y: number, radius: number, paint: string): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" ${paint}/>`;
}

/** A star with five points around (x, y). */
export function star(x: number, y: number, radius: number, paint: string): string {
  const corners = Array.from({ length: 10 }, (_, corner) => {
    const angle = (Math.PI * corner) / 5 - Math.PI / 2;
    const length = corner % 2 === 0 ? radius : radius * 0.46;
    return `${round(x + length * Math.cos(angle))},${round(y + length * Math.sin(angle))}`;
  });
  return `<polygon points="${corners.join(' ')}" stroke-linejoin="round" ${paint}/>`;
}

/** The sign for 100 %, everywhere the same. */
export function perfectStar(x: number, y: number): string {
  return star(x, y, 14, `fill="${PALETTE.gold}" stroke="${PALETTE.goldEdge}" stroke-width="2"`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
