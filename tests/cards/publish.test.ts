import { type Publisher, publishCard } from '../../src/cards';
import { StaleWorkerError } from '../../src/cards/post-once';
import { type Entry, type RequestView, requestItemKey } from '../../src/requests';
import { SlackRateLimited, SlackRefused, SlackUnreachable } from '../../src/slack';
import { type Desk, EC2_19, group, openDesk } from '../requests/desk';
import { quietConsole } from '../setup/log-lines';

const CHANNEL = 'C0SHOPPRD';
const section = (text: string) => ({
  text,
  blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
});

let desk: Desk;
let publisher: Publisher;
let paused: number[];
async function open(options: Parameters<typeof openDesk>[0] = {}): Promise<void> {
  desk = await openDesk(options);
  paused = [];
  publisher = {
    ...desk.bot.publisher,
    paceMs: 1_000,
    pause: async (ms) => {
      paused.push(ms);
      desk.spine.clock.advance(ms);
    },
    // What the blocks look like is not the publisher's business.
    draw: {
      request: (view: RequestView) => section(`card ${view.openCount} ${view.phase}`),
      plain: (view: RequestView) => section(`plain ${view.openCount}`),
      entry: (entry: Entry) => section(`${entry.kind} ${entry.count ?? ''}`.trim()),
    },
  };
}
beforeEach(() => open());
afterEach(() => desk.close());

const request = async () => (await desk.bot.intake.requests.load(EC2_19))!;
const issues = () => desk.bot.intake.issues.of(EC2_19);
const refresh = async (over: Partial<Publisher> = {}) =>
  publishCard(
    {
      record: '111122223333/control/ec2.19',
      revision: (await request()).revision,
      channel: (await request()).channel,
    },
    { ...publisher, ...over },
  );
const channel = (id = CHANNEL) => desk.spine.people.channel(id);
async function found(n: number, over: Parameters<Desk['held']>[0] = {}) {
  const finding = await desk.held({ resource: group(n), ...over });
  await desk.take(finding);
  return finding;
}
const fail = (fault: object) => desk.spine.people.fail({ method: 'chat.postMessage', ...fault });
const calls = async (method: string) => (await desk.spine.people.calls(method)).length;

it('posts the card once, notes where it stands, and lets Security Hub be told', async () => {
  await found(1);
  await refresh();
  const [message] = await channel();
  expect(message).toMatchObject({ text: 'card 1 open', replies: [] });
  const shown = await request();
  expect(shown).toMatchObject({
    phase: 'open',
    card: { channel: CHANNEL, ts: message?.ts, shownRevision: 1, toldThrough: 1 },
    summary: { open: 1, severity: 'CRITICAL' },
    outbox: [],
  });
  expect(shown).not.toHaveProperty('unsettled');
  expect(shown.card).not.toHaveProperty('posting');
  expect(desk.queues.workflows).toHaveLength(1);
  expect((await issues())[0]?.news).toMatchObject({ kind: 'joined', seq: 1 });
  const history = await desk.bot.intake.history.latest(requestItemKey(EC2_19), 5);
  expect(history).toMatchObject([{ seq: 1, kind: 'opened' }]);
});

it('a refresh that is already shown does nothing at all', async () => {
  await found(1);
  await refresh();
  const before = await request();
  desk.queues.workflows.length = 0;
  await refresh();
  await publishCard({ record: '111122223333/control/ec2.19', revision: 0, channel: CHANNEL }, publisher);
  expect(await request()).toEqual(before);
  expect(await calls('chat.postMessage')).toBe(1);
  expect(await calls('chat.update')).toBe(0);
  expect(desk.queues.workflows).toEqual([]);
});

it('a refresh that draws the same calls Slack for nothing', async () => {
  await found(1);
  await refresh();
  await desk.bot.intake.requests.raise(EC2_19, desk.spine.clock.now());
  await refresh();
  expect(await calls('chat.update')).toBe(0);
  expect((await request()).card.shownRevision).toBe(2);
  expect(await request()).not.toHaveProperty('unsettled');
});

it('many findings of one request are one post and one update', async () => {
  for (let n = 0; n < 5; n += 1) await found(n);
  await refresh();
  expect((await channel())[0]?.text).toBe('card 5 open');
  for (let n = 5; n < 8; n += 1) await found(n);
  await refresh();
  const [card, ...others] = await channel();
  expect(others).toEqual([]);
  expect(card).toMatchObject({ text: 'card 8 open', replies: [{ text: 'joined 3' }] });
  expect(await calls('chat.update')).toBe(1);
});

it('holds its channel for a second after every post, and not after an update', async () => {
  await found(1);
  await refresh();
  expect(paused).toEqual([1_000]);
  const finding = await found(2);
  paused = [];
  await refresh();
  expect(paused).toEqual([1_000]);
  await desk.take({ ...finding, compliance: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' });
  paused = [];
  await refresh();
  expect((await channel())[0]?.text).toBe('card 1 open');
  expect(paused).toEqual([]);
});

it('declares the request done, once', async () => {
  const finding = await found(1);
  await refresh();
  await desk.take({ ...finding, compliance: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' });
  await refresh();
  await refresh();
  expect((await channel())[0]).toMatchObject({ text: 'card 0 done', replies: [{ text: 'resolved' }] });
  expect(await request()).toMatchObject({ phase: 'done', doneAt: expect.any(String) });
});

it('shows nothing of what was solved before anybody was asked', async () => {
  const finding = await found(1);
  await desk.take({ ...finding, compliance: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' });
  await refresh();
  expect(await channel()).toEqual([]);
  expect(await request()).toMatchObject({ phase: 'new' });
  expect(await request()).not.toHaveProperty('unsettled');
});

it('a late relapse gets a card of its own that links the old one', async () => {
  const finding = await found(1);
  await refresh();
  const [first] = await channel();
  await desk.take({ ...finding, compliance: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' });
  await refresh();
  desk.spine.clock.advance(15 * 24 * 3_600_000);
  await desk.take({ ...finding, updatedAt: '2026-12-09T00:00:00.000Z' });
  await refresh();
  const [, second] = await channel();
  expect(second).toMatchObject({ text: 'card 1 open' });
  expect((await request()).card).toMatchObject({
    ts: second?.ts,
    previous: { channel: CHANNEL, ts: first?.ts },
  });
});

describe('when Slack does not take it', () => {
  it('asked to wait, it throws that, and posts once afterwards without looking', async () => {
    await found(1);
    await fail({ kind: 'ratelimited', retryAfter: 7, next: 1 });
    await expect(refresh()).rejects.toThrow(SlackRateLimited);
    expect((await request()).card).not.toHaveProperty('posting');
    await refresh();
    expect(await channel()).toHaveLength(1);
    expect(await calls('conversations.history')).toBe(0);
  });

  it('a post whose answer was lost is found again, not sent again', async () => {
    await found(1);
    await fail({ kind: 'lost_answer', next: 1 });
    await expect(refresh()).rejects.toThrow(SlackUnreachable);
    expect((await request()).card.posting).toMatchObject({ key: '1' });
    await refresh();
    const messages = await channel();
    expect(messages).toHaveLength(1);
    expect((await request()).card).toMatchObject({ ts: messages[0]?.ts });
  });

  it('blocks that are refused go in the plainest form', async () => {
    // The client's own word about it, on the console.
    const said = quietConsole();
    await found(1);
    await refresh({
      draw: { ...publisher.draw, request: () => ({ text: 'x', blocks: [{ type: 'nonsense' }] }) },
    });
    expect((await channel())[0]?.text).toBe('plain 1');
    expect(desk.spine.logged.join()).toContain('Slack refused the blocks');
    said.mockRestore();
  });

  it('a card that cannot be drawn is drawn plainly, and plainer still', async () => {
    await found(1);
    const broken = () => {
      throw new Error('no words');
    };
    await refresh({ draw: { ...publisher.draw, request: broken } });
    expect((await channel())[0]?.text).toBe('plain 1');
    await found(2);
    await refresh({ draw: { request: broken, plain: broken, entry: broken } });
    const [card] = await channel();
    expect(card?.text).toBe('111122223333 111122223333/control/ec2.19');
    expect(card?.replies).toMatchObject([{ text: 'joined 111122223333/control/ec2.19' }]);
  });

  test.each(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'])(
    '%s: the card goes to the default channel, which posts it itself',
    async (code) => {
      await found(1);
      await fail({ kind: 'error', error: code, channel: CHANNEL });
      desk.queues.cards.length = 0;
      await refresh();
      expect(await request()).toMatchObject({
        channel: 'C0REQUESTS',
        card: { insteadOf: { channel: CHANNEL, because: code } },
      });
      expect(desk.queues.cards).toEqual([
        { record: '111122223333/control/ec2.19', revision: 2, channel: 'C0REQUESTS' },
      ]);
      await refresh();
      expect(await channel('C0REQUESTS')).toHaveLength(1);
      expect(await channel()).toEqual([]);
    },
  );

  it('a channel shared with another company: nothing is posted there, not even into a thread', async () => {
    await found(1);
    const away: string[] = [];
    const checkChannel = async (where: string) => {
      if (away.includes(where)) throw new SlackRefused('chat.postMessage', 'externally_shared');
    };
    away.push(CHANNEL);
    await refresh({ checkChannel });
    expect(await request()).toMatchObject({
      channel: 'C0REQUESTS',
      card: { insteadOf: { channel: CHANNEL, because: 'externally_shared' } },
    });
    await refresh({ checkChannel });
    const [card] = await channel('C0REQUESTS');
    expect(card?.text).toBe('card 1 open');

    // Its new home is shared as well, later: what is new is not told there either.
    away.push('C0REQUESTS');
    await found(2);
    await refresh({ checkChannel });
    expect(await channel('C0REQUESTS')).toEqual([card]);
    await refresh({ checkChannel });
    expect((await channel('C0SECURITY'))[0]?.text).toBe('card 2 open');
    expect(await channel()).toEqual([]);
  });

  it('no channel left is an error, and nothing is given up', async () => {
    await found(1);
    await fail({ kind: 'error', error: 'is_archived' });
    await refresh();
    await refresh();
    expect((await request()).channel).toBe('C0SECURITY');
    await expect(refresh()).rejects.toThrow(SlackRefused);
    expect((await request()).unsettled).toBeDefined();
  });

  it('a refresh for a channel that the card has left is passed on', async () => {
    await found(1);
    desk.queues.cards.length = 0;
    await publishCard({ record: '111122223333/control/ec2.19', revision: 1, channel: 'C0OLD' }, publisher);
    expect(desk.queues.cards).toEqual([
      { record: '111122223333/control/ec2.19', revision: 1, channel: CHANNEL },
    ]);
    expect(await channel()).toEqual([]);
  });

  it('a card that somebody has deleted is posted anew', async () => {
    await found(1);
    await refresh();
    await found(2);
    await desk.spine.people.fail({
      method: 'chat.update',
      kind: 'error',
      error: 'message_not_found',
      next: 1,
    });
    await refresh();
    expect((await request()).card).not.toHaveProperty('ts');
    await refresh();
    expect((await channel()).map(({ text }) => text)).toEqual(['card 1 open', 'card 2 open']);
    expect((await request()).card.ts).toBe((await channel())[1]?.ts);
  });
});

it('a worker that was held up too long does not post', async () => {
  await found(1);
  const slow = {
    ...publisher.issues,
    of: async (key: Parameters<Publisher['issues']['of']>[0]) => {
      desk.spine.clock.advance(41_000);
      return publisher.issues.of(key);
    },
  };
  await expect(refresh({ issues: slow })).rejects.toThrow(StaleWorkerError);
  expect(await channel()).toEqual([]);
});

it('what was only to be told is suppressed once it has been', async () => {
  const finding = await desk.held({ control: 'APIGateway.4' });
  await desk.take(finding);
  expect((await desk.issueOf(finding)).state).toBe('notifying');
  desk.queues.workflows.length = 0;
  const message = desk.queues.cards.at(-1)!;
  await publishCard(message, publisher);
  expect(await desk.issueOf(finding)).toMatchObject({
    state: 'suppressing',
    cause: { by: 'policy', treatment: 'notify', line: 'waf-association-production' },
  });
  expect(desk.queues.workflows).toHaveLength(1);
});

it('in mode notify it posts, settles, and writes nothing to Security Hub', async () => {
  await desk.close();
  await open({ environment: { UNKNOWN_ACCOUNT_MODE: 'notify' } });
  await found(1);
  await refresh();
  expect(await channel()).toHaveLength(1);
  expect(desk.queues.workflows).toEqual([]);
  expect((await issues())[0]).not.toHaveProperty('unsettled');
});

it('a reference that it does not know is dropped with a word', async () => {
  await publishCard({ record: 'nonsense', revision: 1, channel: CHANNEL }, publisher);
  await publishCard({ record: '111122223333/control/s3.1', revision: 1, channel: CHANNEL }, publisher);
  expect(desk.spine.logged.join()).toContain('nonsense');
});
