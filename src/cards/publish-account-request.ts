import {
  type AccountRequest,
  type AccountRequests,
  nextStep,
  parseAccountRequestRef,
  type TimelineCard,
} from '../account-requests';
import type { Log } from '../log';
import type { Language } from '../playbooks';
import type { CardMessage, Queues } from '../queues';
import { type Drawn, type Slack, SlackRefused } from '../slack';
import { amend } from '../store';
import { type Pacing, type Post, pace, postOnce } from './post-once';
import { CHANNEL_GONE, drawnHash, MESSAGE_GONE, withPlain } from './refused';
import type { Run } from './run';
import {
  type TimelineReply,
  type TimelineSources,
  type TimelineView,
  toldBy,
  untoldReply,
  viewAccountRequest,
} from './view-account-request';

/** Turns account requests into messages; lives outside src, because src knows no Block Kit. */
export interface DrawTimeline {
  timeline(view: TimelineView, language: Language): Drawn;
  /** The same in the plainest blocks. */
  plain(view: TimelineView, language: Language): Drawn;
  reply(reply: TimelineReply, view: TimelineView, language: Language): Drawn;
}

export interface TimelinePublisher extends TimelineSources, Pacing {
  readonly accountRequests: AccountRequests;
  readonly slack: Slack;
  readonly queues: Queues;
  readonly drawTimeline: DrawTimeline;
  readonly languageOf: (channel: string) => Language;
  /** Where a timeline goes whose channel cannot be reached, best first. */
  readonly fallbackChannels: readonly string[];
  readonly warn: Log['warn'];
}

/** Key of the card's own post; its replies have theirs. */
const CARD_KEY = 'card';

interface TimelineRun extends Run {
  readonly id: string;
}

/**
 * Shows one account request as it is now: posts or updates its timeline, then tells its thread what is new. A refresh
 * that is already shown does nothing. Of the record only `card` and `revision` are ever written here.
 * @throws SlackRateLimited (wait, then deliver again), SlackUnreachable and whatever the store throws (deliver again)
 */
export async function publishAccountRequest(
  message: CardMessage,
  publisher: TimelinePublisher,
): Promise<void> {
  const id = parseAccountRequestRef(message.record);
  if (id === undefined) {
    publisher.warn('refresh of an unknown account request dropped', { record: message.record });
    return;
  }
  const startedAt = publisher.now().getTime();
  const { record: ref, revision } = message;
  const run: TimelineRun = { id, ref, revision, startedAt, lastPostAt: 0, posts: 0 };
  try {
    await publish(message, run, publisher);
  } finally {
    await pace(run, publisher);
  }
}

async function publish(message: CardMessage, run: TimelineRun, publisher: TimelinePublisher): Promise<void> {
  const request = await publisher.accountRequests.load(run.id);
  if (request === undefined) return;
  const { card, revision } = request;
  if (card.channel !== message.channel) {
    // It has moved to another channel since: that channel's group shows it.
    if (card.shownRevision < revision) await enqueue(request, run, publisher);
    return;
  }
  if (message.revision <= card.shownRevision) return;

  const language = publisher.languageOf(card.channel);
  const view = viewAccountRequest(request, publisher);
  try {
    const { ts, hash } = await showCard(request, view, language, run, publisher);
    await tellThread(ts, language, run, publisher);
    await write(run, publisher, ({ posting: _, ...current }) => ({
      ...current,
      shownRevision: Math.max(current.shownRevision, revision),
      shownHash: hash,
    }));
  } catch (error) {
    if (!(error instanceof SlackRefused)) throw error;
    const [noChannel, noMessage] = [CHANNEL_GONE, MESSAGE_GONE].map((codes) => codes.includes(error.code));
    if (!noChannel && !noMessage) throw error;
    if (nextStep(request) === undefined && untoldReply(request) === undefined) {
      // Everybody has been told how it went: nobody needs to be shown once more.
      await write(run, publisher, (current) => ({
        ...current,
        shownRevision: Math.max(current.shownRevision, revision),
      }));
    } else if (noChannel) await moveToFallback(request, run, publisher, error);
    else {
      // Somebody deleted the card, or it can no longer be edited: a new one is posted.
      await raise(run, publisher, ({ ts: _, posting: __, shownHash: ___, ...current }) => current);
    }
  }
}

function enqueue(
  { card, revision }: AccountRequest,
  run: TimelineRun,
  { queues }: TimelinePublisher,
): Promise<void> {
  return queues.card({ record: run.ref, revision, channel: card.channel });
}

function draw(view: TimelineView, language: Language, publisher: TimelinePublisher, plainly = false): Drawn {
  const { drawTimeline } = publisher;
  try {
    return plainly ? drawTimeline.plain(view, language) : drawTimeline.timeline(view, language);
  } catch (error) {
    publisher.warn('timeline could not be drawn', { record: view.ref, error: String(error), plainly });
    // A card that cannot be drawn must not hold up its channel.
    return plainly ? { text: view.ref, blocks: [] } : draw(view, language, publisher, true);
  }
}

async function showCard(
  { card }: AccountRequest,
  view: TimelineView,
  language: Language,
  run: TimelineRun,
  publisher: TimelinePublisher,
): Promise<{ readonly ts: string; readonly hash: string }> {
  const { channel, ts, shownHash, posting } = card;
  const drawn = draw(view, language, publisher);
  const hash = drawnHash(drawn);
  const send = <T>(call: (drawing: Drawn) => Promise<T>) =>
    withPlain(drawn, () => draw(view, language, publisher, true), call, publisher, run.ref);
  if (ts !== undefined) {
    if (shownHash !== hash) {
      await publisher.checkChannel(channel);
      await send((drawing) => publisher.slack.update(channel, ts, drawing));
    }
    const did = shownHash === hash ? 'unchanged' : 'updated';
    publisher.shown({ record: run.ref, revision: run.revision, channel, ts, did });
    return { ts, hash };
  }
  const unposted = (current: TimelineCard) => current.ts === undefined && current.channel === channel;
  const post = { key: CARD_KEY, channel, posting, ...marks(CARD_KEY, unposted, run, publisher), send };
  const posted = await postOnce(post, run, publisher);
  // At once: a reply that fails must not have the card posted a second time.
  await write(run, publisher, ({ posting: _, ...current }) => ({ ...current, ts: posted, shownHash: hash }));
  return { ts: posted, hash };
}

/** Tells the thread everything that is new, each once, from the record as it is by then. */
async function tellThread(
  thread: string,
  language: Language,
  run: TimelineRun,
  publisher: TimelinePublisher,
): Promise<void> {
  for (
    let request = await publisher.accountRequests.load(run.id);
    request !== undefined && request.card.ts === thread;
    request = await publisher.accountRequests.load(run.id)
  ) {
    const reply = untoldReply(request);
    if (reply === undefined) return;
    const { channel, posting } = request.card;
    const drawn = drawReply(reply, viewAccountRequest(request, publisher), language, publisher);
    const untold = (card: TimelineCard) =>
      card.channel === channel && !toldBy(reply).every((key) => (card.told ?? []).includes(key));
    await postOnce(
      {
        key: reply.key,
        channel,
        thread,
        posting,
        about: { entry: reply.key },
        ...marks(reply.key, untold, run, publisher),
        send: (call) => withPlain(drawn, () => ({ text: drawn.text, blocks: [] }), call, publisher, run.ref),
      },
      run,
      publisher,
    );
    await write(run, publisher, ({ posting: _, ...current }) => ({
      ...current,
      told: [...new Set([...(current.told ?? []), ...toldBy(reply)])],
    }));
  }
}

function drawReply(
  reply: TimelineReply,
  view: TimelineView,
  language: Language,
  { drawTimeline, warn }: TimelinePublisher,
): Drawn {
  try {
    return drawTimeline.reply(reply, view, language);
  } catch (error) {
    warn('reply about an account request could not be drawn', { record: view.ref, error: String(error) });
    return { text: `${reply.key} ${view.ref}`, blocks: [] };
  }
}

/** How a post of this request is marked before it is begun, and how the mark is taken away again. */
function marks(
  key: string,
  wanted: (card: TimelineCard) => boolean,
  run: TimelineRun,
  publisher: TimelinePublisher,
): Pick<Post, 'mark' | 'unmark'> {
  return {
    mark: (at) =>
      write(run, publisher, (card) => (wanted(card) ? { ...card, posting: { key, at } } : undefined)),
    unmark: async (at) => {
      await write(run, publisher, ({ posting, ...card }) => (posting?.at === at ? card : undefined));
    },
  };
}

/** Writes the card's state, and nothing else of the request; true when this call wrote it. */
async function write(
  run: TimelineRun,
  { accountRequests }: TimelinePublisher,
  step: (card: TimelineCard) => TimelineCard | undefined,
): Promise<boolean> {
  const { changed } = await amend(accountRequests, run.id, (request) => {
    const card = step(request.card);
    if (card === undefined) return undefined;
    const { queuedAt: _, ...shown } = card;
    return { ...request, card: shown.shownRevision >= request.revision ? shown : card };
  });
  return changed;
}

/** The card is to be shown anew: a higher revision, so that the queue takes the refresh for a new one. */
async function raise(
  run: TimelineRun,
  publisher: TimelinePublisher,
  step: (card: TimelineCard) => TimelineCard | undefined,
): Promise<void> {
  const { record } = await amend(publisher.accountRequests, run.id, (request) => {
    const card = step(request.card);
    return card && { ...request, card, revision: request.revision + 1 };
  });
  if (record) await enqueue(record, run, publisher);
}

/** The channel refuses: the timeline goes to the next best one, whose own group posts it. */
async function moveToFallback(
  { card }: AccountRequest,
  run: TimelineRun,
  publisher: TimelinePublisher,
  error: SlackRefused,
): Promise<void> {
  const wanted = card.insteadOf ?? card.channel;
  const at = publisher.fallbackChannels.indexOf(card.channel);
  const channel = publisher.fallbackChannels.slice(at + 1).find((other) => other !== wanted);
  if (channel === undefined) throw error;
  publisher.warn('channel cannot be reached; its account request goes to another one', {
    record: run.ref,
    channel: card.channel,
    because: error.code,
    instead: channel,
  });
  await raise(run, publisher, ({ ts: _, posting: __, shownHash: ___, ...current }) =>
    current.channel === card.channel ? { ...current, channel, insteadOf: wanted } : undefined,
  );
}
