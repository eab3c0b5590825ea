import { shownWords } from '../../blocks/words/shown';
import { bulletinRef } from '../../src/bulletins';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Card, elements, labels, openStage, type Stage } from './stage';

const [ja, en] = [shownWords('ja'), shownWords('en')];
const finding = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' });
const REASON = '社内の検証用です。来月に廃止します。';

let stage: Stage;
let card: Card;
beforeEach(async () => {
  stage = await openStage();
  await stage.report(finding);
  card = await stage.card();
});
afterEach(async () => {
  await stage.close();
  expect(stage.logged).toEqual([]);
});

const mention = (user: string, text: string, thread: string | undefined = card.ts, channel = card.channel) =>
  stage.act(() => stage.people.mention(user, channel, text, thread));

/** Presses a button of the newest message that only this person sees. */
async function press(user: string, label: string): Promise<void> {
  const message = await stage.whispered(user);
  const found = elements(message).find((element) => element.label === label);
  if (found === undefined) throw new Error(`no ${label} among ${labels(message).join(', ')}`);
  await stage.act(() =>
    stage.people.press(
      user,
      { channel: String(message?.['channel']), ts: String(message?.['ts']) },
      { action_id: found.action_id },
    ),
  );
}

test('a reason said in the thread is offered as one, and suppresses once its author has pressed', async () => {
  await mention('U0OWNER1', REASON);
  const offer = await stage.whispered('U0OWNER1');
  expect(offer).toMatchObject({ channel: card.channel, thread_ts: card.ts });
  expect(readAloud(offer?.['blocks'])).toContain(`${ja.offers.suppress.markup}\n>${REASON}`);
  expect((await stage.workflow(finding)).status).toBe('NOTIFIED');

  await press('U0OWNER1', ja.offers.suppressButton);
  const { modal } = await stage.people.user('U0OWNER1');
  expect(JSON.stringify(modal)).toContain(`"initial_value":"${REASON}"`);
  await stage.act(() => stage.people.submit('U0OWNER1', { 'secops.suppress.days': '30' }));
  expect(await stage.workflow(finding)).toMatchObject({ status: 'SUPPRESSED' });
  const [, told] = (await stage.card()).replies;
  expect(readAloud(told?.['blocks'])).toContain(`>${REASON}`);
});

test('rights are looked at as ever: whose approval it takes is told in the dialog', async () => {
  await mention('U0MEMBER', 'A test system of ours, gone by March.');
  await press('U0MEMBER', en.offers.suppressButton);
  const { modal } = await stage.people.user('U0MEMBER');
  expect(readAloud(modal)).toContain(en.ruling.needsApproval([{ of: 'analyst', count: 1 }], false).markup);
});

test('a question is offered to the security team, in the words that were said', async () => {
  await mention('U0MEMBER', 'Does <https://example.com|this> concern <!here>, <@U0LEAD>?');
  const offer = await stage.whispered('U0MEMBER');
  expect(readAloud(offer?.['blocks'])).toContain(en.offers.ask.markup);
  expect(labels(offer)).toEqual([en.questions.ask]);
  await press('U0MEMBER', en.questions.ask);
  await stage.act(() => stage.people.submit('U0MEMBER', {}));

  const asked = (await stage.card()).replies.at(-1);
  expect(readAloud(asked?.['blocks'])).toContain('>Does https://example.com concern @here, @U0LEAD?');
  expect(JSON.stringify(asked)).not.toMatch(/<!here>|<@U0LEAD>|<https/);
});

test.each([
  ['', en.offers.help],
  ['help', en.offers.help],
  ['ヘルプ', en.offers.help],
  ['too short', en.offers.short(10)],
])('"%s" gets a short answer', async (text, answer) => {
  await mention('U0MEMBER', text);
  expect(readAloud((await stage.whispered('U0MEMBER'))?.['blocks'])).toContain(answer.markup.slice(0, 30));
});

test('where nothing is open any more, nothing is offered to be suppressed', async () => {
  stage.clock.advance(60_000);
  await stage.report({ ...finding, Compliance: { Status: 'PASSED' } });
  await mention('U0OWNER1', REASON);
  const offer = await stage.whispered('U0OWNER1');
  expect(readAloud(offer?.['blocks'])).toContain(ja.offers.done.markup);
  expect(labels(offer)).toEqual([ja.questions.ask]);
});

test('outside a card’s thread it is said where to go', async () => {
  const { ts } = await stage.people.say('U0MEMBER', card.channel, 'A talk of our own');
  for (const thread of [undefined, ts]) {
    await stage.act(() => stage.people.mention('U0MEMBER', card.channel, REASON, thread));
    const answer = await stage.whispered('U0MEMBER');
    expect(readAloud(answer?.['blocks'])).toContain(en.offers.elsewhere.markup);
    expect(answer?.['thread_ts']).toBe(thread);
    expect(labels(answer)).toEqual([]);
  }
});

test('under a message about several requests too', async () => {
  const { ts } = await stage.bot.ports.slack.post(
    card.channel,
    { text: 'several', blocks: [] },
    { record: bulletinRef({ kind: 'morning', day: '2026-11-24', subject: 'C0SHOPPRD' }), key: '1' },
  );
  await mention('U0OWNER1', REASON, ts);
  const answer = await stage.whispered('U0OWNER1');
  expect(readAloud(answer?.['blocks'])).toContain(ja.offers.bulletin.markup);
});

test('bots are not answered, people from elsewhere are told that they may not', async () => {
  await stage.people.forgetCalls();
  await mention('U0TOOL', REASON);
  expect(await stage.people.calls('chat.postEphemeral')).toEqual([]);
  await stage.act(() => stage.people.mention('U0GUEST', 'C0REQUESTS', REASON));
  await stage.act(() => stage.people.mention('U0PARTNER', 'C0SHARED', REASON));
  expect(readAloud(await stage.whispered('U0GUEST'))).toBe(en.ruling.guest.markup);
  expect(readAloud(await stage.whispered('U0PARTNER'))).toBe(en.ruling.outsider.markup);
  expect(await stage.people.calls('conversations.replies')).toEqual([]);
});

test('the answer does not wait for what has to be read', async () => {
  await stage.people.forgetCalls();
  await stage.actOnly(() => stage.people.mention('U0OWNER1', card.channel, REASON, card.ts));
  expect(await stage.people.calls()).toEqual([]);
  await stage.drain();
  expect(await stage.people.calls('chat.postEphemeral')).toHaveLength(1);
});
