import type { Queues } from '../queues';
import { type Amendable, clockAttributes, type Item, type Key, type Table } from '../store';
import { type Notice, type NoticeKey, noticeRef } from './notice';

export interface Notices extends Amendable<NoticeKey, Notice> {
  /** Writes a new notice; false when it has been given before. */
  create(notice: Notice): Promise<boolean>;
}

/** Minutes after which the clock posts a notice that a crash has left behind. */
const POST_WITHIN_MINUTES = 10;

function itemKey({ kind, control }: NoticeKey): Key {
  return { pk: 'NOTICE', sk: `${kind}#${control.toLowerCase()}` };
}

function toItem(notice: Notice): Item {
  const key = itemKey(notice);
  const { nextAt: _, ...rest } = notice;
  const due =
    notice.unsettled === undefined
      ? undefined
      : new Date(Date.parse(notice.unsettled) + POST_WITHIN_MINUTES * 60_000).toISOString();
  return { ...rest, ...key, type: 'notice', ...clockAttributes(key, due) };
}

export function noticeFromItem(item: Item): Notice {
  const { pk: _pk, sk: _sk, type: _type, clockPk: _clockPk, ...notice } = item;
  return notice as unknown as Notice;
}

export function tableNotices(table: Table): Notices {
  return {
    async load(key) {
      const item = await table.get(itemKey(key));
      return item && noticeFromItem(item);
    },
    create: (notice) => table.create(toItem(notice)),
    replace: (notice, version) => table.replace(toItem(notice), version),
  };
}

/** Queues the post of a notice. */
export async function enqueueNotice(notice: Notice, queues: Queues): Promise<void> {
  await queues.card({ record: noticeRef(notice), revision: notice.version, channel: notice.channel });
}

/** Gives a notice to the security team, once for good. */
export async function giveNotice(
  notice: Omit<Notice, 'version' | 'unsettled' | 'nextAt'>,
  notices: Notices,
  queues: Queues,
): Promise<void> {
  const written: Notice = { ...notice, version: 1, unsettled: notice.at };
  if (await notices.create(written)) await enqueueNotice(written, queues);
}
