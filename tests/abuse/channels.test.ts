import { ACTIONS } from '../../blocks/ids';
import { tick } from '../../handlers/clock';
import { callHandler } from '../setup/spine';
import { type Card, DAY } from '../story/stage';
import { high, LEAD, low, MEMBER, SECURITY, suppress, told } from './asked';
import { type FrontDoor, openFrontDoor } from './front-door';

const CODES = ['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'] as const;
const [PROD, DEFAULT] = ['C0SHOPPRD', 'C0REQUESTS'] as const;

/** What a message of the bot shows. */
function recordOf({ metadata }: Card): string {
  const { event_payload: payload } = metadata as { event_payload: { record: string } };
  return payload.record;
}

let door: FrontDoor;
afterEach(() => door.close());

/** One kind of message, the channel it belongs into, and the one where it stands when that refuses. */
interface Kind {
  readonly what: string;
  readonly quiet?: boolean;
  readonly before?: () => Promise<unknown>;
  readonly cause: () => Promise<unknown>;
  readonly channel: string;
  readonly fallback: string;
  /** The reference of what it shows. */
  readonly record: RegExp;
}

const kinds: readonly Kind[] = [
  {
    what: 'the card of a request',
    cause: () => door.report(high),
    channel: PROD,
    fallback: DEFAULT,
    record: /control/,
  },
  {
    what: 'a resource that joins a card which stands there already',
    before: () => door.report(high),
    async cause() {
      await door.people.fail({ method: 'chat.update', channel: PROD, kind: 'error', error: 'is_archived' });
      await door.report({
        ...high,
        Id: `${high.Id}-b`,
        Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::b' }],
      });
    },
    channel: PROD,
    fallback: DEFAULT,
    record: /control/,
  },
  {
    what: 'an approval card',
    before: () => door.report(high),
    cause: () => suppress(door),
    channel: SECURITY,
    fallback: DEFAULT,
    record: /^change/,
  },
  {
    what: 'a bulletin',
    quiet: true,
    async cause() {
      await door.report(low);
      door.clock.advance(DAY);
      await tick(door.bot);
      await door.drain();
    },
    channel: PROD,
    fallback: DEFAULT,
    record: /^bulletin/,
  },
  {
    what: 'the timeline of an account request',
    async cause() {
      await door.act(() => door.people.command(MEMBER, 'C0LOUNGE', 'account request'));
      const sent = await door.act(() =>
        door.people.submit(MEMBER, {
          [ACTIONS.accountName]: 'lab',
          [ACTIONS.accountKind]: 'non-production',
          [ACTIONS.purpose]: 'Trying new services',
          [ACTIONS.accountMail]: 'aws+lab@example.com',
          [ACTIONS.ownerChannel]: 'C0SHOPDEV',
        }),
      );
      expect(sent.errors).toBeUndefined();
    },
    channel: DEFAULT,
    fallback: SECURITY,
    record: /^account-request/,
  },
  {
    what: 'word of a hand-over',
    cause: () => door.act(() => door.people.command(LEAD, SECURITY, 'owner shop-prod <@U0MEMBER>')),
    channel: PROD,
    fallback: DEFAULT,
    record: /^notice/,
  },
];

describe.each(kinds)('$what', ({ quiet, before, cause, channel, fallback, record }) => {
  test.each(CODES)(
    '%s: it stands in the next best channel, once, and the log has a word about it',
    async (code) => {
      door = await openFrontDoor({ environment: { QUIET: quiet ? 'on' : 'off' } });
      await before?.();
      await door.people.forgetCalls();
      await door.people.fail({ method: 'chat.postMessage', channel, kind: 'error', error: code });
      const there = (await door.cards(channel)).length;
      await cause();

      const records = (await door.cards(fallback)).map((card) => recordOf(card));
      expect(records.filter((shown) => record.test(shown))).toHaveLength(1);
      expect(await door.cards(channel)).toHaveLength(there);
      // Tried there once, or once more for what was to be a reply.
      const tries = (await door.people.calls()).filter(
        ({ method, args }) => /^chat\.(postMessage|update)$/.test(method) && args['channel'] === channel,
      );
      expect(tries.length).toBeGreaterThan(0);
      expect(tries.length).toBeLessThanOrEqual(2);
      expect(door.logged.filter((line) => line.includes('cannot be reached'))).toHaveLength(1);

      await tick(door.bot);
      await door.drain();
      expect(await door.depth('cards')).toBe(0);
    },
  );
});

test.each(CODES)(
  '%s in every channel: it waits, and is posted once when one lets it in again',
  async (code) => {
    door = await openFrontDoor();
    await door.people.fail({ method: 'chat.postMessage', kind: 'error', error: code });
    let refused = 0;
    const serve: typeof callHandler = async (queue, event, bot) => {
      const answer = await callHandler(queue, event, bot);
      if (answer.batchItemFailures.length > 0) refused += 1;
      if (refused === 5) await door.people.stopFailing();
      return answer;
    };
    await door.hold(high);
    await door.deliverFinding(high);
    await door.drain({ serve: (queue, event) => serve(queue, event, door.bot) });
    expect(refused).toBe(5);
    // Its way ends in the last channel.
    expect(await door.cards(SECURITY)).toHaveLength(1);
    expect((await door.cards(PROD)).length + (await door.cards(DEFAULT)).length).toBe(0);
    expect(await told(door)).toEqual(['NOTIFIED']);
    expect(await door.depth('cards')).toBe(0);
  },
);
