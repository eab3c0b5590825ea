import * as fc from 'fast-check';
import {
  decoded,
  emojiParts,
  type Inline,
  type Part,
  parseMrkdwn,
} from '../../../../../local/page/ui/slack/mrkdwn';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const line = (...children: Inline[]): Part => ({ kind: 'paragraph', children });

/** What a reader sees, without marks. */
function read(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'break') return '\n';
      if ('children' in part) return read(part.children);
      return part.kind === 'emoji' ? `:${part.name}:` : `{${part.kind}}`;
    })
    .join('');
}

function kinds(parts: readonly Inline[]): string[] {
  return parts.flatMap((part) => [part.kind, ...('children' in part ? kinds(part.children) : [])]);
}

function links(parts: readonly Inline[]): string[] {
  return parts.flatMap((part) => [
    ...(part.kind === 'link' || part.kind === 'date' ? [part.url ?? ''] : []),
    ...('children' in part ? links(part.children) : []),
  ]);
}

describe('marks', () => {
  test.each([
    ['*bold*', 'bold', 'bold'],
    ['_italic_', 'italic', 'italic'],
    ['~strike~', 'strike', 'strike'],
    ['`a *b* c`', 'code', 'a *b* c'],
  ])('%s', (written, kind, inner) => {
    expect(parseMrkdwn(written)).toEqual([line({ kind, children: [text(inner)] } as Inline)]);
  });

  test.each([
    '* not bold*',
    '*not bold *',
    '**',
    '*a',
    'a*b*c',
    '太字*ではない*です',
    'snake_case_name',
    '__init__',
  ])('%s stays as it is', (written) => {
    expect(parseMrkdwn(written)).toEqual([line(text(written))]);
  });

  test('stand beside Japanese punctuation and emoji', () => {
    expect(kinds(parseMrkdwn('「*太字*」🔴*太字*、*太字*。')[0]?.children ?? [])).toEqual(
      ['text', 'bold', 'text', 'text', 'bold', 'text', 'text', 'bold', 'text', 'text'].filter(Boolean),
    );
  });

  test('nest, and end on their own line', () => {
    expect(parseMrkdwn('*a _b ~c~_*')).toEqual([
      line({
        kind: 'bold',
        children: [
          text('a '),
          { kind: 'italic', children: [text('b '), { kind: 'strike', children: [text('c')] }] },
        ],
      }),
    ]);
    expect(parseMrkdwn('*a\nb*')).toEqual([line(text('*a'), { kind: 'break' }, text('b*'))]);
  });

  test('do not end inside a code span or a link', () => {
    expect(parseMrkdwn('*see `a*` or <https://example.com/*|x*> now*')[0]?.children).toHaveLength(1);
  });
});

describe('lines', () => {
  test('quotes', () => {
    expect(parseMrkdwn('>one\n&gt; two\nthree')).toEqual([
      { kind: 'quote', children: [text('one'), { kind: 'break' }, text('two')] },
      line(text('three')),
    ]);
    expect(parseMrkdwn('a\n>>>b\nc')).toEqual([
      line(text('a')),
      { kind: 'quote', children: [text('b'), { kind: 'break' }, text('c')] },
    ]);
  });

  test('preformatted text keeps its lines and knows no marks', () => {
    expect(parseMrkdwn('see\n```\n*a*\n  b &amp; c\n```\nend')).toEqual([
      line(text('see')),
      { kind: 'pre', children: [text('*a*\n  b & c')] },
      line(text('end')),
    ]);
  });

  test('lists are text', () => {
    expect(parseMrkdwn('• one\n• two')).toEqual([line(text('• one'), { kind: 'break' }, text('• two'))]);
  });
});

describe('what stands in angle brackets', () => {
  test.each<[string, Inline]>([
    ['<@U0OWNER1>', { kind: 'user', id: 'U0OWNER1' }],
    ['<@U0OWNER1|owner>', { kind: 'user', id: 'U0OWNER1', label: 'owner' }],
    ['<!subteam^S0LEADS>', { kind: 'group', id: 'S0LEADS' }],
    ['<#C0SECURITY|security>', { kind: 'channel', id: 'C0SECURITY', label: 'security' }],
    ['<!here>', { kind: 'broadcast', range: 'here' }],
    ['<!channel|channel>', { kind: 'broadcast', range: 'channel' }],
    [
      '<https://example.com/?a=1&amp;b=2|a &lt; b>',
      { kind: 'link', url: 'https://example.com/?a=1&b=2', children: [text('a < b')] },
    ],
    [
      '<https://example.com>',
      { kind: 'link', url: 'https://example.com', children: [text('https://example.com')] },
    ],
    ['<mailto:a@example.com|mail>', { kind: 'link', url: 'mailto:a@example.com', children: [text('mail')] }],
    [
      '<!date^1794358800^{date_num} {time}|2026>',
      { kind: 'date', seconds: 1_794_358_800, format: '{date_num} {time}', fallback: '2026' },
    ],
    [
      '<!date^1794358800^{time}^https://example.com|2026>',
      {
        kind: 'date',
        seconds: 1_794_358_800,
        format: '{time}',
        fallback: '2026',
        url: 'https://example.com',
      },
    ],
    ['<!date^soon^{time}|later>', text('later')],
    ['<!unknown|label>', text('label')],
  ])('%s', (written, part) => {
    expect(parseMrkdwn(written)).toEqual([line(part)]);
  });

  test.each([
    '<javascript:alert(1)|click>',
    '<data:text/html,x>',
    '<img src=x onerror=alert(1)>',
    '<>',
    '<a',
  ])('%s is text', (written) => {
    expect(parseMrkdwn(written)).toEqual([line(text(written))]);
  });

  test('a date links nowhere but to web pages', () => {
    expect(links(parseMrkdwn('<!date^1^{time}^javascript:alert(1)|x>')[0]?.children ?? [])).toEqual(['']);
  });
});

describe('addresses that are written out', () => {
  test('become links without the punctuation around them', () => {
    expect(parseMrkdwn('見てください (https://example.com/a?b=1&amp;c=2)。')).toEqual([
      line(
        text('見てください ('),
        {
          kind: 'link',
          url: 'https://example.com/a?b=1&c=2',
          children: [text('https://example.com/a?b=1&c=2')],
        },
        text(')。'),
      ),
    ]);
  });

  test('stay text where the sender asks for it', () => {
    expect(parseMrkdwn('https://example.com', true)).toEqual([line(text('https://example.com'))]);
  });
});

test('emoji that are known are drawn, others stay', () => {
  expect(emojiParts('ok :tada: :nobody_knows: 10:30:00')).toEqual([
    text('ok '),
    { kind: 'emoji', name: 'tada' },
    text(' :nobody_knows: 10:30:00'),
  ]);
  expect(parseMrkdwn(':tada: `:tada:`')).toEqual([
    line({ kind: 'emoji', name: 'tada' }, text(' '), { kind: 'code', children: [text(':tada:')] }),
  ]);
});

test('entities are decoded once', () => {
  expect(decoded('&amp;lt; &lt;b&gt; &quot;')).toBe('&lt; <b> &quot;');
});

// --- Of any text -----------------------------------------------------------------------------------------

const MARKUP = [
  '*',
  '_',
  '~',
  '`',
  '```',
  '<',
  '>',
  '|',
  '&lt;',
  '&gt;',
  '&amp;',
  '!date^1^{time}',
  '@U1',
  '#C1',
  'a',
  '太',
  ' ',
  '\n',
  ':',
  'tada',
  'https://e.com',
  '^',
  '🔴',
];
const marked = fc.array(fc.constantFrom(...MARKUP), { maxLength: 40 }).map((pieces) => pieces.join(''));

test('any text is read, and only web and mail addresses become links', () => {
  fc.assert(
    fc.property(fc.oneof(marked, fc.string({ maxLength: 200 })), (written) => {
      for (const part of parseMrkdwn(written)) {
        for (const url of links(part.children)) expect(url).toMatch(/^$|^(?:https?:\/\/|mailto:|tel:)/i);
      }
    }),
  );
});

test('no character but marks is lost', () => {
  const plainOf = (written: string) => written.replace(/[*_~`>\s]/g, '');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('*', '_', '~', '`', '>', 'a', 'b', '太', ' ', '\n', '、'), { maxLength: 40 }),
      (pieces) => {
        const written = pieces.join('');
        const seen = parseMrkdwn(written)
          .map(({ children }) => read(children))
          .join('\n');
        expect(plainOf(seen)).toBe(plainOf(written));
      },
    ),
  );
});

test('an escaped text without marks reads as it was written', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 80 }).map((each) => each.replace(/[*_~`:\n]|https?/g, '-')),
      (written) => {
        const escaped = written.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
        // A line that begins with > is a quote, escaped or not.
        const parts = parseMrkdwn(`.${escaped}`);
        expect(parts.map(({ children }) => read(children))).toEqual([`.${written}`]);
      },
    ),
  );
});
