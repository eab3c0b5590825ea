import type { Thread } from '../local/slack';
import type { Catalogue } from '../src/controls';
import { type Issue, isOpen, type Request, requestKeyOf, requestRef } from '../src/requests';
import { idOf, issueOf, markOf, recordOf } from './audit-burst';
import type { Document } from './documents';

/** What the table holds after a storm. */
export interface StormTable {
  readonly requests: readonly Request[];
  readonly issues: readonly Issue[];
  /** References of the requests that a bulletin has told, by its reference. */
  readonly told: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface StormAudit {
  /** Findings that are not stored, or that people should have been told of and were not. */
  readonly lost: number;
  /** Messages and thread entries beyond the first of their kind, and requests that two messages opened. */
  readonly doubled: number;
  /** How many of the findings' issues rest in each state. */
  readonly states: Readonly<Record<string, number>>;
  /** One line each. */
  readonly problems: readonly string[];
}

/**
 * Compares what was sent with the table and with what stands in Slack. An issue is told when the message with the number
 * of its news stands there, or a bulletin that says it has told its request; suppressed at once by policy, it need not be.
 * @param messages of all channels, with their replies and metadata
 */
export function auditStorm(
  findings: readonly Document[],
  table: StormTable,
  messages: readonly Thread[],
  catalogue: Catalogue,
): StormAudit {
  const problems: string[] = [];
  const posts = countBy(
    messages.flatMap((message) => [message, ...message.replies]),
    (post) => markOf(post['metadata']),
  );
  const heads = Map.groupBy(
    messages.filter((message) => recordOf(message) !== undefined),
    (message) => recordOf(message) ?? '',
  );
  const requests = new Map(table.requests.map((request) => [requestRef(request), request]));
  const issues = new Map(table.issues.map((issue) => [idOf(issue), issue]));
  const ofRequest = Map.groupBy(table.issues, (issue) => requestRef(requestKeyOf(issue)));

  let doubled = 0;
  const twice = (count: number, problem: string) => {
    doubled += count;
    problems.push(problem);
  };
  for (const [mark, times] of posts) {
    if (times > 1) twice(times - 1, `${mark} was posted ${times} times`);
  }
  for (const [record, some] of heads) {
    const marks = new Set(some.map((message) => markOf(message['metadata']))).size;
    if (marks > 1) twice(marks - 1, `${record} has ${marks} messages of its own`);
  }
  const tellers = new Map<string, number>();
  for (const [bulletin, told] of table.told) {
    if (heads.has(bulletin)) for (const ref of told) tellers.set(ref, (tellers.get(ref) ?? 0) + 1);
  }
  for (const [ref, count] of tellers) {
    if (count > 1) twice(count - 1, `${ref} is listed in ${count} bulletins`);
    const [card] = heads.get(ref) ?? [];
    // A card beside the bulletin has to tell more than that has told.
    const news = (ofRequest.get(ref) ?? []).map((issue) => `${ref}#${issue.news?.seq}`);
    if (card && news.length > 0 && news.every((mark) => mark === markOf(card['metadata']))) {
      twice(1, `${ref} was told by a bulletin and by its card`);
    }
  }

  const isTold = (issue: Issue): boolean => {
    const ref = requestRef(requestKeyOf(issue));
    if (posts.has(`${ref}#${issue.news?.seq}`)) return true;
    // Once it is suppressed its news are over: its request's card, or its line, has told it.
    const carded = !isOpen(issue) && heads.has(ref);
    return carded || tellers.has(ref);
  };
  const lost = findings.filter((finding) => {
    const id = issueOf(finding, catalogue);
    const issue = issues.get(id);
    const because =
      issue === undefined
        ? 'is not stored'
        : !requests.has(requestRef(requestKeyOf(issue))) && isOpen(issue)
          ? 'has no request'
          : !(isOpen(issue) || issue.state === 'suppressed')
            ? `rests as ${issue.state}`
            : toBeTold(issue) && !isTold(issue)
              ? 'was told to nobody'
              : undefined;
    if (because !== undefined) problems.push(`${id} ${because}`);
    return because !== undefined;
  });
  const states = countBy(findings, (finding) => issues.get(issueOf(finding, catalogue))?.state ?? 'missing');
  return { lost: lost.length, doubled, states: Object.fromEntries(states), problems };
}

/** All but what policy suppresses without a word. */
function toBeTold({ cause }: Issue): boolean {
  return !(cause?.by === 'policy' && cause.treatment === 'ignore');
}

function countBy<T>(items: readonly T[], nameOf: (item: T) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = nameOf(item);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
