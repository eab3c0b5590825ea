import { renderForTerminal } from '../../../local/slack';
import { displayWidth, wrap } from '../../../local/slack/text-width';

const NAMES = { U0LEAD: 'lead', S0LEADS: 'security-leads', C0SECURITY: 'security' };
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const render = (card: Parameters<typeof renderForTerminal>[0], width = 40) =>
  renderForTerminal(card, NAMES, { width }).split('\n');

describe('text', () => {
  test.each([
    [
      'mentions by name',
      'ask <@U0LEAD>, <!subteam^S0LEADS> in <#C0SECURITY>',
      'ask @lead, @security-leads in #security',
    ],
    ['unknown ids as they are', '<@U0NEW>', '@U0NEW'],
    ['links with their address', '<https://example.com|docs>', 'docs (https://example.com)'],
    ['dates by their fallback', 'due <!date^1793577600^{date_short}|2026-11-02>', 'due 2026-11-02'],
    ['marks without their signs', '*bold* and _slanted_ and ~gone~', 'bold and slanted and gone'],
    ['escapes as the characters', 'a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['emoji it knows', ':tada: done :unknown:', '🎉 done :unknown:'],
    ['names with signs untouched', 'my_bucket_name and 2*3*4', 'my_bucket_name and 2*3*4'],
  ])('%s', (_name, text, expected) => {
    expect(render({ text }, 80)).toEqual([expected]);
  });
});

test('a card as a person would read it', () => {
  const blocks = [
    { type: 'header', text: plain('セキュリティの依頼') },
    { type: 'section', fields: [mrkdwn('*アカウント*\nshop-prod'), mrkdwn('*期限*\n11月9日')] },
    {
      type: 'section',
      text: mrkdwn('SSH を閉じてください'),
      accessory: { type: 'overflow', options: [{ text: plain('説明') }, { text: plain('履歴') }] },
    },
    { type: 'divider' },
    { type: 'context', elements: [mrkdwn('EC2.19'), mrkdwn('<@U0LEAD>')] },
    {
      type: 'actions',
      elements: [
        { type: 'button', text: plain('抑制する…') },
        { type: 'static_select', placeholder: plain('種類') },
      ],
    },
  ];
  const replies = [{ text: '対応しました。' }];
  expect(render({ text: 'fallback', blocks, replies })).toEqual([
    'セキュリティの依頼',
    '══════════════════',
    'アカウント           期限',
    'shop-prod            11月9日',
    'SSH を閉じてください',
    '[ ⋯ 説明 | 履歴 ]',
    '────────────────────────────────────────',
    '  EC2.19 · @lead',
    '[ 抑制する… ]  [ 種類 ▾ ]',
    '  ↳ 対応しました。',
  ]);
});

test('a picture is what it shows, in lines that fit', () => {
  const picture = {
    type: 'image',
    slack_file: { id: 'F0123456789' },
    alt_text: 'shop-prod has a score of 92 %',
  };
  expect(renderForTerminal({ blocks: [picture] }, {}, { width: 20 }).split('\n')).toEqual([
    '(shop-prod has a',
    'score of 92 %)',
  ]);
});

test('rich text, tables, inputs and what it does not know', () => {
  const blocks = [
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'See ' },
            { type: 'user', user_id: 'U0LEAD' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] },
            { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://a.b', text: 'two' }] },
          ],
        },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'aws s3' }] },
      ],
    },
    {
      type: 'data_table',
      caption: 'Scores',
      rows: [
        [
          { type: 'raw_text', text: 'account' },
          { type: 'raw_text', text: 'score' },
        ],
        [
          { type: 'raw_text', text: 'shop' },
          { type: 'raw_number', value: 98, text: '98 %' },
        ],
      ],
    },
    {
      type: 'input',
      label: plain('Reason'),
      element: { type: 'plain_text_input', placeholder: plain('why') },
    },
    {
      type: 'input',
      label: plain('Until'),
      element: {
        type: 'radio_buttons',
        options: [
          { text: plain('30 days'), value: '30' },
          { text: plain('90 days'), value: '90' },
        ],
        initial_option: { text: plain('30 days'), value: '30' },
      },
    },
    { type: 'data_visualization', title: 'Trend' },
  ];
  expect(render({ blocks })).toEqual([
    'See @lead',
    '1. one',
    '2. two (https://a.b)',
    '    aws s3',
    'Scores',
    'account  score',
    'shop     98 %',
    'Reason',
    '  [ why ]',
    'Until',
    '  (•) 30 days  ( ) 90 days',
    '(data_visualization)',
  ]);
});

describe('widths', () => {
  test.each([
    ['abc', 3],
    ['あいう', 6],
    ['ｱｲｳ', 3],
    ['🎉', 2],
    ['が', 2],
  ])('%s takes its columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('words stay whole, wide text breaks anywhere, a full stop begins no line', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('あいうえお', 6)).toEqual(['あいう', 'えお']);
    expect(wrap('あいう。え', 6)).toEqual(['あい', 'う。え']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('a\n\nb', 5)).toEqual(['a', '', 'b']);
  });

  test('no line is wider than asked', () => {
    const text = 'アカウント 111122223333 の S3 バケット「logs」が公開されています。設定を確認してください。';
    for (const width of [10, 17, 24, 33]) {
      for (const line of wrap(text, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});
