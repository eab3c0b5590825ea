import type { KnownBlock, ModalView } from '@slack/types';
import type { Language } from '../../src/playbooks';
import { CALLBACKS } from '../ids';
import { modal, section } from '../kit';
import { words } from '../words';

/** Characters of CSV that a modal shows: far below the 250 KB that a view may have. */
const SHOWN = 60_000;

/** The accounts that wait for an owner as CSV, to be copied, filled in and imported. */
export function drawAccountsCsv(csv: string, language: Language): ModalView {
  const w = words(language);
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const shown = within(lines, SHOWN);
  const rest = lines.length - shown.length;
  return modal({
    callback: CALLBACKS.accountsCsv,
    title: w.owners.csv.title,
    close: w.close,
    blocks:
      lines.length < 2
        ? [section(w.owners.csv.nothing)]
        : [
            section(w.owners.csv.about),
            preformatted(shown.join('\n')),
            ...(rest > 0 ? [section(w.owners.csv.cut(rest))] : []),
          ],
  });
}

/** As many whole lines as fit. */
function within(lines: readonly string[], most: number): readonly string[] {
  let left = most;
  return lines.filter((line) => {
    left -= line.length + 1;
    return left >= 0;
  });
}

/** Text as it is: it is no markup, so nothing in it can mention or link. */
function preformatted(text: string): KnownBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}
