import { ACTIONS } from '../../blocks/ids';
import { code, mrk } from '../../blocks/kit';
import { addressed } from '../../blocks/phrases';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import { REQUEST_KINDS } from '../../src/account-requests';
import type { AccountId, Principal } from '../../src/accounts';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { DAY, HOUR, labels, openStage, type Stage } from './stage';

const LAB = '777788889999' as AccountId;
const ROLE = 'arn:aws:iam::777788889999:role/SecOpsBotMember';
const TIMELINES = 'C0REQUESTS';
const APPROVALS = 'C0SECURITY';
const w = words('ja');
const said = w.newAccount;

const MEMBER = 'U0MEMBER' as Principal;
const ANALYST = 'U0ANALYST' as Principal;
const LEAD = 'U0LEAD' as Principal;
const OWNER = 'U0OWNER1' as Principal;

let stage: Stage;
afterEach(async () => {
  await stage.close();
  // What stories do on purpose: somebody presses what is not theirs, a role is missing, and an answer of Slack's is lost.
  const expected =
    /^(a press was denied|the role in a member account cannot be assumed|card not shown.*fetch failed)/;
  expect(stage.logged.filter((line) => !expected.test(line))).toEqual([]);
});

const FORM = {
  [ACTIONS.accountName]: 'lab',
  [ACTIONS.accountKind]: 'non-production',
  [ACTIONS.purpose]: 'Trying <!channel> new services',
  [ACTIONS.accountMail]: 'aws+lab@example.com',
  [ACTIONS.ownerChannel]: 'C0SHOPDEV',
};

const openForm = (user: string) => stage.act(() => stage.people.command(user, 'C0LOUNGE', 'account request'));
const send = (user: string, values: Record<string, string | string[]>) =>
  stage.act(() => stage.people.submit(user, values));

async function ask(user: string, changes: Record<string, string> = {}): Promise<void> {
  await openForm(user);
  const sent = await send(user, { ...FORM, ...changes });
  expect(sent.errors).toBeUndefined();
}

const timeline = () => stage.card(TIMELINES);
const text = async () => readAloud((await timeline()).blocks);
const told = async () => (await timeline()).replies.map((reply) => String(reply['text']));
const approve = async (user: string) => stage.press(user, await stage.card(APPROVALS), w.approval.approve);

async function enter(user: string, values: Record<string, string | string[]> = {}) {
  await stage.press(user, await timeline(), said.card.enter);
  return send(user, { [ACTIONS.accountId]: '7777-8888-9999', ...values });
}

/** Until then nobody has made the role, and Security Hub knows nothing of the account. */
async function nothingThere() {
  await stage.hub.setRoles([]);
  await stage.hub.setMembers([]);
}
const roleThere = () => stage.hub.setRoles([{ arn: ROLE }]);
const memberThere = () => stage.hub.setMembers([{ AccountId: LAB, MemberStatus: 'Enabled' }]);

async function passes(ms: number) {
  stage.clock.advance(ms);
  await tick(stage.bot);
  await stage.drain();
}

/** The steps that the card shows as done. */
async function done() {
  const shown = await text();
  return Object.entries(said.step)
    .filter(([, name]) => shown.includes(`✅ *${name}*`))
    .map(([step]) => step);
}

test('from the form to a registered account: production takes a lead and another one', async () => {
  // Two leads: the one who asks, and another.
  stage = await openStage({ language: 'ja', environment: { SECURITY_LEADS: 'S0LEADS U0OWNER1' } });
  await nothingThere();
  await openForm(LEAD);
  const { modal } = await stage.people.user(LEAD);
  const both = [
    { of: 'lead', count: 1 },
    { of: 'analyst', count: 1 },
  ] as const;
  expect(readAloud(modal)).toContain(said.form.approval(w.kind.production, w.ruling.approvers(both)).markup);
  const sent = await send(LEAD, { ...FORM, [ACTIONS.accountKind]: 'production' });
  expect(readAloud(sent.modal)).toContain('#C0REQUESTS');

  // Its timeline stands there as soon as it was asked for.
  expect(await done()).toEqual(['requested']);
  expect(await text()).toContain(said.awaiting.approved);
  expect(JSON.stringify(await timeline())).toContain('>Trying &lt;!channel&gt; new services');
  expect(labels(await timeline())).toEqual([]);
  // The address of the root user is for those who approve.
  expect(await text()).not.toContain('aws+lab@example.com');
  expect(readAloud((await stage.card(APPROVALS)).blocks)).toContain('aws+lab@example.com');

  // A lead who asks cannot approve, and one analyst is not enough.
  await approve(LEAD);
  await approve(ANALYST);
  expect(await done()).toEqual(['requested']);
  await approve(OWNER);
  expect(await done()).toEqual(['requested', 'approved']);
  expect(await text()).toContain('@U0ANALYST');
  expect(await text()).toContain('@U0OWNER1');
  expect(readAloud((await stage.card(APPROVALS)).blocks)).toContain(
    w.approval.states.applied(w.approval.kinds[REQUEST_KINDS.production] ?? ''),
  );
});

test('an analyst approves, the id is entered, what is missing is shown, and then it is ready', async () => {
  stage = await openStage({ language: 'ja' });
  await nothingThere();
  await ask(MEMBER);
  await approve(ANALYST);

  expect(await done()).toEqual(['requested', 'approved']);
  expect(await text()).toContain(said.awaiting.created);
  expect(labels(await timeline())).toEqual([said.card.enter]);
  expect(await told()).toEqual([
    said.thread.approved(addressed(MEMBER, w), addressed('S0ANALYSTS' as Principal, w)).markup,
  ]);

  // Not for everybody.
  await stage.press(MEMBER, await timeline(), said.card.enter);
  const { modal } = await stage.people.user(MEMBER);
  expect(readAloud(modal)).toContain(words('en').problem.title);

  await stage.press(ANALYST, await timeline(), said.card.enter);
  const wrong = await send(ANALYST, { [ACTIONS.accountId]: '12345' });
  expect(wrong.errors).toEqual({ [ACTIONS.accountId]: said.errors.id });
  const taken = await send(ANALYST, { [ACTIONS.accountId]: '111122223333' });
  expect(taken.errors).toEqual({ [ACTIONS.accountId]: said.errors.registered });
  await send(ANALYST, { [ACTIONS.accountId]: '7777-8888-9999' });

  expect(await done()).toEqual(['requested', 'approved', 'created']);
  expect(await text()).toContain(ROLE);
  expect(await text()).toContain('AccessDenied');
  expect(await text()).toContain(said.hub.absent(mrk``).markup);
  expect((await told()).slice(1)).toEqual([
    said.thread.created(code(LAB)).markup,
    said.thread.missing(addressed(ANALYST, w)).markup,
  ]);
  expect(readAloud((await stage.whispered(ANALYST))?.['blocks'])).toContain(said.answers.checks.markup);
  expect(stage.bot.accounts.lookup(LAB).registered).toBe(false);
  const [assume] = await stage.hub.calls('AssumeRole');
  expect(assume?.input).toMatchObject({ RoleArn: ROLE, SourceIdentity: 'slack-U0ANALYST' });

  // The role is there, Security Hub is not; told about once.
  await roleThere();
  await stage.press(ANALYST, await timeline(), said.card.again);
  expect(await text()).not.toContain('AccessDenied');
  expect(await text()).toContain(said.hub.absent(mrk``).markup);
  expect(await told()).toHaveLength(3);

  await memberThere();
  await stage.press(ANALYST, await timeline(), said.card.again);
  expect(await done()).toEqual(Object.keys(said.step));
  expect(await text()).toContain(said.card.ready('lab'));
  expect(labels(await timeline())).toEqual([]);
  expect((await told()).slice(3)).toEqual([
    [
      said.thread.baseline.markup,
      said.thread.registered(code(LAB), addressed(MEMBER, w)).markup,
      said.thread.ready(addressed(MEMBER, w)).markup,
    ].join('\n'),
  ]);
  expect(stage.bot.accounts.lookup(LAB)).toMatchObject({
    registered: true,
    name: 'lab',
    kind: 'non-production',
    owner: MEMBER,
    channel: 'C0SHOPDEV',
    mail: 'aws+lab@example.com',
  });
  // Both are told where the account's requests will go.
  expect(readAloud((await stage.card('C0SHOPDEV')).blocks)).toContain('@U0MEMBER');

  // It stays quiet from now on.
  await passes(2 * DAY);
  expect(await told()).toHaveLength(4);
});

test('errors stand at their fields, and an address is used once', async () => {
  stage = await openStage({
    language: 'ja',
    accounts: `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, mail: aws+shop@example.com }
`,
  });
  await openForm(ANALYST);
  const { errors } = await send(ANALYST, {
    ...FORM,
    [ACTIONS.accountMail]: 'AWS+Shop@example.com',
    [ACTIONS.deputyPerson]: 'U0MEMBER',
    [ACTIONS.newChannel]: 'lab-security',
  });
  expect(errors).toEqual({ [ACTIONS.newChannel]: said.errors.twoChannels });
  // Each alone reads well; what is wrong with it only the register and Slack know.
  await stage.people.close(ANALYST);
  await openForm(ANALYST);
  const known = await send(ANALYST, {
    ...FORM,
    [ACTIONS.accountMail]: 'AWS+Shop@example.com',
    [ACTIONS.ownerChannel]: 'C0ARCHIVED',
  });
  expect(known.errors).toEqual({
    [ACTIONS.accountMail]: said.errors.mailUsed,
    [ACTIONS.ownerChannel]: w.owners.problems['channel-gone'],
  });
  await ask(MEMBER);
  await openForm(ANALYST);
  const asked = await send(ANALYST, FORM);
  expect(asked.errors).toEqual({ [ACTIONS.accountMail]: said.errors.mailUsed });
});

test('denied, withdrawn and expired end it, and its thread hears how', async () => {
  stage = await openStage({ language: 'ja' });
  await ask(MEMBER);
  await stage.press(ANALYST, await stage.card(APPROVALS), w.approval.deny);
  await send(ANALYST, { [ACTIONS.denyReason]: 'Please use the sandbox for that.' });
  expect(await text()).toContain(`${said.ends.denied} — lab`);
  expect(await text()).toContain('Please use the sandbox for that.');
  expect(await told()).toEqual([said.thread.denied(addressed(MEMBER, w), addressed(ANALYST, w)).markup]);

  // The address is free again.
  await ask(MEMBER);
  await stage.press(MEMBER, await stage.card(APPROVALS), w.approval.withdraw);
  expect(await text()).toContain(`${said.ends.withdrawn} — lab`);
  expect(await told()).toEqual([said.thread.withdrawn(addressed(MEMBER, w)).markup]);

  await ask(MEMBER);
  // The clock has been running all the time.
  await passes(0);
  await passes(3 * DAY);
  await passes(4 * DAY);
  expect(await text()).toContain(`${said.ends.expired} — lab`);
  expect(await told()).toEqual([said.thread.expired(addressed(MEMBER, w)).markup]);
  expect(await stage.cards(TIMELINES)).toHaveLength(3);
});

test('what takes too long calls the security team, once a step', async () => {
  stage = await openStage({ language: 'ja' });
  await nothingThere();
  await ask(MEMBER);
  await approve(ANALYST);
  // Tuesday, and two working days.
  await passes(2 * DAY - HOUR);
  expect(await told()).toHaveLength(1);
  await passes(2 * HOUR);
  await passes(DAY);
  const team = addressed('S0ANALYSTS' as Principal, w);
  expect((await told()).slice(1)).toEqual([said.thread.late(team, said.step.created).markup]);
  expect(await text()).toContain(said.card.late(said.step.created, said.awaiting.created).markup);

  await enter(ANALYST);
  await passes(3 * DAY);
  await passes(HOUR);
  expect((await told()).slice(4)).toEqual([said.thread.late(team, said.step.baseline).markup]);
});

test('registered without checks, with a reason; ready when Security Hub speaks of it', async () => {
  stage = await openStage({ language: 'ja' });
  await nothingThere();
  await ask(MEMBER, { [ACTIONS.newChannel]: 'lab-security', [ACTIONS.ownerChannel]: '' });
  expect(await text()).toContain(said.card.newChannel('lab-security'));
  await approve(ANALYST);
  await stage.press(ANALYST, await timeline(), said.card.enter);
  const mute = await send(ANALYST, { [ACTIONS.accountId]: LAB, [ACTIONS.unchecked]: ['yes'] });
  expect(mute.errors).toEqual({ [ACTIONS.uncheckedNote]: said.errors.note });
  await send(ANALYST, {
    [ACTIONS.accountId]: LAB,
    [ACTIONS.ownerChannel]: 'C0SHOPDEV',
    [ACTIONS.unchecked]: ['yes'],
    [ACTIONS.uncheckedNote]: 'The role follows <@U0LEAD>',
  });
  expect(await done()).toEqual(['requested', 'approved', 'created', 'registered']);
  expect(await text()).toContain(`⚠️ *${said.step.baseline}*`);
  expect(JSON.stringify(await timeline())).toContain('The role follows &lt;@U0LEAD&gt;');
  expect(await text()).toContain('#C0SHOPDEV');
  expect(await text()).not.toContain('lab-security');
  expect(await text()).toContain(said.card.withoutRole.markup);
  expect(await text()).toContain(said.awaiting.ready);
  expect(labels(await timeline())).toEqual([said.card.again]);
  expect(stage.bot.accounts.lookup(LAB)).toMatchObject({ owner: MEMBER, channel: 'C0SHOPDEV' });

  await stage.report(asff({ control: 'S3.5', account: LAB }));
  await passes(2 * HOUR);
  expect((await done()).at(-1)).toBe('ready');
  expect((await told()).at(-1)).toBe(said.thread.ready(addressed(MEMBER, w)).markup);
});

test('an account that is there already goes the same way', async () => {
  stage = await openStage({ language: 'ja' });
  await stage.hub.setRoles([]);
  await memberThere();
  await stage.act(() => stage.people.command(ANALYST, 'C0SECURITY', `account register ${LAB}`));
  const { errors } = await send(ANALYST, {
    [ACTIONS.accountName]: 'lab',
    [ACTIONS.accountKind]: 'production',
    [ACTIONS.ownerPerson]: 'U0OWNER1',
    [ACTIONS.ownerChannel]: 'C0SHARED',
  });
  expect(errors).toEqual({ [ACTIONS.ownerChannel]: w.owners.problems['channel-shared'] });
  await send(ANALYST, {
    [ACTIONS.accountName]: 'lab',
    [ACTIONS.accountKind]: 'production',
    [ACTIONS.ownerPerson]: 'U0OWNER1',
    [ACTIONS.ownerChannel]: 'C0SHOPDEV',
  });
  expect(await done()).toEqual(['created']);
  expect(await text()).toContain(said.card.existing('lab'));
  expect(labels(await timeline())).toEqual([said.card.again, w.owners.register]);
  expect(await told()).toEqual([said.thread.missing(addressed(ANALYST, w)).markup]);

  // The role leads into another account, which is not good enough.
  await roleThere();
  await stage.hub.addFault({ kind: 'denied', operation: 'AssumeRole', when: { next: 1 } });
  await stage.press(ANALYST, await timeline(), said.card.again);
  expect(await done()).toEqual(['created']);
  await stage.press(ANALYST, await timeline(), said.card.again);
  expect(await done()).toEqual(['created', 'baseline', 'registered', 'ready']);
  expect(stage.bot.accounts.lookup(LAB)).toMatchObject({ name: 'lab', owner: OWNER, kind: 'production' });

  const again = await stage.act(() => stage.people.command(ANALYST, 'C0SECURITY', `account register ${LAB}`));
  expect(readAloud(again.message)).toContain(said.answers.registered.markup);
  expect(await stage.cards(TIMELINES)).toHaveLength(1);
});

test('an answer that is lost posts nothing twice, and a card that was deleted comes again', async () => {
  stage = await openStage({ language: 'ja' });
  await nothingThere();
  const lost = { method: 'chat.postMessage', channel: TIMELINES, kind: 'lost_answer', next: 1 };
  await stage.people.fail(lost);
  await ask(MEMBER);
  expect(await stage.cards(TIMELINES)).toHaveLength(1);
  await stage.people.fail(lost);
  await approve(ANALYST);
  expect(await told()).toHaveLength(1);

  await stage.people.fail({
    method: 'chat.update',
    channel: TIMELINES,
    kind: 'error',
    error: 'message_not_found',
    next: 1,
  });
  await enter(ANALYST);
  expect(await stage.cards(TIMELINES)).toHaveLength(2);
  expect(await done()).toEqual(['requested', 'approved', 'created']);
  expect(await told()).toEqual([
    said.thread.created(code(LAB)).markup,
    said.thread.missing(addressed(ANALYST, w)).markup,
  ]);
});
