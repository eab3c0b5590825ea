import { cleanText, clip } from '../../src/findings/text';

describe('clip', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['😀😀😀', 3, '😀😀😀'],
    ['😀😀😀😀', 3, '😀😀…'],
    ['a😀b', 2, 'a…'],
  ])('%s in %i code points is %s', (text, max, expected) => {
    expect(clip(text, max)).toBe(expected);
  });
});

describe('cleanText', () => {
  test.each([
    ['what a screen shows', 'a b', 'a b'],
    ['a NUL', 'a\u0000b', 'a b'],
    ['line breaks and tabs', ' a\r\n\tb ', 'a b'],
    ['C1 controls', 'a\u0085b', 'a b'],
    ['marks that turn the text around', 'user\u202Egnp.exe', 'user gnp.exe'],
    ['half a surrogate pair', 'a\ud800b', 'a b'],
    ['joined emoji', '👩‍💻 works', '👩‍💻 works'],
    ['Japanese', '「重要」設定', '「重要」設定'],
  ])('keeps %s readable', (_what, text, expected) => {
    expect(cleanText(text, 100)).toBe(expected);
  });

  test('gives one line of a megabyte of control characters', () => {
    expect(cleanText('\u0001'.repeat(1_000_000), 256)).toBe('');
  });
});
