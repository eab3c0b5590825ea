import { shownWords } from '../../blocks/words/shown';
import {
  ANALYST,
  askToSuppress,
  high,
  low,
  OWNER,
  REASON,
  reached,
  SECURITY,
  suppressions,
} from '../abuse/asked';
import { type FrontDoor, openFrontDoor, type Received } from '../abuse/front-door';
import { readAloud } from '../blocks/read-aloud';
import { type Faulty, openFaulty } from '../setup/faulty';
import { atRest, RESTING, type Watched, watched } from './at-rest';

const w = shownWords('ja');
const DEV = '444455556666';
/** As often as the SDK tries. */
const ATTEMPTS = 3;

let door: FrontDoor;
let faulty: Faulty;
let eyes: Watched;
beforeEach(async () => {
  door = await openFrontDoor();
  eyes = watched(door);
  faulty = await openFaulty(door);
  door.serveWith(eyes.composeWith(faulty.ports));
});
afterEach(async () => {
  await faulty.close();
  await door.close();
});

/** Something that a person does, which goes through the queue of changes. */
interface Act {
  readonly what: string;
  /** Does all up to it; the request that Slack makes of it is held back. */
  readonly request: () => Promise<Received>;
  /** What the person is shown when it could not be queued. */
  readonly refusal: (answer: { status: number; body: string }) => Promise<string>;
  /** It was done once. */
  readonly once: () => Promise<void>;
}

const whispered = (user: string) => async () => readAloud((await door.whispered(user)) ?? {});
/** In the answer itself: a message, or what a dialog becomes. */
const answered: Act['refusal'] = async ({ body }) => {
  const said = JSON.parse(body) as { view?: object };
  return readAloud(said.view ?? said);
};

const acts: readonly Act[] = [
  {
    what: 'a button',
    async request() {
      await door.report(low);
      return door.caughtPress(OWNER, await door.card(), w.card.take);
    },
    refusal: whispered(OWNER),
    async once() {
      expect((await door.card()).replies).toHaveLength(1);
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
    refusal: answered,
    async once() {
      expect(await suppressions(door)).toBe(1);
      expect(await reached(door, 'suppress', 'applied')).toBe(1);
    },
  },
  {
    what: 'a command',
    request: () => door.caught(() => door.people.command(ANALYST, SECURITY, 'owner shop-dev <@U0OWNER1>')),
    refusal: answered,
    async once() {
      expect(door.bot.accounts.lookup(DEV as never)).toMatchObject({ owner: OWNER });
      expect(await reached(door, 'register-owner', 'applied', DEV)).toBe(1);
    },
  },
  {
    what: 'an approval',
    async request() {
      await door.report(high);
      return door.caughtPress(ANALYST, await askToSuppress(door), w.approval.approve);
    },
    refusal: whispered(ANALYST),
    async once() {
      expect(await suppressions(door)).toBe(1);
      expect(await reached(door, 'suppress', 'applied')).toBe(1);
    },
  },
  {
    what: 'a mention',
    async request() {
      await door.report(low);
      const card = await door.card();
      return door.caught(() =>
        door.people.mention(OWNER, card.channel, 'It holds public assets only, and nothing else.', card.ts),
      );
    },
    refusal: whispered(OWNER),
    async once() {
      const said = (await door.people.user(OWNER)).ephemerals.map((message) => readAloud(message));
      expect(said.filter((text) => text.includes(w.offers.suppressButton))).toHaveLength(1);
    },
  },
];

const fail = (kind: 'error' | 'throttle' | 'refuse' | 'lost', times: number) =>
  faulty.fail({ kind, operation: 'SendMessage', when: { next: times } });

describe.each(acts)('$what', ({ request, refusal, once }) => {
  test('SQS does not take it: the person is told that nothing was done; sent again, it counts once', async () => {
    const sent = await request();
    for (const kind of ['error', 'throttle', 'refuse'] as const) {
      faulty.forget();
      fail(kind, ATTEMPTS);
      const answer = await door.deliver(sent);
      expect(faulty.calls('SendMessage').map(({ failed }) => failed)).toEqual([kind, kind, kind]);
      expect(await door.depth('changes')).toBe(0);
      const said = await refusal(answer);
      expect(said).toContain(w.answers.failure.markup);
      // With a reference that the log knows too.
      const line = eyes.complaints.at(-1) ?? '';
      const { reference } = JSON.parse(line.slice(line.indexOf('{'))) as { reference: string };
      expect(said).toContain(reference);
    }
    expect(eyes.complaints).toHaveLength(3);

    expect((await door.deliver(sent)).status).toBe(200);
    await door.drain();
    await once();
    expect(await atRest(door, eyes)).toEqual(RESTING);
  });

  test('SQS takes it when the SDK tries again, or had taken it already: the person notices nothing', async () => {
    const sent = await request();
    fail('error', 1);
    fail('lost', 1);
    expect((await door.deliver(sent)).status).toBe(200);
    expect(
      faulty
        .calls('SendMessage')
        .slice(-ATTEMPTS)
        .map(({ failed }) => failed),
    ).toEqual(['error', 'lost', undefined]);
    expect(eyes.complaints).toEqual([]);
    expect(await door.depth('changes')).toBe(1);
    await door.drain();
    await once();
    expect(await atRest(door, eyes)).toEqual(RESTING);
  });

  test('SQS has taken it, and nobody hears so: the person tries again, and it counts once', async () => {
    const sent = await request();
    fail('lost', ATTEMPTS);
    expect(await refusal(await door.deliver(sent))).toContain(w.answers.failure.markup);
    expect((await door.deliver(sent)).status).toBe(200);
    expect(await door.depth('changes')).toBe(1);
    await door.drain();
    await once();
    expect(await atRest(door, eyes)).toEqual(RESTING);
  });
});
