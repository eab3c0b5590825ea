import { completionsFor } from '../../../../../local/page/ui/slack/completions';

const user = (name: string, deleted = false) => ({
  id: `U${name.toUpperCase()}`,
  name,
  realName: name,
  isBot: false,
  isGuest: false,
  isStranger: false,
  deleted,
});
const start = {
  users: [user('owner'), user('analyst'), user('oldest', true)],
  groups: [{ id: 'S0LEADS', handle: 'security-leads', name: 'Security leads', users: [] }],
  commands: [
    { usage: '/secops requests [ACCOUNT]', about: { ja: '依頼', en: 'Requests' } },
    { usage: '/secops policy CONTROL', about: { ja: '扱い', en: 'Policy' } },
    { usage: '/secops help', about: { ja: '使い方', en: 'Help' } },
  ],
};
const of = (text: string) => completionsFor(text, text.length, start, 'en');

test('a slash offers every command with what it does', () => {
  expect(of('/').map(({ label, about }) => [label, about])).toEqual([
    ['/secops requests [ACCOUNT]', 'Requests'],
    ['/secops policy CONTROL', 'Policy'],
    ['/secops help', 'Help'],
  ]);
});

test('what is written is the command without what is to be filled in', () => {
  expect(of('/secops ').map(({ insert }) => insert)).toEqual([
    '/secops requests ',
    '/secops policy ',
    '/secops help',
  ]);
});

test('a command that is begun goes on explaining itself', () => {
  expect(of('/secops requests 1111')).toEqual([
    expect.objectContaining({
      label: '/secops requests [ACCOUNT]',
      insert: '/secops requests 1111',
      isNew: false,
    }),
  ]);
  expect(of('/secops nonsense')).toEqual([]);
});

test('an @ offers people and groups, and replaces what was typed of the name', () => {
  expect(of('ask @o')).toEqual([
    { label: '@owner', about: 'owner', from: 4, insert: '@owner ', isNew: true },
  ]);
  expect(of('@sec').map(({ insert }) => insert)).toEqual(['@security-leads ']);
  expect(of('mail@o')).toEqual([]);
  expect(of('hello')).toEqual([]);
});
