import { readApproval } from '../../blocks/ids';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import { accountId } from '../../src/accounts';
import type { Change } from '../../src/changes';
import { amend } from '../../src/store';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Card, DAY, elements, labels, openStage, type Stage } from './stage';

/** HIGH: its owner may ask, and an analyst has to approve. */
const failing = asff({ control: 'S3.8', severity: 'HIGH' });
const REASON = 'Reachable from the office network only; replaced in March.';
const [OWNER, ANALYST, LEAD, MEMBER] = ['U0OWNER1', 'U0ANALYST', 'U0LEAD', 'U0MEMBER'] as const;
const SECURITY = 'C0SECURITY';
const ACCOUNT = accountId('111122223333')!;

const w = words('ja');
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await stage.report(failing);
});
afterEach(async () => {
  await stage.close();
  expect(stage.logged.filter((line) => !line.startsWith('a press was denied'))).toEqual([]);
});

const card = () => stage.card(SECURITY);
const ask = async (): Promise<Card> => {
  await stage.press(OWNER, await stage.card(), w.card.suppress);
  const sent = await stage.act(() =>
    stage.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '14' }),
  );
  expect(sent.errors).toBeUndefined();
  return card();
};
const whispered = async (user: string) => readAloud((await stage.whispered(user))?.['blocks']);
const press = async (user: string, label: string) => stage.press(user, await card(), label);
const pressed = (asked: Card, user: string, label: string) => {
  const { action_id = '', block_id = '' } = elements(asked).find((one) => one.label === label) ?? {};
  return () => stage.people.press(user, { channel: SECURITY, ts: asked.ts }, { action_id, block_id });
};
const status = async () => (await stage.workflow(failing)).status;

test('what needs approval is asked for in the security channel, and done when somebody else approves', async () => {
  const asked = await ask();
  const text = readAloud(asked.blocks);
  expect(text).toContain(w.approval.states.waiting(w.approval.kinds['suppress'] ?? ''));
  expect(text).toContain('@S0ANALYSTS');
  expect(text).toContain(REASON);
  expect(text).toContain('arn:aws:s3:::example-reports');
  expect(text).toContain('shop-prod (111122223333)');
  expect(text).toContain('0/1');
  expect(labels(asked)).toEqual([w.approval.approve, w.approval.deny, w.approval.withdraw]);
  expect(await status()).toBe('NOTIFIED');
  expect(readAloud((await stage.card()).replies)).toContain('承認待ち');
  expect(await whispered(OWNER)).toContain('承認を待っています');

  await press(OWNER, w.approval.approve);
  expect(await whispered(OWNER)).toBe(w.approval.answers.own.markup);
  await press(MEMBER, w.approval.approve);
  expect(await whispered(MEMBER)).toContain('a security analyst');
  await press(MEMBER, w.approval.withdraw);
  expect(await whispered(MEMBER)).toBe(words('en').approval.answers['not-yours'].markup);
  expect(await status()).toBe('NOTIFIED');

  // A double click, and a lead at the same moment.
  await stage.actOnly(pressed(asked, ANALYST, w.approval.approve));
  await stage.actOnly(pressed(asked, ANALYST, w.approval.approve));
  await stage.act(pressed(asked, LEAD, w.approval.approve));
  expect(await status()).toBe('SUPPRESSED');

  const done = await card();
  expect(done.ts).toBe(asked.ts);
  expect(readAloud(done.blocks)).toContain(w.approval.states.applied(w.approval.kinds['suppress'] ?? ''));
  expect(readAloud(done.blocks)).toContain('1/1');
  expect(labels(done)).toEqual([]);
  expect(done.replies).toHaveLength(1);
  expect(JSON.stringify(done.replies)).toContain(`<@${OWNER}>`);
  expect(await whispered(LEAD)).toContain('もう終わっています');

  const { events } = await stage.bot.audit.of({ account: ACCOUNT }, { limit: 50 });
  const denied = events.filter(({ what }) => what === 'denied').map(({ by, kind }) => `${by} ${kind}`);
  expect(denied.sort()).toEqual([`${MEMBER} approve`, `${MEMBER} withdraw`, `${OWNER} approve`]);
});

test('a denial needs a reason, and whoever asked hears it', async () => {
  await ask();
  await press(OWNER, w.approval.deny);
  expect(readAloud((await stage.people.user(OWNER)).modal)).toContain(w.approval.answers.own.markup);
  await press(ANALYST, w.approval.deny);
  const short = await stage.act(() =>
    stage.people.submit(ANALYST, { 'secops.deny.reason': `     no${' '.repeat(9)}` }),
  );
  expect(short.errors).toHaveProperty(['secops.deny.reason']);
  await stage.act(() =>
    stage.people.submit(ANALYST, { 'secops.deny.reason': 'Please limit the sources instead.' }),
  );

  expect(await status()).toBe('NOTIFIED');
  const denied = await card();
  expect(readAloud(denied.blocks)).toContain('Please limit the sources instead.');
  expect(labels(denied)).toEqual([]);
  expect(denied.replies).toHaveLength(1);
  expect(JSON.stringify(denied.replies)).toContain(`<@${OWNER}>`);
  expect(await whispered(OWNER)).toContain('Please limit the sources instead.');
  expect(readAloud((await stage.card()).replies.at(-1)?.['blocks'])).toContain(
    'Please limit the sources instead.',
  );
});

test('whoever asked takes it back; a press on what is over says so', async () => {
  await ask();
  // In the request's thread: they need not be in the security channel.
  const request = await stage.card();
  const [reply] = request.replies;
  const { action_id = '', block_id = '' } = elements(reply)[0] ?? {};
  const takeBack = () =>
    stage.people.press(
      OWNER,
      { channel: request.channel, ts: String(reply?.['ts']) },
      { action_id, block_id },
    );
  await stage.act(takeBack);
  const over = await card();
  expect(readAloud(over.blocks)).toContain(w.approval.states.withdrawn(w.approval.kinds['suppress'] ?? ''));
  expect(over.replies).toHaveLength(1);
  expect(await whispered(OWNER)).toBe(w.approval.answers['taken-back'].markup);
  await stage.act(takeBack);
  expect(await whispered(OWNER)).toBe(w.approval.answers.over.markup);
});

test('nobody answers: reminded once, then void', async () => {
  await ask();
  const wait = async (ms: number) => {
    stage.clock.advance(ms);
    await tick(stage.bot);
    await stage.drain();
    await tick(stage.bot);
    await stage.drain();
  };
  await wait(DAY);
  await wait(DAY / 2);
  expect((await card()).replies).toHaveLength(1);
  expect(readAloud((await card()).replies)).toContain('@S0ANALYSTS');
  await wait(4 * DAY);
  const over = await card();
  expect(readAloud(over.blocks)).toContain(w.approval.states.expired(w.approval.kinds['suppress'] ?? ''));
  expect(over.replies).toHaveLength(2);
  expect(JSON.stringify(over.replies[1])).toContain(`<@${OWNER}>`);
  expect(labels(over)).toEqual([]);
  expect(await status()).toBe('NOTIFIED');
});

test('a card that somebody deleted is posted anew', async () => {
  const asked = await ask();
  await stage.people.fail({
    method: 'chat.update',
    channel: SECURITY,
    kind: 'error',
    error: 'message_not_found',
    next: 1,
  });
  await stage.act(pressed(asked, ANALYST, w.approval.approve));
  expect(await status()).toBe('SUPPRESSED');
  const anew = await card();
  expect(anew.ts).not.toBe(asked.ts);
  expect(readAloud(anew.blocks)).toContain(w.approval.states.applied(w.approval.kinds['suppress'] ?? ''));
});

test('an approval of what is no longer shown does not count', async () => {
  const asked = await ask();
  const { id = '' } = readApproval(elements(asked)[0]?.value ?? '') ?? {};
  // The target got worse, and the card has not been updated yet.
  await amend(
    stage.bot.changes,
    id,
    (change: Change) => change.asked && { ...change, asked: { ...change.asked, round: 2 } },
  );
  await stage.act(pressed(asked, ANALYST, w.approval.approve));
  expect(await whispered(ANALYST)).toBe(w.approval.answers.stale.markup);
  expect(await status()).toBe('NOTIFIED');
  expect((await stage.bot.changes.load(id))?.approvals).toEqual([]);
});
