import { words } from '../../blocks/words';
import { changeItemKey } from '../../src/changes';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { elements, inputs, labels, openStage, type Stage } from './stage';

const [OWNER, ANALYST, LEAD, MEMBER] = ['U0OWNER1', 'U0ANALYST', 'U0LEAD', 'U0MEMBER'] as const;
const SECURITY = 'C0SECURITY';
const REASON = 'Reachable from the office network only; replaced in March.';
const bucket = (name: string) => `arn:aws:s3:::example-${name}`;
/** MEDIUM, and HIGH, of an account of U0OWNER1; MEDIUM of one of U0MEMBER. */
const medium = asff({ control: 'S3.5', resource: bucket('a'), severity: 'MEDIUM' });
const high = asff({ control: 'S3.8', resource: bucket('a'), severity: 'HIGH' });
const theirs = asff({ control: 'S3.5', resource: bucket('b'), severity: 'MEDIUM', account: '444455556666' });
const REF = {
  medium: '111122223333/control/s3.5',
  high: '111122223333/control/s3.8',
  theirs: '444455556666/control/s3.5',
};

const [ja, en] = [words('ja'), words('en')];
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await stage.report(medium, high, theirs);
});
afterEach(async () => {
  await stage.close();
  expect(stage.logged.filter((line) => !line.startsWith('a press was denied'))).toEqual([]);
});

const status = async (finding: typeof medium) => (await stage.workflow(finding)).status;
const modalOf = async (user: string) => (await stage.people.user(user)).modal;
const aloud = async (user: string) => readAloud(await modalOf(user));
const whispers = async (user: string) =>
  (await stage.people.user(user)).ephemerals.map((one) => readAloud(one['blocks'])).join('\n');

/** The list, its button, and what is chosen there. */
async function open(user: string, text = 'requests'): Promise<void> {
  await stage.act(() => stage.people.command(user, 'C0REQUESTS', text));
  const list = await stage.whispered(user);
  const { action_id = '', block_id = '' } =
    elements(list).find((one) => one.action_id === 'secops.bulk.open') ?? {};
  await stage.act(() =>
    stage.people.press(
      user,
      { channel: String(list?.['channel']), ts: String(list?.['ts']) },
      { action_id, block_id },
    ),
  );
}
const choose = (user: string, refs: readonly string[]) =>
  stage.act(() => stage.people.submit(user, { 'secops.bulk.requests': refs }));
const send = (user: string, days = 14) =>
  stage.act(() =>
    stage.people.submit(user, { 'secops.suppress.reason': REASON, 'secops.suppress.days': String(days) }),
  );
async function ask(user: string, refs: readonly string[]): Promise<void> {
  await open(user);
  await choose(user, refs);
  expect((await send(user)).errors).toBeUndefined();
}
const approve = async (user: string) => stage.press(user, await stage.card(SECURITY), ja.approval.approve);
/** The change behind a suppression that a card shows. */
async function undoOf(channel: string, control: string) {
  const cards = await stage.cards(channel);
  const card = cards.find((one) => readAloud(one.blocks).includes(control));
  const found = [card, ...(card?.replies ?? [])]
    .flatMap((message) => elements(message))
    .find(({ action_id }) => action_id === 'secops.suppression.undo');
  if (card === undefined || found === undefined) throw new Error('nothing to undo');
  return { card, ...found };
}

test('ruled by the worst of them, approved once; each is taken back by itself', async () => {
  await open(OWNER);
  expect(readAloud(await modalOf(OWNER))).toContain(ja.bulk.intro(25).markup);
  expect(inputs(await modalOf(OWNER))).toEqual(['secops.bulk.requests']);

  await choose(OWNER, [REF.medium, REF.high]);
  const page = await aloud(OWNER);
  expect(page).toContain(ja.severity.HIGH);
  expect(page).toContain(ja.ruling.needsApproval([{ of: 'analyst', count: 1 }], false).markup);
  expect(inputs(await modalOf(OWNER))).toEqual([
    'secops.suppress.reason',
    'secops.suppress.days',
    'secops.suppress.ticket',
  ]);
  const sent = await send(OWNER);
  expect(sent.errors).toBeUndefined();

  const cards = await stage.cards(SECURITY);
  expect(cards).toHaveLength(1);
  const asked = readAloud(cards[0]?.blocks);
  expect(asked).toContain(ja.approval.kinds['suppress-many']);
  expect(asked).toContain('S3.5 · shop-prod (111122223333) · MEDIUM × 1');
  expect(asked).toContain('S3.8 · shop-prod (111122223333) · HIGH × 1');
  expect(asked).toContain(REASON);
  expect(await status(medium)).toBe('NOTIFIED');

  await approve(ANALYST);
  expect(await status(medium)).toBe('SUPPRESSED');
  expect(await status(high)).toBe('SUPPRESSED');
  expect(await status(theirs)).toBe('NOTIFIED');
  const [done, ...others] = await stage.cards(SECURITY);
  expect(others).toEqual([]);
  expect(labels(done)).toEqual([]);
  expect(readAloud(done?.blocks)).toContain(
    ja.approval.states.applied(ja.approval.kinds['suppress-many'] ?? ''),
  );
  expect(await whispers(OWNER)).toContain(ja.bulk.done(2).markup);
  for (const card of await stage.cards()) {
    expect(JSON.stringify(card.replies)).toContain(`<@${ANALYST}>`);
  }
  const { value, card, action_id, block_id } = await undoOf('C0SHOPPRD', 'S3.8');
  const child = await stage.bot.changes.load(value);
  const history = await stage.bot.intake.history.latest(changeItemKey(value), 20);
  expect(child).toMatchObject({ kind: 'suppress', ruling: { effect: 'allow' }, until: expect.any(String) });
  expect(history.map(({ detail }) => detail)).toContainEqual(expect.stringMatching(/^approved with /));

  const at = card.replies.find((reply) => elements(reply).some((one) => one.value === value))?.['ts'];
  await stage.act(() =>
    stage.people.press(
      OWNER,
      { channel: card.channel, ts: typeof at === 'string' ? at : card.ts },
      { action_id, block_id },
    ),
  );
  expect(await status(high)).toBe('NOTIFIED');
  expect(await status(medium)).toBe('SUPPRESSED');
});

test('of several owners, the strictest relation counts', async () => {
  await open(LEAD);
  await choose(LEAD, [REF.medium, REF.theirs]);
  expect(await aloud(LEAD)).toContain(ja.bulk.alone.markup);
  await stage.people.close(LEAD, true);

  await stage.report(
    asff({ control: 'ACM.1', resource: bucket('c'), severity: 'MEDIUM', account: '444455556666' }),
  );
  // Their list holds their own accounts only; somebody else's is opened by its id.
  await open(OWNER, 'requests 444455556666');
  await choose(OWNER, [REF.theirs, '444455556666/control/acm.1']);
  expect(await aloud(OWNER)).toContain(ja.ruling.needsApproval([{ of: 'analyst', count: 1 }], false).markup);
  await stage.people.close(OWNER, true);
  await open(MEMBER, 'requests 444455556666');
  await choose(MEMBER, [REF.theirs, '444455556666/control/acm.1']);
  expect(await aloud(MEMBER)).toContain(en.bulk.alone.markup);
});

test('who may do it alone does it alone; what is done meanwhile is skipped and said', async () => {
  await open(LEAD);
  await choose(LEAD, [REF.medium, REF.high, REF.theirs]);
  await stage.report({ ...high, Compliance: { Status: 'PASSED' } });
  await send(LEAD);
  expect(await stage.cards(SECURITY)).toEqual([]);
  expect(await status(medium)).toBe('SUPPRESSED');
  expect(await status(theirs)).toBe('SUPPRESSED');
  const said = await whispers(LEAD);
  expect(said).toContain(ja.bulk.done(2).markup);
  expect(said).toContain(ja.bulk.skipped(1).markup);
  expect(said).toContain('S3.8');

  await stage.act(() => stage.people.command(LEAD, 'C0REQUESTS', 'requests'));
  expect(labels(await stage.whispered(LEAD))).not.toContain(ja.bulk.open);
});

test('one that gets worse while it waits voids what was approved: it is asked anew', async () => {
  await ask(OWNER, [REF.medium, REF.high]);
  const asked = await stage.card(SECURITY);
  // Not worse than the worst of them, and yet worse than what is shown of this one.
  await stage.report({ ...medium, Severity: { Label: 'HIGH' } });
  const { action_id = '', block_id = '' } =
    elements(asked).find(({ label }) => label === ja.approval.approve) ?? {};
  await stage.act(() =>
    stage.people.press(ANALYST, { channel: SECURITY, ts: asked.ts }, { action_id, block_id }),
  );
  expect(await status(medium)).toBe('NOTIFIED');
  expect(await status(high)).toBe('NOTIFIED');
  const again = await stage.card(SECURITY);
  expect(readAloud(again.blocks)).toContain(ja.approval.round(2).markup);
  expect(readAloud(again.blocks)).toContain('S3.5 · shop-prod (111122223333) · HIGH × 1');
  await approve(ANALYST);
  expect(await status(medium)).toBe('SUPPRESSED');
  expect(await status(high)).toBe('SUPPRESSED');
});
