import { type Drawn, type Slack, SlackRateLimited, SlackRefused } from '../slack';
import type { Run } from './run';
import type { Shown } from './shown';

/** A worker that was held up longer than its message stayed invisible must not post: another has taken over. */
export class StaleWorkerError extends Error {
  override readonly name = 'StaleWorkerError';
}

/** Begun posts must be over before the queue (visibility 60 s) gives the message to somebody else. */
const POST_BEFORE_MS = 40_000;

export interface Pacing {
  readonly slack: Slack;
  /** Throws where people of other companies read along; see `channelSafety`. */
  readonly checkChannel: (channel: string) => Promise<void>;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
  /** Milliseconds that a post holds its channel; Slack takes about one message a second and channel. */
  readonly paceMs: number;
  /** Hears of everything that is shown. */
  readonly shown: (what: Shown) => void;
}

/** One message that is to be posted at most once. */
export interface Post {
  /** Number or name of what it tells, unique in its record; the message's metadata carry it. */
  readonly key: string;
  readonly channel: string;
  readonly thread?: string;
  /** What a thread is told, for the log: kind of the entry, and the change behind it. */
  readonly about?: Pick<Shown, 'entry' | 'change'>;
  /** When AWS last said something about what people are told here, where that is to be measured (ISO 8601). */
  readonly since?: string;
  /** The mark that was found in the record. */
  readonly posting: { readonly key: string; readonly at: string } | undefined;
  /** Writes the mark, if the message is still to be posted. */
  readonly mark: (at: string) => Promise<boolean>;
  /** Takes this very mark away again. */
  readonly unmark: (at: string) => Promise<void>;
  /** Calls Slack with the drawn message, or with a plainer one when its blocks are refused. */
  readonly send: (call: (message: Drawn) => Promise<string>) => Promise<string>;
}

/** Waits until the channel may be posted to again. */
export async function pace(run: Run, pacing: Pacing): Promise<void> {
  const wait = run.lastPostAt + pacing.paceMs - pacing.now().getTime();
  if (run.lastPostAt > 0 && wait > 0) await pacing.pause(wait);
}

/**
 * Posts at most once: the intention is written first, and a post whose answer was lost is looked for before it is
 * sent again.
 * @returns the message's ts
 * @throws StaleWorkerError when another worker has taken over, SlackRefused also for an externally shared channel
 */
export async function postOnce(post: Post, run: Run, pacing: Pacing): Promise<string> {
  const { key, channel, thread, posting, about, since: known } = post;
  const shown = (ts: string, did: Shown['did'], seconds?: number) =>
    pacing.shown({
      record: run.ref,
      revision: run.revision,
      channel,
      ts,
      did,
      ...about,
      seconds,
    });
  if (posting?.key === key) {
    const since = new Date(posting.at);
    const found = await pacing.slack.findPost(channel, { record: run.ref, key }, since, thread);
    if (found) {
      shown(found.ts, 'found');
      return found.ts;
    }
  }
  await pacing.checkChannel(channel);
  await pace(run, pacing);
  const at = pacing.now().toISOString();
  const marked = await post.mark(at);
  const late = pacing.now().getTime() - run.startedAt > POST_BEFORE_MS;
  if (!marked || late) throw new StaleWorkerError(`another worker shows ${run.ref}`);
  try {
    return await post.send(async (message) => {
      const posted = await pacing.slack.post(channel, message, { record: run.ref, key }, thread);
      run.lastPostAt = pacing.now().getTime();
      run.posts += 1;
      const seconds = known === undefined ? undefined : (run.lastPostAt - Date.parse(known)) / 1000;
      shown(posted.ts, thread === undefined ? 'posted' : 'replied', seconds);
      return posted.ts;
    });
  } catch (error) {
    // Certainly not posted: the next try need not look for it.
    if (error instanceof SlackRateLimited || error instanceof SlackRefused) await post.unmark(at);
    throw error;
  }
}
