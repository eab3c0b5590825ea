import { mention } from '../../blocks/kit';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import type { Principal } from '../../src/accounts';
import { changeItemKey } from '../../src/changes';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Card, DAY, elements, HOUR, inputs, labels, openStage, type Stage } from './stage';

/** MEDIUM and tracked: its owner may suppress it alone. */
const BUCKET = 'arn:aws:s3:::example-reports';
const REASON = 'Reachable from the office network only; replaced in March.';
const [OWNER, LEAD] = ['U0OWNER1', 'U0LEAD'] as const;

const bucket = (
  details: object = { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
  over = {},
) => {
  const document = asff({ control: 'S3.5', resource: BUCKET, resourceType: 'AwsS3Bucket', ...over });
  const [resource] = document.Resources ?? [];
  return {
    ...document,
    Resources: [{ ...resource, Id: BUCKET, Type: 'AwsS3Bucket', Details: { AwsS3Bucket: details } }],
  };
};
const failing = bucket();

// The clock looks at every hour that has gone by: the days of these stories take their time.
jest.setTimeout(60_000);

const w = words('ja');
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await tick(stage.bot);
  await stage.report(failing);
});
afterEach(async () => {
  await stage.close();
  expect(stage.logged).toEqual([]);
});

const suppress = async (days: string | number = 14): Promise<Card> => {
  await stage.press(OWNER, await stage.card(), w.card.suppress);
  const sent = await stage.act(() =>
    stage.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': String(days) }),
  );
  expect(sent.errors).toBeUndefined();
  return stage.card();
};
/** The clock runs each minute; twice at once does nothing twice. */
const pass = async (ms: number) => {
  stage.clock.advance(ms);
  await tick(stage.bot);
  await tick(stage.bot);
  await stage.drain();
  await tick(stage.bot);
  await stage.drain();
};
const status = async () => (await stage.workflow(failing)).status;
const replies = async () => (await stage.card()).replies.map((reply) => readAloud(reply['blocks']));
const changeOf = async (card: Card) => {
  const { value = '' } =
    elements(card).find(({ action_id }) => action_id === 'secops.suppression.undo') ?? {};
  return (await stage.bot.changes.load(value))!;
};
const historyOf = async (id: string) =>
  (await stage.bot.intake.history.latest(changeItemKey(id), 20)).map(({ what }) => what).reverse();
const extendFromThread = async (user: string) => {
  const card = await stage.card();
  const reply = card.replies.find((one) => labels(one).includes(w.exceptions.extend));
  const { action_id = '', block_id = '' } =
    elements(reply).find(({ label }) => label === w.exceptions.extend) ?? {};
  return stage.act(() =>
    stage.people.press(user, { channel: card.channel, ts: String(reply?.['ts']) }, { action_id, block_id }),
  );
};
const submitted = (user: string, days: string) =>
  stage.act(() =>
    stage.people.submit(user, { 'secops.suppress.days': days, 'secops.suppress.reason': REASON }),
  );

test('reminded once, extended from the thread, and open again when that ends', async () => {
  const first = await changeOf(await suppress(7));
  await pass(2 * DAY);
  expect(await replies()).toHaveLength(1);
  // A third of the week would be Sunday's night in Japan: on the Friday before.
  await pass(DAY);
  const [, reminder, ...rest] = (await stage.card()).replies;
  expect(rest).toEqual([]);
  expect(JSON.stringify(reminder)).toContain(mention(OWNER as Principal).markup);
  expect(readAloud(reminder?.['blocks'])).toContain(REASON);
  expect(readAloud(reminder?.['blocks'])).toContain(BUCKET);
  await pass(36 * HOUR);
  expect(await replies()).toHaveLength(2);

  await extendFromThread(OWNER);
  const { modal } = await stage.people.user(OWNER);
  expect(modal?.['title']).toMatchObject({ text: w.exceptions.extendTitle });
  expect(JSON.stringify(modal)).toContain(REASON);
  expect(inputs(modal)).toEqual(['secops.suppress.reason', 'secops.suppress.days', 'secops.suppress.ticket']);
  expect((await submitted(OWNER, '14')).errors).toBeUndefined();

  expect(await replies()).toHaveLength(3);
  expect((await replies())[2]).toContain('延長しました');
  expect(await status()).toBe('SUPPRESSED');
  const second = await changeOf(await stage.card());
  expect(second.id).not.toBe(first.id);
  expect((await stage.workflow(failing)).note).toContain(second.until?.slice(0, 10));
  expect((await stage.bot.changes.load(first.id))?.status).toBe('expired');
  expect(await historyOf(first.id)).toEqual([
    'proposed',
    'approved',
    'applying',
    'applied',
    'reminded',
    'superseded',
    'expired',
  ]);

  // The day on which the first one would have ended.
  await pass(3 * DAY);
  expect(await status()).toBe('SUPPRESSED');
  expect(await replies()).toHaveLength(3);
  await pass(12 * DAY);
  expect(await status()).toBe('NOTIFIED');
  expect((await replies()).filter((said) => said.includes(w.thread.expired(1).markup))).toHaveLength(1);
  expect(labels(await stage.card())).toContain(w.card.suppress);

  // The button in the thread is still there.
  await extendFromThread(OWNER);
  expect(readAloud((await stage.people.user(OWNER)).modal)).toContain(w.exceptions.outcome.ended.markup);
});

test('a dialog that was open when the exception ended says so', async () => {
  await suppress(7);
  await pass(6 * DAY);
  await extendFromThread(OWNER);
  await pass(2 * DAY);
  expect(await status()).toBe('NOTIFIED');
  await submitted(OWNER, '30');
  expect(readAloud((await stage.people.user(OWNER)).modal)).toContain(w.exceptions.outcome.ended.markup);
  expect(await status()).toBe('NOTIFIED');
});

test('down over reminder and end: it ends once, and says only that', async () => {
  await suppress(7);
  await pass(15 * DAY);
  expect(await status()).toBe('NOTIFIED');
  const said = await replies();
  expect(said).toHaveLength(2);
  expect(said[1]).toContain(w.thread.expired(1).markup);
  const writes = (await stage.hub.calls('BatchUpdateFindings')).map(
    ({ input }) => (input as { Workflow: { Status: string } }).Workflow.Status,
  );
  expect(writes).toEqual(['NOTIFIED', 'SUPPRESSED', 'NEW', 'NOTIFIED']);
  await pass(DAY);
  expect(await replies()).toHaveLength(2);
});

test('archived meanwhile: nobody is reminded, and nothing opens again', async () => {
  await suppress(7);
  await pass(DAY);
  await stage.report({ ...failing, RecordState: 'ARCHIVED' });
  const before = await stage.card();
  await pass(8 * DAY);
  const after = await stage.card();
  expect(after.replies).toEqual(before.replies);
  expect(labels(after)).not.toContain(w.card.take);
});

describe('by design', () => {
  const approve = async () => {
    const asked = await stage.card('C0SECURITY');
    expect(readAloud(asked.blocks)).toContain(w.approval.kinds['suppress-by-design']);
    await stage.press(LEAD, asked, w.approval.approve);
  };

  test('offered for up to a year, approved by a lead, and void when the resource changes', async () => {
    await stage.press(OWNER, await stage.card(), w.card.suppress);
    const { modal } = await stage.people.user(OWNER);
    expect(readAloud(modal)).toContain(w.exceptions.designGroup);
    expect(readAloud(modal)).toContain(w.exceptions.designNote.markup);
    await stage.people.close(OWNER, true);
    await suppress('design:365');
    expect(await status()).toBe('NOTIFIED');
    await approve();
    expect(await status()).toBe('SUPPRESSED');
    const card = await stage.card();
    expect(readAloud(card.blocks)).toContain(w.exceptions.voidOnChange.markup);
    expect(readAloud(card.replies.at(-1)?.['blocks'])).toContain(
      w.exceptions.thread.approvedBy(mention(LEAD as Principal)).markup.split(':')[0],
    );
    const change = await changeOf(card);

    // Refreshed every day, as Security Hub does.
    for (let day = 0; day < 3; day += 1) {
      await pass(DAY);
      const held = await stage.hub.findings();
      const note = held.find(({ Id }) => Id === failing.Id)?.['Note'] as never;
      await stage.report({ ...failing, Workflow: { Status: 'SUPPRESSED' }, Note: note });
    }
    expect(await status()).toBe('SUPPRESSED');
    expect(await replies()).toHaveLength(card.replies.length);

    await pass(DAY);
    await stage.report(
      bucket({
        PublicAccessBlockConfiguration: { BlockPublicAcls: false },
        AccessControlList: '{"grantList":[{"grantee":"AllUsers","permission":"Read"}]}',
      }),
    );
    expect(await status()).toBe('NOTIFIED');
    const said = await replies();
    expect(said).toHaveLength(card.replies.length + 1);
    expect(said.at(-1)).toContain(w.exceptions.thread.changed(1).markup);
    expect(JSON.stringify((await stage.card()).replies.at(-1))).toContain(mention(OWNER as Principal).markup);
    expect(labels(await stage.card())).toContain(w.card.take);
    expect((await historyOf(change.id)).slice(-3)).toEqual(['applied', 'resource changed', 'expired']);
    expect(await stage.bot.changes.live('suppress-by-design')).toEqual([]);
    await pass(HOUR);
    expect(await replies()).toHaveLength(said.length);
  });
});

test('more severe than what was accepted: void, and asked about again', async () => {
  const change = await changeOf(await suppress(14));
  await pass(DAY);
  await stage.report(bucket(undefined, { severity: 'CRITICAL' }));
  expect(await status()).toBe('NOTIFIED');
  expect((await replies()).at(-1)).toContain(w.exceptions.thread.worsened(1).markup);
  expect((await historyOf(change.id)).slice(-2)).toEqual(['worsened', 'expired']);
});

describe('/secops exceptions', () => {
  const say = (user: string, text: string) =>
    stage.act(() => stage.people.command(user, 'C0REQUESTS', `exceptions ${text}`.trim()));

  test('lists what is in force, with what each person may do', async () => {
    await say(OWNER, '');
    expect(readAloud((await stage.whispered(OWNER))?.['blocks'])).toContain(w.exceptions.empty.markup);
    await suppress(30);
    await say(OWNER, 'shop-prod');
    const list = await stage.whispered(OWNER);
    const text = readAloud(list?.['blocks']);
    for (const part of [
      w.exceptions.list(1),
      'S3.5',
      'shop-prod (111122223333)',
      REASON,
      w.exceptions.count(1),
    ]) {
      expect(text).toContain(part);
    }
    expect(labels(list)).toEqual([w.exceptions.extend, w.card.undo]);

    await say('U0MEMBER', '');
    expect(labels(await stage.whispered('U0MEMBER'))).toEqual([words('en').exceptions.extend]);
    await say(OWNER, 'shop-dev');
    expect(readAloud((await stage.whispered(OWNER))?.['blocks'])).toContain(w.exceptions.empty.markup);
  });

  test('extends and takes back from the list', async () => {
    await suppress(14);
    await say(OWNER, '');
    const press = async (label: string) => {
      const list = await stage.whispered(OWNER);
      const { action_id = '', block_id = '' } = elements(list).find((one) => one.label === label) ?? {};
      const spot = { channel: 'C0REQUESTS', ts: String(list?.['ts']) };
      return stage.act(() => stage.people.press(OWNER, spot, { action_id, block_id }));
    };
    await press(w.exceptions.extend);
    expect((await submitted(OWNER, '90')).errors).toBeUndefined();
    expect((await replies()).at(-1)).toContain('延長しました');

    await say(OWNER, '');
    expect(readAloud((await stage.whispered(OWNER))?.['blocks'])).toContain(w.exceptions.list(1));
    await press(w.card.undo);
    expect(await status()).toBe('NOTIFIED');
    await say(OWNER, '');
    expect(readAloud((await stage.whispered(OWNER))?.['blocks'])).toContain(w.exceptions.empty.markup);
  });
});
