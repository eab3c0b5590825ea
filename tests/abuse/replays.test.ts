import { shownWords } from '../../blocks/words/shown';
import { readAloud } from '../blocks/read-aloud';
import { ANALYST, askToSuppress, high, low, OWNER, REASON, reached, SECURITY, suppressions } from './asked';
import { type FrontDoor, openFrontDoor, type Received } from './front-door';

const w = shownWords('ja');
const DEV = '444455556666';
let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
});
afterEach(async () => {
  await door.close();
  expect(door.logged).toEqual([]);
});

/** One act of a person, and what must have happened once however often its request comes. */
interface Act {
  readonly what: string;
  readonly request: () => Promise<Received>;
  readonly once: () => Promise<void>;
}

const acts: readonly Act[] = [
  {
    what: 'a button',
    async request() {
      await door.report(low);
      return door.caughtPress(OWNER, await door.card(), w.card.take);
    },
    async once() {
      expect((await door.card()).replies).toHaveLength(1);
      expect(await reached(door, 'take', 'proposed')).toBe(1);
      expect(await reached(door, 'take', 'applied')).toBe(1);
    },
  },
  {
    what: 'a dialog',
    async request() {
      await door.report(low);
      await door.press(OWNER, await door.card(), w.card.suppress);
      return door.caught(() =>
        door.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '14' }),
      );
    },
    async once() {
      expect(await suppressions(door)).toBe(1);
      expect(await reached(door, 'suppress', 'proposed')).toBe(1);
      expect(await reached(door, 'suppress', 'applied')).toBe(1);
      expect((await door.card()).replies).toHaveLength(1);
    },
  },
  {
    what: 'a command',
    request: () => door.caught(() => door.people.command(ANALYST, SECURITY, 'owner shop-dev <@U0OWNER1>')),
    async once() {
      expect(door.bot.accounts.lookup(DEV as never)).toMatchObject({ owner: OWNER });
      expect(await reached(door, 'register-owner', 'proposed', DEV)).toBe(1);
      expect(await reached(door, 'register-owner', 'applied', DEV)).toBe(1);
      expect(await door.cards('C0SHOPDEV')).toHaveLength(1);
    },
  },
  {
    what: 'an approval',
    async request() {
      await door.report(high);
      return door.caughtPress(ANALYST, await askToSuppress(door), w.approval.approve);
    },
    async once() {
      expect(await suppressions(door)).toBe(1);
      expect(await reached(door, 'suppress', 'approved')).toBe(1);
      expect(await reached(door, 'suppress', 'applied')).toBe(1);
      const { replies } = await door.card(SECURITY);
      expect(replies).toHaveLength(1);
    },
  },
];

test.each(acts)('$what: the same signed request again, and a hundred times at once', async (act) => {
  const request = await act.request();
  expect((await door.deliver(request)).status).toBe(200);
  expect((await door.deliver(request)).status).toBe(200);
  await door.drain();
  await act.once();

  const answers = await Promise.all(Array.from({ length: 100 }, () => door.deliver(request)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await door.drain();
  await act.once();
});

test.each(acts)('$what: a hundred times at once, before the first has been served', async (act) => {
  const request = await act.request();
  const answers = await Promise.all(Array.from({ length: 100 }, () => door.deliver(request)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await door.drain();
  await act.once();
});

describe('an event that Slack delivers again', () => {
  const mentioned = async () => {
    await door.report(low);
    const card = await door.card();
    return door.caught(() =>
      door.people.mention(OWNER, card.channel, 'It holds public assets only, and nothing else.', card.ts),
    );
  };
  const again = (request: Received, retry: number): Received => ({
    ...request,
    headers: {
      ...request.headers,
      'x-slack-retry-num': String(retry),
      'x-slack-retry-reason': 'http_timeout',
    },
  });
  const answeredOnce = async () => {
    await door.drain();
    const { ephemerals } = await door.people.user(OWNER);
    expect(ephemerals).toHaveLength(1);
    expect(readAloud(ephemerals[0])).toContain(w.offers.suppressButton);
  };
  const { promise: never } = Promise.withResolvers<never>();

  test('three times, while the first is still being served', async () => {
    const request = await mentioned();
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { queues } = door.ports;
    door.serveWith(
      door.composeWith({
        queues: {
          ...queues,
          async change(message) {
            reached.resolve();
            await released.promise;
            return queues.change(message);
          },
        },
      }),
    );
    const first = door.deliver(request);
    await reached.promise;
    door.serveWith(door.bot);
    for (const retry of [1, 2, 3]) expect((await door.deliver(again(request, retry))).status).toBe(200);
    released.resolve();
    expect((await first).status).toBe(200);
    await answeredOnce();
  });

  test('three times, after the first has died before anything was queued', async () => {
    const request = await mentioned();
    const [reached, killed] = [Promise.withResolvers<void>(), new AbortController()];
    const { queues } = door.ports;
    const dying = {
      ...queues,
      change: () => {
        reached.resolve();
        return never;
      },
    };
    door.serveWith(door.composeWith({ queues: dying }));
    const first = door.deliver(request, killed.signal);
    await reached.promise;
    killed.abort();
    await expect(first).rejects.toThrow('abort');
    expect(await door.depth('changes')).toBe(0);

    door.serveWith(door.bot);
    for (const retry of [1, 2, 3]) expect((await door.deliver(again(request, retry))).status).toBe(200);
    await answeredOnce();
  });
});
