import * as fc from 'fast-check';
import { readMention } from '../../../handlers/jobs/read-mention';

const read = (text: string) => readMention(text, 'U0BOT');

test.each([
  '<@U0BOT>',
  ' <@U0BOT>  ',
  '<@U0BOT|secops>',
  '<@U0BOT> help',
  '<@U0BOT> HELP?',
  'ヘルプ <@U0BOT>',
  '<@U0BOT> 使い方。',
  '<@U0BOT> ?',
])('%s asks for help', (text) => expect(read(text)).toEqual({ kind: 'help' }));

test.each([
  ['<@U0BOT> Is this needed?', 'Is this needed?'],
  ['<@U0BOT> どうすればいい？', 'どうすればいい？'],
  ['<@U0BOT> このまま残しても問題ないでしょうか', 'このまま残しても問題ないでしょうか'],
  ['<@U0BOT> いつまでに直せばいいですか。', 'いつまでに直せばいいですか。'],
])('%s is a question', (text, said) => expect(read(text)).toEqual({ kind: 'ask', text: said }));

test.each([
  ['<@U0BOT> A test system, gone by March.', 'A test system, gone by March.'],
  ['社内の検証用です。<@U0BOT> 来月に廃止します', '社内の検証用です。 来月に廃止します'],
])('%s is a reason', (text, said) => expect(read(text)).toEqual({ kind: 'suppress', text: said }));

test('fewer than ten characters are no reason', () => {
  expect(read('<@U0BOT> 検証用です')).toEqual({ kind: 'short', text: '検証用です' });
  expect(read('<@U0BOT> 1234567890')).toMatchObject({ kind: 'suppress' });
});

test('Slack’s markup becomes what a person would have typed', () => {
  const said =
    '<@U0BOT> see <https://example.com/a?b=1&amp;c=2|the ticket>, ask <@U0LEAD> or <!subteam^S0LEADS|@leads>, <!here>, <#C0SHOP|shop>; 1 &lt; 2 &amp;amp;';
  expect(read(said)).toEqual({
    kind: 'suppress',
    text: 'see https://example.com/a?b=1&c=2, ask @U0LEAD or @leads, @here, shop; 1 < 2 &amp;',
  });
});

test('a long text is cut between characters: a reason at 500, a question at 1000', () => {
  const reason = read(`<@U0BOT> ${'🔒'.repeat(600)}`);
  const question = read(`<@U0BOT> ${'🔒'.repeat(1200)}?`);
  expect([...('text' in reason ? reason.text : '')]).toHaveLength(500);
  expect([...('text' in question ? question.text : '')]).toHaveLength(1000);
});

test('whatever is said, something is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const mentioned = read(text);
      expect(['help', 'ask', 'suppress', 'short']).toContain(mentioned.kind);
      if ('text' in mentioned) expect([...mentioned.text].length).toBeLessThanOrEqual(1000);
    }),
  );
});
