import * as fc from 'fast-check';
import { messageBody } from '../../src/queues';

it('says the same in characters that SQS takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = JSON.stringify({ text });
      const body = messageBody(json);
      expect(JSON.parse(body)).toEqual({ text });
      expect(body).toMatch(/^[\t\n\r\x20-\uD7FF\uE000-\uFFFD]*$/);
    }),
  );
});

test.each([
  ['あ 本番 é', 'あ 本番 é'],
  ['"😀"', '"\\ud83d\\ude00"'],
  ['"\uFFFF"', '"\\uffff"'],
  ['{\n\t"a": 1\r\n}', '{\n\t"a": 1\r\n}'],
])('%j becomes %j', (json, body) => {
  expect(messageBody(json)).toBe(body);
});
