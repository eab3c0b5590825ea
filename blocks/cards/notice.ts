import type { Account } from '../../src/accounts';
import type { Notice, OwnerNotice, SharedChannelNotice, UncheckedNotice } from '../../src/notices';
import type { Language } from '../../src/playbooks';
import { channelName, code, context, excerpt, joined, type Message, message, mrk, section } from '../kit';
import { accountLabel, addressed, addressedAll, regionLabel } from '../phrases';
import { type ShownWords, shownWords } from '../words/shown';

/** The parts of a notice that are shown. */
export type ShownNotice =
  | Pick<UncheckedNotice, 'kind' | 'control' | 'title' | 'region'>
  | Pick<OwnerNotice, 'kind' | 'before' | 'after' | 'by' | 'approvedBy'>
  | Pick<SharedChannelNotice, 'kind' | 'subject'>;

/**
 * What people are told once: that AWS cannot check a control, that an account has another owner, or that other companies
 * read a channel.
 * @param account the one it is about, where it is about one
 */
export function drawNotice(
  notice: ShownNotice | Notice,
  account: Pick<Account, 'id' | 'name'>,
  language: Language,
): Message {
  const w = shownWords(language);
  switch (notice.kind) {
    case 'unchecked':
      return unchecked(notice, account, w);
    case 'owner':
      return owner(notice, account, w);
    case 'shared-channel':
      return sharedChannel(notice.subject, w);
  }
}

function sharedChannel(channel: string, w: ShownWords): Message {
  const said = w.notice.sharedChannel(channelName(channel));
  return message(said, [
    section(joined([mrk`*${said}*`, mrk`${w.notice.sharedChannelWhy}`])),
    context(w.notice.sharedChannelDo),
  ]);
}

function unchecked(
  notice: Extract<ShownNotice, { kind: 'unchecked' }>,
  account: Pick<Account, 'id' | 'name'>,
  w: ShownWords,
): Message {
  const said = w.notice.unchecked(code(notice.control, 120));
  return message(said, [
    section(joined([mrk`*${said}*`, excerpt(notice.title, 300)])),
    section(joined([mrk`${w.notice.uncheckedWhy}`, mrk`${w.notice.uncheckedDo}`])),
    context(w.notice.uncheckedWhere(mrk`${accountLabel(account, w)}`, regionLabel(notice.region, w))),
  ]);
}

function owner(
  { before, after, by, approvedBy = [] }: Extract<ShownNotice, { kind: 'owner' }>,
  account: Pick<Account, 'id' | 'name'>,
  w: ShownWords,
): Message {
  const { ownership } = w;
  const name = mrk`${accountLabel(account, w)}`;
  const said =
    after === undefined
      ? ownership.removed(name)
      : before === undefined
        ? ownership.registered(name, addressed(after, w))
        : ownership.handedOver(name, addressed(before, w), addressed(after, w));
  const next = after === undefined ? ownership.toTheTeam : ownership.toTheOwner(addressed(after, w));
  return message(ownership.title(name), [
    section(joined([mrk`*${ownership.title(name)}*`, said, next])),
    context(
      approvedBy.length === 0
        ? ownership.changedBy(addressed(by, w))
        : ownership.approvedBy(addressed(by, w), addressedAll(approvedBy, w)),
    ),
  ]);
}
