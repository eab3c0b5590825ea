import { type Change, type ChangeCard, type Changes, isWaiting, parseChangeRef } from '../changes';
import type { Log } from '../log';
import type { Language } from '../playbooks';
import type { CardMessage, Queues } from '../queues';
import { type Drawn, type Slack, SlackRefused } from '../slack';
import { amend } from '../store';
import { type ChangeReply, untoldReplies } from './change-replies';
import { type Pacing, type Post, pace, postOnce } from './post-once';
import { CHANNEL_GONE, drawnHash, MESSAGE_GONE, withPlain } from './refused';
import type { Run } from './run';
import { type ChangeSources, type ChangeView, viewChange } from './view-change';

/** Turns changes into messages; lives outside src, because src knows no Block Kit. */
export interface DrawChange {
  change(view: ChangeView, language: Language): Drawn;
  /** The same in the plainest blocks. */
  plain(view: ChangeView, language: Language): Drawn;
  reply(reply: ChangeReply, view: ChangeView, language: Language): Drawn;
}

export interface ChangePublisher extends ChangeSources, Pacing {
  readonly changes: Changes;
  readonly slack: Slack;
  readonly queues: Queues;
  readonly drawChange: DrawChange;
  readonly languageOf: (channel: string) => Language;
  /** Where an approval is asked for when its channel cannot be reached, best first. */
  readonly fallbackChannels: readonly string[];
  readonly warn: Log['warn'];
}

/** Key of the card's own post; its replies have theirs. */
const CARD_KEY = 'card';

interface ChangeRun extends Run {
  readonly id: string;
}

/**
 * Shows one change that needed approval as it is now: posts or updates its card, then tells its thread what is new.
 * A refresh that is already shown does nothing. Of the change only `card` and `revision` are ever written here.
 * @throws SlackRateLimited (wait, then deliver again), SlackUnreachable and whatever the store throws (deliver again)
 */
export async function publishChange(message: CardMessage, publisher: ChangePublisher): Promise<void> {
  const id = parseChangeRef(message.record);
  if (id === undefined) {
    publisher.warn('refresh of an unknown change dropped', { record: message.record });
    return;
  }
  const startedAt = publisher.now().getTime();
  const { record: ref, revision } = message;
  const run: ChangeRun = { id, ref, revision, startedAt, lastPostAt: 0, posts: 0 };
  try {
    await publish(message, run, publisher);
  } finally {
    await pace(run, publisher);
  }
}

/** A change with a card. */
type Carded = Change & { readonly card: ChangeCard };

function isCarded(change: Change | undefined): change is Carded {
  return change?.card !== undefined;
}

async function publish(message: CardMessage, run: ChangeRun, publisher: ChangePublisher): Promise<void> {
  const change = await publisher.changes.load(run.id);
  if (!isCarded(change)) return;
  const { card, revision = 0 } = change;
  if (card.channel !== message.channel) {
    // It has moved to another channel since: that channel's group shows it.
    if (card.shownRevision < revision) await enqueue(change, run, publisher);
    return;
  }
  if (message.revision <= card.shownRevision) return;

  const language = publisher.languageOf(card.channel);
  const view = await viewChange(change, publisher);
  try {
    const { ts, hash } = await showCard(change, view, language, run, publisher);
    for (const reply of untoldReplies(change)) {
      await tell(reply, ts, view, language, run, publisher);
    }
    await write(run, publisher, ({ posting: _, ...current }) => ({
      ...current,
      shownRevision: Math.max(current.shownRevision, revision),
      shownHash: hash,
    }));
  } catch (error) {
    if (!(error instanceof SlackRefused)) throw error;
    const [noChannel, noMessage] = [CHANNEL_GONE, MESSAGE_GONE].map((codes) => codes.includes(error.code));
    if (!noChannel && !noMessage) throw error;
    if (!isWaiting(change) && untoldReplies(change).length === 0) {
      // Everybody has been told how it went: nobody needs to be shown once more.
      await write(run, publisher, (current) => ({
        ...current,
        shownRevision: Math.max(current.shownRevision, revision),
      }));
    } else if (noChannel) await moveToFallback(change, run, publisher, error);
    else await repost(run, publisher);
  }
}

function enqueue({ card, revision = 0 }: Carded, run: ChangeRun, { queues }: ChangePublisher): Promise<void> {
  return queues.card({ record: run.ref, revision, channel: card.channel });
}

function draw(view: ChangeView, language: Language, publisher: ChangePublisher, plainly = false): Drawn {
  const { drawChange } = publisher;
  try {
    return plainly ? drawChange.plain(view, language) : drawChange.change(view, language);
  } catch (error) {
    publisher.warn('approval card could not be drawn', { record: view.ref, error: String(error), plainly });
    // A card that cannot be drawn must not hold up its channel.
    return plainly ? { text: view.ref, blocks: [] } : draw(view, language, publisher, true);
  }
}

async function showCard(
  { card }: Carded,
  view: ChangeView,
  language: Language,
  run: ChangeRun,
  publisher: ChangePublisher,
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
    publisher.shown({ record: run.ref, revision: run.revision, channel, ts, did, change: run.id });
    return { ts, hash };
  }
  const posted = await postOnce(
    {
      key: CARD_KEY,
      channel,
      posting,
      about: { change: run.id },
      ...marks(
        CARD_KEY,
        (current) => current.ts === undefined && current.channel === channel,
        run,
        publisher,
      ),
      send,
    },
    run,
    publisher,
  );
  // At once: a reply that fails must not have the card posted a second time.
  await write(run, publisher, ({ posting: _, ...current }) => ({ ...current, ts: posted, shownHash: hash }));
  return { ts: posted, hash };
}

/** Tells the thread one thing, once. */
async function tell(
  reply: ChangeReply,
  thread: string,
  view: ChangeView,
  language: Language,
  run: ChangeRun,
  publisher: ChangePublisher,
): Promise<void> {
  const change = await publisher.changes.load(run.id);
  if (!isCarded(change)) return;
  const { channel, posting } = change.card;
  const drawn = drawReply(reply, view, language, publisher);
  const untold = (current: ChangeCard) =>
    current.channel === channel && !(current.told ?? []).includes(reply.key);
  await postOnce(
    {
      key: reply.key,
      channel,
      thread,
      posting,
      about: { entry: reply.key, change: run.id },
      ...marks(reply.key, untold, run, publisher),
      send: (call) => withPlain(drawn, () => ({ text: drawn.text, blocks: [] }), call, publisher, run.ref),
    },
    run,
    publisher,
  );
  await write(run, publisher, ({ posting: _, ...current }) => ({
    ...current,
    told: [...new Set([...(current.told ?? []), reply.key])],
  }));
}

function drawReply(
  reply: ChangeReply,
  view: ChangeView,
  language: Language,
  { drawChange, warn }: ChangePublisher,
): Drawn {
  try {
    return drawChange.reply(reply, view, language);
  } catch (error) {
    warn('reply about an approval could not be drawn', { record: view.ref, error: String(error) });
    return { text: `${reply.key} ${view.ref}`, blocks: [] };
  }
}

/** How a post of this change is marked before it is begun, and how the mark is taken away again. */
function marks(
  key: string,
  wanted: (card: ChangeCard) => boolean,
  run: ChangeRun,
  publisher: ChangePublisher,
): Pick<Post, 'mark' | 'unmark'> {
  return {
    mark: (at) =>
      write(run, publisher, (card) => (wanted(card) ? { ...card, posting: { key, at } } : undefined)),
    unmark: async (at) => {
      await write(run, publisher, ({ posting, ...card }) => (posting?.at === at ? card : undefined));
    },
  };
}

/** Writes the card's state, and nothing else of the change; true when this call wrote it. */
async function write(
  run: ChangeRun,
  { changes }: ChangePublisher,
  step: (card: ChangeCard) => ChangeCard | undefined,
): Promise<boolean> {
  const { changed } = await amend<string, Change>(changes, run.id, (change) => {
    const card = change.card && step(change.card);
    if (card === undefined) return undefined;
    const { queuedAt: _, ...shown } = card;
    return { ...change, card: shown.shownRevision >= (change.revision ?? 0) ? shown : card };
  });
  return changed;
}

/** The card is to be shown anew: a higher revision, so that the queue takes the refresh for a new one. */
async function raise(
  run: ChangeRun,
  publisher: ChangePublisher,
  step: (card: ChangeCard) => ChangeCard | undefined,
): Promise<void> {
  const { record } = await amend<string, Change>(publisher.changes, run.id, (change) => {
    const card = change.card && step(change.card);
    return card && { ...change, card, revision: (change.revision ?? 0) + 1 };
  });
  if (isCarded(record)) await enqueue(record, run, publisher);
}

/** The channel refuses: the card goes to the next best one, whose own group posts it. */
async function moveToFallback(
  { card }: Carded,
  run: ChangeRun,
  publisher: ChangePublisher,
  error: SlackRefused,
): Promise<void> {
  const wanted = card.insteadOf?.channel ?? card.channel;
  const at = publisher.fallbackChannels.indexOf(card.channel);
  const channel = publisher.fallbackChannels.slice(at + 1).find((other) => other !== wanted);
  if (channel === undefined) throw error;
  publisher.warn('channel cannot be reached; its approval card goes to another one', {
    record: run.ref,
    channel: card.channel,
    because: error.code,
    instead: channel,
  });
  await raise(run, publisher, ({ ts: _, posting: __, shownHash: ___, ...current }) =>
    current.channel === card.channel
      ? { ...current, channel, insteadOf: { channel: wanted, because: error.code } }
      : undefined,
  );
}

/** Somebody deleted the card, or it can no longer be edited: a new one is posted. */
function repost(run: ChangeRun, publisher: ChangePublisher): Promise<void> {
  return raise(run, publisher, ({ ts: _, posting: __, shownHash: ___, ...card }) => card);
}
