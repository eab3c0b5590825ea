import type { Account } from '../../src/accounts';
import type { Notice } from '../../src/notices';
import type { Language } from '../../src/playbooks';
import { code, context, excerpt, joined, type Message, message, mrk, section } from '../kit';
import { accountLabel, regionLabel } from '../phrases';
import { words } from '../words';

/** What the security team is told once a control: that AWS cannot check it. */
export function drawNotice(
  notice: Pick<Notice, 'control' | 'title' | 'region'>,
  account: Pick<Account, 'id' | 'name'>,
  language: Language,
): Message {
  const w = words(language);
  const said = w.notice.unchecked(code(notice.control, 120));
  return message(said, [
    section(joined([mrk`*${said}*`, excerpt(notice.title, 300)])),
    section(joined([mrk`${w.notice.uncheckedWhy}`, mrk`${w.notice.uncheckedDo}`])),
    context(w.notice.uncheckedWhere(mrk`${accountLabel(account, w)}`, regionLabel(notice.region, w))),
  ]);
}
