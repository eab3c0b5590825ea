import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { BulletinView, LineView } from '../../src/bulletins';
import type { Language } from '../../src/playbooks';
import { lineSection } from '../cards/bulletins/bulletin-page';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { actions, button, code, context, modal, mrk, section } from '../kit';
import { accountLabel } from '../phrases';
import { type Words, words } from '../words';

/** How many requests one page of a bulletin's list shows. */
export const BULLETIN_PAGE = 15;
const ROOM = { lines: BULLETIN_PAGE, title: 200 };

/**
 * Every request of a bulletin, page by page, each with a button that brings its card or the link to it. The view
 * keeps the bulletin's reference as its metadata.
 * @param page counted from 1; one beyond the ends shows the nearest
 */
export function drawBulletinList(view: BulletinView, page: number, language: Language): ModalView {
  const w = words(language);
  const lines = linesOf(view);
  const pages = Math.max(1, Math.ceil(lines.length / BULLETIN_PAGE));
  const here = Math.min(Math.max(1, Math.trunc(page) || 1), pages);
  const shown = lines.slice((here - 1) * BULLETIN_PAGE, here * BULLETIN_PAGE);
  return modal({
    callback: CALLBACKS.bulletin,
    title: w.bulletin.list.title[view.kind],
    close: w.close,
    metadata: view.ref,
    blocks: [
      ...(view.kind === 'digest' ? [section(mrk`*${accountLabel(view.account, w)}*`)] : []),
      ...(shown.length === 0
        ? [section(w.bulletin.list.empty)]
        : [context(w.bulletin.list.page(here, pages, lines.length)), context(w.bulletin.list.how)]),
      ...shown.map((line) =>
        lineSection(
          line,
          { language, words: w, room: ROOM, plain: false },
          // Of one account only, which stands at the top.
          view.kind === 'digest' ? code(line.control, 60) : undefined,
        ),
      ),
      ...turning(here, pages, w),
    ],
  });
}

function linesOf(view: BulletinView): readonly LineView[] {
  if ('lines' in view) return view.lines;
  return view.kind === 'overdue' ? view.owners.flatMap(({ lines }) => lines) : [];
}

function turning(page: number, pages: number, w: Words): KnownBlock[] {
  const buttons: Button[] = [
    ...(page > 1 ? [button(ACTIONS.bulletinPrevious, w.resources.previous, String(page - 1))] : []),
    ...(page < pages ? [button(ACTIONS.bulletinNext, w.resources.next, String(page + 1))] : []),
  ];
  return buttons.length === 0 ? [] : [actions(BLOCKS.bulletinPages, buttons)];
}
