import type { Notice, Notices } from '../notices';
import { noticeRef } from '../notices';
import type { Drawn } from '../slack';
import { amend } from '../store';
import { type Pacing, pace, postOnce } from './post-once';
import type { Run } from './run';

export interface NoticePublisher extends Pacing {
  readonly notices: Notices;
  readonly drawNotice: (notice: Notice) => Drawn;
}

/** Posts a notice, once. */
export async function publishNotice(
  key: Pick<Notice, 'kind' | 'control'>,
  publisher: NoticePublisher,
): Promise<void> {
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
  } finally {
    await pace(run, publisher);
  }
}
