import { checkMessage, checkView, type ProblemCode } from '../../../blocks/kit/check';

type Json = Record<string, unknown>;

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (over: Json = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...over });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const option = (value: string) => ({ text: plain(value), value });
const input = (element: Json, over: Json = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...over,
});
const textInput = (over: Json = {}) => ({ type: 'plain_text_input', action_id: 'reason', ...over });
const richText = (...elements: Json[]) => ({ type: 'rich_text', elements });
const richSection = (...elements: Json[]) => ({ type: 'rich_text_section', elements });
const cell = (text: string) => ({ type: 'raw_text', text });
const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' };
const bar = (over: Json = {}) => ({
  type: 'data_visualization',
  title: 'Scores',
  chart: {
    type: 'bar',
    series: [{ name: 'shop', data: [{ label: 'Jan', value: 1 }] }],
    axis_config: { categories: ['Jan'] },
    ...over,
  },
});
const modal = (over: Json = {}) => ({ type: 'modal', title: plain('Title'), blocks: [], ...over });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_none, at) => make(at));

function found(problems: { pointer: string; code: string }[]): string[] {
  return problems.map(({ pointer, code }) => `${code} ${pointer}`);
}

describe('what Slack takes in a message', () => {
  const accepted: [string, unknown[]][] = [
    ['section with text', [section('hello')]],
    ['section with fields', [{ type: 'section', fields: times(10, () => mrkdwn('x'.repeat(1100 / 2))) }]],
    ['section with an accessory', [{ ...section('a'), accessory: button() }]],
    ['header of 150', [{ type: 'header', text: plain('x'.repeat(150)) }]],
    ['context of 10', [{ type: 'context', elements: times(10, () => mrkdwn('a')) }]],
    ['25 buttons', [actions(...times(25, (at) => button({ action_id: `go${at}` })))]],
    [
      'button with everything',
      [actions(button({ value: 'v'.repeat(2000), style: 'danger', url: 'https://a.b' }))],
    ],
    [
      'confirm',
      [actions(button({ confirm: { title: plain('t'), text: mrkdwn('t'), confirm: plain('y') } }))],
    ],
    ['overflow of 5', [actions({ type: 'overflow', options: times(5, (at) => option(`${at}`)) })]],
    ['select of 100', [actions({ type: 'static_select', options: times(100, (at) => option(`${at}`)) })]],
    [
      'initial option',
      [actions({ type: 'static_select', options: [option('a')], initial_option: option('a') })],
    ],
    ['same action_id in two blocks', [actions(button()), actions(button())]],
    ['input in a message', [input(textInput())]],
    ['divider and image', [{ type: 'divider' }, image]],
    ['table', [{ type: 'table', rows: [[cell('a')]], column_settings: [{ align: 'right' }] }]],
    [
      'data_table',
      [
        {
          type: 'data_table',
          caption: 'c',
          rows: [[cell('a')], [{ type: 'raw_number', value: 1, text: '1' }]],
        },
      ],
    ],
    ['chart', [bar()]],
    ['markdown of 12,000', [{ type: 'markdown', text: 'x'.repeat(12_000) }]],
    [
      'container',
      [{ type: 'container', title: plain('t'), child_blocks: [section('a')], is_collapsible: true }],
    ],
    ['card', [{ type: 'card', title: mrkdwn('t'), actions: [button()] }]],
    ['carousel', [{ type: 'carousel', elements: [{ type: 'card', body: mrkdwn('t') }] }]],
    [
      'rich text',
      [
        richText(
          richSection(
            { type: 'text', text: 'a', style: { bold: true } },
            { type: 'user', user_id: 'U1' },
            { type: 'link', url: 'https://a.b', text: 'a' },
            { type: 'date', timestamp: 1, format: '{date}' },
          ),
          { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [richSection()] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a' }] },
          { type: 'rich_text_quote', elements: [{ type: 'emoji', name: 'tada' }] },
        ),
      ],
    ],
    ['50 blocks', times(50, () => ({ type: 'divider' }))],
  ];
  test.each(accepted)('%s', (_name, blocks) => {
    expect(checkMessage({ text: 'fallback', blocks })).toEqual([]);
  });

  test('text alone, or blocks alone, up to 40,000 characters', () => {
    expect(checkMessage({ text: 'x'.repeat(40_000) })).toEqual([]);
    expect(checkMessage({ blocks: [section('a')] })).toEqual([]);
  });
});

describe('what Slack refuses in a message', () => {
  const refused: [string, unknown, ProblemCode, string][] = [
    ['empty text', section(''), 'too_short', '/text/text'],
    ['section text of 3001', section('x'.repeat(3001)), 'too_long', '/text/text'],
    ['section without content', { type: 'section' }, 'missing', ''],
    ['11 fields', { type: 'section', fields: times(11, () => mrkdwn('a')) }, 'too_many', '/fields'],
    ['field of 2001', { type: 'section', fields: [mrkdwn('x'.repeat(2001))] }, 'too_long', '/fields/0/text'],
    ['header of 151', { type: 'header', text: plain('x'.repeat(151)) }, 'too_long', '/text/text'],
    ['header in mrkdwn', { type: 'header', text: mrkdwn('a') }, 'unknown_type', '/text/type'],
    ['text object without type', { type: 'header', text: { text: 'a' } }, 'missing', '/text'],
    ['text object as a string', { type: 'header', text: 'a' }, 'wrong_type', '/text'],
    ['empty context', { type: 'context', elements: [] }, 'too_few', '/elements'],
    ['11 in a context', { type: 'context', elements: times(11, () => mrkdwn('a')) }, 'too_many', '/elements'],
    ['button in a context', { type: 'context', elements: [button()] }, 'unknown_type', '/elements/0/type'],
    ['26 buttons', actions(...times(26, (at) => button({ action_id: `${at}` }))), 'too_many', '/elements'],
    ['same action_id twice', actions(button(), button()), 'duplicate', '/elements/1/action_id'],
    [
      'button text of 76',
      actions(button({ text: plain('x'.repeat(76)) })),
      'too_long',
      '/elements/0/text/text',
    ],
    ['button value of 2001', actions(button({ value: 'x'.repeat(2001) })), 'too_long', '/elements/0/value'],
    ['empty button value', actions(button({ value: '' })), 'too_short', '/elements/0/value'],
    ['button style', actions(button({ style: 'warning' })), 'invalid', '/elements/0/style'],
    ['button url', actions(button({ url: 'console' })), 'invalid', '/elements/0/url'],
    ['javascript url', actions(button({ url: 'javascript:1' })), 'invalid', '/elements/0/url'],
    ['unknown element', actions({ type: 'slider' }), 'unknown_type', '/elements/0/type'],
    ['text input in actions', actions(textInput()), 'unknown_type', '/elements/0/type'],
    ['misspelt field', actions(button({ txet: 1 })), 'unknown_field', '/elements/0'],
    ['field named like a method', actions(button({ constructor: 1 })), 'unknown_field', '/elements/0'],
    [
      'confirm text of 301',
      actions(button({ confirm: { text: plain('x'.repeat(301)) } })),
      'too_long',
      '/elements/0/confirm/text/text',
    ],
    [
      '6 overflow options',
      actions({ type: 'overflow', options: times(6, (at) => option(`${at}`)) }),
      'too_many',
      '/elements/0/options',
    ],
    [
      'option value of 76',
      actions({ type: 'overflow', options: [option('a'), { text: plain('b'), value: 'x'.repeat(76) }] }),
      'too_long',
      '/elements/0/options/1/value',
    ],
    [
      'option text of 76',
      actions({ type: 'static_select', options: [{ text: plain('x'.repeat(76)), value: 'a' }] }),
      'too_long',
      '/elements/0/options/0/text/text',
    ],
    ['select without options', actions({ type: 'static_select' }), 'missing', '/elements/0'],
    ['empty select', actions({ type: 'static_select', options: [] }), 'too_few', '/elements/0/options'],
    [
      'initial option that is not offered',
      actions({ type: 'static_select', options: [option('a')], initial_option: option('b') }),
      'invalid',
      '/elements/0',
    ],
    [
      '11 radio buttons',
      actions({ type: 'radio_buttons', options: times(11, (at) => option(`${at}`)) }),
      'too_many',
      '/elements/0/options',
    ],
    [
      'placeholder of 151',
      actions({ type: 'users_select', placeholder: plain('x'.repeat(151)) }),
      'too_long',
      '/elements/0/placeholder/text',
    ],
    [
      'date',
      actions({ type: 'datepicker', initial_date: '2026/01/02' }),
      'invalid',
      '/elements/0/initial_date',
    ],
    ['unknown block', { type: 'banner' }, 'unknown_type', '/type'],
    ['block named like a method', { type: 'toString' }, 'unknown_type', '/type'],
    ['no block', 'hello', 'wrong_type', ''],
    ['block without type', {}, 'missing', ''],
    ['block_id of 256', { type: 'divider', block_id: 'x'.repeat(256) }, 'too_long', '/block_id'],
    ['image without alt_text', { type: 'image', image_url: 'https://a.b/c' }, 'missing', ''],
    ['image with two sources', { ...image, slack_file: { id: 'F0123456789' } }, 'invalid', ''],
    [
      'image with the address of a file for its id',
      { type: 'image', alt_text: 'a', slack_file: { id: 'https://files.slack.com/a' } },
      'invalid',
      '/slack_file/id',
    ],
    ['alert', { type: 'alert', text: plain('a') }, 'wrong_surface', ''],
    ['file', { type: 'file', source: 'remote', external_id: 'a' }, 'wrong_surface', ''],
    ['file_input', input({ type: 'file_input' }), 'wrong_surface', '/element'],
    ['101 rows', { type: 'table', rows: times(101, () => [cell('a')]) }, 'too_many', '/rows'],
    ['21 cells', { type: 'table', rows: [times(21, () => cell('a'))] }, 'too_many', '/rows/0'],
    ['empty cell', { type: 'table', rows: [[cell('')]] }, 'too_short', '/rows/0/0/text'],
    ['data_table header only', { type: 'data_table', caption: 'c', rows: [[cell('a')]] }, 'too_few', '/rows'],
    [
      'uneven data_table',
      { type: 'data_table', caption: 'c', rows: [[cell('a'), cell('b')], [cell('a')]] },
      'invalid',
      '/rows/1',
    ],
    [
      'rich text in a data_table header',
      { type: 'data_table', caption: 'c', rows: [[richText(richSection())], [cell('a')]] },
      'invalid',
      '/rows/0/0',
    ],
    ['data_table without caption', { type: 'data_table', rows: times(2, () => [cell('a')]) }, 'missing', ''],
    ['chart title of 51', { ...bar(), title: 'x'.repeat(51) }, 'too_long', '/title'],
    [
      'chart with a missing value',
      bar({ axis_config: { categories: ['Jan', 'Feb'] } }),
      'invalid',
      '/chart/series/0',
    ],
    [
      'pie with nothing',
      {
        type: 'data_visualization',
        title: 't',
        chart: { type: 'pie', segments: [{ label: 'a', value: 0 }] },
      },
      'invalid',
      '/chart/segments/0/value',
    ],
    ['markdown of 12,001', { type: 'markdown', text: 'x'.repeat(12_001) }, 'too_long', '/text'],
    [
      'nested container',
      { type: 'container', title: plain('t'), child_blocks: [{ type: 'markdown', text: 'a' }] },
      'invalid',
      '/child_blocks/0',
    ],
    ['container without title', { type: 'container', child_blocks: [section('a')] }, 'missing', ''],
    ['card without content', { type: 'card', subtitle: mrkdwn('a') }, 'missing', ''],
    [
      '3 card buttons',
      { type: 'card', actions: times(3, (at) => button({ action_id: `${at}` })) },
      'too_many',
      '/actions',
    ],
    [
      '11 cards',
      { type: 'carousel', elements: times(11, () => ({ type: 'card', body: mrkdwn('a') })) },
      'too_many',
      '/elements',
    ],
    [
      'empty rich text leaf',
      richText(richSection({ type: 'text', text: '' })),
      'too_short',
      '/elements/0/elements/0/text',
    ],
    [
      'unknown rich text leaf',
      richText(richSection({ type: 'sound' })),
      'unknown_type',
      '/elements/0/elements/0/type',
    ],
    [
      'unknown style',
      richText(richSection({ type: 'text', text: 'a', style: { big: true } })),
      'unknown_field',
      '/elements/0/elements/0/style',
    ],
    [
      'mention in preformatted text',
      richText({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      'unknown_type',
      '/elements/0/elements/0/type',
    ],
    [
      'text straight in a list',
      richText({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'a' }] }),
      'unknown_type',
      '/elements/0/elements/0/type',
    ],
  ];
  test.each(refused)('%s', (_name, block, code, pointer) => {
    expect(found(checkMessage({ text: 'fallback', blocks: [block] }))).toContain(
      `${code} /blocks/0${pointer}`,
    );
  });

  const whole: [string, Json, string][] = [
    ['nothing', {}, 'no_text '],
    ['empty blocks and text', { text: '', blocks: [] }, 'no_text '],
    ['text of 40,001', { text: 'x'.repeat(40_001) }, 'msg_too_long /text'],
    ['text that is none', { text: 1 }, 'wrong_type /text'],
    ['51 blocks', { blocks: times(51, () => ({ type: 'divider' })) }, 'too_many /blocks'],
    ['blocks that are no list', { text: 'a', blocks: {} }, 'wrong_type /blocks'],
    [
      'too much in all blocks',
      { blocks: times(5, () => section('x'.repeat(2400))) },
      'msg_blocks_too_long /blocks',
    ],
    [
      'same block_id',
      { blocks: times(2, () => ({ type: 'divider', block_id: 'a' })) },
      'duplicate /blocks/1/block_id',
    ],
    [
      'two tables',
      { blocks: times(2, () => ({ type: 'table', rows: [[cell('a')]] })) },
      'only_one_table_allowed /blocks/1',
    ],
    ['three charts', { blocks: times(3, () => bar()) }, 'too_many /blocks/2'],
    [
      'markdown together',
      { blocks: times(2, () => ({ type: 'markdown', text: 'x'.repeat(7000) })) },
      'too_long /blocks/1',
    ],
    [
      'metadata without payload',
      { text: 'a', metadata: { event_type: 'x' } },
      'invalid_metadata_format /metadata',
    ],
    [
      'metadata without type',
      { text: 'a', metadata: { event_payload: {} } },
      'invalid_metadata_format /metadata',
    ],
  ];
  test.each(whole)('%s', (_name, message, expected) => {
    expect(found(checkMessage(message))).toContain(expected);
  });
});

describe('views', () => {
  const accepted: [string, unknown][] = [
    ['modal', modal({ submit: plain('OK'), close: plain('Cancel'), blocks: [input(textInput())] })],
    ['alert in a modal', modal({ blocks: [{ type: 'alert', text: plain('a'), level: 'error' }] })],
    ['100 blocks', modal({ blocks: times(100, () => ({ type: 'divider' })) })],
    [
      'number input',
      modal({
        submit: plain('OK'),
        blocks: [input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '10' })],
      }),
    ],
    ['home', { type: 'home', blocks: [section('hello'), { type: 'card', body: mrkdwn('a') }] }],
  ];
  test.each(accepted)('accepts %s', (_name, view) => {
    expect(checkView(view)).toEqual([]);
  });

  const refused: [string, unknown, string][] = [
    ['no view', null, 'wrong_type '],
    ['unknown type', { type: 'sheet', blocks: [] }, 'unknown_type /type'],
    ['modal without title', { type: 'modal', blocks: [] }, 'missing '],
    ['title of 25', modal({ title: plain('x'.repeat(25)) }), 'too_long /title/text'],
    ['submit of 25', modal({ submit: plain('x'.repeat(25)) }), 'too_long /submit/text'],
    ['close of 25', modal({ close: plain('x'.repeat(25)) }), 'too_long /close/text'],
    ['private_metadata of 3001', modal({ private_metadata: 'x'.repeat(3001) }), 'too_long /private_metadata'],
    ['callback_id of 256', modal({ callback_id: 'x'.repeat(256) }), 'too_long /callback_id'],
    ['input without submit', modal({ blocks: [input(textInput())] }), 'missing '],
    ['101 blocks', modal({ blocks: times(101, () => ({ type: 'divider' })) }), 'too_many /blocks'],
    [
      'table in a modal',
      modal({ blocks: [{ type: 'table', rows: [[cell('a')]] }] }),
      'wrong_surface /blocks/0',
    ],
    ['card in a modal', modal({ blocks: [{ type: 'card', body: mrkdwn('a') }] }), 'wrong_surface /blocks/0'],
    [
      'markdown in a home',
      { type: 'home', blocks: [{ type: 'markdown', text: 'a' }] },
      'wrong_surface /blocks/0',
    ],
    ['title of a home', { type: 'home', title: plain('a'), blocks: [] }, 'unknown_field '],
    [
      'label of 2001',
      modal({ submit: plain('OK'), blocks: [input(textInput(), { label: plain('x'.repeat(2001)) })] }),
      'too_long /blocks/0/label/text',
    ],
    [
      'max_length of 3001',
      modal({ submit: plain('OK'), blocks: [input(textInput({ max_length: 3001 }))] }),
      'invalid /blocks/0/element/max_length',
    ],
    [
      'min above max',
      modal({ submit: plain('OK'), blocks: [input(textInput({ min_length: 9, max_length: 2 }))] }),
      'invalid /blocks/0/element',
    ],
    [
      'button in an input',
      modal({ submit: plain('OK'), blocks: [input(button())] }),
      'unknown_type /blocks/0/element/type',
    ],
    [
      'two with focus',
      modal({ submit: plain('OK'), blocks: times(2, () => input(textInput({ focus_on_load: true }))) }),
      'invalid /blocks/1/element/focus_on_load',
    ],
    ['250 KB', modal({ blocks: times(100, () => section('あ'.repeat(2900))) }), 'view_too_large '],
  ];
  test.each(refused)('refuses %s', (_name, view, expected) => {
    expect(found(checkView(view))).toContain(expected);
  });

  test('says where and what', () => {
    expect(checkView(modal({ title: plain('x'.repeat(25)) }))).toEqual([
      { pointer: '/title/text', code: 'too_long', message: 'must be less than 25 characters' },
    ]);
  });
});
