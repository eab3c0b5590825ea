import { readMessage, withReaction } from '../../../../../local/page/ui/slack/message';

const shown = {
  ts: '1.000001',
  user: 'U0BOT',
  text: 'done',
  reactions: [{ name: 'tada', users: ['U0BOT', 'U0OWNER1'], count: 2 }],
};
const reactions = ({ reactions: all }: ReturnType<typeof readMessage>) =>
  all.map(({ name, users }) => `${name}: ${users.join(' ')}`);

test('reactions come and go, each person once, in the order in which they came', () => {
  const message = readMessage('C0SHOPPRD', shown);
  expect(reactions(message)).toEqual(['tada: U0BOT U0OWNER1']);
  const more = withReaction(withReaction(message, 'eyes', 'U0LEAD', true), 'tada', 'U0LEAD', true);
  expect(reactions(more)).toEqual(['tada: U0BOT U0OWNER1 U0LEAD', 'eyes: U0LEAD']);
  expect(reactions(withReaction(more, 'eyes', 'U0LEAD', true))).toEqual(reactions(more));
  const fewer = withReaction(withReaction(more, 'eyes', 'U0LEAD', false), 'tada', 'U0OWNER1', false);
  expect(reactions(fewer)).toEqual(['tada: U0BOT U0LEAD']);
  expect(reactions(message)).toEqual(['tada: U0BOT U0OWNER1']);
});
