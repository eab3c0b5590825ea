import { addressed } from '../../blocks/phrases';
import { words } from '../../blocks/words';
import type { Principal } from '../../src/accounts';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { DAY, elements, HOUR, labels, openStage, type Stage } from './stage';

const OWNER = 'U0OWNER1' as Principal;
const w = words('ja');

const bucket = (name: string) => `arn:aws:s3:::example-${name}`;
const unencrypted = (name: string, status: 'FAILED' | 'PASSED' = 'FAILED') =>
  asff({ control: 'S3.5', resource: bucket(name), resourceType: 'AwsS3Bucket', status });

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  await stage.close();
  expect(stage.logged).toEqual([]);
});

/** Security Hub knows better, and its event has not come yet. */
async function becomesKnownToSecurityHub(...names: readonly string[]): Promise<void> {
  const now = stage.clock.now().toISOString();
  await stage.hold(...names.map((name) => ({ ...unencrypted(name, 'PASSED'), UpdatedAt: now })));
}

const spoken = async (): Promise<string[]> => (await stage.card()).replies.map(({ text }) => String(text));

test('somebody takes it: the card says who, the thread hears it once however often they click', async () => {
  await stage.report(unencrypted('a'));
  const card = await stage.card();
  const take = elements(card).find(({ label }) => label === w.card.take);
  const spot = { channel: card.channel, ts: card.ts };
  const press = () => stage.people.press('U0MEMBER', spot, { action_id: take?.action_id ?? '' });
  await stage.actOnly(press);
  await stage.act(press);

  const taken = await stage.card();
  expect(labels(taken)).not.toContain(w.card.take);
  expect(readAloud(taken.blocks)).toContain(`*${w.card.taken}*\n@U0MEMBER`);
  const member = addressed('U0MEMBER' as Principal, w);
  expect(await spoken()).toEqual([w.thread.taken(member).markup]);

  stage.clock.advance(DAY);
  await stage.report(unencrypted('a', 'PASSED'));
  const [, thanks] = await spoken();
  expect(thanks).toContain(w.thread.thanks(member).markup);
});

test('"I fixed it", and Security Hub still records a failure: the card says when AWS checks next', async () => {
  await stage.report(unencrypted('a'));
  await stage.press(OWNER, await stage.card(), w.card.fixed);

  const text = readAloud((await stage.card()).blocks);
  expect(text).toContain(w.card.stillFailing(1).markup);
  expect(text).toContain(w.nextCheck.change);
  const [said] = await spoken();
  expect(said).toBe(w.thread.fixed(addressed(OWNER, w)).markup);

  stage.clock.advance(HOUR);
  await stage.report(unencrypted('a', 'PASSED'));
  const [, thanks] = await spoken();
  expect(thanks).toContain(w.thread.thanks(addressed(OWNER, w)).markup);
  expect(readAloud((await stage.card()).blocks)).toContain(`✅ ${w.card.resolvedTitle('')}`);
});

test('"I fixed it", and Security Hub knows already: resolved at once, with thanks', async () => {
  await stage.report(unencrypted('a'));
  stage.clock.advance(HOUR);
  await becomesKnownToSecurityHub('a');
  await stage.press(OWNER, await stage.card(), w.card.fixed);

  const card = await stage.card();
  expect(readAloud(card.blocks)).toContain(`✅ ${w.card.resolvedTitle('')}`);
  expect(card.replies).toHaveLength(1);
  expect((await spoken())[0]).toContain(w.thread.thanks(addressed(OWNER, w)).markup);
});

test('"Check now" asks Security Hub and answers the one who asked, in their language', async () => {
  await stage.report(unencrypted('a'), unencrypted('b'));
  stage.clock.advance(HOUR);
  await becomesKnownToSecurityHub('a');
  const e = words('en');

  await stage.press('U0MEMBER', await stage.card(), w.card.checkNow);
  const answer = await stage.whispered('U0MEMBER');
  expect(answer).not.toHaveProperty('thread_ts');
  const first = readAloud(answer?.['blocks']);
  expect(first).toContain(e.answers.checkResult(1, 1).markup);
  expect(first).toContain(e.nextCheck.change);
  expect(readAloud((await stage.card()).blocks)).toContain(
    w.card.progress([w.card.open(1), w.card.resolved(1)], 2).markup,
  );

  await becomesKnownToSecurityHub('b');
  await stage.press('U0MEMBER', await stage.card(), w.card.checkNow);
  expect(readAloud((await stage.whispered('U0MEMBER'))?.['blocks'])).toContain(e.answers.checkPassed.markup);
  expect(readAloud((await stage.card()).blocks)).toContain(`✅ ${w.card.resolvedTitle('')}`);
});

test('two chosen of three are suppressed, the third stays asked for', async () => {
  const three = ['a', 'b', 'c'].map((name) => unencrypted(name));
  await stage.report(...three);
  const card = await stage.card();
  expect(await stage.cards()).toHaveLength(1);
  expect(readAloud(card.blocks)).toContain(w.card.resources(3));

  await stage.press(OWNER, card, w.card.suppress);
  const filledIn = {
    'secops.suppress.reason': 'Public website assets, no secrets inside.',
    'secops.suppress.days': '30',
    'secops.suppress.scope': 'chosen',
  };
  const without = await stage.act(() => stage.people.submit(OWNER, filledIn));
  expect(without.errors).toEqual({ 'secops.suppress.issues': w.suppress.errors.issues });

  const { modal } = await stage.people.user(OWNER);
  const options = issueOptions(modal);
  const chosen = options.filter(({ text }) => !text.includes('example-b')).map(({ value }) => value);
  await stage.act(() => stage.people.submit(OWNER, { ...filledIn, 'secops.suppress.issues': chosen }));

  const statuses = await Promise.all(three.map(async (finding) => (await stage.workflow(finding)).status));
  expect(statuses).toEqual(['SUPPRESSED', 'NOTIFIED', 'SUPPRESSED']);
  const now = await stage.card();
  expect(readAloud(now.blocks)).toContain(w.card.progress([w.card.open(1), w.card.suppressed(2)], 3).markup);
  expect(labels(now)).toEqual(expect.arrayContaining([w.card.suppress, w.card.undo]));
  expect(now.replies).toHaveLength(1);
  expect(readAloud(now.replies)).not.toContain(bucket('b'));
});

test('resources that join are told together, with a mention, and then Security Hub is', async () => {
  await stage.report(unencrypted('a'));
  stage.clock.advance(HOUR);
  const joining = ['b', 'c', 'd'].map((name) => unencrypted(name));
  await stage.report(...joining);

  const card = await stage.card();
  expect(await stage.cards()).toHaveLength(1);
  expect(readAloud(card.blocks)).toContain(w.card.resources(4));
  expect(await spoken()).toEqual([w.thread.joined(3).markup]);
  const reply = readAloud(card.replies);
  expect(reply).toContain('@U0OWNER1');
  for (const name of ['b', 'c', 'd']) expect(reply).toContain(bucket(name));
  for (const finding of joining) expect((await stage.workflow(finding)).status).toBe('NOTIFIED');
});

test('"all" means what was open when the dialog was sent', async () => {
  await stage.report(unencrypted('a'), unencrypted('b'));
  await stage.press(OWNER, await stage.card(), w.card.suppress);
  await stage.actOnly(() =>
    stage.people.submit(OWNER, {
      'secops.suppress.reason': 'Public website assets, no secrets inside.',
      'secops.suppress.days': '30',
      'secops.suppress.scope': 'all',
    }),
  );
  // The dialog has been sent, and is not applied yet.
  stage.clock.advance(1000);
  await stage.report(unencrypted('c'));

  expect((await stage.workflow(unencrypted('a'))).status).toBe('SUPPRESSED');
  expect((await stage.workflow(unencrypted('b'))).status).toBe('SUPPRESSED');
  expect((await stage.workflow(unencrypted('c'))).status).toBe('NOTIFIED');
  expect(labels(await stage.card())).toContain(w.card.suppress);
});

function issueOptions(modal: unknown): { text: string; value: string }[] {
  const { blocks } = modal as { blocks: { block_id: string; element?: { options?: unknown[] } }[] };
  const block = blocks.find(({ block_id }) => block_id === 'secops.suppress.issues');
  return (block?.element?.options ?? []).map((option) => {
    const { text, value } = option as { text: { text: string }; value: string };
    return { text: text.text, value };
  });
}
