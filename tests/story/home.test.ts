import { mention } from '../../blocks/kit';
import { checkView } from '../../blocks/kit/check';
import { shownWords } from '../../blocks/words/shown';
import type { Principal } from '../../src/accounts';
import { requestRef } from '../../src/requests';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { register } from '../setup/register';
import { elements, labels, openStage, type Stage } from './stage';

const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHOPPRD }
  - { id: '444455556666', name: shop-dev, kind: non-production, owner: U0MEMBER, deputy: U0OWNER1, channel: C0SHOPDEV }
`;
const [OWNER, ANALYST, LEAD, MEMBER, GUEST, PARTNER] = [
  'U0OWNER1',
  'U0ANALYST',
  'U0LEAD',
  'U0MEMBER',
  'U0GUEST',
  'U0PARTNER',
] as const;
const DEFAULT_CHANNEL = 'C0REQUESTS';
const REASON = 'Reachable from the office network only; replaced in March.';
const [ja, en] = [shownWords('ja'), shownWords('en')];
const MEDIUM = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-reports' });
const HIGH = asff({ control: 'S3.8', severity: 'HIGH', resource: 'arn:aws:s3:::example-open' });
const DEV = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-dev', account: '444455556666' });

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ accounts: ACCOUNTS });
});
afterEach(async () => {
  await stage.close();
  expect(stage.logged.filter((line) => !line.startsWith('a press was denied'))).toEqual([]);
});

const shown = async (user: string) => {
  const { home } = await stage.people.user(user);
  if (home !== null) expect(checkView({ type: 'home', blocks: home['blocks'] })).toEqual([]);
  return home;
};
const open = async (user: string) => {
  await stage.act(() => stage.people.home(user));
  return readAloud(await shown(user));
};
const seen = async (user: string) => readAloud(await shown(user));
const modalOf = async (user: string) => (await stage.people.user(user)).modal;
/** Presses a button of the page; `at` chooses among several of one label. */
const press = async (user: string, label: string, at = 0) => {
  const found = elements(await shown(user)).filter((element) => element.label === label)[at];
  if (found === undefined) throw new Error(`no ${label} among ${labels(await shown(user)).join(', ')}`);
  const { action_id, block_id } = found;
  return stage.act(() => stage.people.press(user, { surface: 'home' }, { action_id, block_id }));
};
const submit = (user: string, values: Record<string, unknown>) =>
  stage.act(() => stage.people.submit(user, values));
/** The owner suppresses what the newest card of production asks about, for two weeks. */
const suppress = async () => {
  await stage.press(OWNER, await stage.card(), ja.card.suppress);
  const sent = await submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '14' });
  expect(sent.errors).toBeUndefined();
};

test('each sees what is theirs, in their language', async () => {
  await stage.report(MEDIUM, HIGH, DEV);
  await stage.press(OWNER, await stage.card('C0SHOPDEV'), ja.card.take);

  const owner = await open(OWNER);
  expect(owner).toContain(ja.home.requests('3'));
  expect(owner).toContain(ja.home.taken(1));
  expect(owner).toContain(ja.home.accounts(2));
  expect(owner).toContain('shop-prod (111122223333)');
  expect(owner).toContain(ja.home.openCard);
  expect(owner).not.toContain(ja.home.nothing.markup);

  const member = await open(MEMBER);
  expect(member).toContain(en.home.requests('1'));
  expect(member).toContain('shop-dev (444455556666)');
  expect(member).not.toContain('shop-prod');
  expect(member).toContain(en.home.nothing.markup);

  for (const user of [ANALYST, LEAD]) {
    const team = await open(user);
    expect(team).toContain(ja.home.teamRequests('3'));
    expect(team).toContain(ja.home.noAccounts.markup);
    expect(team).toContain(ja.home.nothing.markup);
  }
});

test('guests and people of other workspaces see that it is not for them', async () => {
  await stage.report(MEDIUM);
  for (const user of [GUEST, PARTNER]) {
    expect(await open(user)).toBe(en.home.outsider.markup);
    expect(labels(await shown(user))).toEqual([]);
  }
});

test('turns the pages of its requests, and is drawn anew when that is wanted', async () => {
  const findings = Array.from({ length: 16 }, (_, n) =>
    asff({ control: `EC2.${n + 1}`, severity: 'HIGH', resource: `arn:aws:ec2:::volume/v-${n}` }),
  );
  await stage.report(...findings);
  const controls = async (user: string) =>
    elements(await shown(user)).flatMap(({ label, value }) => (label === ja.home.details ? [value] : []));
  await open(OWNER);
  const first = await controls(OWNER);
  expect(first).toHaveLength(8);
  expect(labels(await shown(OWNER))).not.toContain(ja.resources.previous);
  await press(OWNER, ja.resources.next);
  const second = await controls(OWNER);
  expect(second.length).toBeGreaterThan(0);
  expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
  expect(labels(await shown(OWNER))).not.toContain(ja.resources.next);
  await press(OWNER, ja.resources.previous);
  expect(await controls(OWNER)).toEqual(first);

  const before = await seen(OWNER);
  stage.clock.advance(60_000);
  await stage.report(DEV);
  expect(await seen(OWNER)).toBe(before);
  await press(OWNER, ja.home.refresh);
  expect(await seen(OWNER)).toContain(ja.home.requests(String(first.length + second.length + 1)));
  expect(await seen(OWNER)).not.toContain(before.split('\n')[1]);
});

test('shows the details of a request', async () => {
  await stage.report(MEDIUM);
  await open(OWNER);
  await press(OWNER, ja.home.details);
  expect(readAloud(await modalOf(OWNER))).toContain('example-reports');
});

test('an owner is changed from the page, which follows when it is opened again', async () => {
  await stage.report(MEDIUM);
  await open(OWNER);
  await press(OWNER, ja.home.setOwner);
  expect(await modalOf(OWNER)).not.toBeNull();
  const sent = await submit(OWNER, { 'secops.owner.person': MEMBER });
  expect(sent.errors).toBeUndefined();
  expect(await modalOf(OWNER)).toBeNull();
  expect(stage.bot.accounts.lookup('111122223333' as never).owner).toBe(MEMBER);

  expect(await open(OWNER)).toContain(ja.home.accounts(1));
  expect(await open(MEMBER)).toContain('shop-prod (111122223333)');
});

test('what no card says reaches whoever pressed in the default channel', async () => {
  await open(OWNER);
  await press(OWNER, ja.home.setOwner, 1);
  await stage.actOnly(() => stage.people.submit(OWNER, { 'secops.owner.person': ANALYST }));
  // It changed hands before it was applied.
  const [, account = ''] = elements(await shown(OWNER)).flatMap(({ label, value }) =>
    label === ja.home.setOwner ? [value] : [],
  );
  await register(stage.bot, account, { owner: LEAD as Principal, deputy: LEAD as Principal });
  await stage.drain();
  const whisper = await stage.whispered(OWNER);
  expect(whisper?.['channel']).toBe(DEFAULT_CHANNEL);
  expect(JSON.stringify(whisper)).toContain(mention('S0ANALYSTS' as Principal).markup);
  expect(stage.bot.accounts.lookup(account as never).owner).toBe(LEAD);
});

describe('an exception that ends soon', () => {
  beforeEach(async () => {
    await stage.report(MEDIUM);
    await suppress();
  });

  test('is extended from the page', async () => {
    const page = await open(OWNER);
    expect(page).toContain(ja.home.exceptions(1));
    expect(page).toContain(REASON);
    await press(OWNER, ja.exceptions.extend);
    expect((await modalOf(OWNER))?.['title']).toMatchObject({ text: ja.exceptions.extendTitle });
    const sent = await submit(OWNER, { 'secops.suppress.days': '90', 'secops.suppress.reason': REASON });
    expect(sent.errors).toBeUndefined();
    expect((await stage.workflow(MEDIUM)).status).toBe('SUPPRESSED');
    // Ninety days are not soon.
    expect(await open(OWNER)).not.toContain(ja.home.exceptions(1));
  });

  test('says so when it has ended meanwhile', async () => {
    await open(OWNER);
    await stage.press(OWNER, await stage.card(), ja.card.undo);
    await press(OWNER, ja.exceptions.extend);
    expect(readAloud(await modalOf(OWNER))).toContain(ja.exceptions.outcome.ended.markup);
  });
});

describe('a change that waits', () => {
  beforeEach(async () => {
    await stage.report(HIGH);
    await suppress();
  });

  test('is on the page of those who may approve it, and of whoever asked', async () => {
    for (const user of [ANALYST, LEAD]) {
      const page = await open(user);
      expect(page).toContain(ja.home.approvals(1));
      expect(page).toContain('S3.8');
      expect(page).toContain(ja.home.openCard);
    }
    const owner = await open(OWNER);
    expect(owner).toContain(ja.home.asked(1));
    expect(owner).not.toContain(ja.home.approvals(1));
    expect(await open(MEMBER)).not.toContain('S3.8');

    const card = (await stage.cards('C0SECURITY')).find((one) => labels(one).includes(ja.approval.approve));
    await stage.press(ANALYST, card!, ja.approval.approve);
    expect((await stage.workflow(HIGH)).status).toBe('SUPPRESSED');
    expect(await open(ANALYST)).toContain(ja.home.nothing.markup);
    expect(await open(OWNER)).toContain(ja.home.exceptions(1));
  });

  test('is withdrawn from the page, which is drawn anew behind it', async () => {
    await open(OWNER);
    await press(OWNER, ja.approval.withdraw);
    expect(await seen(OWNER)).not.toContain(ja.home.asked(1));
    expect(await seen(OWNER)).toContain(ja.home.nothing.markup);
    const [request] = await stage.bot.intake.requests.open(1);
    const audited = await stage.bot.audit.of({ request: requestRef(request!) }, { limit: 5 });
    expect(audited.events.map(({ what }) => what)).toContain('withdrawn');
    expect(await stage.bot.changes.waiting()).toEqual([]);
  });

  test('that is over by then: whoever presses hears it in the default channel, if they are there', async () => {
    await open(OWNER);
    const card = (await stage.cards('C0SECURITY')).find((one) => labels(one).includes(ja.approval.approve));
    await stage.press(ANALYST, card!, ja.approval.approve);
    await press(OWNER, ja.approval.withdraw);
    const whisper = await stage.whispered(OWNER);
    expect(whisper?.['channel']).toBe(DEFAULT_CHANNEL);
    expect(readAloud(whisper)).toContain(ja.approval.answers.over.markup);

    await stage.people.fail({
      method: 'chat.postEphemeral',
      kind: 'error',
      error: 'user_not_in_channel',
      next: 1,
    });
    await press(OWNER, ja.approval.withdraw);
    expect(stage.logged).toEqual([expect.stringContaining('a person could not be answered')]);
    (stage.logged as string[]).length = 0;
  });
});

test('a new account is asked for from the page', async () => {
  expect(await open(MEMBER)).toContain(en.home.requestAccount);
  await press(MEMBER, en.home.requestAccount);
  expect((await modalOf(MEMBER))?.['title']).toMatchObject({ text: en.newAccount.form.title });
});

test('a page that cannot be asked for says so, with a reference that the log knows', async () => {
  await open(OWNER);
  const { table } = stage.ports;
  const get = table.get;
  const failing = jest
    .spyOn(table, 'get')
    .mockImplementation((key) =>
      key.pk === 'ACCOUNTS#STAMP' ? Promise.reject(new Error('the table is away')) : get(key),
    );
  await stage.actOnly(() => stage.people.home(OWNER));
  failing.mockRestore();
  const [line = ''] = stage.logged;
  const reference = /"reference":"(\w+)"/.exec(line)?.[1] ?? 'none';
  expect(await seen(OWNER)).toContain(reference);
  expect(await open(OWNER)).toContain(ja.home.title);
  (stage.logged as string[]).length = 0;
});
