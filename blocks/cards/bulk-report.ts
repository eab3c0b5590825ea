import type { Language } from '../../src/playbooks';
import type { SuppressedMany } from '../../src/suppressions';
import { code, joined, type Message, message, mrk, section } from '../kit';
import { accountLabel } from '../phrases';
import { words } from '../words';

/** What became of a suppression of several requests: seen by whoever asked, and by nobody else. */
export function drawBulkReport({ count, skipped }: SuppressedMany, language: Language): Message {
  const w = words(language);
  const text = joined([
    w.bulk.done(count),
    ...(skipped.length === 0 ? [] : [w.bulk.skipped(skipped.length)]),
    ...skipped.map(({ control, account }) => mrk`• ${code(control, 60)} ${accountLabel(account, w)}`),
  ]);
  return message(text, [section(text)]);
}
