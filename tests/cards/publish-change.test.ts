import { accountId, principal } from '../../src/accounts';
import { type ChangePublisher, type ChangeView, publishChange } from '../../src/cards';
import { type Change, ChangeFailed, changeRef } from '../../src/changes';
import { SlackRateLimited, SlackUnreachable } from '../../src/slack';
import { amend, derivedId } from '../../src/store';
import { type Desk, openDesk } from '../requests/desk';

const SECURITY = 'C0SECURITY';
const FALLBACK = 'C0REQUESTS';
const MEMBER = principal('U0MEMBER')!;
const LEAD = principal('U0LEAD')!;
const PROD = accountId('111122223333')!;
const ID = derivedId('approval');

const drawn = (text: string) => ({
  text,
  blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
});
/** What a view says in one line: what the blocks look like is not the publisher's business. */
const said = (view: ChangeView) =>
  `${view.state} ${view.approvals.length} round ${view.round}${view.insteadOf ? ` instead of ${view.insteadOf.channel}` : ''}`;

let desk: Desk;
let publisher: ChangePublisher;
let views: ChangeView[];
beforeEach(async () => {
  desk = await openDesk();
  views = [];
  publisher = {
    ...desk.bot.changePublisher,
    drawChange: {
      change: (view) => {
        views.push(view);
        return drawn(said(view));
      },
      plain: (view) => drawn(`plain ${said(view)}`),
      reply: (reply) => drawn(`reply ${reply.key}`),
    },
  };
});
afterEach(() => desk.close());

const now = () => desk.spine.clock.now();
const later = (days: number) => new Date(now().getTime() + days * 86_400_000).toISOString();

async function waiting(over: Partial<Change> = {}): Promise<Change> {
  const change: Change = {
    id: ID,
    kind: 'claim-account',
    actor: { id: MEMBER, name: 'member' },
    target: PROD,
    about: { account: PROD },
    payload: {},
    hash: 'h',
    proposedAt: now().toISOString(),
    status: 'proposed',
    ruling: { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: false },
    asked: {
      at: now().toISOString(),
      until: later(3),
      remindAt: later(1),
      target: { severity: 'LOW', parts: [] },
      round: 1,
    },
    approvals: [],
    card: { channel: SECURITY, shownRevision: 0 },
    revision: 1,
    version: 1,
    seq: 1,
    uncopied: [],
    ...over,
  };
  await desk.bot.changes.create(change);
  return change;
}
const stored = async () => (await desk.bot.changes.load(ID))!;
const move = (step: (change: Change) => Partial<Change>) =>
  amend<string, Change>(desk.bot.changes, ID, (change) => ({
    ...change,
    ...step(change),
    revision: (change.revision ?? 0) + 1,
  }));
const refresh = async (over: Partial<ChangePublisher> = {}, message: { revision?: number } = {}) => {
  const { revision = 0, card } = await stored();
  await publishChange(
    { record: changeRef(ID), revision, channel: card?.channel ?? SECURITY, ...message },
    { ...publisher, ...over },
  );
};
const threads = (channel = SECURITY) => desk.spine.people.channel(channel);
const spoken = async (channel = SECURITY) =>
  (await threads(channel)).map(({ text, replies }) => [text, ...replies.map((reply) => reply['text'])]);
const fail = (method: string, fault: object) => desk.spine.people.fail({ method, ...fault });
const calls = async (method: string) => (await desk.spine.people.calls(method)).length;
const denial = { by: { id: LEAD, name: 'lead' }, at: '2026-11-24T02:00:00.000Z', reason: 'Please fix it.' };

describe('an approval card', () => {
  it('is posted once, and updated only when its drawing differs', async () => {
    await waiting();
    await refresh();
    await refresh();
    expect(await spoken()).toEqual([['waiting 0 round 1']]);
    expect(views[0]).toMatchObject({
      kind: 'claim-account',
      asker: { id: MEMBER },
      account: { id: PROD },
      approvers: ['S0ANALYSTS'],
      facts: [
        { label: 'owner', value: MEMBER, kind: 'person' },
        { label: 'present-owner', value: 'U0OWNER1', kind: 'person' },
      ],
    });
    expect((await stored()).card).toMatchObject({ shownRevision: 1, ts: expect.any(String) });
    expect((await stored()).card).not.toHaveProperty('posting');

    await move(() => ({ approvals: [{ by: { id: LEAD, name: 'lead' }, at: later(0), hash: 'x' }] }));
    await refresh();
    await move(() => ({}));
    await refresh();
    expect(await spoken()).toEqual([['waiting 1 round 1']]);
    expect([await calls('chat.postMessage'), await calls('chat.update')]).toEqual([1, 1]);
    expect((await stored()).card).toMatchObject({ shownRevision: 3 });
  });

  it('takes the mark of its refresh away once the newest revision is shown, and not before', async () => {
    const queuedAt = now().toISOString();
    await waiting({ card: { channel: SECURITY, shownRevision: 0, queuedAt } });
    await refresh({
      slack: {
        ...publisher.slack,
        post: async (...args) => {
          await move(() => ({}));
          return publisher.slack.post(...args);
        },
      },
    });
    expect((await stored()).card).toMatchObject({ shownRevision: 1, queuedAt });
    await refresh();
    expect((await stored()).card).toMatchObject({ shownRevision: 2 });
    expect((await stored()).card).not.toHaveProperty('queuedAt');
  });

  it('of a change that needed nobody is nothing', async () => {
    const { card: _, ...change } = await waiting();
    await desk.bot.changes.replace({ ...change, version: 2 }, 1);
    await refresh();
    expect(await spoken()).toEqual([]);
  });

  it('reminds once, whatever is refreshed', async () => {
    await waiting();
    await refresh();
    await move(({ asked }) => ({ asked: { ...asked!, remindedAt: now().toISOString() } }));
    await refresh();
    await move(() => ({}));
    await refresh();
    expect(await spoken()).toEqual([['waiting 0 round 1', 'reply reminder']]);
    expect((await stored()).card?.told).toEqual(['reminder']);
  });

  it('asked anew, tells each round, and reminds in each', async () => {
    await waiting();
    await refresh();
    await move(({ asked }) => ({ asked: { ...asked!, remindedAt: now().toISOString() } }));
    await refresh();
    const { asked } = await stored();
    const { remindedAt: _, ...unreminded } = asked!;
    await move(() => ({ asked: { ...unreminded, round: 2 } }));
    await refresh();
    await move((change) => ({ asked: { ...change.asked!, remindedAt: now().toISOString() } }));
    await refresh();
    expect(await spoken()).toEqual([
      ['waiting 0 round 2', 'reply reminder', 'reply round-2', 'reply reminder-2'],
    ]);
  });

  it.each<[string, Partial<Change>, string]>([
    ['applied', { status: 'applied' }, 'reply applied'],
    ['refused', { status: 'denied', denial }, 'reply denied'],
    ['denied', { status: 'denied', ruling: { effect: 'deny', reason: { code: 'left' } } }, 'reply denied'],
    [
      'withdrawn',
      { status: 'denied', denial: { ...denial, by: { id: MEMBER, name: 'member' } } },
      'reply withdrawn',
    ],
    ['expired', { status: 'expired' }, 'reply expired'],
    ['failed', { status: 'failed', failure: 'gone' }, 'reply failed'],
    ['unknown', { status: 'unknown' }, 'reply unknown'],
  ])('shows the outcome %s, and tells it once', async (state, over, reply) => {
    await waiting();
    await refresh();
    await move(() => over);
    await refresh();
    await move(() => ({}));
    await refresh();
    expect(await spoken()).toEqual([[`${state} 0 round 1`, reply]]);
  });

  it('shows what ended or was undone later, and tells nobody', async () => {
    await waiting();
    await refresh();
    await move(() => ({ status: 'applied', before: {} }));
    await refresh();
    await move(() => ({ status: 'undone' }));
    await refresh();
    expect(await spoken()).toEqual([['undone 0 round 1', 'reply applied']]);
    await move(() => ({ status: 'expired' }));
    await refresh();
    expect(await spoken()).toEqual([['ended 0 round 1', 'reply applied']]);
  });
});

describe('a card whose post was cut short', () => {
  it.each([
    ['before Slack took it', 'http500'],
    ['after Slack took it', 'lost_answer'],
  ])('%s stands there once', async (_, kind) => {
    await waiting();
    await fail('chat.postMessage', { kind, next: 1 });
    await expect(refresh()).rejects.toThrow(SlackUnreachable);
    expect((await stored()).card).toHaveProperty('posting.key', 'card');
    await refresh();
    expect(await spoken()).toEqual([['waiting 0 round 1']]);
    expect((await stored()).card).not.toHaveProperty('posting');
  });

  it('a reply as well', async () => {
    await waiting();
    await refresh();
    await move(() => ({ status: 'applied' }));
    await fail('chat.postMessage', { kind: 'lost_answer', next: 1 });
    await expect(refresh()).rejects.toThrow(SlackUnreachable);
    await refresh();
    expect(await spoken()).toEqual([['applied 0 round 1', 'reply applied']]);
  });

  it('a worker that dies between post and mark finds its post', async () => {
    await waiting();
    const dying: ChangePublisher['changes'] = {
      ...publisher.changes,
      replace: async (record, version) => {
        if (record.card?.ts !== undefined) throw new Error('killed');
        return publisher.changes.replace(record, version);
      },
    };
    await expect(refresh({ changes: dying })).rejects.toThrow('killed');
    await refresh();
    expect(await spoken()).toEqual([['waiting 0 round 1']]);
  });

  it('Slack asks to wait: the mark is taken away again', async () => {
    await waiting();
    await fail('chat.postMessage', { kind: 'ratelimited', retryAfter: 3, next: 1 });
    await expect(refresh()).rejects.toThrow(SlackRateLimited);
    expect((await stored()).card).not.toHaveProperty('posting');
  });

  it('never touches anything else of the change', async () => {
    await waiting();
    const before = await stored();
    await refresh();
    const { card: _, version: __, ...after } = await stored();
    const { card: ___, version: ____, ...was } = before;
    expect(after).toEqual(was);
  });
});

describe('a card that is gone', () => {
  it('is posted anew while it waits', async () => {
    await waiting();
    await refresh();
    await fail('chat.update', { kind: 'error', error: 'message_not_found', next: 1 });
    await move(() => ({ approvals: [{ by: { id: LEAD, name: 'lead' }, at: later(0), hash: 'x' }] }));
    await refresh();
    expect(desk.queues.cards.at(-1)).toEqual({ record: changeRef(ID), revision: 3, channel: SECURITY });
    await refresh();
    expect((await spoken()).at(-1)).toEqual(['waiting 1 round 1']);
    expect(await calls('chat.postMessage')).toBe(2);
  });

  it('is left alone once everybody knows how it went', async () => {
    await waiting();
    await refresh();
    await move(() => ({ status: 'applied', before: {} }));
    await refresh();
    await move(() => ({ status: 'undone' }));
    await fail('chat.update', { kind: 'error', error: 'message_not_found', next: 1 });
    await refresh();
    await refresh();
    expect(desk.queues.cards).toEqual([]);
    expect((await stored()).card).toMatchObject({ shownRevision: 3 });
  });

  it('goes to the next channel when its own cannot be reached, and says so', async () => {
    await waiting();
    await fail('chat.postMessage', { kind: 'error', error: 'is_archived', next: 1 });
    await refresh();
    expect((await stored()).card).toMatchObject({
      channel: FALLBACK,
      insteadOf: { channel: SECURITY, because: 'is_archived' },
    });
    await refresh();
    expect(await spoken(FALLBACK)).toEqual([[`waiting 0 round 1 instead of ${SECURITY}`]]);
    expect(await spoken()).toEqual([]);
  });

  it('a refresh that comes for the old channel is passed on', async () => {
    await waiting({ card: { channel: FALLBACK, shownRevision: 0 } });
    await publishChange({ record: changeRef(ID), revision: 1, channel: SECURITY }, publisher);
    expect(desk.queues.cards).toEqual([{ record: changeRef(ID), revision: 1, channel: FALLBACK }]);
    expect(await spoken()).toEqual([]);
  });
});

describe('what a card is about', () => {
  it('is said by its kind; what is gone is shown without', async () => {
    await waiting();
    const describe = new Map([
      ['claim-account', async () => [{ label: 'note', value: 'mine', kind: 'text' } as const]],
    ]);
    await refresh({ describe });
    expect(views.at(-1)?.facts).toEqual([{ label: 'note', value: 'mine', kind: 'text' }]);
    await move(() => ({}));
    await refresh({
      describe: new Map([
        [
          'claim-account',
          async () => {
            throw new ChangeFailed('gone');
          },
        ],
      ]),
    });
    expect(views.at(-1)?.facts).toEqual([]);
  });

  it('drawn wrongly, is shown plainly', async () => {
    await waiting();
    await refresh({
      drawChange: {
        ...publisher.drawChange,
        change: () => {
          throw new Error('no such word');
        },
      },
    });
    expect(await spoken()).toEqual([['plain waiting 0 round 1']]);
  });
});
