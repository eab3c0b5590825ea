import { accountRequestItems, accountRequestRef } from '../../src/account-requests';
import { type Bulletin, bulletinItems, bulletinRef } from '../../src/bulletins';
import { changeItems, isWaiting } from '../../src/changes';
import { noticeItems, noticeRef } from '../../src/notices';
import {
  type Issue,
  isOpen,
  issueItems,
  type Request,
  type RequestKey,
  requestItemKey,
  requestItems,
  requestKeyOf,
  requestRef,
} from '../../src/requests';
import type { Item } from '../../src/store';
import { brokenByChange } from './change-promises';
import { where } from './where';

/** A message of the bot as it stands in Slack, by what it tells. */
export interface Posted {
  readonly channel: string;
  readonly record: string;
  readonly key: string;
}

/** What the bot did to the outside, in order. */
export type Done =
  | { readonly what: 'post'; readonly record: string }
  | { readonly what: 'workflow'; readonly status: string; readonly ids: readonly string[] };

/** Everything there is when all has come to rest. */
export interface Outcome {
  readonly items: readonly Item[];
  readonly posts: readonly Posted[];
  readonly done: readonly Done[];
  /** Workflow statuses that Security Hub holds, by finding id. */
  readonly workflow: ReadonlyMap<string, string>;
  readonly mode: 'observe' | 'notify' | 'enforce';
}

const END_STATES: readonly string[] = ['applied', 'failed', 'denied', 'undone', 'expired'];

/** An outcome by its records. */
interface Records extends Outcome {
  readonly issues: readonly Issue[];
  readonly requests: ReadonlyMap<string, Request>;
  /** Bulletins by reference. */
  readonly bulletins: ReadonlyMap<string, Bulletin>;
  /** The line by which a bulletin lists a request. */
  readonly line: (bulletin: string, request: string) => Item | undefined;
}

const refOf = (issue: Issue) => requestRef(requestKeyOf(issue));

function recordsOf(outcome: Outcome): Records {
  const of = (type: string) => outcome.items.filter((item) => item['type'] === type);
  const requests = of('request').map(requestItems.fromItem);
  const lines = of('line');
  const homes = new Map(of('bulletin').map((item) => [bulletinRef(bulletinItems.fromItem(item)), item]));
  return {
    ...outcome,
    issues: of('issue').map(issueItems.fromItem),
    requests: new Map(requests.map((request) => [requestRef(request), request])),
    bulletins: new Map([...homes].map(([ref, item]) => [ref, bulletinItems.fromItem(item)])),
    line: (bulletin, request) =>
      lines.find(({ pk, sk }) => pk === homes.get(bulletin)?.pk && sk === `L#${request}`),
  };
}

/** The promises that an outcome breaks, in words; none when all are kept, whatever the flow was. */
export function brokenPromises(outcome: Outcome): string[] {
  const records = recordsOf(outcome);
  return [
    ...records.items.flatMap((item) => unfinished(item, records)),
    ...postedTwice(records),
    ...[...records.requests.values()].flatMap((request) => brokenByRequest(request, records)),
    ...records.issues.flatMap((issue) => brokenByIssue(issue, records)),
    ...records.items.flatMap((item) =>
      item['type'] === 'change' ? brokenByChange(changeItems.fromItem(item), records) : [],
    ),
    ...records.items.flatMap((item) => toldOnce(item, records)),
    ...toldTooEarly(records),
  ];
}

const WITH_HISTORY: readonly string[] = ['issue', 'change', 'account', 'account-request'];

/** Nothing is left to be done, and history is complete. */
function unfinished(item: Item, { items }: Records): string[] {
  const name = `${item.pk} ${item.sk}`;
  const keepsHistory = WITH_HISTORY.includes(String(item['type']));
  const copied = items.filter(({ pk, sk }) => pk === `${item.pk}#${item.sk}#H` && sk.startsWith('S#')).length;
  const change = item['type'] === 'change' ? changeItems.fromItem(item) : undefined;
  const rests = change === undefined || END_STATES.includes(change.status) || isWaiting(change);
  return where(
    [item['unsettled'] !== undefined, `${name} is left unsettled`],
    [((item['uncopied'] ?? []) as unknown[]).length > 0, `${name} has history that was not kept`],
    [
      keepsHistory && copied !== item['seq'],
      `${name} has ${copied} history entries, not ${String(item['seq'])}`,
    ],
    [!rests, `${name} rests as ${change?.status}`],
  );
}

function postedTwice({ posts, bulletins }: Records): string[] {
  const names = posts.map(({ channel, record, key }) => `${channel} ${record}#${key}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...twice.map((name) => `${name} is posted twice`),
    ...[...bulletins].flatMap(([ref, { card }]) => {
      const times = posts.filter(({ record }) => record === ref).length;
      return where(
        [times !== (card.ts === undefined ? 0 : 1), `${ref} is posted ${times} times`],
        [card.posting !== undefined, `${ref} is still being posted`],
      );
    }),
  ];
}

/** A notice stands in Slack once, and so do a timeline and everything that its thread is told; it is as its record is. */
function toldOnce(item: Item, { posts }: Records): string[] {
  const keysOf = (ref: string) => posts.filter(({ record }) => record === ref).map(({ key }) => key);
  if (item['type'] === 'notice') {
    const ref = noticeRef(noticeItems.fromItem(item));
    return where([keysOf(ref).length !== 1, `${ref} is posted ${keysOf(ref).length} times`]);
  }
  if (item['type'] !== 'account-request') return [];
  const { id, card, revision } = accountRequestItems.fromItem(item);
  const ref = accountRequestRef(id);
  const keys = keysOf(ref);
  return where(
    [keys.filter((key) => key === 'card').length !== 1, `${ref} has not one card: ${keys.join()}`],
    [new Set(keys).size < keys.length, `${ref} has told something twice: ${keys.join()}`],
    [card.shownRevision < revision, `${ref} is not shown as it is`],
    [card.posting !== undefined, `${ref} is still being posted`],
    [card.queuedAt !== undefined, `${ref} still waits to be shown`],
  );
}

function brokenByRequest(request: Request, { issues, bulletins, posts, line }: Records): string[] {
  const ref = requestRef(request);
  const { card, held } = request;
  const bulletin = held && bulletins.get(held.bulletin);
  const open = issues.some((issue) => isOpen(issue) && refOf(issue) === ref);
  const stands = posts.some(({ record, channel }) => record === ref && channel === card.channel);
  return where(
    [card.posting !== undefined, `${ref} is still being posted`],
    [request.outbox.length > 0 && held === undefined, `${ref} has entries that were not told, or not kept`],
    [held !== undefined && bulletin === undefined, `${ref} waits for a bulletin that does not exist`],
    [bulletin?.card.ts !== undefined, `${ref} waits for a bulletin that has been posted`],
    [held !== undefined && !line(held.bulletin, ref), `${ref} waits for a bulletin that does not list it`],
    [request.phase === 'open' && !open, `${ref} is open without an open issue`],
    [request.phase === 'done' && open, `${ref} is done with an open issue`],
    [card.ts !== undefined && !stands, `the card of ${ref} does not stand in Slack`],
    [open && request.own === true && card.ts === undefined, `${ref} never got the card it wants`],
  );
}

/** Every open issue has been told, or waits for its bulletin; Security Hub says what the issue says. */
function brokenByIssue(issue: Issue, { requests, bulletins, line, mode, workflow }: Records): string[] {
  const ref = refOf(issue);
  const name = `${ref} ${issue.resource.id}`;
  const request = requests.get(ref);
  const writes = mode === 'enforce';
  const heldBack = mode === 'observe' && issue.product !== 'guardduty' && issue.sentAt === undefined;
  const waits = request?.held !== undefined;
  const asked = isOpen(issue) && !heldBack && !waits;
  const list = request?.listed?.bulletin ?? '';
  const listed = line(list, ref)?.['told'] === true && bulletins.get(list)?.card.ts !== undefined;
  const shown = (issue.news?.seq ?? Infinity) <= (request?.card.toldThrough ?? 0);
  const statuses = Object.values(issue.findings).flatMap(({ id, recordState }) =>
    recordState === 'ACTIVE' ? (workflow.get(id) ?? []) : [],
  );
  const says = (status: string) => statuses.every((other) => other === status);
  return where(
    [issue.waiting === true && !waits, `${name} waits, but its request does not`],
    [writes && issue.lift === true, `${name} is still to be lifted`],
    [writes && issue.state === 'suppressing', `${name} is still being suppressed`],
    [asked && !shown, `${name} is open, and nobody has been told`],
    [
      asked && request?.card.ts === undefined && !listed,
      `${name} is told neither by a card nor by a bulletin`,
    ],
    [asked && writes && issue.state === 'notifying', `${name} has been told, and is not suppressed`],
    [
      writes && issue.state === 'suppressed' && !says('SUPPRESSED'),
      `${name}: Security Hub says ${statuses.join()}`,
    ],
    [
      asked && writes && issue.state === 'open' && !says('NOTIFIED'),
      `${name}: Security Hub says ${statuses.join()}`,
    ],
  );
}

/** NOTIFIED, and SUPPRESSED of what is told first, are written after the post that tells it. */
function toldTooEarly({ done, issues, line }: Records): string[] {
  return done.flatMap((write, index) => {
    if (write.what !== 'workflow') return [];
    const before = done.slice(0, index).flatMap((act) => (act.what === 'post' ? [act.record] : []));
    return write.ids.flatMap((id) => {
      const issue = issues.find(({ findings }) => Object.values(findings).some((seen) => seen.id === id));
      if (issue === undefined) return [];
      const toldFirst = issue.cause?.by === 'policy' && issue.cause.treatment === 'notify';
      if (write.status !== 'NOTIFIED' && !(write.status === 'SUPPRESSED' && toldFirst)) return [];
      const ref = refOf(issue);
      const told = before.some((record) => record === ref || line(record, ref) !== undefined);
      return told ? [] : [`Security Hub heard ${write.status} of ${ref} before anybody was told`];
    });
  });
}

/** The request as it is stored. */
export function requestIn(items: readonly Item[], key: RequestKey): Request | undefined {
  const { pk, sk } = requestItemKey(key);
  const item = items.find((other) => other.pk === pk && other.sk === sk);
  return item && requestItems.fromItem(item);
}
