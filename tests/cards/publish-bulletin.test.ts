import { accountId, principal } from '../../src/accounts';
import {
  addToBulletin,
  type BulletinKey,
  type BulletinView,
  bulletinRef,
  type Line,
  refreshBulletin,
} from '../../src/bulletins';
import { type BulletinPublisher, publishBulletin } from '../../src/cards';
import type { Severity } from '../../src/controls';
import { ownerWatch, saveAccount } from '../../src/registry';
import { type Request, type RequestKey, requestRef } from '../../src/requests';
import { SlackRateLimited, SlackRefused, SlackUnreachable } from '../../src/slack';
import { amend } from '../../src/store';
import { plainPng } from '../fixtures/plain-png';
import { type Desk, openDesk } from '../requests/desk';

const CHANNEL = 'C0SHOPPRD';
const DAY = '2026-11-24';
const MORNING: BulletinKey = { kind: 'morning', subject: CHANNEL, day: DAY };
const OVERDUE: BulletinKey = { kind: 'overdue', subject: 'all', day: DAY };
const REMINDER: BulletinKey = { kind: 'reminder', subject: `${CHANNEL}/U0OWNER1`, day: DAY };
const PROD = accountId('111122223333')!;
const DEV = accountId('444455556666')!;
const STRAY = accountId('777788889999')!;

/** What a bulletin says of its requests, in one line: what the blocks look like is not the publisher's business. */
function said(view: BulletinView): string {
  const lines =
    'lines' in view ? view.lines : view.kind === 'overdue' ? view.owners.flatMap((owner) => owner.lines) : [];
  const of = lines.map(
    (line) =>
      `${line.control}${line.done ? ' done' : ` ${line.open}`}${line.takenBy ? ` by ${line.takenBy}` : ''}${line.permalink ? ' linked' : ''}`,
  );
  return `${view.kind}: ${of.join(', ')}${view.insteadOf ? ` instead of ${view.insteadOf}` : ''}`;
}
const drawn = (text: string) => ({
  text,
  blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
});

const image = (id: string, alt: string) => ({ type: 'image', slack_file: { id }, alt_text: alt });

let desk: Desk;
let publisher: BulletinPublisher;
let views: BulletinView[];
beforeEach(async () => {
  desk = await openDesk();
  views = [];
  publisher = {
    ...desk.bot.bulletinPublisher,
    drawBulletin: {
      bulletin: (view) => {
        views.push(view);
        return drawn(said(view));
      },
      plain: (view) => drawn(`plain ${said(view)}`),
      picture: async () => undefined,
    },
  };
});
afterEach(() => desk.close());

const now = () => desk.spine.clock.now();
const keyOf = (control: string, account = PROD): RequestKey => ({
  account,
  kind: 'control',
  subject: control.toLowerCase(),
});

/** A request as its own publisher has left it. */
async function request(control: string, over: Partial<Request> = {}, severity: Severity = 'MEDIUM') {
  const key = keyOf(control, over.account);
  const summary = { open: 1, severity, title: control, due: '2026-12-10T00:00:00.000Z' };
  const record: Request = {
    ...key,
    control: control as Request['control'],
    product: 'control',
    channel: CHANNEL,
    revision: 1,
    phase: 'open',
    openedAt: '2026-11-20T00:00:00.000Z',
    summary,
    card: { shownRevision: 1, toldThrough: 0 },
    version: 1,
    seq: 1,
    outbox: [{ seq: 1, kind: 'opened', at: now().toISOString() }],
    ...over,
  };
  await desk.bot.intake.requests.create(record);
  return record;
}
const change = (key: RequestKey, over: Partial<Request>) =>
  amend(desk.bot.intake.requests, key, (r) => ({ ...r, ...over }));
const stored = async (key: RequestKey) => (await desk.bot.intake.requests.load(key))!;

const effects = () => ({ ...publisher, now });
const add = (key: BulletinKey, line: Line, channel = CHANNEL, postAt = now()) =>
  addToBulletin({ key, channel, postAt }, line, effects());
/** Puts requests into a bulletin as their publisher does: the mark first, then the line. */
async function held(key: BulletinKey, ...requests: readonly Request[]): Promise<void> {
  for (const r of requests) {
    await change(r, { held: { bulletin: bulletinRef(key) } });
    await add(key, { ref: requestRef(r), about: 'request' });
  }
}
const refresh = async (key: BulletinKey, over: Partial<BulletinPublisher> = {}) => {
  const bulletin = (await publisher.bulletins.load(key))!;
  const { revision, channel } = bulletin;
  await publishBulletin({ record: bulletinRef(key), revision, channel }, { ...publisher, ...over });
};
const raised = async (key: BulletinKey) => {
  await refreshBulletin(key, effects());
  await refresh(key);
};
const messages = async (id = CHANNEL) => (await desk.spine.people.channel(id)).map(({ text }) => text);
const calls = async (method: string) => (await desk.spine.people.calls(method)).length;
const fail = (fault: object) => desk.spine.people.fail({ method: 'chat.postMessage', ...fault });
const bulletin = async (key = MORNING) => (await publisher.bulletins.load(key))!;

describe('a bulletin of a morning', () => {
  it('is posted once, most urgent first, and tells its requests', async () => {
    const a = await request('S3.5');
    const b = await request('S3.8', {}, 'HIGH');
    const due = { open: 3, severity: 'LOW', title: 'S3.9', due: '2026-11-25T00:00:00.000Z' } as const;
    const c = await request('S3.9', { summary: due });
    await held(MORNING, a, b, c);
    desk.queues.cards.length = 0;
    await refresh(MORNING);
    await refresh(MORNING);
    expect(await messages()).toEqual(['morning: S3.9 3, S3.8 1, S3.5 1']);
    expect(views[0]).toMatchObject({ day: DAY, mentions: ['U0OWNER1'] });
    expect(await stored(a)).toMatchObject({
      listed: { bulletin: bulletinRef(MORNING), at: expect.any(String) },
      card: { toldThrough: 1 },
    });
    expect(await stored(a)).not.toHaveProperty('held');
    expect(desk.queues.cards.map(({ record }) => record).sort()).toEqual([a, b, c].map(requestRef).sort());
    const after = await bulletin();
    expect(after).toMatchObject({ card: { shownRevision: 3 } });
    expect(after).not.toHaveProperty('unsettled');
    expect(after.card).not.toHaveProperty('posting');
    expect(await calls('chat.postMessage')).toBe(1);
  });

  it('says nothing before its time', async () => {
    const a = await request('S3.5');
    const postAt = new Date(now().getTime() + 3_600_000);
    await change(a, { held: { bulletin: bulletinRef(MORNING) } });
    await add(MORNING, { ref: requestRef(a), about: 'request' }, CHANNEL, postAt);
    await refresh(MORNING);
    expect(await messages()).toEqual([]);
    desk.spine.clock.advance(3_600_000);
    await refresh(MORNING);
    expect(await messages()).toEqual(['morning: S3.5 1']);
  });

  it('is posted once though the answer is lost, and tells its requests all the same', async () => {
    const a = await request('S3.5');
    await held(MORNING, a);
    await fail({ kind: 'lost_answer', next: 1 });
    await expect(refresh(MORNING)).rejects.toThrow(SlackUnreachable);
    expect(await stored(a)).toHaveProperty('held');
    await refresh(MORNING);
    expect(await messages()).toHaveLength(1);
    expect(await stored(a)).toHaveProperty('listed');
  });

  it('a crash after the post leaves nobody untold', async () => {
    const [a, b] = [await request('S3.5'), await request('S3.8')];
    await held(MORNING, a, b);
    const queues = { ...desk.queues, card: () => Promise.reject(new Error('SQS is away')) };
    await expect(refresh(MORNING, { queues })).rejects.toThrow('SQS is away');
    expect(await bulletin()).toHaveProperty('unsettled');
    await refresh(MORNING);
    expect(await messages()).toHaveLength(1);
    for (const r of [a, b]) expect(await stored(r)).toHaveProperty('listed');
    expect(await bulletin()).not.toHaveProperty('unsettled');
  });

  it('shows what is done, who has taken what and where its own card is; the same drawing is not sent again', async () => {
    const [a, b, c] = [await request('S3.5'), await request('S3.8'), await request('S3.9')];
    await held(MORNING, a, b, c);
    await refresh(MORNING);
    await change(a, { phase: 'done', summary: { ...a.summary!, open: 0 } });
    await change(b, { takenBy: { who: principal('U0MEMBER')!, at: now().toISOString() } });
    const { ts } = await desk.spine.ports.slack.post(CHANNEL, drawn('card'), { record: 'x', key: '1' });
    const { listed: _, ...own } = await stored(c);
    await desk.bot.intake.requests.replace(
      { ...own, card: { ...own.card, channel: CHANNEL, ts }, version: own.version + 1 },
      own.version,
    );
    await raised(MORNING);
    expect((await messages())[0]).toBe('morning: S3.8 1 by U0MEMBER, S3.9 1 linked, S3.5 done');
    await raised(MORNING);
    expect(await calls('chat.update')).toBe(1);
    expect(await bulletin()).toMatchObject({ revision: 5, card: { shownRevision: 5 } });
  });

  it('takes in what comes after it was posted', async () => {
    await held(MORNING, await request('S3.5'));
    await refresh(MORNING);
    const late = await request('S3.8', {}, 'HIGH');
    await held(MORNING, late);
    await refresh(MORNING);
    expect(await messages()).toEqual(['morning: S3.8 1, S3.5 1']);
    expect(await stored(late)).toHaveProperty('listed');
  });

  it('is not posted when nothing is left to say, and comes back when there is', async () => {
    const done = await request('S3.5');
    const own = await request('S3.8');
    await held(MORNING, done, own);
    await change(done, { phase: 'new', summary: { ...done.summary!, open: 0 } });
    // A flood has come in between: a digest tells it sooner.
    await change(own, { held: { bulletin: 'bulletin/digest/any/111122223333/new' } });
    await refresh(MORNING);
    expect(await messages()).toEqual([]);
    expect(await bulletin()).toMatchObject({ card: { shownRevision: 2 } });
    expect(await bulletin()).not.toHaveProperty('unsettled');
    expect(await stored(own)).toHaveProperty('held');
    await held(MORNING, await request('S3.9'));
    await refresh(MORNING);
    expect(await messages()).toEqual(['morning: S3.9 1']);
  });

  it('what has a card of its own before the post is left out, and what nobody knows', async () => {
    const [a, b] = [await request('S3.5'), await request('S3.8')];
    await held(MORNING, a, b);
    await add(MORNING, { ref: '111122223333/control/gone.1', about: 'request' });
    const { held: _, ...own } = await stored(b);
    await desk.bot.intake.requests.replace({ ...own, version: own.version + 1 }, own.version);
    await refresh(MORNING);
    expect(await messages()).toEqual(['morning: S3.5 1']);
  });

  it('works out what a request holds that has no summary yet', async () => {
    const finding = await desk.held({ control: 'S3.8' });
    await desk.take(finding);
    await held(MORNING, await stored(keyOf('S3.8')));
    await refresh(MORNING);
    expect(await messages()).toEqual(['morning: S3.8 1']);
  });

  it('holds many lines', async () => {
    for (let n = 0; n < 60; n += 1) await held(MORNING, await request(`S3.${100 + n}`));
    await refresh(MORNING);
    expect(views[0]).toMatchObject({ lines: { length: 60 } });
    expect(await stored(keyOf('S3.159'))).toHaveProperty('listed');
    expect(await calls('chat.postMessage')).toBe(1);
  });
});

describe('when Slack refuses', () => {
  it('blocks: it is sent in the plainest ones', async () => {
    await held(MORNING, await request('S3.5'));
    await fail({ kind: 'error', error: 'invalid_blocks', next: 1 });
    await refresh(MORNING);
    expect(await messages()).toEqual(['plain morning: S3.5 1']);
  });

  it('a drawing that fails: the plainest one', async () => {
    await held(MORNING, await request('S3.5'));
    const broken = () => {
      throw new Error('no ink');
    };
    await refresh(MORNING, { drawBulletin: { ...publisher.drawBulletin, bulletin: broken } });
    expect(await messages()).toEqual(['plain morning: S3.5 1']);
    expect(desk.spine.logged.join()).toContain('no ink');
  });

  it('the channel: it goes to the next best one, and says so', async () => {
    await held(MORNING, await request('S3.5'));
    await fail({ kind: 'error', error: 'is_archived', channel: CHANNEL });
    await refresh(MORNING);
    expect(desk.queues.cards.at(-1)).toEqual({
      record: bulletinRef(MORNING),
      revision: 2,
      channel: 'C0REQUESTS',
    });
    await publishBulletin({ record: bulletinRef(MORNING), revision: 1, channel: CHANNEL }, publisher);
    expect(await messages('C0REQUESTS')).toEqual([]);
    await refresh(MORNING);
    expect(await messages('C0REQUESTS')).toEqual([`morning: S3.5 1 instead of ${CHANNEL}`]);
  });

  it('every channel: it stays to be done', async () => {
    await held(MORNING, await request('S3.5'));
    await fail({ kind: 'error', error: 'channel_not_found' });
    await refresh(MORNING);
    await refresh(MORNING);
    await expect(refresh(MORNING)).rejects.toThrow(SlackRefused);
    expect(await bulletin()).toHaveProperty('unsettled');
  });

  it('to be written to so fast: certainly not posted, so the next try does not search', async () => {
    await held(MORNING, await request('S3.5'));
    await fail({ kind: 'ratelimited', next: 1 });
    await expect(refresh(MORNING)).rejects.toThrow(SlackRateLimited);
    expect((await bulletin()).card).not.toHaveProperty('posting');
    await refresh(MORNING);
    expect(await calls('conversations.history')).toBe(0);
    expect(await messages()).toHaveLength(1);
  });

  it('an update of a message that was deleted: a new one is posted', async () => {
    const a = await request('S3.5');
    await held(MORNING, a);
    await refresh(MORNING);
    await desk.spine.people.fail({
      method: 'chat.update',
      kind: 'error',
      error: 'message_not_found',
      next: 1,
    });
    await change(a, { takenBy: { who: principal('U0MEMBER')!, at: now().toISOString() } });
    await raised(MORNING);
    await refresh(MORNING);
    expect((await messages()).at(-1)).toBe('morning: S3.5 1 by U0MEMBER');
    expect(await calls('chat.postMessage')).toBe(2);
  });
});

describe('the other kinds', () => {
  const past = { open: 1, severity: 'LOW', title: 'x', due: '2026-11-20T00:00:00.000Z' } as const;
  const listed = async (key: BulletinKey, channel: string, ...requests: readonly Request[]) => {
    for (const r of requests) await add(key, { ref: requestRef(r), about: 'request' }, channel);
  };

  it('a reminder calls whoever answers now, when its owner has left Slack since it was written', async () => {
    await listed(REMINDER, CHANNEL, await request('S3.5'));
    const left = new Set(['U0OWNER1']);
    const { registry, owners } = desk.bot;
    const person = async (id: string) => ({
      id,
      locale: undefined,
      standing: left.has(id) ? ('left' as const) : ('member' as const),
    });
    const at = now().toISOString();
    await saveAccount(PROD, { deputy: principal('U0MEMBER')! }, { source: 'csv', at }, registry);
    await refresh(REMINDER, { lookAtOwners: ownerWatch({ ...owners, slack: { person } }).look });
    expect(views.at(-1)).toMatchObject({ kind: 'reminder', owner: 'U0MEMBER' });
    expect(await messages()).toHaveLength(1);
  });

  it('a reminder holds what is open, with the links of its cards, and names the owner', async () => {
    const { ts } = await desk.spine.ports.slack.post(CHANNEL, drawn('card'), { record: 'x', key: '1' });
    const card = { shownRevision: 1, toldThrough: 1, channel: CHANNEL, ts };
    const a = await request('S3.5', { card });
    const deleted = await request('S3.8', { card: { ...card, ts: '1.000001' } });
    const done = await request('S3.9', { card, phase: 'done' });
    await listed(REMINDER, CHANNEL, a, deleted, done);
    await refresh(REMINDER);
    expect((await messages()).at(-1)).toBe('reminder: S3.5 1 linked, S3.8 1');
    expect(views[0]).toMatchObject({ kind: 'reminder', owner: 'U0OWNER1', day: DAY });
    expect(await stored(a)).not.toHaveProperty('listed');
  });

  it('the overdue list goes by owner, whoever has the oldest first, those without one last', async () => {
    const older = { ...past, due: '2026-11-10T00:00:00.000Z' };
    const oldest = { ...past, due: '2026-11-01T00:00:00.000Z' };
    const all = [
      await request('S3.1', { account: STRAY, summary: oldest }),
      await request('S3.5', { summary: past }),
      await request('S3.8', { account: DEV, summary: older }),
      await request('S3.9'),
    ];
    await listed(OVERDUE, 'C0SECURITY', ...all);
    await refresh(OVERDUE);
    expect(await messages('C0SECURITY')).toEqual(['overdue: S3.8 1, S3.5 1, S3.1 1']);
    expect(views[0]).toMatchObject({ total: 3, owners: [{ owner: 'U0OWNER1' }, { lines: { length: 1 } }] });
  });

  it('a digest knows its account, how young it is, and how much is open', async () => {
    const key: BulletinKey = { kind: 'digest', subject: `${STRAY}/3`, day: DAY };
    await desk.bot.intake.known.note(keyOf('S3.5', STRAY), '2026-11-24T00:00:00.000Z');
    const five = { open: 5, severity: 'LOW', title: 'x' } as const;
    await held(key, await request('S3.5', { account: STRAY, summary: five }));
    await held(key, await request('S3.8', { account: STRAY }));
    await refresh(key);
    expect(views[0]).toMatchObject({
      account: { id: STRAY },
      young: true,
      ownerless: true,
      mentions: ['S0ANALYSTS'],
      issues: 6,
    });
  });

  it('observed adds up what would have been done', async () => {
    const key: BulletinKey = { kind: 'observed', subject: 'all', day: DAY };
    const facts = [
      [PROD, 'S3.5', 'ask'],
      [DEV, 'S3.5', 'ask'],
      [DEV, 'S3.8', 'tell'],
      [DEV, 'S3.8', 'suppress'],
    ] as const;
    for (const [n, [account, control, what]] of facts.entries())
      await add(key, { ref: `i${n}`, about: 'issue', facts: { account, control, what } }, 'C0SECURITY');
    await refresh(key);
    expect(views[0]).toMatchObject({
      kind: 'observed',
      accounts: [
        {
          account: { id: DEV },
          asked: 1,
          told: 1,
          suppressed: 1,
          controls: [
            { control: 'S3.8', count: 2 },
            { control: 'S3.5', count: 1 },
          ],
        },
        { account: { id: PROD }, asked: 1, told: 0, suppressed: 0 },
      ],
    });
  });

  it('drift is told only where something was mended', async () => {
    const key: BulletinKey = { kind: 'drift', subject: 'all', day: DAY };
    await add(key, { ref: 'total', about: 'account', facts: { findings: 900, calls: 9 } }, 'C0SECURITY');
    const none = { account: DEV, opened: 0, closed: 0, changed: 0, outside: 0, outsideBefore: 0 };
    await add(key, { ref: DEV, about: 'account', facts: none }, 'C0SECURITY');
    await refresh(key);
    expect(await messages('C0SECURITY')).toEqual([]);
    const facts = { account: PROD, opened: 2, closed: 1, changed: 0, outside: 3, outsideBefore: 1 };
    await add(key, { ref: PROD, about: 'account', facts }, 'C0SECURITY');
    await refresh(key);
    expect(views.at(-1)).toMatchObject({
      findings: 900,
      calls: 9,
      accounts: [{ account: { id: PROD }, opened: 2, closed: 1, changed: 0 }],
      outside: [{ account: { id: PROD }, count: 3, before: 1 }],
    });
  });

  it('a control that nobody decides on is asked about, as whoever knows it says', async () => {
    const key: BulletinKey = { kind: 'undecided', subject: 's3.99', day: 'any' };
    await add(key, { ref: PROD, about: 'account', facts: { account: PROD } }, 'C0SECURITY');
    await refresh(key, { undecidedView: async () => undefined });
    expect(await messages('C0SECURITY')).toEqual([]);
    await raised(key);
    const asked = async () =>
      ({ kind: 'observed', ref: bulletinRef(key), day: 'any', accounts: [] }) as const;
    await refreshBulletin(key, effects());
    await refresh(key, { undecidedView: asked });
    expect(await messages('C0SECURITY')).toEqual(['observed: ']);
  });
});

describe('a celebration', () => {
  const key: BulletinKey = { kind: 'celebration', subject: `${PROD}/${CHANNEL}`, day: DAY };
  const picture = { png: plainPng(4, 4), alt: 'a picture' };
  const facts = { account: PROD, passed: 74, times: 1, longestDays: 0, people: 'U0OWNER1' };
  let words: string;
  let pictures: number;
  beforeEach(async () => {
    words = 'hurray';
    pictures = 0;
    publisher = {
      ...publisher,
      drawBulletin: {
        bulletin: (view) => ({
          text: words,
          blocks: [
            { type: 'section', text: { type: 'plain_text', text: words } },
            ...(view.picture ? [image(view.picture.file, view.picture.alt)] : []),
          ],
        }),
        plain: () => drawn(`plain ${words}`),
        picture: async () => {
          pictures += 1;
          return picture;
        },
      },
    };
    await add(key, { ref: PROD, about: 'account', facts });
  });

  const shown = async (channel = CHANNEL) => {
    const message = (await desk.spine.people.channel(channel)).at(-1);
    const reactions = (message?.['reactions'] ?? []) as { name: string; count: number }[];
    return {
      text: message?.text,
      pictures: (message?.blocks ?? []).filter(({ type }) => type === 'image').length,
      reactions: reactions.map(({ name, count }) => `${name} ${count}`),
    };
  };
  const HANDS = ['tada 1', 'clap 1', 'rocket 1'];
  const failing = (method: string, fault: object) =>
    desk.spine.people.fail({ method, kind: 'error', next: 1, ...fault });
  const wantedAgain = async () => {
    await refreshBulletin(key, effects());
    await refresh(key);
  };

  it('is posted with its picture, and the bot reacts first; seen again nothing of it is done twice', async () => {
    await refresh(key);
    expect(await shown()).toEqual({ text: 'hurray', pictures: 1, reactions: HANDS });
    expect((await bulletin(key)).card).toMatchObject({
      picture: { file: expect.any(String), alt: 'a picture' },
      reacted: true,
    });
    expect(await bulletin(key)).not.toHaveProperty('unsettled');
    words = 'hurray!';
    await wantedAgain();
    expect(await shown()).toEqual({ text: 'hurray!', pictures: 1, reactions: HANDS });
    expect(pictures).toBe(1);
    expect(await calls('files.getUploadURLExternal')).toBe(1);
    expect(await calls('reactions.add')).toBe(3);
    expect(await calls('chat.postMessage')).toBe(1);
  });

  it('people who were quicker keep their reaction', async () => {
    await failing('reactions.add', { kind: 'ratelimited' });
    await expect(refresh(key)).rejects.toThrow(SlackRateLimited);
    const [message] = await desk.spine.people.channel(CHANNEL);
    await desk.spine.people.react('U0MEMBER', CHANNEL, message?.ts ?? '', 'tada');
    await refresh(key);
    expect(await shown()).toMatchObject({ reactions: ['tada 2', 'clap 1', 'rocket 1'] });
    expect(await calls('chat.postMessage')).toBe(1);
  });

  it('a reaction that is not permitted is no condition for anything, and not tried again', async () => {
    await desk.spine.people.fail({ method: 'reactions.add', kind: 'error', error: 'missing_scope' });
    await refresh(key);
    expect(await shown()).toEqual({ text: 'hurray', pictures: 1, reactions: [] });
    expect(await bulletin(key)).not.toHaveProperty('unsettled');
    expect(desk.spine.logged.join()).toContain('reactions could not be added');
    await wantedAgain();
    expect(await calls('reactions.add')).toBe(1);
  });

  it('killed between the post and the reactions, it gets them from whoever comes next', async () => {
    const react = () => Promise.reject(new SlackRateLimited(1));
    await expect(refresh(key, { slack: { ...publisher.slack, react } })).rejects.toThrow(SlackRateLimited);
    expect(await shown()).toMatchObject({ reactions: [] });
    await refresh(key);
    expect(await shown()).toEqual({ text: 'hurray', pictures: 1, reactions: HANDS });
    expect(await calls('chat.postMessage')).toBe(1);
  });

  it.each([
    ['a picture that cannot be drawn', async () => Promise.reject(new Error('no ink'))],
    ['no picture at all', async () => undefined],
  ])('%s: the words go alone', async (_, draw) => {
    await refresh(key, { drawBulletin: { ...publisher.drawBulletin, picture: draw } });
    expect(await shown()).toEqual({ text: 'hurray', pictures: 0, reactions: HANDS });
    expect(await calls('files.getUploadURLExternal')).toBe(0);
  });

  it('a picture that Slack does not take: the words go alone', async () => {
    await failing('files.getUploadURLExternal', { error: 'file_uploads_disabled' });
    await refresh(key);
    expect(await shown()).toEqual({ text: 'hurray', pictures: 0, reactions: HANDS });
    expect(desk.spine.logged.join()).toContain('bulletin goes without its picture');
  });

  it('uploads that come too fast: nothing is posted before its picture', async () => {
    await failing('files.getUploadURLExternal', { kind: 'ratelimited' });
    await expect(refresh(key)).rejects.toThrow(SlackRateLimited);
    expect(await messages()).toEqual([]);
    await refresh(key);
    expect(await shown()).toEqual({ text: 'hurray', pictures: 1, reactions: HANDS });
  });

  it('a picture that was uploaded before the worker died is not uploaded again', async () => {
    await failing('chat.postMessage', { kind: 'ratelimited' });
    await expect(refresh(key)).rejects.toThrow(SlackRateLimited);
    await refresh(key);
    expect(await shown()).toEqual({ text: 'hurray', pictures: 1, reactions: HANDS });
    expect(await calls('files.getUploadURLExternal')).toBe(1);
  });

  it('blocks that are refused, as a picture’s may be: it is sent in the plainest ones', async () => {
    await failing('chat.postMessage', { error: 'invalid_blocks' });
    await refresh(key);
    expect(await shown()).toEqual({ text: 'plain hurray', pictures: 0, reactions: HANDS });
  });

  it('posted anew after somebody has deleted it, it is reacted to anew', async () => {
    await refresh(key);
    await failing('chat.update', { error: 'message_not_found' });
    words = 'hurray again';
    await wantedAgain();
    await refresh(key);
    expect(await shown()).toEqual({ text: 'hurray again', pictures: 1, reactions: HANDS });
    expect(await calls('reactions.add')).toBe(6);
  });

  it('in another channel, where its own cannot be reached, it has picture and reactions as well', async () => {
    await failing('chat.postMessage', { error: 'is_archived', channel: CHANNEL });
    await refresh(key);
    await refresh(key);
    expect(await shown('C0REQUESTS')).toEqual({ text: 'hurray', pictures: 1, reactions: HANDS });
  });

  it('a ranking has its picture, and the bot does not clap for it', async () => {
    const ranking: BulletinKey = { kind: 'ranking', subject: 'all', day: DAY };
    await add(ranking, { ref: 'all', about: 'account' });
    const rankingView = async () =>
      ({ kind: 'observed', ref: bulletinRef(ranking), day: DAY, accounts: [] }) as const;
    await refresh(ranking, { rankingView });
    expect(await shown()).toEqual({ text: 'hurray', pictures: 1, reactions: [] });
  });
});
