import * as fc from 'fast-check';
import { drawableName } from '../../../blocks/pictures/drawable-name';
import { canDraw, textWidth } from '../../../blocks/pictures/font';
import { hostile } from '../hostile';

const STYLE = { size: 24, weight: 700 } as const;
const ROOM = 300;
const drawn = (name: string): string => drawableName(name, STYLE, ROOM, '(no name)');

it.each([
  ['as it is', 'checkout-production', 'checkout-production'],
  ['Japanese', '決済基盤（本番）', '決済基盤（本番）'],
  ['markup, as text', '<script>&"', '<script>&"'],
  ['without emoji', '🚀 Team 👩‍👩‍👧‍👦 Rocket 🇯🇵', 'Team Rocket'],
  ['emoji alone, as boxes', '🚀🚀', '□□'],
  ['what the font lacks, as boxes', 'مرحبا x', '□□□□□ x'],
  ['in composed form', 'か\u3099く', 'がく'],
  ['without marks that pile up', `Z\u0336\u0337\u0338a\u0488lgo`, 'Zalgo'],
  ['without what turns text around', '\u202Egnp.exe\u202C', 'gnp.exe'],
  ['on one line', 'a\n\n b\t\u0000c', 'a b c'],
  ['not at all', '', '(no name)'],
  ['not at all when invisible', ' \u200B\u200D\u0007 ', '(no name)'],
])('draws a name %s', (_how, name, shown) => {
  expect(drawn(name)).toBe(shown);
});

it('cuts by width, not by number of characters', () => {
  const [narrow, wide] = [drawn('i'.repeat(200)), drawn('漢'.repeat(200))];

  expect(narrow).toMatch(/^i+…$/);
  expect(wide).toMatch(/^漢+…$/);
  expect(narrow.length).toBeGreaterThan(2 * wide.length);
  for (const text of [narrow, wide]) {
    expect(textWidth(text, STYLE.size, STYLE.weight)).toBeLessThanOrEqual(ROOM);
    expect(textWidth(`${text}漢`, STYLE.size, STYLE.weight)).toBeGreaterThan(ROOM);
  }
});

it('gives nothing but what the font can draw and has room for, whatever the name', () => {
  fc.assert(
    fc.property(fc.oneof(hostile(400), fc.string({ unit: 'grapheme', maxLength: 60 })), (name) => {
      const text = drawn(name);
      expect(text).not.toBe('');
      expect(canDraw(text, STYLE.weight)).toBe(true);
      expect(textWidth(text, STYLE.size, STYLE.weight)).toBeLessThanOrEqual(ROOM);
      expect(text).not.toMatch(/[\p{C}\p{M}]/u);
    }),
  );
});
