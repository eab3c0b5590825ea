import { type Item } from '../../src/store';
import { bulletinItems, bulletinRef } from '../../src/bulletins';
import { changeItems } from '../../src/changes';
import {
  type Issue,
  isOpen,
  issueItems,
  parseRequestRef,
  type Request,
  requestItemKey,
  requestItems,
  requestKeyOf,
  requestRef,
} from '../../src/requests';

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

/** The promises that an outcome breaks, in words; none when all are kept, whatever the flow was. */
export function brokenPromises(outcome: Outcome): string[] {
  const broken: string[] = [];
  const promise = (kept: boolean, otherwise: string) => {
    if (!kept) broken.push(otherwise);
  };
  const { items, posts, done, workflow, mode } = outcome;
  const of = (type: string) => items.filter((item) => item['type'] === type);
  const byKey = new Map(items.map((item) => [`${item.pk}|${item.sk}`, item]));
  const issues = of('issue').map(issueItems.fromItem);
  const bulletins = new Map(of('bulletin').map((item) => [bulletinRef(bulletinItems.fromItem(item)), item]));
  const requests = new Map(
    of('request').map(requestItems.fromItem).map((request) => [requestRef(request), request]),
  );

  for (const item of items) {
    promise(item['unsettled'] === undefined, `${item.pk} ${item.sk} is left unsettled`);
    promise(((item['uncopied'] ?? []) as unknown[]).length === 0, `${item.pk} ${item.sk} has uncopied history`);
    if (item['type'] === 'issue' || item['type'] === 'change') {
      const copied = items.filter(({ pk, sk }) => pk === `${item.pk}#${item.sk}#H` && sk.startsWith('S#'));
      promise(copied.length === item['seq'], `${item.pk} ${item.sk} has ${copied.length} of ${item['seq']} entries`);
    }
  }
  for (const item of of('change')) {
    const change = changeItems.fromItem(item);
    promise(END_STATES.includes(change.status), `change ${change.kind} rests as ${change.status}`);
  }

  const told = new Map<string, number>();
  for (const { channel, record, key } of posts) {
    const name = `${channel} ${record}#${key}`;
    told.set(name, (told.get(name) ?? 0) + 1);
  }
  for (const [name, times] of told) promise(times === 1, `${name} is posted ${times} times`);
  for (const [ref, item] of bulletins) {
    const bulletin = bulletinItems.fromItem(item);
    const times = posts.filter(({ record }) => record === ref).length;
    promise(times === (bulletin.card.ts === undefined ? 0 : 1), `${ref} is posted ${times} times`);
    promise(bulletin.card.posting === undefined, `${ref} is still being posted`);
  }
  /** True when this bulletin stands in Slack and lists the request. */
  const listedIn = (bulletin: string, ref: string) => {
    const item = bulletins.get(bulletin);
    const line = item && byKey.get(`${item.pk}|L#${ref}`);
    return item !== undefined && line?.['told'] === true && bulletinItems.fromItem(item).card.ts !== undefined;
  };

  for (const [ref, request] of requests) {
    promise(request.card.posting === undefined, `${ref} is still being posted`);
    promise(
      request.outbox.length === 0 || request.held !== undefined,
      `${ref} has ${request.outbox.length} entries that were not told or not kept`,
    );
    if (request.held) {
      const item = bulletins.get(request.held.bulletin);
      const posted = item && bulletinItems.fromItem(item).card.ts !== undefined;
      promise(item !== undefined, `${ref} waits for a bulletin that does not exist`);
      promise(!posted, `${ref} waits for a bulletin that has been posted`);
      promise(byKey.has(`${item?.pk}|L#${ref}`), `${ref} waits for a bulletin that does not list it`);
    }
    const someOpen = issues.some((issue) => isOpen(issue) && requestRef(requestKeyOf(issue)) === ref);
    promise(request.phase !== 'open' || someOpen, `${ref} is open without an open issue`);
    promise(request.phase !== 'done' || !someOpen, `${ref} is done with an open issue`);
    const cards = posts.filter(({ record, channel }) => record === ref && channel === request.card.channel);
    promise(request.card.ts === undefined || cards.length > 0, `the card of ${ref} does not stand in Slack`);
    if (someOpen) promise(!request.own || request.card.ts !== undefined, `${ref} never got the card it wants`);
  }

  for (const issue of issues) for (const sentence of brokenBy(issue)) broken.push(sentence);

  for (const [index, { what, ...write }] of done.entries()) {
    if (what !== 'workflow') continue;
    const { status, ids } = write as Extract<Done, { what: 'workflow' }>;
    for (const id of ids) {
      const issue = issues.find(({ findings }) => Object.values(findings).some((seen) => seen.id === id));
      if (issue === undefined) continue;
      const notified = issue.cause?.by === 'policy' && issue.cause.treatment === 'notify';
      if (status !== 'NOTIFIED' && !(status === 'SUPPRESSED' && notified)) continue;
      const ref = requestRef(requestKeyOf(issue));
      const before = done.slice(0, index).some(
        (act) =>
          act.what === 'post' &&
          (act.record === ref || byKey.has(`${bulletins.get(act.record)?.pk}|L#${ref}`)),
      );
      promise(before, `Security Hub heard ${status} of ${ref} before anybody was told`);
    }
  }
  return broken;

  function brokenBy(issue: Issue): string[] {
    const name = `${requestRef(requestKeyOf(issue))} ${issue.resource.id}`;
    const ref = requestRef(requestKeyOf(issue));
    const request: Request | undefined = requests.get(ref);
    const said: string[] = [];
    const expect = (kept: boolean, otherwise: string) => {
      if (!kept) said.push(`${name} ${otherwise}`);
    };
    const heldBack = mode === 'observe' && issue.product !== 'guardduty' && issue.sentAt === undefined;
    expect(!issue.waiting || request?.held !== undefined, 'waits, but its request does not');
    expect(!issue.lift || mode !== 'enforce', 'is still to be lifted');
    expect(issue.state !== 'suppressing' || mode !== 'enforce', 'is still being suppressed');
    if (isOpen(issue) && !heldBack) {
      expect(request !== undefined, 'is open, and there is no request');
      if (request && !request.held) {
        expect((issue.news?.seq ?? Infinity) <= request.card.toldThrough, 'is open, and nobody has been told');
        expect(issue.state === 'open' || mode !== 'enforce', 'has been told, and is not suppressed');
        const listed = request.listed !== undefined && listedIn(request.listed.bulletin, ref);
        expect(request.card.ts !== undefined || listed, 'is told neither by a card nor by a bulletin');
      }
    }
    if (mode !== 'enforce') return said;
    for (const seen of Object.values(issue.findings)) {
      const status = workflow.get(seen.id);
      // What came through Security Hub as well is not GuardDuty's alone, whichever was first.
      if (seen.recordState === 'ARCHIVED' || status === undefined) continue;
      if (issue.state === 'suppressed') expect(status === 'SUPPRESSED', `is suppressed; Security Hub says ${status}`);
      if (issue.state === 'open' && !request?.held) {
        expect(status === 'NOTIFIED', `is open; Security Hub says ${status}`);
      }
    }
    return said;
  }
}

/** Where an item of a request stands. */
export function requestItem(items: readonly Item[], ref: string): Item | undefined {
  const key = parseRequestRef(ref);
  const at = key && requestItemKey(key);
  return items.find(({ pk, sk }) => pk === at?.pk && sk === at.sk);
}
