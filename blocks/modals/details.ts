import type { KnownBlock, ModalView } from '@slack/types';
import type { Language } from '../../src/playbooks';
import type { Issue, RequestView, Seen } from '../../src/requests';
import type { HistoryEntry } from '../../src/store';
import { playbookBlocks } from '../cards/playbook';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import {
  code,
  consoleUrl,
  context,
  date,
  divider,
  excerpt,
  fields,
  joined,
  LIMITS,
  link,
  linkButton,
  modal,
  mrk,
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, regionLabel, titleOf } from '../phrases';
import { type Words, words } from '../words';

/** One issue with what is known of it. */
export interface IssueDetails {
  readonly issue: Issue;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
}

export interface RequestDetails {
  readonly view: RequestView;
  /** The most urgent ones; at most `DETAILS_SHOWN` are drawn. */
  readonly issues: readonly IssueDetails[];
  /** How many issues the request has altogether. */
  readonly total: number;
}

/** How many issues the details show: each takes up to eight of a view's hundred blocks. */
export const DETAILS_SHOWN = 10;
const FINDINGS_SHOWN = 3;
const HISTORY_SHOWN = 8;

/** Everything that is known of a request's issues, for whoever wants the ids; fewer of them if Slack would refuse it. */
export function drawDetails(details: RequestDetails, language: Language): ModalView {
  let count = Math.min(details.issues.length, DETAILS_SHOWN);
  let view = draw(details, count, language);
  while (count > 1 && Buffer.byteLength(JSON.stringify(view)) > LIMITS.viewBytes) {
    count -= 1;
    view = draw(details, count, language);
  }
  return view;
}

function draw({ view, issues, total }: RequestDetails, count: number, language: Language): ModalView {
  const w = words(language);
  const rest = total - count;
  return modal({
    callback: CALLBACKS.details,
    title: w.details.title,
    close: w.close,
    metadata: view.ref,
    blocks: [
      section(
        joined([mrk`*${excerpt(titleOf(view, language), 300)}*`, mrk`${accountLabel(view.account, w)}`]),
      ),
      ...(view.description.trim() === '' ? [] : [section(excerpt(view.description, 1500))]),
      ...(view.remediationUrl === undefined ? [] : [section(link(view.remediationUrl, w.card.readMore))]),
      ...whatToDo(view, language, w),
      context(w.details.signIn(code(view.account.id))),
      ...(count === 0 ? [section(w.details.empty)] : []),
      ...issues.slice(0, count).flatMap((one, place) => issueBlocks(one, place, w)),
      ...(rest > 0 ? [context(w.details.more(rest))] : []),
    ],
  });
}

/** The whole playbook: a card leaves commands out where it has too little room. */
function whatToDo(view: RequestView, language: Language, w: Words): KnownBlock[] {
  const playbook = view.playbook ?? view.threatPlaybook;
  return playbook === undefined ? [] : playbookBlocks(playbook, language, w);
}

function issueBlocks({ issue, history }: IssueDetails, place: number, w: Words): KnownBlock[] {
  const findings = Object.values(issue.findings);
  const hidden = findings.length - FINDINGS_SHOWN;
  return [
    divider(),
    section(mrk`*${w.details.resource}*\n${code(issue.resource.id, 2100)}`),
    fields([
      fact(w.details.type, excerpt(issue.resource.type, 120)),
      fact(w.details.state, mrk`${w.state[issue.state]}`),
      fact(w.details.region, regionLabel(issue.region, w)),
      fact(w.card.severityLabel, mrk`${w.severity[issue.severity]}`),
      ...(issue.openedAt === undefined ? [] : [fact(w.details.firstSeen, date(issue.openedAt))]),
      fact(w.details.lastSeen, date(issue.lastSeen)),
      ...(issue.due === undefined ? [] : [fact(w.details.due, date(issue.due))]),
      fact(w.details.episodes, mrk`${w.details.times(issue.episodes)}`),
      ...(issue.standards.length === 0 ? [] : [fact(w.details.standards, standardList(issue.standards))]),
    ]),
    ...findings
      .slice(0, FINDINGS_SHOWN)
      .map((seen, index) => finding(seen, `${BLOCKS.issue}:${place}:${index}`, w)),
    ...(hidden > 0 ? [context(w.details.moreFindings(hidden))] : []),
    ...(history.length === 0 ? [] : [context(story(history, w))]),
  ];
}

function fact(label: string, value: SafeMrkdwn): SafeMrkdwn {
  return mrk`*${label}*\n${value}`;
}

function standardList(standards: readonly string[]): SafeMrkdwn {
  return joined(standards.slice(0, 8).map((standard) => excerpt(standard, 120)));
}

function finding(seen: Seen, blockId: string, w: Words): KnownBlock {
  const url = consoleUrl(seen.region, seen.id);
  const facts = joined(
    [
      mrk`${w.workflow[seen.workflow]}`,
      mrk`${w.record[seen.recordState]}`,
      regionLabel(seen.region, w),
      date(seen.updatedAt),
    ],
    mrk` · `,
  );
  return section(
    mrk`*${w.details.findings}*\n${code(seen.id, 1000)}\n${facts}`,
    url === undefined ? undefined : linkButton(ACTIONS.console, w.details.console, url),
    blockId,
  );
}

/** A step of the record's life, its states in the reader's language; anything else in the record's own words. */
function steps(what: string, w: Words): SafeMrkdwn {
  const states: Readonly<Record<string, string>> = w.state;
  const named = what
    .split(' → ')
    .map((name) => (Object.hasOwn(states, name) ? (states[name] ?? name) : name));
  return excerpt(named.join(' → '), 120);
}

/** The newest lines, oldest of them first. */
function story(history: readonly HistoryEntry[], w: Words): SafeMrkdwn {
  const lines = history
    .slice(-HISTORY_SHOWN)
    .map(({ at, what, by, detail }) =>
      joined(
        [date(at), steps(what, w), by === undefined ? mrk`` : excerpt(by, 120), excerpt(detail ?? '', 200)],
        mrk` · `,
      ),
    );
  return joined([mrk`*${w.details.history}*`, ...lines]);
}
