import type { AccountId } from '../accounts';
import {
  type Bulletin,
  type BulletinKey,
  type BulletinView,
  bulletinRef,
  enqueueBulletin,
  parseBulletinRef,
} from '../bulletins';
import type { Log } from '../log';
import type { Language } from '../playbooks';
import type { CardMessage, Queues } from '../queues';
import { toldInBulletin } from '../requests';
import { type Drawn, type Slack, SlackRateLimited, SlackRefused } from '../slack';
import { amend } from '../store';
import { type Pacing, pace, postOnce } from './post-once';
import { CHANNEL_GONE, drawnHash, MESSAGE_GONE, withPlain } from './refused';
import type { Run } from './run';
import { type BulletinSources, eachOf, type ListedLine, readBulletin } from './view-bulletin';

/** Turns bulletins into messages; lives outside src, because src knows no Block Kit. */
export interface DrawBulletin {
  bulletin(view: BulletinView, language: Language): Drawn;
  /** The same in the plainest blocks. */
  plain(view: BulletinView, language: Language): Drawn;
  /** What goes with it as a picture; undefined where nothing does. */
  picture(
    view: BulletinView,
    language: Language,
  ): Promise<{ readonly png: Uint8Array; readonly alt: string } | undefined>;
}

export interface BulletinPublisher extends BulletinSources, Pacing {
  readonly slack: Slack;
  readonly queues: Queues;
  readonly drawBulletin: DrawBulletin;
  readonly languageOf: (channel: string) => Language;
  /** Looks, before somebody is called, whether they are still in Slack; true when somebody has left. */
  readonly lookAtOwners: (accounts: readonly AccountId[]) => Promise<boolean>;
  /** Where a bulletin goes whose channel cannot be reached, best first. */
  readonly fallbackChannels: readonly string[];
  readonly warn: Log['warn'];
}

/** Lines whose card is linked: no message has room for more. Each is a call to Slack. */
const LINKED = { from: 0, count: 40 };

const DAY_MS = 24 * 3_600_000;

/** What the bot adds to its own celebrations, for others to join in. */
const CELEBRATING = ['tada', 'clap', 'rocket'];

/** A bulletin is one message: what its post tells needs no number. */
const POST_KEY = 'bulletin';

interface BulletinRun extends Run {
  readonly key: BulletinKey;
}

/**
 * Shows one bulletin as it is now, from its time on: posts or updates its message, then marks what it lists as told.
 * One that has nothing to say when its time comes is not posted.
 * @throws SlackRateLimited (wait, then deliver again), SlackUnreachable and whatever the store throws (deliver again)
 */
export async function publishBulletin(message: CardMessage, publisher: BulletinPublisher): Promise<void> {
  const key = parseBulletinRef(message.record);
  if (key === undefined) {
    publisher.warn('refresh of an unknown bulletin dropped', { record: message.record });
    return;
  }
  const startedAt = publisher.now().getTime();
  const { record: ref, revision } = message;
  const run: BulletinRun = { key, ref, revision, startedAt, lastPostAt: 0, posts: 0 };
  try {
    await publish(message, run, publisher);
  } finally {
    await pace(run, publisher);
  }
}

async function publish(message: CardMessage, run: BulletinRun, publisher: BulletinPublisher): Promise<void> {
  const bulletin = await publisher.bulletins.load(run.key);
  if (bulletin === undefined || Date.parse(bulletin.postAt) > publisher.now().getTime()) return;
  if (bulletin.channel !== message.channel) {
    // It has moved to another channel since: that channel's group shows it.
    if (bulletin.unsettled !== undefined) await enqueueBulletin(bulletin, publisher);
    return;
  }
  const shown = bulletin.card.shownRevision;
  if (message.revision <= shown && (bulletin.unsettled === undefined || bulletin.revision > shown)) return;

  const language = publisher.languageOf(bulletin.channel);
  const read = () => readBulletin(bulletin, publisher, language, LINKED);
  let { view, listed } = await read();
  const posted = bulletin.card.ts !== undefined;
  if (!posted && (await publisher.lookAtOwners(listed.map(({ request }) => request.account)))) {
    ({ view, listed } = await read());
  }
  try {
    if (view) {
      const pictured = await withPicture(bulletin, view, language, run, publisher);
      await show(bulletin, pictured, language, run, publisher);
      if (view.kind === 'celebration') await celebrate(run, publisher);
    }
  } catch (error) {
    if (error instanceof SlackRefused && CHANNEL_GONE.includes(error.code)) {
      await moveToFallback(bulletin, publisher, error);
      return;
    }
    if (!(error instanceof SlackRefused) || !MESSAGE_GONE.includes(error.code)) throw error;
    if (isFresh(bulletin, publisher.now())) {
      await repost(bulletin, publisher);
      return;
    }
    // It has had its day: nobody needs to be told once more, and what it lists goes on all the same.
  }
  if (view) await tellRequests(listed, run, publisher);
  await settle(bulletin.revision, run, publisher);
}

/** A bulletin that is gone is posted anew within its day; later it would only repeat what people know. */
function isFresh({ postAt }: Bulletin, now: Date): boolean {
  return now.getTime() - Date.parse(postAt) < DAY_MS;
}

function draw(view: BulletinView, language: Language, publisher: BulletinPublisher, plainly = false): Drawn {
  const { drawBulletin } = publisher;
  try {
    return plainly ? drawBulletin.plain(view, language) : drawBulletin.bulletin(view, language);
  } catch (error) {
    publisher.warn('bulletin could not be drawn', { record: view.ref, error: String(error), plainly });
    // A message that cannot be drawn must not hold up its channel.
    return plainly ? { text: view.ref, blocks: [] } : draw(view, language, publisher, true);
  }
}

/** With its picture, which is uploaded once; one that cannot be drawn or uploaded holds nothing up. */
async function withPicture(
  bulletin: Bulletin,
  view: BulletinView,
  language: Language,
  run: BulletinRun,
  { bulletins, drawBulletin, slack, warn }: BulletinPublisher,
): Promise<BulletinView> {
  const known = bulletin.card.picture;
  if (known) return { ...view, picture: known };
  try {
    const drawn = await drawBulletin.picture(view, language);
    if (drawn === undefined) return view;
    const { png, alt } = drawn;
    const file = await slack.uploadPicture({ png, alt, name: `${view.kind}-${view.day}.png` });
    const picture = { file, alt };
    await amend(bulletins, run.key, (b) => ({ ...b, card: { ...b.card, picture } }));
    return { ...view, picture };
  } catch (error) {
    if (error instanceof SlackRateLimited) throw error;
    warn('bulletin goes without its picture', { record: run.ref, error: String(error) });
    return view;
  }
}

/** The first hands that clap; that they do is no condition for anything. */
async function celebrate(run: BulletinRun, publisher: BulletinPublisher): Promise<void> {
  const { bulletins, slack, warn } = publisher;
  const bulletin = await bulletins.load(run.key);
  const ts = bulletin?.card.ts;
  if (bulletin === undefined || ts === undefined || bulletin.card.reacted) return;
  try {
    for (const emoji of CELEBRATING) await slack.react(bulletin.channel, ts, emoji);
  } catch (error) {
    if (error instanceof SlackRateLimited) throw error;
    warn('reactions could not be added', { record: run.ref, error: String(error) });
  }
  await amend(bulletins, run.key, (b) => ({ ...b, card: { ...b.card, reacted: true as const } }));
}

async function show(
  bulletin: Bulletin,
  view: BulletinView,
  language: Language,
  run: BulletinRun,
  publisher: BulletinPublisher,
): Promise<void> {
  const { bulletins, slack } = publisher;
  const { channel, revision } = bulletin;
  const { ts, shownHash, posting } = bulletin.card;
  const drawn = draw(view, language, publisher);
  const hash = drawnHash(drawn);
  const send = <T>(call: (drawing: Drawn) => Promise<T>) =>
    withPlain(drawn, () => draw(view, language, publisher, true), call, publisher, run.ref);
  let postedTs = ts;
  if (ts === undefined) {
    postedTs = await postOnce(
      {
        key: POST_KEY,
        channel,
        posting,
        mark: async (at) => {
          const { changed } = await amend(bulletins, run.key, (b) =>
            b.card.ts === undefined && b.channel === channel
              ? { ...b, card: { ...b.card, posting: { key: POST_KEY, at } } }
              : undefined,
          );
          return changed;
        },
        unmark: async (at) => {
          await amend(bulletins, run.key, (b) => {
            const { posting: mark, ...card } = b.card;
            return mark?.at === at ? { ...b, card } : undefined;
          });
        },
        send,
      },
      run,
      publisher,
    );
  } else if (shownHash !== hash) {
    await publisher.checkChannel(channel);
    await send((drawing) => slack.update(channel, ts, drawing));
  }
  if (ts !== undefined) {
    const did = shownHash === hash ? 'unchanged' : 'updated';
    publisher.shown({ record: run.ref, revision, channel, ts, did });
  }
  await amend(bulletins, run.key, (b) => {
    const { posting: _, ...card } = b.card;
    return {
      ...b,
      card: {
        ...card,
        ...(postedTs !== undefined && { ts: postedTs }),
        shownRevision: Math.max(card.shownRevision, revision),
        shownHash: hash,
      },
    };
  });
}

/** What the message says has been told: the requests that waited for it move on. */
async function tellRequests(
  listed: readonly ListedLine[],
  run: BulletinRun,
  publisher: BulletinPublisher,
): Promise<void> {
  await eachOf(listed, async ({ line, request }) => {
    const held = request.held?.bulletin === run.ref;
    if (held) await toldInBulletin(request, run.ref, publisher);
    if (held || request.listed?.bulletin === run.ref) {
      if (!line.told) await publisher.bulletins.putLine(run.key, { ...line, told: true });
    }
  });
}

/** Clears the mark, unless the bulletin has been raised again meanwhile. */
async function settle(revision: number, run: BulletinRun, publisher: BulletinPublisher): Promise<void> {
  await amend(publisher.bulletins, run.key, (b) => {
    if (b.revision !== revision) return undefined;
    const { unsettled, ...rest } = b;
    if (unsettled === undefined && b.card.shownRevision >= revision) return undefined;
    return { ...rest, card: { ...b.card, shownRevision: Math.max(b.card.shownRevision, revision) } };
  });
}

/** The channel refuses: the bulletin goes to the next best one, whose own group posts it. */
async function moveToFallback(
  bulletin: Bulletin,
  publisher: BulletinPublisher,
  error: SlackRefused,
): Promise<void> {
  const wanted = bulletin.card.insteadOf ?? bulletin.channel;
  const at = publisher.fallbackChannels.indexOf(bulletin.channel);
  const channel = publisher.fallbackChannels.slice(at + 1).find((other) => other !== wanted);
  if (channel === undefined) throw error;
  publisher.warn('channel cannot be reached; its bulletin goes to another one', {
    record: bulletinRef(bulletin),
    channel: bulletin.channel,
    because: error.code,
    instead: channel,
  });
  const { record } = await amend(publisher.bulletins, bulletin, (b) =>
    b.channel === bulletin.channel
      ? {
          ...b,
          channel,
          revision: b.revision + 1,
          unsettled: publisher.now().toISOString(),
          card: { shownRevision: b.card.shownRevision, insteadOf: wanted },
        }
      : undefined,
  );
  if (record) await enqueueBulletin(record, publisher);
}

/** Somebody deleted the message, or it can no longer be edited: a new one is posted. */
async function repost(bulletin: Bulletin, publisher: BulletinPublisher): Promise<void> {
  const { record } = await amend(publisher.bulletins, bulletin, (b) => {
    const { ts: _, posting: __, shownHash: ___, reacted: ____, ...card } = b.card;
    return { ...b, revision: b.revision + 1, unsettled: publisher.now().toISOString(), card };
  });
  if (record) await enqueueBulletin(record, publisher);
}
