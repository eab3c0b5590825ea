import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { channelName } from '../../blocks/kit';
import { words } from '../../blocks/words';
import { showCards } from '../../handlers/cards';
import type { Bot } from '../../handlers/composition';
import { takeFindings } from '../../handlers/findings';
import type { AccountId } from '../../src/accounts';
import type { Draw } from '../../src/cards';
import { refreshCard } from '../../src/requests';
import { readAloud } from '../blocks/read-aloud';
import { asff, imported } from '../fixtures/findings';
import { callHandler } from '../setup/spine';
import { type Card, HOUR, labels, openStage, type Stage } from '../story/stage';
import { sqsRecord } from './sqs-record';

const w = words('ja');
const bucket = (name: string, account = '111122223333') =>
  asff({ control: 'S3.5', resource: `arn:aws:s3:::example-${name}`, resourceType: 'AwsS3Bucket', account });

let stage: Stage;
const open = async (channel = 'C0SHOPPRD') => {
  stage = await openStage({
    silent: true,
    accounts: `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: ${channel} }
  - { id: '444455556666', name: shop-dev, kind: production, owner: U0MEMBER, channel: C0SHOPDEV }
`,
  });
};
afterEach(() => stage.close());

/** Serves everything but cards, whose messages are kept for the test to deliver. */
async function cardMessages(): Promise<SQSRecord[]> {
  const kept: SQSRecord[] = [];
  await stage.drain({
    serve: async (queue, event) => {
      if (queue !== 'cards') return callHandler(queue, event, stage.bot);
      kept.push(...event.Records);
      return { batchItemFailures: [] };
    },
  });
  return kept;
}

const event = (...Records: readonly (SQSRecord | undefined)[]): SQSEvent => ({
  Records: Records.flatMap((record) => record ?? []),
});

/** Puts findings into Security Hub and hands them over, without showing anything yet. */
async function arrive(...findings: readonly ReturnType<typeof bucket>[]): Promise<SQSRecord[]> {
  await stage.hold(...findings);
  for (const finding of findings) await stage.send(imported(finding));
  return cardMessages();
}

const posts = async (): Promise<number> => (await stage.people.calls('chat.postMessage')).length;
const thread = (card: Card): string[] => card.replies.map(({ text }) => String(text));

describe('Slack asks to wait', () => {
  test('the channel waits as long as Slack says, other channels go on, and nothing sleeps', async () => {
    await open();
    const delays: { queueUrl: string; seconds: number }[] = [];
    const bot = stage.composeWith({
      delay: async (queueUrl, _receipt, seconds) => void delays.push({ queueUrl, seconds }),
    });
    const messages = await arrive(bucket('a'), bucket('b', '444455556666'));
    const [shop, dev] = ['C0SHOPPRD', 'C0SHOPDEV'].map((channel) =>
      messages.find(({ body }) => body.includes(channel)),
    );
    await stage.people.fail({
      method: 'chat.postMessage',
      channel: 'C0SHOPPRD',
      kind: 'ratelimited',
      retryAfter: 30,
      next: 1,
    });

    expect(await showCards(event(shop), bot)).toEqual({
      batchItemFailures: [{ itemIdentifier: shop?.messageId }],
    });
    expect(delays).toEqual([{ queueUrl: stage.settings.CARDS_QUEUE_URL, seconds: expect.any(Number) }]);
    expect(delays[0]?.seconds).toBeGreaterThanOrEqual(30);
    expect(delays[0]?.seconds).toBeLessThan(32);

    expect(await showCards(event(dev), bot)).toEqual({ batchItemFailures: [] });
    expect(await stage.cards('C0SHOPDEV')).toHaveLength(1);
    expect(await stage.cards()).toEqual([]);

    expect(await showCards(event(shop), bot)).toEqual({ batchItemFailures: [] });
    expect(await stage.cards()).toHaveLength(1);
    // Certainly not posted, so not looked for.
    expect(await stage.people.calls('conversations.history')).toEqual([]);
    expect(stage.logged).toEqual([]);
  });

  test('Slack that cannot be reached is asked again soon, and a little later each time', async () => {
    await open();
    const delays: number[] = [];
    const bot = stage.composeWith({ delay: async (_url, _receipt, seconds) => void delays.push(seconds) });
    const [message] = await arrive(bucket('a'));
    if (message === undefined) throw new Error('nothing is to be shown');
    await stage.people.fail({ method: 'chat.postMessage', kind: 'refuse', next: 3 });
    for (const receives of ['1', '3', '100']) {
      const again = { ...message, attributes: { ...message.attributes, ApproximateReceiveCount: receives } };
      expect((await showCards(event(again), bot)).batchItemFailures).toHaveLength(1);
    }
    expect(delays.map(Math.floor)).toEqual([5, 15, 30]);
    expect(await showCards(event(message), bot)).toEqual({ batchItemFailures: [] });
    expect(await stage.cards()).toHaveLength(1);
  });

  test('what follows a failure in a batch fails with it, so that the channel keeps its order', async () => {
    await open();
    const [first, second] = await arrive(bucket('a'), asff({ control: 'EC2.19' }));
    await stage.people.fail({ method: 'chat.postMessage', kind: 'http500', next: 1 });
    const { batchItemFailures } = await showCards(event(first, second), stage.bot);
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
      first?.messageId,
      second?.messageId,
    ]);
    expect(await posts()).toBe(1);
  });
});

test.each(['no JSON', '{"record":7}', '{"record":"__proto__","revision":1,"channel":"C0SHOPPRD"}'])(
  'a refresh that cannot be read (%s) does not hold up its channel',
  async (body) => {
    await open();
    const [message] = await arrive(bucket('a'));
    expect(await showCards(event(sqsRecord(body), message), stage.bot)).toEqual({ batchItemFailures: [] });
    expect(await stage.cards()).toHaveLength(1);
    expect(stage.logged).toHaveLength(1);
  },
);

test('a refresh of a card that looks the same calls nobody; delivered late, neither does an old one', async () => {
  await open();
  const [first] = await arrive(bucket('a'));
  await showCards(event(first), stage.bot);
  await stage.drain();
  await stage.people.forgetCalls();

  const key = { account: '111122223333' as AccountId, kind: 'control' as const, subject: 's3.5' };
  await refreshCard(key, stage.bot.publisher);
  await stage.drain();
  expect(await showCards(event(first), stage.bot)).toEqual({ batchItemFailures: [] });
  expect(await stage.people.calls()).toEqual([]);
});

describe('nobody knows whether Slack took it', () => {
  test('a 500: posted on the next delivery, once, and Security Hub hears no earlier', async () => {
    await open();
    const [message] = await arrive(bucket('a'));
    await stage.people.fail({ method: 'chat.postMessage', kind: 'http500', next: 1 });

    expect((await showCards(event(message), stage.bot)).batchItemFailures).toHaveLength(1);
    await cardMessages();
    expect((await stage.workflow(bucket('a'))).status).toBe('NEW');

    expect((await showCards(event(message), stage.bot)).batchItemFailures).toEqual([]);
    await stage.drain();
    expect(await stage.cards()).toHaveLength(1);
    expect((await stage.workflow(bucket('a'))).status).toBe('NOTIFIED');
  });

  test('a lost answer: the card is found again by its metadata, and goes on living', async () => {
    await open();
    const [message] = await arrive(bucket('a'));
    await stage.people.fail({ method: 'chat.postMessage', kind: 'lost_answer', next: 1 });
    expect((await showCards(event(message), stage.bot)).batchItemFailures).toHaveLength(1);
    expect(await stage.cards()).toHaveLength(1);

    expect((await showCards(event(message), stage.bot)).batchItemFailures).toEqual([]);
    await stage.drain();
    expect(await posts()).toBe(1);
    expect((await stage.workflow(bucket('a'))).status).toBe('NOTIFIED');

    stage.clock.advance(HOUR);
    await stage.report(bucket('b'));
    const [card, ...others] = await stage.cards();
    expect(others).toEqual([]);
    expect(readAloud(card?.blocks)).toContain(w.card.resources(2));
  });

  test('a lost answer to a reply: told once', async () => {
    await open();
    await stage.report(bucket('a'));
    stage.clock.advance(HOUR);
    const [message] = await arrive(bucket('b'));
    await stage.people.fail({ method: 'chat.postMessage', kind: 'lost_answer', next: 1 });
    expect((await showCards(event(message), stage.bot)).batchItemFailures).toHaveLength(1);
    expect((await showCards(event(message), stage.bot)).batchItemFailures).toEqual([]);
    await stage.drain();
    expect(thread(await stage.card())).toEqual([w.thread.joined(1).markup]);
    expect((await stage.workflow(bucket('b'))).status).toBe('NOTIFIED');
  });

  test('an outage: every card arrives afterwards, once', async () => {
    await open();
    await stage.people.fail({ method: '*', kind: 'http500', next: 6 });
    await stage.people.fail({ method: 'chat.postMessage', kind: 'refuse', next: 6 });
    await stage.report(bucket('a'), bucket('b', '444455556666'), asff({ control: 'EC2.19' }));
    expect(await stage.cards()).toHaveLength(2);
    expect(await stage.cards('C0SHOPDEV')).toHaveLength(1);
    expect((await stage.hub.findings()).map(({ Workflow }) => Workflow?.Status)).toEqual(
      Array.from({ length: 3 }, () => 'NOTIFIED'),
    );
  });
});

describe('the channel cannot be reached', () => {
  test.each([
    { channel: 'C0LOUNGE', because: 'not_in_channel' },
    { channel: 'C0PRIVATE', because: 'channel_not_found' },
    { channel: 'C0ARCHIVED', because: 'is_archived' },
  ])('$because: the card goes to the default channel and says why', async ({ channel, because }) => {
    await open(channel);
    await stage.report(bucket('a'));
    const [card, ...others] = await stage.cards('C0REQUESTS');
    expect(others).toEqual([]);
    const note = w.unreachable[because]?.(channelName(channel)).markup ?? 'no words for it';
    expect(JSON.stringify(card?.blocks)).toContain(note);
    expect(labels(card)).toContain(w.card.suppress);
    expect((await stage.workflow(bucket('a'))).status).toBe('NOTIFIED');
    expect(stage.logged).toHaveLength(1);
    expect(stage.logged[0]).toContain(because);

    // It lives there from now on.
    stage.clock.advance(HOUR);
    await stage.report(bucket('b'));
    expect(thread(await stage.card('C0REQUESTS'))).toEqual([w.thread.joined(1).markup]);
  });

  test('the default channel neither: the security channel', async () => {
    await open('C0ARCHIVED');
    await stage.people.fail({
      method: 'chat.postMessage',
      channel: 'C0REQUESTS',
      kind: 'error',
      error: 'is_archived',
    });
    await stage.report(bucket('a'));
    const card = await stage.card('C0SECURITY');
    expect(JSON.stringify(card.blocks)).toContain(
      w.unreachable['is_archived']?.(channelName('C0ARCHIVED')).markup ?? 'no words for it',
    );
  });

  test('none at all: it stays in the queue, and is shown when one comes back', async () => {
    await open('C0ARCHIVED');
    await stage.people.fail({ method: 'chat.postMessage', kind: 'error', error: 'is_archived', next: 5 });
    await stage.report(bucket('a'));
    const shown = await Promise.all(['C0REQUESTS', 'C0SECURITY'].map((channel) => stage.cards(channel)));
    expect(shown.flat()).toHaveLength(1);
    expect((await stage.workflow(bucket('a'))).status).toBe('NOTIFIED');
  });
});

describe('a message that cannot stay as it is', () => {
  test('deleted: posted anew', async () => {
    await open();
    await stage.report(bucket('a'));
    const { channel, ts } = await stage.card();
    await fetch(`${stage.slack.apiUrl}chat.delete`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test', 'content-type': 'application/json' },
      body: JSON.stringify({ channel, ts }),
    });
    expect(await stage.cards()).toEqual([]);

    stage.clock.advance(HOUR);
    await stage.report(bucket('b'));
    const [card, ...others] = await stage.cards();
    expect(others).toEqual([]);
    expect(card?.ts).not.toBe(ts);
    expect(readAloud(card?.blocks)).toContain(w.card.resources(2));
    expect((await stage.workflow(bucket('b'))).status).toBe('NOTIFIED');
  });

  test('invalid_blocks: sent plainly, with the same buttons', async () => {
    await open();
    await stage.people.fail({ method: 'chat.postMessage', kind: 'error', error: 'invalid_blocks', next: 1 });
    await stage.report(bucket('a'));
    const card = await stage.card();
    expect(labels(card)).toEqual(expect.arrayContaining([w.card.take, w.card.fixed, w.card.suppress]));
    expect(readAloud(card.blocks)).toContain('arn:aws:s3:::example-a');
    expect(stage.logged.join('\n')).toContain('sent plainly');
  });

  const drawingWith = (draw: Partial<Draw>): Bot => ({
    ...stage.bot,
    publisher: { ...stage.bot.publisher, draw: { ...stage.bot.publisher.draw, ...draw } },
  });
  const fails = (): never => {
    throw new Error('a bug in the drawing');
  };

  test('one that cannot be drawn: posted plainly, and the channel goes on', async () => {
    await open();
    await arriveAndShow(
      drawingWith({
        request: (view, language) =>
          view.control === 'S3.5' ? fails() : stage.bot.publisher.draw.request(view, language),
      }),
    );
    const cards = await stage.cards();
    expect(cards).toHaveLength(2);
    for (const card of cards) expect(labels(card)).toContain(w.card.suppress);
    expect(stage.logged.join('\n')).toContain('a bug in the drawing');
    expect(stage.logged.filter((line) => line.includes('tried again'))).toEqual([]);
  });

  test('not even plainly: a line of text, and replies likewise', async () => {
    await open();
    const broken = drawingWith({ request: fails, plain: fails, entry: fails });
    await arriveAndShow(broken);
    const cards = await stage.cards();
    expect(cards).toHaveLength(2);
    for (const card of cards) expect(card.text).toContain('111122223333');

    stage.clock.advance(HOUR);
    await stage.hold(bucket('b'));
    await stage.send(imported(bucket('b')));
    await stage.drain({ bot: broken });
    expect((await stage.cards()).flatMap(thread)).toEqual(['joined 111122223333/control/s3.5']);
  });

  async function arriveAndShow(bot: Bot): Promise<void> {
    const findings = [bucket('a'), asff({ control: 'EC2.19' })];
    await stage.hold(...findings);
    for (const finding of findings) await stage.send(imported(finding));
    await stage.drain({ bot });
    expect((await stage.hub.findings()).every(({ Workflow }) => Workflow?.Status === 'NOTIFIED')).toBe(true);
  }
});

test('hundreds of findings on one request: one card, one reply, a few updates', async () => {
  await open();
  const all = Array.from({ length: 200 }, (_, index) => bucket(String(index)));
  for (let from = 0; from < all.length; from += 100) {
    await stage.hold(...all.slice(from, from + 100));
  }
  const refreshes: SQSRecord[] = [];
  const bot = stage.composeWith({
    queues: {
      ...stage.ports.queues,
      card: async (message) => void refreshes.push(sqsRecord(JSON.stringify(message))),
    },
  });
  const take = (from: number, to: number) =>
    takeFindings(
      {
        Records: Array.from({ length: (to - from) / 10 }, (_, index) =>
          sqsRecord(imported(...all.slice(from + index * 10, from + index * 10 + 10))),
        ),
      },
      bot,
    );
  const show = async () => {
    for (const refresh of refreshes.splice(0)) await showCards(event(refresh), bot);
  };

  await take(0, 50);
  await show();
  await take(50, 200);
  expect(refreshes).toHaveLength(150);
  await show();
  await stage.drain({ bot });
  await show();

  const [card, ...others] = await stage.cards();
  expect(others).toEqual([]);
  expect(readAloud(card?.blocks)).toContain(w.card.resources(200));
  expect(card?.replies).toHaveLength(1);
  expect((await stage.people.calls('chat.update')).length).toBeLessThanOrEqual(3);
  const statuses = (await stage.hub.findings()).map(({ Workflow }) => Workflow?.Status);
  expect(new Set(statuses)).toEqual(new Set(['NOTIFIED']));
  expect((await stage.hub.calls('BatchUpdateFindings')).length).toBeLessThanOrEqual(8);
  expect(stage.logged).toEqual([]);
}, 30_000);
