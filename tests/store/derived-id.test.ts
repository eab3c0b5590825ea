import * as fc from 'fast-check';
import { derivedId } from '../../src/store';

it('is the same for the same parts, on any machine', () => {
  expect(derivedId('a', 'b')).toBe(derivedId('a', 'b'));
  expect(derivedId('a', 'b')).toBe('s0rd7z6askpmec55vyn8gx2jct');
});

it('is 26 characters of a narrow alphabet, which SQS, keys and references take', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
      expect(derivedId(...parts)).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
    }),
  );
});

it('differs where the parts differ, wherever they are divided', () => {
  const nasty = fc.string({ unit: fc.constantFrom('a', '1', ':', '|', '#', 'あ', '😀'), maxLength: 6 });
  const parts = fc.array(nasty, { maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, (some, others) => {
      const same = JSON.stringify(some) === JSON.stringify(others);
      expect(derivedId(...some) === derivedId(...others)).toBe(same);
    }),
    { numRuns: 2_000 },
  );
  expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
  expect(derivedId('a|1:b')).not.toBe(derivedId('a', 'b'));
  expect(derivedId()).not.toBe(derivedId(''));
});
