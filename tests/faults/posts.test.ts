import { ACTIONS } from '../../blocks/ids';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import type { Bot } from '../../handlers/composition';
import { slackGateway, webClient } from '../../src/slack';
import { ANALYST, askToSuppress, high, LEAD, low, MEMBER, OWNER, REASON, SECURITY } from '../abuse/asked';
import { type FrontDoor, openFrontDoor } from '../abuse/front-door';
import { type Faulty, openFaulty } from '../setup/faulty';
import { DAY, HOUR } from '../story/stage';
import { atRest, RESTING, type Watched, watched } from './at-rest';
import { impatient } from './impatient';

const w = words('ja');
/** As often as the SDK tries. */
const ATTEMPTS = 3;
let door: FrontDoor;
let eyes: Watched;
let faulty: Faulty;
afterEach(async () => {
  await faulty.close();
  await door.close();
});

async function open(quiet: boolean): Promise<void> {
  door = await openFrontDoor({ environment: { QUIET: quiet ? 'on' : 'off' } });
  eyes = watched(door);
  faulty = await openFaulty(door);
}

/** A kind of message that the bot posts. */
interface Kind {
  readonly what: string;
  readonly quiet?: true;
  /** Undisturbed. */
  readonly first?: () => Promise<unknown>;
  /** What the message follows from, served by this bot. */
  readonly cause: (bot: Bot) => Promise<unknown>;
  /** The record that it shows, and what it tells of it. */
  readonly post: RegExp;
}

const another = {
  ...high,
  Id: `${high.Id}-b`,
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::example-b' }],
};
const arrives = async (finding: typeof high) => {
  await door.hold(finding);
  await door.deliverFinding(finding);
};

const kinds: readonly Kind[] = [
  {
    what: 'the card of a request',
    cause: () => arrives(high),
    post: /control\/s3\.8 1$/,
  },
  {
    what: 'a reply in its thread',
    async first() {
      await door.report(high);
      door.clock.advance(HOUR);
    },
    cause: () => arrives(another),
    post: /control\/s3\.8 2$/,
  },
  {
    what: 'an approval card',
    async first() {
      await door.report(high);
      await door.press(OWNER, await door.card(), w.card.suppress);
    },
    cause: () =>
      door.actOnly(() =>
        door.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '14' }),
      ),
    post: /^change\/\S+ card$/,
  },
  {
    what: 'word of an approval',
    async first() {
      await door.report(high);
      await askToSuppress(door);
    },
    async cause() {
      const press = await door.caughtPress(ANALYST, await door.card(SECURITY), w.approval.approve);
      await door.deliver(press);
    },
    post: /^change\/\S+ (?!card)/,
  },
  {
    what: 'a bulletin',
    quiet: true,
    async first() {
      await door.report(low);
      door.clock.advance(DAY);
    },
    cause: tick,
    post: /^bulletin\/(?!accounts)/,
  },
  {
    what: 'the timeline of an account request',
    async first() {
      await door.act(() => door.people.command(MEMBER, 'C0LOUNGE', 'account request'));
    },
    cause: () =>
      door.actOnly(() =>
        door.people.submit(MEMBER, {
          [ACTIONS.accountName]: 'lab',
          [ACTIONS.accountKind]: 'non-production',
          [ACTIONS.purpose]: 'Trying new services',
          [ACTIONS.accountMail]: 'aws+lab@example.com',
          [ACTIONS.ownerChannel]: 'C0SHOPDEV',
        }),
      ),
    post: /^account-request\/\S+ card$/,
  },
  {
    what: 'word of a hand-over',
    cause: () => door.actOnly(() => door.people.command(LEAD, SECURITY, 'owner shop-prod <@U0MEMBER>')),
    post: /^notice/,
  },
];

/** What the messages in Slack tell, as `record key`. */
async function told(): Promise<string[]> {
  const threads = (
    await Promise.all(['C0SHOPPRD', 'C0SHOPDEV', 'C0REQUESTS', SECURITY].map((id) => door.people.channel(id)))
  ).flat();
  return threads
    .flatMap((thread) => [thread, ...thread.replies])
    .map(({ metadata }) => {
      const { event_payload: said } = metadata as { event_payload: { record: string; key: string } };
      return `${said.record} ${said.key}`;
    });
}

const posts = async () => (await door.people.calls('chat.postMessage')).length;
const hasty = () =>
  impatient(
    slackGateway(webClient({ token: 'xoxb-test', apiUrl: door.slack.apiUrl, timeoutMs: 75 }), {
      teamId: 'T0LOCAL',
      botId: 'B0BOT',
    }),
    door.people,
  );

describe.each(kinds)('$what', ({ quiet = false, first, cause, post }) => {
  const happened = async (bot: Bot) => {
    await cause(bot);
    await door.drain({ bot });
  };
  const standsOnce = async () => {
    expect((await told()).filter((message) => post.test(message))).toHaveLength(1);
    // And the record knows where: it is looked at once more, and nothing is posted.
    const count = await posts();
    for (const _ of [1, 2]) {
      door.clock.advance(11 * 60_000);
      await tick(door.bot);
      await door.drain();
    }
    expect(await posts()).toBe(count);
    expect(await atRest(door, eyes)).toEqual(RESTING);
  };

  const failed = async () => {
    const calls = await door.people.calls('chat.postMessage');
    return calls.flatMap(({ fault }) => fault ?? []);
  };

  test('a 500, a connection that is cut before, and one that is cut after it is done: it stands there once', async () => {
    await open(quiet);
    await first?.();
    for (const kind of ['http500', 'refuse', 'lost_answer']) {
      await door.people.fail({ method: 'chat.postMessage', kind, next: 1 });
    }
    await happened(eyes.composeWith(faulty.ports));
    expect(await failed()).toEqual(['http500', 'refuse', 'lost_answer']);
    await standsOnce();
  });

  test('it is done after nobody waits any more: it stands there once', async () => {
    await open(quiet);
    await first?.();
    await door.people.fail({ method: 'chat.postMessage', kind: 'slow', ms: 150, next: 1 });
    await happened(eyes.composeWith({ ...faulty.ports, slack: hasty() }));
    expect(await failed()).toEqual(['slow']);
    await standsOnce();
  });

  test('it is posted, and the table takes no note of it, or takes note and does not say so: it stands there once', async () => {
    await open(quiet);
    await first?.();
    const { slack } = door.ports;
    let troubled = false;
    const bot = eyes.composeWith({
      ...faulty.ports,
      slack: {
        ...slack,
        async post(channel, message, key, thread) {
          const posted = await slack.post(channel, message, key, thread);
          if (!troubled && post.test(`${key.record} ${key.key}`)) {
            troubled = true;
            for (const kind of ['throttle', 'refuse', 'lost'] as const) {
              faulty.fail({ kind, operation: 'PutItem', when: { next: ATTEMPTS } });
            }
          }
          return posted;
        },
      },
    });
    await happened(bot);
    expect(faulty.calls().flatMap((call) => call.failed ?? [])).toEqual(
      ['throttle', 'refuse', 'lost'].flatMap((kind) => Array.from({ length: ATTEMPTS }, () => kind)),
    );
    await standsOnce();
  });
});
