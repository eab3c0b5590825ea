import type { Log } from '../log';
import type { Notice, NoticeKey, Notices } from '../notices';
import { enqueueNotice, noticeRef } from '../notices';
import type { Queues } from '../queues';
import { type Drawn, SlackRefused } from '../slack';
import { amend } from '../store';
import { type Pacing, pace, postOnce } from './post-once';
import { CHANNEL_GONE } from './refused';
import type { Run } from './run';

export interface NoticePublisher extends Pacing {
  readonly notices: Notices;
  readonly queues: Queues;
  readonly drawNotice: (notice: Notice) => Drawn;
  /** Where a notice goes whose channel cannot be reached, best first. */
  readonly fallbackChannels: readonly string[];
  readonly warn: Log['warn'];
}

/**
 * Posts a notice, once; in the next best channel where its own cannot be reached.
 * @throws SlackRateLimited (wait, then deliver again), SlackUnreachable and whatever the store throws (deliver again)
 */
export async function publishNotice(key: NoticeKey, publisher: NoticePublisher): Promise<void> {
  const { notices } = publisher;
  const notice = await notices.load(key);
  if (notice === undefined || notice.ts !== undefined) return;
  const run: Run = { ref: noticeRef(notice), startedAt: publisher.now().getTime(), lastPostAt: 0, posts: 0 };
  try {
    const ts = await postOnce(
      {
        key: notice.kind,
        channel: notice.channel,
        posting: notice.posting,
        mark: async (at) => {
          const { changed } = await amend(notices, notice, (current) =>
            current.ts === undefined ? { ...current, posting: { key: notice.kind, at } } : undefined,
          );
          return changed;
        },
        unmark: async (at) => {
          await amend(notices, notice, (current) => {
            const { posting, ...rest } = current;
            return posting?.at === at ? rest : undefined;
          });
        },
        send: (call) => call(publisher.drawNotice(notice)),
      },
      run,
      publisher,
    );
    await amend(notices, notice, ({ posting: _, unsettled: __, ...rest }) => ({ ...rest, ts }));
  } catch (error) {
    if (!(error instanceof SlackRefused) || !CHANNEL_GONE.includes(error.code)) throw error;
    await moveToFallback(notice, publisher, error);
  } finally {
    await pace(run, publisher);
  }
}

/** The channel refuses: the notice goes to the next best one, whose own group posts it. */
async function moveToFallback(
  notice: Notice,
  { notices, queues, fallbackChannels, warn }: NoticePublisher,
  error: SlackRefused,
): Promise<void> {
  const at = fallbackChannels.indexOf(notice.channel);
  const channel = fallbackChannels[at + 1];
  if (channel === undefined) throw error;
  warn('channel cannot be reached; its notice goes to another one', {
    record: noticeRef(notice),
    channel: notice.channel,
    because: error.code,
    instead: channel,
  });
  const { record, changed } = await amend(notices, notice, (current) => {
    if (current.ts !== undefined || current.channel !== notice.channel) return undefined;
    const { posting: _, ...rest } = current;
    return { ...rest, channel };
  });
  if (changed && record) await enqueueNotice(record, queues);
}
