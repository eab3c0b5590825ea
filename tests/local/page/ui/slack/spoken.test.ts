import { spoken, withoutBot } from '../../../../../local/page/ui/slack/spoken';

const user = (id: string, name: string) => ({
  id,
  name,
  realName: name,
  isBot: false,
  isGuest: false,
  isStranger: false,
  deleted: false,
});
const workspace = {
  users: [user('U0OWNER1', 'owner'), user('U0BOT', 'secops')],
  groups: [{ id: 'S0LEADS', handle: 'security-leads', name: 'Security leads', users: [] }],
  channels: [
    {
      id: 'C0SECURITY',
      name: 'security',
      members: [],
      locale: 'ja-JP',
      isPrivate: false,
      isArchived: false,
      isShared: false,
    },
  ],
};

test.each([
  ['hello', 'hello'],
  ['@owner さん', '<@U0OWNER1> さん'],
  ['「@owner」を見て', '「<@U0OWNER1>」を見て'],
  ['@security-leads, please', '<!subteam^S0LEADS>, please'],
  ['ask @owner.', 'ask <@U0OWNER1>.'],
  ['see #security', 'see <#C0SECURITY>'],
  ['@here', '<!here>'],
  ['@nobody #nothing', '@nobody #nothing'],
  ['owner@owner.example', 'owner@owner.example'],
  ['a < b && <@U0OWNER1>', 'a &lt; b &amp;&amp; &lt;@U0OWNER1&gt;'],
])('%s', (typed, stored) => {
  expect(spoken(typed, workspace)).toBe(stored);
});

test.each([
  ['@secops help', 'help'],
  ['@secops', ''],
  ['ねえ @secops これは?', 'ねえ これは?'],
  ['@secops　全角の空白', '全角の空白'],
])('%s is for the bot', (typed, rest) => {
  expect(withoutBot(typed, 'secops')).toBe(rest);
});

test.each(['@secops-team help', 'me@secops.example', 'secops help', '@secopsbot'])('%s is not', (typed) => {
  expect(withoutBot(typed, 'secops')).toBeUndefined();
});
