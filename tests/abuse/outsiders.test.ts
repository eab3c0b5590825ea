import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { GUEST, high, low, MEMBER, PARTNER, SECURITY, suppressions } from './asked';
import { type FrontDoor, formOf, openFrontDoor, payloadOf } from './front-door';

const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHARED }
`;
const w = words('ja');
const no = (['ja', 'en'] as const).map((language) => words(language).ruling.outsider.markup);
let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor({ accounts: ACCOUNTS });
  await door.report(high);
});
afterEach(() => door.close());

test('nothing about findings stands where other companies read; the security team is told, once', async () => {
  await door.report(low);
  expect(await door.cards('C0SHARED')).toEqual([]);
  expect(await door.cards('C0REQUESTS')).toHaveLength(2);
  const told = (await door.cards(SECURITY)).filter(({ blocks }) =>
    readAloud(blocks).includes(w.notice.sharedChannelWhy),
  );
  expect(told).toHaveLength(1);
});

test.each([
  'help',
  'requests',
  'requests 111122223333',
  'account list',
  'account show shop-prod',
  'history shop-prod',
  'exceptions',
  'score',
  'score shop-prod',
  'questions',
  'policy S3.8',
  'owner shop-prod <@U0PARTNER>',
  'account request',
  '',
])('/secops %s, by an outsider of a shared channel: no, and nothing else', async (text) => {
  const { message } = await door.act(() => door.people.command(PARTNER, 'C0SHARED', text));
  expect(no).toContain(readAloud(message));
  const { ephemerals, modals } = await door.people.user(PARTNER);
  expect(ephemerals.length + modals.length).toBeLessThanOrEqual(1);
  expect(door.bot.accounts.lookup('111122223333' as never).owner).toBe('U0OWNER1');
});

test('every button of a card, by an outsider: no, and nothing is done', async () => {
  const card = await door.card('C0REQUESTS');
  for (const label of [w.card.take, w.card.fixed, w.card.suppress]) {
    await door.press(PARTNER, card, label);
    await door.people.close(PARTNER, true).catch(() => undefined);
  }
  expect((await door.card('C0REQUESTS')).replies).toEqual([]);
  expect(await suppressions(door)).toBe(0);
});

test('a mention, and the bot’s own page: no, and nothing else', async () => {
  const ts = await door.people.say(PARTNER, 'C0SHARED', 'hello');
  await door.act(() => door.people.mention(PARTNER, 'C0SHARED', 'What is open in shop-prod?', ts.ts));
  await door.act(() => door.people.home(PARTNER));
  const { ephemerals, home } = await door.people.user(PARTNER);
  for (const said of ephemerals) expect(no).toContain(readAloud(said));
  expect(JSON.stringify([ephemerals, home])).not.toMatch(/shop-prod|example-|S3\.8/);
});

test('an interaction that names another app’s workspace, of a person who is ours there: what counts is what Slack says of them', async () => {
  const card = await door.card('C0REQUESTS');
  const press = payloadOf(await door.caughtPress(MEMBER, card, w.card.take));
  // No one of ours: the id is that of another workspace's.
  const foreign = { id: PARTNER, username: 'member', name: 'member', team_id: 'T0LOCAL' };
  expect((await door.deliverSigned(formOf({ ...press, user: foreign }))).status).toBe(200);
  await door.drain();
  expect((await door.card('C0REQUESTS')).replies).toEqual([]);
});

test('a guest, who is let in but for nothing: no, with the reason', async () => {
  const { message } = await door.act(() => door.people.command(GUEST, 'C0REQUESTS', 'requests'));
  expect((['ja', 'en'] as const).map((language) => words(language).ruling.guest.markup)).toContain(
    readAloud(message),
  );
});
