import { words } from '../blocks/words';
import type { Thread } from '../local/slack';
import type { Catalogue } from '../src/controls';
import { issueRegion, readFindings } from '../src/findings';
import { type Issue, isOpen, issueItemKey, issueKeyOf, type Request, requestRef } from '../src/requests';
import { METADATA_EVENT } from '../src/slack';
import { type Document, eventOf } from './documents';

/** One request and its issues, as the table holds them. */
export interface Stored {
  readonly request: Request;
  readonly issues: readonly Issue[];
}

/** What came of a burst. */
export interface Audit {
  /** Issues that are not open in the table, or that no card and no thread shows. */
  readonly lost: number;
  /** Cards and thread entries beyond the first of their kind. */
  readonly doubled: number;
  /** One line each. */
  readonly problems: readonly string[];
}

/**
 * Compares what was sent with what people can see in Slack. An issue has been shown when the message that carries
 * its request and the number of its news (in the metadata) stands in Slack, and the request's card counts all open
 * issues.
 * @param findings what was sent, each once; all of them are to be open
 * @param messages of all channels, with their replies and metadata
 */
export function auditBurst(
  findings: readonly Document[],
  stored: readonly Stored[],
  messages: readonly Thread[],
  catalogue: Catalogue,
): Audit {
  const problems: string[] = [];
  const posts = new Map<string, number>();
  for (const message of messages) {
    for (const post of [message, ...message.replies]) {
      const mark = markOf(post['metadata']);
      if (mark !== undefined) posts.set(mark, (posts.get(mark) ?? 0) + 1);
    }
  }
  const cards = new Map<string, Thread[]>();
  for (const message of messages) {
    const record = recordOf(message) ?? 'unmarked';
    cards.set(record, [...(cards.get(record) ?? []), message]);
  }

  let doubled = 0;
  for (const [mark, times] of posts) {
    if (times === 1) continue;
    doubled += times - 1;
    problems.push(`${mark} was posted ${times} times`);
  }
  for (const [record, some] of cards) {
    // Two cards of one request whose marks differ are not counted above.
    const marks = new Set(some.map((card) => markOf(card['metadata']))).size;
    if (marks < 2) continue;
    doubled += marks - 1;
    problems.push(`${record} has ${some.length} cards`);
  }

  const shown = new Set<string>();
  for (const { request, issues } of stored) {
    const ref = requestRef(request);
    const open = issues.filter(isOpen);
    const card = cards.get(ref)?.[0];
    if (card === undefined || !counts(card, open.length)) {
      problems.push(`${ref}: ${card ? `its card does not count ${open.length} resources` : 'no card'}`);
      continue;
    }
    for (const issue of open) {
      if (posts.has(`${ref}#${issue.news?.seq}`)) shown.add(idOf(issue));
      else problems.push(`${ref}: nobody was told of ${issue.resource.id}`);
    }
  }
  const lost = findings.filter((finding) => !shown.has(issueOf(finding, catalogue)));
  for (const finding of lost) problems.push(`lost: ${finding.Id}`);
  return { lost: lost.length, doubled, problems };
}

/** The record that a post of the bot's tells of; undefined for other messages. */
export function recordOf(message: Thread): string | undefined {
  return markOf(message['metadata'])?.split('#')[0];
}

/** `record#key` of a post of the bot's. */
export function markOf(metadata: unknown): string | undefined {
  const { event_type: type, event_payload: payload } = (metadata ?? {}) as {
    event_type?: unknown;
    event_payload?: { record?: unknown; key?: unknown };
  };
  return type === METADATA_EVENT ? `${String(payload?.record)}#${String(payload?.key)}` : undefined;
}

/** True when the card says that it is about so many resources. */
function counts(card: Thread, open: number): boolean {
  const text = JSON.stringify(card.blocks ?? []);
  return (['ja', 'en'] as const).some((language) => text.includes(words(language).card.resources(open)));
}

export function idOf(issue: Parameters<typeof issueKeyOf>[0]): string {
  const { pk, sk } = issueItemKey(issueKeyOf(issue));
  return `${pk} ${sk}`;
}

export function issueOf(document: Document, catalogue: Catalogue): string {
  const [finding] = readFindings(eventOf(document), catalogue).findings;
  if (finding === undefined) throw new Error(`${document.Id} cannot be read`);
  return idOf({ ...finding, region: issueRegion(finding, catalogue) });
}
