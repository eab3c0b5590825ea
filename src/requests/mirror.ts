import type { FindingName, FindingWriter } from '../aws';
import type { FindingKey, WorkflowStatus } from '../findings';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import { amend } from '../store';
import { contentHash } from './content-hash';
import { moveIssue } from './decide';
import type { Cause, Issue, Seen } from './issue';
import { isOpen } from './issue';
import { type IssueKey, issueKeyOf, issueName, requestKeyOf, requestRef } from './keys';
import type { Request } from './request';
import { type Effects, emitTogether, enqueueWorkflow, settleIssue } from './settle';

export interface Mirror extends Effects {
  readonly hub: FindingWriter;
  readonly pause: (ms: number) => Promise<void>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What Security Hub's workflow should say for an issue; undefined when it is not the bot's to write. */
export interface Wanted {
  readonly status: WorkflowStatus;
  readonly note?: string;
}

const NOTE_LIMIT = 512;
const UPDATE_LIMIT = 100;
/** What is not processed is tried again this often, after a pause that grows by so much each time. */
const TRIES_AGAIN = 3;
const PAUSE_AGAIN_MS = 300;
const PARALLEL = 8;
/** Far below what a line of the log may hold. */
const ISSUES_A_LINE = 100;

/** The reason gets at least so much of the note; a ticket that leaves it less is not named there. */
const REASON_ROOM = 100;

/** As much of the text as `room` holds, in UTF-16 units, the strictest way to count; never half a character. */
function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length >= room) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The note beside SUPPRESSED: who, why and until when, in at most 512 characters. */
export function noteFor(cause: Cause): string {
  switch (cause.by) {
    case 'exception': {
      const head = `Suppressed until ${cause.until.slice(0, 10)} by ${cause.name} (Slack ${cause.who}): `;
      const tail = cause.ticket === undefined ? '' : ` [${cause.ticket}]`;
      const reason = cause.reason.replaceAll(/\s+/gu, ' ');
      const room = NOTE_LIMIT - head.length;
      return room - tail.length < REASON_ROOM
        ? `${head}${cut(reason, room)}`
        : `${head}${cut(reason, room - tail.length)}${tail}`;
    }
    case 'policy':
      return `Suppressed by policy: ${cause.treatment} (line ${cause.line}, version ${cause.policyVersion})`;
    case 'outside':
      return 'Suppressed outside the bot';
  }
}

/** @param shown true once the people asked have been told of the issue */
export function wantedWorkflow(issue: Issue, shown: boolean): Wanted | undefined {
  if (issue.state === 'suppressing' || issue.state === 'suppressed') {
    // What was suppressed outside is left alone, but for ids that AWS has put in the place of others.
    if (issue.cause === undefined) return undefined;
    if (issue.cause.by === 'outside' && issue.state === 'suppressed') return undefined;
    return { status: 'SUPPRESSED', note: noteFor(issue.cause) };
  }
  if (isOpen(issue)) {
    if (shown) return { status: 'NOTIFIED', ...(issue.lift && { note: LIFTED }) };
  }
  return issue.lift ? { status: 'NEW', note: LIFTED } : undefined;
}

const LIFTED = 'Suppression ended; the finding is tracked again';

function live(issue: Issue): [FindingKey, Seen][] {
  return (Object.entries<Seen>(issue.findings) as [FindingKey, Seen][]).filter(
    ([, seen]) => seen.recordState === 'ACTIVE',
  );
}

/** Security Hub's code for a finding that it does not hold. */
const GONE = 'FindingNotFound';

/** What has not come as ASFF need not be in Security Hub CSPM: that it is not found there is no refusal. */
function isNotThere(seen: Seen, code: string): boolean {
  return seen.direct === true && code === GONE;
}

const nameKey = ({ id, productArn }: { id: string; productArn: string }) => `${productArn}|${id}`;

/**
 * Makes Security Hub's workflow say what the records say now, whatever the messages were about when they were
 * sent: the same note and status for up to 100 findings go in one call.
 * @throws the store's or Security Hub's error, when all of it is to be tried again
 */
export async function mirrorIssues(keys: readonly IssueKey[], mirror: Mirror): Promise<void> {
  const unique = [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
  const loaded: { issue: Issue; wanted: Wanted }[] = [];
  const requests = new Map<string, Request | undefined>();
  for (let from = 0; from < unique.length; from += PARALLEL) {
    const some = await Promise.all(unique.slice(from, from + PARALLEL).map((key) => mirror.issues.load(key)));
    for (const [index, issue] of some.entries()) {
      const key = unique[from + index];
      if (issue === undefined || key === undefined) continue;
      if (mirror.accounts(issue.account).mode !== 'enforce') continue;
      const ref = requestRef(key.request);
      if (isOpen(issue) && !requests.has(ref)) requests.set(ref, await mirror.requests.load(key.request));
      const toldThrough = requests.get(ref)?.card.toldThrough ?? 0;
      const shown = issue.news?.seq !== undefined && issue.news.seq <= toldThrough;
      const wanted = wantedWorkflow(issue, shown);
      if (wanted) loaded.push({ issue, wanted });
    }
  }

  const writes = new Map<string, Write>();
  for (const { issue, wanted } of loaded) {
    const id = JSON.stringify(wanted);
    const write = writes.get(id) ?? { wanted, names: [] };
    write.names.push(...live(issue).map(([, { id, productArn, region }]) => ({ id, productArn, region })));
    writes.set(id, write);
  }
  const refused = await writeAll([...writes.values()], mirror);
  noteWritten(loaded, refused, mirror);
  const moved: Issue[] = [];
  for (let from = 0; from < loaded.length; from += PARALLEL) {
    const some = await Promise.all(
      loaded.slice(from, from + PARALLEL).map(({ issue, wanted }) => record(issue, wanted, refused, mirror)),
    );
    moved.push(...some.flatMap((issue) => issue ?? []));
  }
  // What has moved of one request shows on one card: it is refreshed once.
  for (const some of Map.groupBy(moved, (issue) => requestRef(requestKeyOf(issue))).values()) {
    const [first] = some;
    if (first !== undefined) await emitTogether(requestKeyOf(first), some, mirror);
  }
}

/** Says what Security Hub has been told: a line for many issues, because a flood is written in few calls. */
function noteWritten(
  loaded: readonly { readonly issue: Issue; readonly wanted: Wanted }[],
  refused: ReadonlyMap<string, string>,
  { log, metrics }: Mirror,
): void {
  const told = new Map<WorkflowStatus, string[]>();
  for (const { issue, wanted } of loaded) {
    const names = live(issue).map(([, seen]) => nameKey(seen));
    const written = names.filter((name) => !refused.has(name)).length;
    metrics.count('WorkflowWritten', written);
    if (written > 0)
      told.set(wanted.status, [...(told.get(wanted.status) ?? []), issueName(issueKeyOf(issue))]);
  }
  for (const [status, issues] of told) {
    for (let from = 0; from < issues.length; from += ISSUES_A_LINE) {
      const some = issues.slice(from, from + ISSUES_A_LINE);
      log.info('workflow written', { status, count: some.length, issues: some });
    }
  }
}

/** Findings that are to get the same note and status. */
interface Write {
  readonly wanted: Wanted;
  readonly names: FindingName[];
}

/**
 * Writes, and tries what was not processed again without the others. All of it pauses together: a pause for each finding
 * would last longer than the function that waits.
 * @returns why Security Hub refuses what it goes on refusing, by name
 */
async function writeAll(writes: readonly Write[], mirror: Mirror): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  let left = writes;
  for (let tries = 0; left.length > 0 && tries <= TRIES_AGAIN; tries += 1) {
    if (tries > 0) await mirror.pause(PAUSE_AGAIN_MS * tries);
    const again: Write[] = [];
    for (const { wanted, names } of left) {
      for (let from = 0; from < names.length; from += UPDATE_LIMIT) {
        const batch = names.slice(from, from + UPDATE_LIMIT);
        const unprocessed = await mirror.hub.update({ ...wanted, findings: batch });
        const codes = new Map(unprocessed.map((item) => [nameKey(item), item.code]));
        for (const key of batch.map(nameKey)) {
          const code = codes.get(key);
          if (code === undefined) refused.delete(key);
          else refused.set(key, code);
        }
        // What is not there will not be there in a second either.
        const failed = batch.filter((name) => (codes.get(nameKey(name)) ?? GONE) !== GONE);
        if (failed.length > 0) again.push({ wanted, names: failed });
      }
    }
    left = again;
  }
  return refused;
}

/**
 * Notes what Security Hub confirmed, and moves the issue where the table of states says so.
 * @returns the issue whose effects are still to come
 */
async function record(
  issue: Issue,
  wanted: Wanted,
  refused: ReadonlyMap<string, string>,
  mirror: Mirror,
): Promise<Issue | undefined> {
  const now = mirror.now();
  const { record: current, changed } = await amend(
    mirror.issues,
    issueKeyOf(issue),
    (fresh) => {
      const findings: Record<FindingKey, Seen> = { ...fresh.findings };
      for (const [key, written] of live(issue)) {
        const seen = findings[key];
        if (seen === undefined) continue;
        const code = refused.get(nameKey(written));
        if (code === undefined) findings[key] = confirmed(seen, wanted, now);
        else if (code === GONE && fresh.state === 'suppressing' && !seen.direct) delete findings[key];
      }
      const next: Issue = { ...fresh, findings };
      // It has moved since it was read: what was written is noted, what it wants now is written next.
      return fresh.version === issue.version ? follow(next, issue, refused, now) : next;
    },
    issue,
  );
  if (current === undefined || !changed) return undefined;
  if (current.version !== issue.version + 1) {
    await enqueueWorkflow(current, mirror);
    return undefined;
  }
  for (const [, seen] of live(issue)) {
    const code = refused.get(nameKey(seen));
    if (code !== undefined && !isNotThere(seen, code)) {
      mirror.metrics.count('WorkflowRefused');
      mirror.log.warn('Security Hub did not take a workflow status', {
        status: wanted.status,
        code,
        finding: seen.id,
        issue: issueName(issueKeyOf(issue)),
        record: requestRef(issueKeyOf(issue).request),
      });
    }
  }
  if (current.state === issue.state && isOpen(current)) {
    if (wanted.status === 'NOTIFIED') await settleIssue(current, mirror);
    return undefined;
  }
  return current.unsettled === undefined ? undefined : current;
}

function confirmed(seen: Seen, wanted: Wanted, now: Date): Seen {
  const { note: before, ...rest } = seen;
  const note = wanted.note === undefined ? before : 'ours';
  const after = { ...rest, ...(note !== undefined && { note }), workflow: wanted.status };
  return {
    ...after,
    hash: contentHash(after),
    wrote: { status: wanted.status, before: seen.workflow, at: now.toISOString() },
  };
}

function follow(next: Issue, issue: Issue, refused: ReadonlyMap<string, string>, now: Date): Issue {
  if (issue.state === 'suppressing') {
    const codes = live(issue).flatMap(([, seen]) => refused.get(nameKey(seen)) ?? []);
    const failed = codes.find((code) => code !== GONE);
    if (failed !== undefined) {
      const refusedOpen = moveIssue(next, 'open', now, {
        detail: `Security Hub refused: ${failed}`,
        news: { kind: 'failed', at: now.toISOString(), detail: failed },
      });
      // What policy wanted suppressed has never been open: without this nobody could suppress it by hand.
      return { ...refusedOpen, openedAt: next.openedAt ?? now.toISOString() };
    }
    if (live(next).length === 0) {
      return moveIssue(next, 'closed', now, { detail: 'Security Hub no longer holds the finding' });
    }
    return moveIssue(next, 'suppressed', now, { cause: next.cause });
  }
  if (issue.lift) {
    const { lift: _, ...lifted } = next;
    return lifted;
  }
  return next;
}
