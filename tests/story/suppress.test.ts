import { mention } from '../../blocks/kit';
import { addressed } from '../../blocks/phrases';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import type { Principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Card, DAY, elements, HOUR, inputs, labels, openStage, type Stage } from './stage';

/** MEDIUM and tracked: its owner may suppress it alone. */
const BUCKET = 'arn:aws:s3:::example-reports';
const failing = asff({ control: 'S3.5', resource: BUCKET, resourceType: 'AwsS3Bucket' });
const passed = asff({ control: 'S3.5', resource: BUCKET, resourceType: 'AwsS3Bucket', status: 'PASSED' });
const REASON = 'Reachable from the office network only; replaced in March.';

const ACCOUNTS = (owner: string) => `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: ${owner}, channel: C0SHOPPRD }
`;

describe.each<{ language: Language; owner: Principal; other: Principal }>([
  // The owner reads the language of the channel, the lead another one.
  { language: 'ja', owner: 'U0OWNER1' as Principal, other: 'U0MEMBER' as Principal },
  { language: 'en', owner: 'U0MEMBER' as Principal, other: 'U0LEAD' as Principal },
])('suppression in a channel whose language is $language', ({ language, owner, other }) => {
  const w = words(language);
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage({ language, accounts: ACCOUNTS(owner) });
  });
  afterEach(async () => {
    await stage.close();
    expect(stage.logged).toEqual([]);
  });

  const suppress = async (days = 14): Promise<Card> => {
    await stage.press(owner, await stage.card(), w.card.suppress);
    await stage.act(() => stage.people.submit(owner, filledIn({ days })));
    return stage.card();
  };

  test('a finding becomes one card, and only then Security Hub says NOTIFIED', async () => {
    await stage.report(failing);

    const [card, ...others] = await stage.cards();
    expect(others).toEqual([]);
    const text = readAloud(card?.blocks);
    expect(text).toContain(w.severity.MEDIUM);
    expect(text).toContain(BUCKET);
    expect(text).toContain('shop-prod (111122223333)');
    expect(text).toContain(w.card.due);
    expect(JSON.stringify(card?.blocks)).toContain(w.card.ask(addressed(owner, w)).markup);
    expect(labels(card)).toEqual([
      w.card.take,
      w.card.fixed,
      w.card.suppress,
      w.card.details,
      w.card.checkNow,
      w.questions.ask,
    ]);

    expect(await stage.workflow(failing)).toEqual({ status: 'NOTIFIED', note: undefined });
    const [post] = await stage.people.calls('chat.postMessage');
    const [write] = await stage.hub.calls('BatchUpdateFindings');
    expect(Date.parse(write?.at ?? '')).toBeGreaterThan(post?.at ?? Number.NaN);
  });

  test('the modal opens before anything else is asked, and says what is wrong with the form', async () => {
    await stage.report(failing);
    await stage.people.forgetCalls();

    await stage.press(owner, await stage.card(), w.card.suppress);

    expect((await stage.people.calls())[0]?.method).toBe('views.open');
    const { modal } = await stage.people.user(owner);
    expect(readAloud(modal)).toContain(w.suppress.reasonHint);
    expect(inputs(modal)).toEqual([
      'secops.suppress.reason',
      'secops.suppress.days',
      'secops.suppress.ticket',
    ]);
    expect(readAloud(modal)).toContain(BUCKET);

    // Slack itself counts characters; blanks are for the bot to see.
    const short = await stage.act(() =>
      stage.people.submit(owner, filledIn({ reason: `     ok${' '.repeat(10)}` })),
    );
    expect(short.errors).toEqual({ 'secops.suppress.reason': w.suppress.errors.reasonShort });
    const ticket = await stage.act(() =>
      stage.people.submit(owner, { ...filledIn(), 'secops.suppress.ticket': 'http://tickets.example.com/1' }),
    );
    expect(ticket.errors).toEqual({ 'secops.suppress.ticket': w.suppress.errors.ticket });
    expect(await stage.workflow(failing)).toEqual({ status: 'NOTIFIED', note: undefined });

    const sent = await stage.act(() =>
      stage.people.submit(owner, {
        ...filledIn(),
        'secops.suppress.ticket': 'https://tickets.example.com/1',
      }),
    );
    expect(sent.errors).toBeUndefined();
    expect((await stage.people.user(owner)).modal).toBeNull();
    expect((await stage.workflow(failing)).status).toBe('SUPPRESSED');
  });

  test('people see dialogs in their own language, whatever the channel speaks', async () => {
    const theirs = words(language === 'ja' ? 'en' : 'ja');
    await stage.report(failing);
    await stage.press(other, await stage.card(), w.card.suppress);
    const { modal } = await stage.people.user(other);
    expect(readAloud(modal)).toContain(theirs.suppress.title);
    expect(readAloud(modal)).not.toContain(w.suppress.title);
  });

  test('a reason rests it: the card, the thread and Security Hub say who, why and until when', async () => {
    await stage.report(failing);
    const card = await suppress();

    expect(readAloud(card.blocks)).toContain(`🔕 ${w.card.suppressedTitle('')}`.trimEnd());
    expect(readAloud(card.blocks)).toContain(REASON);
    expect(labels(card)).toEqual([w.card.undo, w.card.details]);

    const { status, note } = await stage.workflow(failing);
    expect(status).toBe('SUPPRESSED');
    expect(note).toContain(owner);
    expect(note).toContain(REASON);
    expect(note).toContain('2026-12-08');

    expect(card.replies).toHaveLength(1);
    expect(JSON.stringify(card.replies)).toContain(mention(owner).markup);
    expect(readAloud(card.replies)).toContain(REASON);
  });

  test('echoes of its own writes and refreshes change nothing', async () => {
    await stage.report(failing);
    const card = await suppress();
    const writes = (await stage.hub.calls('BatchUpdateFindings')).length;
    await stage.people.forgetCalls();

    const [held] = await stage.hub.findings();
    await stage.send({
      version: '0',
      id: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      detail: { findings: [held] },
    });
    await stage.drain();
    stage.clock.advance(6 * HOUR);
    await stage.report(failing);

    expect(await stage.card()).toEqual(card);
    expect(await stage.people.calls()).toEqual([]);
    expect(await stage.hub.calls('BatchUpdateFindings')).toHaveLength(writes);
  });

  test('undo brings it back, and the thread is told once', async () => {
    await stage.report(failing);
    const suppressed = await suppress();
    // A double click, and somebody else at the same time.
    await stage.actOnly(() => stage.people.press(owner, spot(suppressed), undoButton(suppressed)));
    await stage.actOnly(() => stage.people.press(owner, spot(suppressed), undoButton(suppressed)));
    await stage.act(() => stage.people.press('U0LEAD', spot(suppressed), undoButton(suppressed)));

    const card = await stage.card();
    expect(labels(card)).toContain(w.card.take);
    expect(card.replies).toHaveLength(2);
    expect(spoken(card, 1)).toBe(w.thread.undone(addressed(owner, w), 1).markup);
    expect((await stage.workflow(failing)).status).toBe('NOTIFIED');
    const late = await stage.whispered('U0LEAD');
    expect(readAloud(late?.['blocks'])).toBe(words('ja').answers.outcome.already.markup);
    // Pressed in the channel, where the thread need not be open.
    expect(late).not.toHaveProperty('thread_ts');

    // NEW at once, and NOTIFIED only when the thread has been told.
    const writes = await stage.hub.calls('BatchUpdateFindings');
    expect(writes.map(({ input }) => (input as { Workflow: { Status: string } }).Workflow.Status)).toEqual([
      'NOTIFIED',
      'SUPPRESSED',
      'NEW',
      'NOTIFIED',
    ]);
    stage.clock.advance(HOUR);
    await stage.report(failing);
    expect((await stage.card()).replies).toHaveLength(2);
    expect(await stage.hub.calls('BatchUpdateFindings')).toHaveLength(writes.length);
  });

  test('an exception ends by itself', async () => {
    await tick(stage.bot);
    await stage.report(failing);
    await suppress(7);
    stage.clock.advance(7 * DAY - HOUR);
    await tick(stage.bot);
    await stage.drain();
    expect((await stage.workflow(failing)).status).toBe('SUPPRESSED');
    expect((await stage.card()).replies).toHaveLength(2);

    stage.clock.advance(2 * HOUR);
    await tick(stage.bot);
    await stage.drain();
    await tick(stage.bot);
    await stage.drain();

    expect((await stage.workflow(failing)).status).toBe('NOTIFIED');
    const card = await stage.card();
    expect(labels(card)).toContain(w.card.suppress);
    expect(card.replies).toHaveLength(3);
    expect(JSON.stringify(card.replies[2])).toContain(w.thread.expired(1).markup);
    expect(JSON.stringify(card.replies[2])).toContain(mention(owner).markup);
  });

  test('fixed and broken again while an exception holds: it rests on, and its end is told only if it matters', async () => {
    await stage.report(failing);
    await suppress(7);
    stage.clock.advance(DAY);
    await stage.report(passed);
    stage.clock.advance(DAY);
    await stage.report(failing);
    expect((await stage.workflow(failing)).status).toBe('SUPPRESSED');
    expect((await stage.card()).replies).toHaveLength(1);

    stage.clock.advance(DAY);
    await stage.report(passed);
    stage.clock.advance(4 * DAY + HOUR);
    await tick(stage.bot);
    await stage.drain();

    // Nothing is open again, so nobody is called.
    const card = await stage.card();
    expect(card.replies).toHaveLength(1);
    expect(readAloud(card.blocks)).toContain(`✅ ${w.card.resolvedTitle('')}`.trimEnd());
  });

  test('a fix turns the card green; a relapse comes back to the thread, a late one to a new card', async () => {
    await stage.report(failing);
    stage.clock.advance(6 * HOUR);
    await stage.report(passed);
    await stage.report({ ...passed, Title: 'Refreshed' });

    const green = await stage.card();
    expect(readAloud(green.blocks)).toContain(`✅ ${w.card.resolvedTitle('')}`.trimEnd());
    expect(green.replies).toHaveLength(1);
    expect(w.thread.resolved.map((said) => said().markup)).toContain(spoken(green, 0));

    stage.clock.advance(2 * DAY);
    await stage.report(failing);
    const back = await stage.card();
    expect(back.ts).toBe(green.ts);
    expect(labels(back)).toContain(w.card.take);
    expect(back.replies).toHaveLength(2);
    expect(spoken(back, 1)).toContain(w.thread.back(1).markup);
    expect(JSON.stringify(back.replies[1])).toContain(mention(owner).markup);
    expect((await stage.workflow(failing)).status).toBe('NOTIFIED');

    stage.clock.advance(DAY);
    await stage.report(passed);
    expect((await stage.card()).replies).toHaveLength(3);
    stage.clock.advance(15 * DAY);
    await stage.report(failing);

    const [old, anew] = await stage.cards();
    expect(old?.replies).toHaveLength(3);
    expect(labels(anew)).toContain(w.card.take);
    expect(JSON.stringify(anew?.blocks)).toContain(`/C0SHOPPRD/p${old?.ts.replace('.', '')}`);
    expect((await stage.workflow(failing)).status).toBe('NOTIFIED');
  });

  test('what somebody else has to approve: the dialog says who, and sending it does nothing yet', async () => {
    const critical = asff({ control: 'EC2.19' });
    await stage.report(critical);
    await stage.press(owner, await stage.card(), w.card.suppress);

    const { modal } = await stage.people.user(owner);
    const text = readAloud(modal);
    expect(text).toContain(w.ruling.needsApproval([{ of: 'lead', count: 1 }], false).markup);
    expect(text).toContain(w.suppress.approvalNote.markup);
    expect(modal?.['submit']).toMatchObject({ text: w.suppress.askApproval });

    // Longer than the rules allow is not on offer.
    expect(text).toContain(w.suppress.dayOption(14, w.day(inDays(stage, 14), 'Asia/Tokyo')));
    expect(text).not.toContain(w.suppress.dayOption(30, w.day(inDays(stage, 30), 'Asia/Tokyo')));

    const sent = await stage.act(() => stage.people.submit(owner, filledIn()));
    expect(sent.errors).toBeUndefined();
    expect((await stage.people.user(owner)).modal).toBeNull();
    expect((await stage.workflow(critical)).status).toBe('NOTIFIED');
    expect(labels(await stage.card())).toContain(w.card.suppress);
  });
});

function inDays(stage: Stage, days: number) {
  return new Date(stage.clock.now().getTime() + days * DAY);
}

function filledIn({ reason = REASON, days = 14 } = {}) {
  return { 'secops.suppress.reason': reason, 'secops.suppress.days': String(days) };
}

function spot({ channel, ts }: Card) {
  return { channel, ts };
}

function undoButton(card: Card) {
  const undo = elements(card).find(({ action_id }) => action_id === 'secops.suppression.undo');
  return { action_id: undo?.action_id ?? '', block_id: undo?.block_id ?? '' };
}

function spoken(card: Card, reply: number): string {
  return String(card.replies[reply]?.['text']);
}
