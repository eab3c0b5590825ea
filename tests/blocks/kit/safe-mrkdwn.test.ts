import * as fc from 'fast-check';
import { code, excerpt, joined, mrk, quote, SafeMrkdwn, section } from '../../../blocks/kit';
import { hostile, intruders, NAMED } from '../hostile';

const as = (text: SafeMrkdwn) => ({ type: 'mrkdwn', text: text.markup });

describe('mrk', () => {
  test('escapes &, < and > once, in this order', () => {
    expect(mrk`${'<a> & &lt;'}`.markup).toBe('&lt;a&gt; &amp; &amp;lt;');
  });

  test('keeps what is ours and what is already safe', () => {
    expect(mrk`*${mrk`<@U0OWNER01>`}* ${2}`.markup).toBe('*<@U0OWNER01>* 2');
  });

  test('puts interpolated text on one line', () => {
    expect(mrk`${'a\n\n> b'}`.markup).toBe('a &gt; b');
  });

  test.each(NAMED)('lets nothing through: %s', (_name, text) => {
    expect(
      intruders([as(mrk`${text}`), as(excerpt(text, 100)), as(code(text)), as(quote(text, 100))]),
    ).toEqual([]);
  });

  test('nothing gets through, whatever the text', () => {
    fc.assert(
      fc.property(hostile(), fc.integer({ min: 10, max: 300 }), (text, max) => {
        const drawn = [excerpt(text, max), code(text, max), quote(text, max)];
        expect(intruders(drawn.map(as))).toEqual([]);
        for (const one of drawn) expect(one.markup.length).toBeLessThanOrEqual(max);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a raw string', () => {
  test('does not reach a block: the compiler refuses it', () => {
    // @ts-expect-error a string is not SafeMrkdwn
    expect(() => section('<!channel>')).toThrow(TypeError);
    // @ts-expect-error neither is something that looks like it
    expect(() => section({ markup: '<!channel>' })).toThrow(TypeError);
    // @ts-expect-error and nobody else can make one
    const made = (): SafeMrkdwn => new SafeMrkdwn('<!channel>');
    expect(made).toBeDefined();
  });
});

describe('cutting', () => {
  test('never cuts an entity, a mention, a code span or an emoji', () => {
    expect(excerpt('aaaa&bbbb', 8).markup).toBe('aaaa…');
    expect(mrk`aaaa <@U0OWNER01>`.cut(12).markup).toBe('aaaa…');
    expect(mrk`aaaa ${code('0123456789')}`.cut(12).markup).toBe('aaaa…');
    expect(excerpt('abc👍🏽👍🏽', 9).markup).toBe('abc👍🏽…');
    expect(excerpt('🇯🇵🇯🇵🇯🇵', 10).markup).toBe('🇯🇵🇯🇵…');
  });

  test('leaves what fits alone', () => {
    expect(excerpt('aaaa', 4).markup).toBe('aaaa');
  });

  test('a long id loses its middle and keeps its end', () => {
    const id = `arn:aws:s3:::${'x'.repeat(300)}-the-end`;
    expect(code(id, 60).markup).toMatch(/^`arn:aws:s3:::x+…x+-the-end`$/);
    expect(code(id, 60).markup.length).toBeLessThanOrEqual(60);
  });

  test('an empty id is shown as a dash', () => {
    expect(code('\u200B ').markup).toBe('–');
  });
});

test.each(['<!channel>', '<@U0EVIL001>', 'a & b', '<https://evil.example|x>', '\u202E', '```'])(
  'the scan of these tests finds %j when it is let through',
  (text) => {
    expect(
      intruders({ text: 'x', blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] }),
    ).not.toEqual([]);
    expect(intruders({ text, blocks: [] })).not.toEqual([]);
  },
);

test('quote marks every line, so that its end is seen', () => {
  expect(quote('one\ntwo & three', 100).markup).toBe('>one\n>two &amp; three');
});

test('joined leaves out what is empty', () => {
  expect(joined([mrk`a`, mrk``, mrk`b`], mrk`, `).markup).toBe('a, b');
  expect(joined([]).markup).toBe('');
});
