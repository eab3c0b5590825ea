import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { register } from '../setup/register';
import { openStage, type Stage } from './stage';

const [ja, en] = [words('ja'), words('en')];
/** More of one beginning than Slack shows, and a name as if it meant harm. */
const ACCOUNTS = `
accounts:
${Array.from({ length: 120 }, (_, n) => `  - { id: '${String(200_000_000_000 + n)}', name: web-${n}, kind: production, channel: C0SHOPDEV }`).join('\n')}
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHOPPRD }
  - { id: '444455556666', name: 'The <!channel> & ${'very '.repeat(10)}long', kind: production, owner: U0MEMBER, channel: C0SHOPDEV }
`;
const REQUESTS = 'secops.requests.account';
const QUESTIONS = 'secops.questions.account';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ accounts: ACCOUNTS });
  await register(stage.bot, '777788889999');
  await stage.report(
    asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a' }),
    asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-b', account: '444455556666' }),
    // Nobody has given this one a name.
    asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-c', account: '777788889999' }),
  );
});
afterEach(async () => {
  await stage.close();
  expect(stage.logged).toEqual([]);
});

const say = (user: string, text: string) => stage.act(() => stage.people.command(user, 'C0REQUESTS', text));
const spot = async (user: string) => {
  const message = await stage.whispered(user);
  return { channel: String(message?.['channel']), ts: String(message?.['ts']) };
};
async function suggest(user: string, query: string, action = REQUESTS): Promise<string[]> {
  const at = await spot(user);
  const { options = [], trouble } = await stage.act(() =>
    stage.people.suggest(user, at, { action_id: action }, query),
  );
  expect(trouble).toBeUndefined();
  return options.map(({ text }) => String((text as { text?: string }).text));
}
async function choose(user: string, value: string, action = REQUESTS): Promise<string> {
  const at = await spot(user);
  await stage.act(() => stage.people.choose(user, at, { action_id: action, value }));
  return readAloud(await stage.whispered(user));
}

test('the list of requests is narrowed to an account, by its name or id, and widened again', async () => {
  await say('U0LEAD', 'requests');
  expect(readAloud(await stage.whispered('U0LEAD'))).toContain(ja.answers.list(3));

  expect(await suggest('U0LEAD', 'SHOP')).toEqual(['shop-prod (111122223333)']);
  const one = await choose('U0LEAD', '111122223333');
  expect(one).toContain(ja.answers.list(1));
  expect(one).toContain('shop-prod (111122223333)');
  expect((await stage.people.user('U0LEAD')).ephemerals).toHaveLength(1);

  expect(await suggest('U0LEAD', '7777')).toEqual([ja.accountName('777788889999')]);
  expect(await choose('U0LEAD', '777788889999')).toContain(ja.answers.list(1));

  const all = await suggest('U0LEAD', '');
  expect(all).toHaveLength(100);
  expect(all[0]).toBe(ja.accounts.everything);
  expect(await choose('U0LEAD', 'all')).toContain(ja.answers.list(3));
});

test('as many are suggested as Slack shows, and a long or hostile name fits', async () => {
  await say('U0MEMBER', 'requests');
  expect(await suggest('U0MEMBER', 'web')).toHaveLength(100);
  const [long = ''] = await suggest('U0MEMBER', 'the <!');
  expect(long).toMatch(/^The ‹!channel> & .*… ?.*long \(444455556666\)$/);
  expect(await choose('U0MEMBER', '444455556666')).toContain(en.answers.list(1));
  expect(await suggest('U0MEMBER', 'no such account')).toEqual([]);
});

test('the list of questions keeps to what it shows', async () => {
  await stage.press('U0OWNER1', await stage.card(), ja.questions.ask);
  await stage.act(() => stage.people.submit('U0OWNER1', { 'secops.question.text': 'Why is that?' }));
  await say('U0MEMBER', 'questions all');
  expect(await suggest('U0MEMBER', 'shop-prod', QUESTIONS)).toEqual(['shop-prod (111122223333)']);
  expect(await choose('U0MEMBER', '111122223333', QUESTIONS)).toContain(en.questions.listAll(1));
  await suggest('U0MEMBER', 'web-1', QUESTIONS);
  const none = await choose('U0MEMBER', '200000000001', QUESTIONS);
  expect(none).toContain(en.questions.emptyAll.markup);
});

test('a name that is no account’s, or near to several: nothing is guessed', async () => {
  const near = readAloud((await say('U0MEMBER', 'requests shop-prdo')).message);
  expect(near).toContain('There is no account `shop-prdo`.');
  expect(near).toContain('shop-prod (111122223333): `/secops requests 111122223333`');
  const many = readAloud((await say('U0MEMBER', 'requests web')).message);
  expect(many.match(/secops requests 2000/g)).toHaveLength(5);
  const spaced = await say('U0MEMBER', `requests The <!channel> & ${'very '.repeat(10)}LONG`);
  expect(spaced.message).toBeUndefined();
  expect(readAloud(await stage.whispered('U0MEMBER'))).toContain(en.answers.list(1));
});

test('people from elsewhere see no accounts', async () => {
  const { blocks = [] } = (await stage
    .act(() => stage.people.command('U0MEMBER', 'C0REQUESTS', 'questions'))
    .then(() => stage.whispered('U0MEMBER'))) as { blocks?: object[] };
  // The same menu in front of everybody, as if somebody had shared it.
  const { ts } = await stage.bot.ports.slack.post(
    'C0SHARED',
    { text: 'menu', blocks },
    { record: 'x', key: '1' },
  );
  const options = async (user: string) =>
    (await stage.people.suggest(user, { channel: 'C0SHARED', ts }, { action_id: QUESTIONS }, '')).options;
  expect(await options('U0PARTNER')).toEqual([]);
  expect(await options('U0GUEST')).toEqual([]);
  expect(await options('U0MEMBER')).toHaveLength(100);
});
