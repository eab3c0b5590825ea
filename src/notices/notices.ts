import type { Queues } from '../queues';
import { type Amendable, type Item, type Key, recordType, type Table } from '../store';
import { type NewNotice, type Notice, type NoticeKey, noticeRef } from './notice';

export interface Notices extends Amendable<NoticeKey, Notice> {
  /** Writes a new notice; false when it has been given before. */
  create(notice: Notice): Promise<boolean>;
}

function itemKey({ kind, subject }: NoticeKey): Key {
  return { pk: 'NOTICE', sk: `${kind}#${subject.toLowerCase()}` };
}

export const noticeItems = recordType<Notice>('notice');

const itemOf = (notice: Notice): Item => noticeItems.toItem(itemKey(notice), notice);

export function tableNotices(table: Table): Notices {
  return {
    async load(key) {
      const item = await table.get(itemKey(key));
      return item && noticeItems.fromItem(item);
    },
    create: (notice) => table.create(itemOf(notice)),
    replace: (notice, version) => table.replace(itemOf(notice), version),
  };
}

/** Queues the post of a notice. */
export async function enqueueNotice(notice: Notice, queues: Queues): Promise<void> {
  await queues.card({ record: noticeRef(notice), revision: notice.version, channel: notice.channel });
}

/** Gives a notice, once for good. */
export async function giveNotice(notice: NewNotice, notices: Notices, queues: Queues): Promise<void> {
  const written: Notice = { ...notice, version: 1, unsettled: notice.at };
  if (await notices.create(written)) await enqueueNotice(written, queues);
}
