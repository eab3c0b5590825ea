import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { Language } from '../../src/playbooks';
import type { Issue, RequestView } from '../../src/requests';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { actions, button, code, context, date, joined, modal, mrk, type SafeMrkdwn, section } from '../kit';
import { accountLabel, regionLabel } from '../phrases';
import { type Words, words } from '../words';

/** How many resources one page of the list shows. */
export const RESOURCES_PAGE = 20;

export interface ResourcesPage {
  readonly view: Pick<RequestView, 'ref' | 'account' | 'control'>;
  /** Those of this page, nearest deadline first; at most `RESOURCES_PAGE`. */
  readonly issues: readonly Issue[];
  /** Counted from 1. */
  readonly page: number;
  /** All open issues of the request. */
  readonly total: number;
}

/** The open resources of a request, page by page; the view keeps the request's reference as its metadata. */
export function drawResources(list: ResourcesPage, language: Language): ModalView {
  const w = words(language);
  const pages = Math.max(1, Math.ceil(list.total / RESOURCES_PAGE));
  return modal({
    callback: CALLBACKS.resources,
    title: w.resources.title,
    close: w.close,
    metadata: list.view.ref,
    blocks: [
      section(mrk`*${code(list.view.control, 120)}* ${accountLabel(list.view.account, w)}`),
      context(w.resources.heading(list.total, list.page, pages)),
      ...(list.issues.length === 0
        ? [section(w.resources.empty)]
        : list.issues.map((issue) => row(issue, w))),
      ...turning(list.page, pages, w),
    ],
  });
}

function row(issue: Issue, w: Words): KnownBlock {
  const facts: SafeMrkdwn[] = [
    regionLabel(issue.region, w),
    mrk`${w.severity[issue.severity]}`,
    ...(issue.due === undefined ? [] : [w.resources.due(date(issue.due))]),
    ...(issue.episodes > 1 ? [mrk`${w.thread.backBrief}`] : []),
  ];
  return section(mrk`${code(issue.resource.id, 1000)}\n${joined(facts, mrk` · `)}`);
}

function turning(page: number, pages: number, w: Words): KnownBlock[] {
  const buttons: Button[] = [
    ...(page > 1 ? [button(ACTIONS.previousPage, w.resources.previous, String(page - 1))] : []),
    ...(page < pages ? [button(ACTIONS.nextPage, w.resources.next, String(page + 1))] : []),
  ];
  return buttons.length === 0 ? [] : [actions(BLOCKS.pages, buttons)];
}
