import { shownWords } from '../../blocks/words/shown';
import { tick } from '../../handlers/clock';
import { type AccountId, accountId, type Principal } from '../../src/accounts';
import { saveAccount } from '../../src/registry';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Card, DAY, elements, HOUR, inputs, labels, openStage, type Stage } from './stage';

const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHOPPRD }
  - { id: '444455556666', name: shop-dev, kind: non-production, channel: C0SHOPDEV }
  - { id: '222233334444', name: legacy, kind: production, owner: U0LEFT, deputy: U0MEMBER, channel: C0REQUESTS }
  - { id: '333344445555', name: forgotten, kind: production, owner: U0LEFT, channel: C0REQUESTS }
`;
const [OWNER, ANALYST, MEMBER, PARTNER] = ['U0OWNER1', 'U0ANALYST', 'U0MEMBER', 'U0PARTNER'] as const;
const SECURITY = 'C0SECURITY';
const DEV = '444455556666' as AccountId;
const PROD = '111122223333' as AccountId;
const LEGACY = '222233334444' as AccountId;
const FORGOTTEN = '333344445555' as AccountId;
const STRAY = '777788889999' as AccountId;

const UNSURE = 'Slack does not say whether an owner is still there';
const [ja, en] = [shownWords('ja'), shownWords('en')];
const failing = (account: string, n = 0) =>
  asff({ control: 'S3.8', severity: 'HIGH', account, resource: `arn:aws:s3:::example-${account}-${n}` });

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ accounts: ACCOUNTS });
});
afterEach(async () => {
  await stage.close();
  const expected = ['a press was denied', UNSURE];
  expect(stage.logged.filter((line) => !expected.some((start) => line.startsWith(start)))).toEqual([]);
});

const lookup = (id: AccountId) => stage.bot.accounts.lookup(id);
const say = (user: string, text: string) => stage.act(() => stage.people.command(user, 'C0REQUESTS', text));
const heard = async (user: string) => readAloud(await stage.whispered(user));
const modalOf = async (user: string) => (await stage.people.user(user)).modal;
const submit = (user: string, values: Record<string, unknown>) =>
  stage.act(() => stage.people.submit(user, values));
const look = async () => {
  await tick(stage.bot);
  await stage.drain();
};
const denials = async (account: AccountId) =>
  (await stage.bot.audit.of({ account }, { limit: 50 })).events
    .filter(({ what }) => what === 'denied')
    .map(({ by, kind }) => `${by} ${kind}`);
const lists = async (): Promise<Card[]> =>
  (await stage.cards(SECURITY)).filter((card) => JSON.stringify(card.blocks).includes('secops.accounts.csv'));

describe('a claim', () => {
  test('is asked for on the card, approved by an analyst, and told: the card calls the new owner', async () => {
    await stage.report(failing(DEV));
    const card = await stage.card('C0SHOPDEV');
    expect(labels(card)).toContain(ja.owners.set);
    expect(readAloud(card.blocks)).toContain('@S0ANALYSTS');

    await stage.press(MEMBER, card, ja.owners.set);
    const modal = await modalOf(MEMBER);
    expect(readAloud(modal)).toContain('shop-dev (444455556666)');
    expect(inputs(modal)).toEqual([]);
    await submit(MEMBER, {});
    expect(lookup(DEV).owner).toBeUndefined();
    expect(await heard(MEMBER)).toContain(
      en.approval.answers.waiting(en.ruling.approvers([{ of: 'analyst', count: 1 }])).markup,
    );

    const asked = await stage.card(SECURITY);
    expect(readAloud(asked.blocks)).toContain(ja.approval.kinds['claim-account']);
    await stage.press(MEMBER, asked, ja.approval.approve);
    expect(lookup(DEV).owner).toBeUndefined();
    await stage.press(ANALYST, asked, ja.approval.approve);
    expect(lookup(DEV).owner).toBe(MEMBER);

    const [shown, notice, ...more] = await stage.cards('C0SHOPDEV');
    expect(readAloud(shown?.blocks)).toContain(`@${MEMBER}`);
    expect(labels(shown)).not.toContain(ja.owners.set);
    expect(more).toEqual([]);
    const text = JSON.stringify(notice?.blocks);
    expect(text).toContain(`<@${MEMBER}>`);
    expect(text).toContain(`<@${ANALYST}>`);
    expect(readAloud((await stage.card(SECURITY)).blocks)).toContain(`@${MEMBER}`);
  });

  test('of an account that somebody owns is refused and recorded; people from elsewhere may do nothing', async () => {
    await stage.report(failing(DEV));
    const card = await stage.card('C0SHOPDEV');
    await stage.press(PARTNER, card, ja.owners.set);
    expect(readAloud(await modalOf(PARTNER))).toContain(en.ruling.outsider.markup);
    const typed = await say(MEMBER, `owner 111122223333 <@${MEMBER}>`);
    expect(readAloud(typed.message)).toContain(en.role.analyst);
    expect(lookup(PROD).owner).toBe(OWNER);
    expect(await denials(PROD)).toEqual([`${MEMBER} register-owner`]);
    expect(await denials(DEV)).toEqual([`${PARTNER} register-owner`]);
  });

  test('whoever comes second finds the account owned', async () => {
    await stage.report(failing(DEV));
    const card = await stage.card('C0SHOPDEV');
    await stage.press(MEMBER, card, ja.owners.set);
    await say(ANALYST, `owner shop-dev <@${OWNER}>`);
    expect(lookup(DEV).owner).toBe(OWNER);
    await submit(MEMBER, {});
    expect(lookup(DEV).owner).toBe(OWNER);
    expect(await denials(DEV)).toEqual([`${MEMBER} register-owner`]);
  });
});

describe('setting and handing over', () => {
  test('by command: both are told where the requests go, and cards follow', async () => {
    await stage.report(failing(PROD));
    const answer = await say(OWNER, `owner shop-prod <@${MEMBER}|member>`);
    expect(readAloud(answer.message)).toContain(`@${MEMBER}`);
    expect(lookup(PROD).owner).toBe(MEMBER);
    const [card, notice] = await stage.cards();
    expect(readAloud(card?.blocks)).toContain(`@${MEMBER}`);
    expect(JSON.stringify(notice?.blocks)).toContain(`<@${OWNER}>`);
    expect(JSON.stringify(notice?.blocks)).toContain(`<@${MEMBER}>`);
    // It is no longer theirs.
    await say(OWNER, `owner shop-prod <@${OWNER}>`);
    expect(lookup(PROD).owner).toBe(MEMBER);
  });

  test('nobody who has left, no group that there is not', async () => {
    const left = await say(ANALYST, 'owner shop-dev <@U0LEFT>');
    expect(readAloud(left.message)).toBe(ja.owners.problems['owner-left']);
    const nobody = await say(ANALYST, 'owner shop-dev @no-such-team');
    expect(readAloud(nobody.message)).toContain(ja.owners.command.nobody.markup);
    expect(lookup(DEV).owner).toBeUndefined();
    await say(ANALYST, 'owner shop-dev @security-leads');
    expect(lookup(DEV).owner).toBe('S0LEADS');
  });

  test('by the dialog: it shows what is registered, says what is wrong at the field, and changes only what was changed', async () => {
    const offered = await say(ANALYST, 'owner shop-prod');
    expect(labels(offered.message)).toEqual([ja.owners.set]);
    const { ephemerals } = await stage.people.user(ANALYST);
    const at = { channel: String(ephemerals.at(-1)?.['channel']), ts: String(ephemerals.at(-1)?.['ts']) };
    await stage.act(() => stage.people.press(ANALYST, at, { action_id: 'secops.account.owner' }));
    const shown = JSON.stringify(await modalOf(ANALYST));
    expect(shown).toContain('"initial_user":"U0OWNER1"');
    expect(shown).toContain('"initial_conversation":"C0SHOPPRD"');
    expect(shown).toContain('"exclude_external_shared_channels":true');

    const same = await submit(ANALYST, {});
    expect(same.errors).toEqual({ 'secops.owner.person': ja.owners.dialog.unchanged });
    const wrong = await submit(ANALYST, { 'secops.owner.channel': 'C0SHARED' });
    expect(wrong.errors).toEqual({ 'secops.owner.channel': ja.owners.problems['channel-shared'] });
    const archived = await submit(ANALYST, { 'secops.owner.channel': 'C0ARCHIVED' });
    expect(archived.errors).toEqual({ 'secops.owner.channel': ja.owners.problems['channel-gone'] });
    const left = await submit(ANALYST, {
      'secops.deputy.person': 'U0LEFT',
      'secops.owner.channel': 'C0SHOPPRD',
    });
    expect(left.errors).toEqual({ 'secops.deputy.person': ja.owners.problems['owner-left'] });

    const done = await submit(ANALYST, {
      'secops.deputy.person': MEMBER,
      'secops.account.name': '<!channel> & shop',
      'secops.account.project': 'P-1',
      'secops.account.mail': 'shop@example.com',
    });
    expect(done.errors).toBeUndefined();
    expect(lookup(PROD)).toMatchObject({
      owner: OWNER,
      deputy: MEMBER,
      channel: 'C0SHOPPRD',
      name: '<!channel> & shop',
      project: 'P-1',
      mail: 'shop@example.com',
    });
    // Nobody else answers for it now: nobody is told.
    expect(await stage.cards()).toEqual([]);
  });

  test('a group is found by its name, and whichever of person and group was changed counts', async () => {
    await say(ANALYST, 'owner shop-prod');
    const message = await stage.whispered(ANALYST);
    const at = { channel: String(message?.['channel']), ts: String(message?.['ts']) };
    await stage.act(() => stage.people.press(ANALYST, at, { action_id: 'secops.account.owner' }));
    const suggested = await stage.act(() =>
      stage.people.suggest(ANALYST, { surface: 'modal' }, { action_id: 'secops.owner.group' }, '@security-l'),
    );
    expect(suggested.options?.map(({ value }) => value)).toEqual(['S0LEADS']);
    const done = await submit(ANALYST, { 'secops.owner.group': 'S0LEADS' });
    expect(done.errors).toBeUndefined();
    expect(lookup(PROD).owner).toBe('S0LEADS');
  });
});

describe('an owner who has left Slack', () => {
  test('is noticed before being mentioned: the deputy is called, else the security team', async () => {
    await stage.report(failing(LEGACY), failing(FORGOTTEN));
    const cards = await stage.cards('C0REQUESTS');
    const texts = cards.map(({ blocks }) => JSON.stringify(blocks));
    expect(texts.join('')).not.toContain('<@U0LEFT>');
    expect(texts.find((text) => text.includes(LEGACY))).toContain(`<@${MEMBER}>`);
    expect(texts.find((text) => text.includes(FORGOTTEN))).toContain('<!subteam^S0ANALYSTS>');
    expect(lookup(LEGACY)).toMatchObject({ owner: MEMBER, leftOwner: 'U0LEFT' });
    expect(lookup(LEGACY).deputy).toBeUndefined();
    // Rights have followed: the deputy hands it over.
    await say(MEMBER, `owner legacy <@${OWNER}>`);
    expect(lookup(LEGACY)).toMatchObject({ owner: OWNER, deputy: MEMBER });
    expect(lookup(LEGACY).leftOwner).toBeUndefined();
  });

  test('is noticed daily before the morning, listed, and is owner again when back', async () => {
    expect(lookup(LEGACY).owner).toBe('U0LEFT');
    // The next morning is at nine in Tokyo; an hour before it nobody has been looked at.
    stage.clock.advance(22 * HOUR - 60_000);
    await look();
    expect(lookup(LEGACY).owner).toBe('U0LEFT');
    stage.clock.advance(60_000);
    await look();
    expect(lookup(LEGACY).owner).toBe(MEMBER);
    expect(lookup(FORGOTTEN).owner).toBeUndefined();
    const calls = (await stage.people.calls('users.info')).length;
    stage.clock.advance(60_000);
    await look();
    expect(await stage.people.calls('users.info')).toHaveLength(calls);

    stage.clock.advance(HOUR);
    await look();
    const [list, ...more] = await lists();
    expect(more).toEqual([]);
    expect(readAloud(list?.blocks)).toContain('forgotten (333344445555)');
    expect(readAloud(list?.blocks)).toContain(ja.owners.bulletin.left.markup);
    expect(readAloud(list?.blocks)).not.toContain('legacy');

    // They come back: the next working day they are the owner again.
    const { slack } = stage.ports;
    const back = stage.composeWith({
      slack: { ...slack, person: async (id) => ({ id, locale: 'ja-JP', standing: 'member' }) },
    });
    stage.clock.advance(DAY);
    await tick(back);
    await stage.drain({ bot: back });
    expect(back.accounts.lookup(LEGACY)).toMatchObject({ owner: 'U0LEFT', deputy: MEMBER });
    const { events } = await back.audit.of({ account: LEGACY }, { limit: 10 });
    expect(events.map(({ what }) => what)).toEqual(['back', 'left', 'imported']);
  });

  test('Slack that does not tell holds nothing up', async () => {
    await stage.people.fail({ method: 'users.info', kind: 'error', error: 'fatal_error', times: 5 });
    await stage.report(failing(LEGACY));
    await stage.people.stopFailing();
    expect(JSON.stringify(await stage.cards('C0REQUESTS'))).toContain('<@U0LEFT>');
    expect(stage.logged.filter((line) => line.startsWith(UNSURE)).length).toBeGreaterThan(0);
  });
});

describe('accounts that nobody has registered', () => {
  test('one list on the next working morning, no message to owners; registered, they are told', async () => {
    await stage.report(failing(STRAY, 1), failing(STRAY, 2), failing('888899990000'));
    for (const channel of ['C0REQUESTS', 'C0SHOPPRD', 'C0SHOPDEV', SECURITY]) {
      expect(await stage.cards(channel)).toEqual([]);
    }
    await look();
    expect(await lists()).toEqual([]);
    stage.clock.advance(23 * HOUR);
    await look();
    const [list, ...more] = await lists();
    expect(more).toEqual([]);
    const text = readAloud(list?.blocks);
    expect(text).toContain(STRAY);
    expect(text).toContain('888899990000');
    expect(text).toContain(ja.owners.bulletin.waiting(2));
    expect(text).toContain('shop-dev (444455556666)');

    // Nothing new: no second list, whatever else comes.
    stage.clock.advance(DAY);
    await stage.report(failing(STRAY, 3));
    await look();
    expect(await lists()).toHaveLength(1);

    await stage.press(MEMBER, list as Card, ja.owners.bulletin.csv);
    expect(readAloud(await modalOf(MEMBER))).toContain(en.role.lead);
    await stage.press(ANALYST, list as Card, ja.owners.bulletin.csv);
    const csv = JSON.stringify(await modalOf(ANALYST));
    expect(csv).toContain('id,name,kind,owner,deputy,channel,project,mail,mode,status');
    expect(csv).toContain(STRAY);
    expect(csv).toContain('shop-dev');
    await stage.people.close(ANALYST);

    const register = elements(list).find(({ value }) => value === STRAY);
    await stage.act(() =>
      stage.people.press(
        ANALYST,
        { channel: SECURITY, ts: (list as Card).ts },
        {
          action_id: register?.action_id ?? '',
          block_id: register?.block_id ?? '',
        },
      ),
    );
    const nameless = await submit(ANALYST, { 'secops.owner.person': OWNER });
    expect(nameless.errors ?? nameless.trouble).toBeDefined();
    const saved = await submit(ANALYST, {
      'secops.owner.person': OWNER,
      'secops.account.name': 'stray',
      'secops.account.kind': 'non-production',
    });
    expect(saved.errors).toBeUndefined();
    await look();
    await look();
    expect(lookup(STRAY)).toMatchObject({ registered: true, kind: 'non-production', owner: OWNER });
    const told = await stage.cards('C0REQUESTS');
    expect(JSON.stringify(told)).toContain(`<@${OWNER}>`);
    expect(JSON.stringify(told)).toContain(STRAY);
    const shown = readAloud((await lists())[0]?.blocks);
    expect(shown).not.toContain(STRAY);
    expect(shown).toContain('888899990000');
  });

  test('the list says so when nothing is left, and a later one is news', async () => {
    stage.clock.advance(23 * HOUR);
    await look();
    await look();
    const at = () => stage.clock.now().toISOString();
    const own = (id: string) =>
      saveAccount(
        accountId(id) as AccountId,
        { owner: OWNER as Principal },
        { source: 'csv', at: at() },
        stage.bot.registry,
      );
    await own(DEV);
    await own(FORGOTTEN);
    await look();
    await look();
    expect(await lists()).toEqual([]);
    expect(readAloud((await stage.card(SECURITY)).blocks)).toContain(ja.owners.bulletin.none);
    await stage.report(failing(STRAY));
    await look();
    stage.clock.advance(DAY);
    await look();
    expect(await lists()).toHaveLength(1);
  });
});

describe('/secops account', () => {
  test('alone shows how it is typed; the list has those without owner first', async () => {
    const usage = await say(MEMBER, 'account');
    expect(readAloud(usage.message)).toContain('/secops account list');
    expect(readAloud(usage.message)).toContain('/secops account show ACCOUNT');
    await stage.report(failing(DEV), failing(STRAY));
    await say(MEMBER, 'account list');
    const text = await heard(MEMBER);
    expect(text.indexOf('shop-dev')).toBeLessThan(text.indexOf('legacy'));
    expect(text).toContain(en.owners.list.open(1));
    expect(text).toContain(en.owners.list.unregistered(1).markup);
  });

  test('show: everything registered, who changed it last, and what one may do', async () => {
    await say(ANALYST, `owner shop-prod <@${MEMBER}>`);
    await say(ANALYST, 'account show shop-prod');
    const text = await heard(ANALYST);
    expect(text).toContain('shop-prod (111122223333)');
    expect(text).toContain(`@${MEMBER}`);
    expect(text).toContain(`@${ANALYST}`);
    expect(labels(await stage.whispered(ANALYST))).toEqual([ja.owners.set, ja.owners.card.history]);

    await say(OWNER, 'account show shop-prod');
    expect(labels(await stage.whispered(OWNER))).toEqual([ja.owners.card.history]);
    await say(OWNER, 'account show shop-dev');
    const message = await stage.whispered(OWNER);
    expect(labels(message)).toEqual([ja.owners.claim, ja.owners.card.history]);
    const at = { channel: String(message?.['channel']), ts: String(message?.['ts']) };
    await stage.act(() => stage.people.press(OWNER, at, { action_id: 'secops.account.history' }));
    expect(await heard(OWNER)).toContain(
      ja.history.ofAccount('shop-dev (444455556666)').markup.replaceAll('*', ''),
    );
  });
});
