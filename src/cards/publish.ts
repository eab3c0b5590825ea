import type { AccountId } from '../accounts';
import {
  addToBulletin,
  type BulletinTarget,
  bulletinRef,
  parseBulletinRef,
  refreshBulletin,
} from '../bulletins';
import type { Log } from '../log';
import type { Language } from '../playbooks';
import type { Policy } from '../policy';
import type { CardMessage } from '../queues';
import { WORKFLOW_BATCH } from '../queues';
import { nextWake } from '../reminders';
import {
  type Effects,
  type Entry,
  emitEffects,
  enqueueCard,
  entryMark,
  type Issue,
  isOpen,
  issueItemKey,
  issueKeyOf,
  issueRef,
  liveFailing,
  moveHome,
  moveIssue,
  parseRequestRef,
  policyCause,
  type Request,
  type RequestKey,
  type RequestView,
  requestItemKey,
  requestKeyOf,
  requestRef,
  settleIssue,
  toldInObserve,
  treatmentOf,
  type ViewSources,
  viewRequest,
} from '../requests';
import { type Drawn, SlackRefused } from '../slack';
import { amend } from '../store';
import { type DeliverySources, deliver, rushOf } from './delivery';
import { entryFor, fillEntry, planEntries, untold } from './plan';
import { type Pacing, type Post, pace, postOnce } from './post-once';
import { CHANNEL_GONE, drawnHash, MESSAGE_GONE, withPlain } from './refused';
import type { Run } from './run';

/** Turns records into messages; lives outside src, because src knows no Block Kit. */
export interface Draw {
  request(view: RequestView, language: Language): Drawn;
  /** The same in the plainest blocks. */
  plain(view: RequestView, language: Language): Drawn;
  entry(entry: Entry, view: RequestView, language: Language): Drawn;
}

export interface Publisher extends Effects, ViewSources, Pacing, DeliverySources {
  readonly draw: Draw;
  readonly policy: () => Policy;
  readonly now: () => Date;
  readonly languageOf: (channel: string) => Language;
  /** Looks, before somebody is called, whether they are still in Slack. */
  readonly lookAtOwners: (accounts: readonly AccountId[]) => Promise<boolean>;
  /** Where cards go whose channel cannot be reached, best first. */
  readonly fallbackChannels: readonly string[];
  readonly warn: Log['warn'];
}

/** More posts than these in one go are left to the next delivery, so that a run ends in time. */
const POSTS_A_RUN = 10;
const PARALLEL = 8;

interface CardRun extends Run {
  readonly key: RequestKey;
}

/**
 * Shows one request as it is now: posts or updates its card, tells its thread what is new, then lets Security Hub
 * be told. A refresh that is already shown does nothing.
 * @throws SlackRateLimited (wait, then deliver again), SlackUnreachable and whatever the store throws (deliver again)
 */
export async function publishCard(message: CardMessage, publisher: Publisher): Promise<void> {
  const key = parseRequestRef(message.record);
  if (key === undefined) {
    publisher.warn('refresh of an unknown kind of record dropped', { record: message.record });
    return;
  }
  const now = publisher.now().getTime();
  const run: CardRun = {
    key,
    ref: message.record,
    revision: message.revision,
    startedAt: now,
    lastPostAt: 0,
    posts: 0,
  };
  try {
    await publish(message, run, publisher);
  } finally {
    await pace(run, publisher);
  }
}

async function publish(message: CardMessage, run: CardRun, publisher: Publisher): Promise<void> {
  const loaded = await publisher.requests.load(run.key);
  if (loaded === undefined) return;
  if (loaded.channel !== message.channel) {
    // It has moved to another channel since: that channel's group shows it.
    if (loaded.unsettled !== undefined) await enqueueCard(loaded, publisher);
    return;
  }
  const shown = loaded.card.shownRevision;
  if (message.revision <= shown && (loaded.unsettled === undefined || loaded.revision > shown)) {
    noteUnchanged(run, loaded.channel, publisher);
    return;
  }
  const issues = await publisher.issues.of(run.key);
  if (publisher.accounts(run.key.account).mode === 'observe' && !issues.some(toldInObserve)) {
    await amend(publisher.requests, run.key, ({ unsettled: _, ...rest }) => rest, loaded);
    return;
  }
  if (issues.some(isOpen)) {
    await publisher.lookAtOwners([run.key.account]);
    if (await moveHome(loaded, publisher)) return;
  }
  const planned = await amend(
    publisher.requests,
    run.key,
    (request) => {
      const next = planEntries(request, issues, loaded.revision, publisher.now());
      return next === request ? undefined : next;
    },
    loaded,
  );
  let request = planned.record as Request;
  const assigned = await assignNews(request, issues, publisher);

  try {
    const later = await deliverLater(request, assigned, publisher);
    if (later) {
      await holdRequest(request, assigned, later, loaded.revision, run, publisher);
      return;
    }
    request = await showCard(request, assigned, loaded.revision, run, publisher);
    if (request.card.ts !== undefined) request = await tellThread(request, assigned, run, publisher);
  } catch (error) {
    if (error instanceof SlackRefused && CHANNEL_GONE.includes(error.code)) {
      await moveToFallback(request, error.code, publisher, error);
      return;
    }
    if (error instanceof SlackRefused && MESSAGE_GONE.includes(error.code)) {
      await repost(run, publisher);
      return;
    }
    throw error;
  }
  await markShown(request, assigned, publisher);
  await settleRequest(request, loaded.revision, run, publisher);
}

/** Gives every piece of news the number of the entry that will tell it. */
async function assignNews(
  request: Request,
  issues: readonly Issue[],
  publisher: Publisher,
): Promise<readonly Issue[]> {
  const result = [...issues];
  const todo = issues
    .map((issue, index) => ({ issue, index }))
    .filter(({ issue }) => issue.news !== undefined && issue.news.seq === undefined);
  for (let from = 0; from < todo.length; from += PARALLEL) {
    await Promise.all(
      todo.slice(from, from + PARALLEL).map(async ({ issue, index }) => {
        const { record } = await amend(
          publisher.issues,
          issueKeyOf(issue),
          (current) => {
            const { news } = current;
            if (news === undefined || news.seq !== undefined) return undefined;
            const entry = entryFor(request, news);
            return entry && { ...current, news: { ...news, seq: entry.seq } };
          },
          issue,
        );
        if (record) result[index] = record;
      }),
    );
  }
  return result;
}

function drawCard(view: RequestView, publisher: Publisher, language: Language, plainly = false): Drawn {
  try {
    return plainly ? publisher.draw.plain(view, language) : publisher.draw.request(view, language);
  } catch (error) {
    publisher.warn('card could not be drawn', { record: view.ref, error: String(error), plainly });
    // A card that cannot be drawn must not hold up its channel.
    return plainly
      ? { text: `${view.account.id} ${view.ref}`, blocks: [] }
      : drawCard(view, publisher, language, true);
  }
}

/** The bulletin that tells what this request has to say, if it is not told at once. */
async function deliverLater(
  request: Request,
  issues: readonly Issue[],
  publisher: Publisher,
): Promise<BulletinTarget | undefined> {
  const waits = request.card.ts === undefined && untold(request).some(({ kind }) => kind === 'opened');
  if (!waits || !issues.some(isOpen)) return undefined;
  // Its post may have gone out already, and only the answer was lost.
  if (request.card.posting !== undefined) return undefined;
  const rush = await rushOf(request.account, publisher);
  const how = deliver(request, issues, rush, publisher.calendar, publisher.now());
  return how === 'now' ? undefined : how;
}

/**
 * Puts a request into a bulletin instead of posting its card. The mark in the request comes first, then the line: a
 * bulletin tells only requests that say that they wait for it, so that none is told by a drawing it was not in. Its
 * issues are settled until then.
 */
async function holdRequest(
  request: Request,
  issues: readonly Issue[],
  target: BulletinTarget,
  revision: number,
  run: CardRun,
  publisher: Publisher,
): Promise<void> {
  const bulletin = bulletinRef(target.key);
  const summary = summaryOf(viewRequest(request, issues, publisher, publisher.now()), request, publisher);
  const { record, changed } = await amend(publisher.requests, run.key, (r) => {
    // Another worker has told it since, or is about to: what is on a card is not listed as well.
    const told = r.card.ts !== undefined || r.card.toldThrough > request.card.toldThrough;
    if (told || r.own) return undefined;
    const { unsettled, ...rest } = r;
    return {
      ...rest,
      summary,
      held: { bulletin },
      card: { ...r.card, shownRevision: Math.max(r.card.shownRevision, revision) },
      // Still to be put on the bulletin's list, see below.
      ...(unsettled !== undefined && { unsettled }),
    };
  });
  if (!changed) return;
  await addToBulletin(target, { ref: run.ref, about: 'request' }, publisher);
  publisher.shown({ record: run.ref, revision, channel: request.channel, did: 'held', bulletin });
  for (const issue of issues) {
    if (issue.unsettled === undefined || !isOpen(issue)) continue;
    await publisher.history.copy(issueItemKey(issueKeyOf(issue)), issue.uncopied);
    const { unsettled: _, ...rest } = issue;
    await publisher.issues.replace(
      { ...rest, waiting: true, uncopied: [], version: issue.version + 1 },
      issue.version,
    );
  }
  await amend(
    publisher.requests,
    run.key,
    (r) => {
      if (r.revision !== revision || r.unsettled === undefined) return undefined;
      const { unsettled: _, ...rest } = r;
      return rest;
    },
    record,
  );
}

/** What lists read of a request. */
function summaryOf(
  view: RequestView,
  request: Request,
  publisher: Publisher,
): NonNullable<Request['summary']> {
  const language = publisher.languageOf(request.channel);
  return {
    open: view.openCount,
    severity: view.severity,
    title: view.playbook?.text[language].title ?? view.title,
    ...(view.due !== undefined && { due: view.due }),
  };
}

async function showCard(
  request: Request,
  issues: readonly Issue[],
  revision: number,
  run: CardRun,
  publisher: Publisher,
): Promise<Request> {
  const { card } = request;
  const open = issues.filter(isOpen);
  if (card.ts === undefined && open.length === 0) {
    // Solved before anybody was asked: there is nothing to show.
    const left = await update(run, publisher, ({ held: _, wakeAt: __, ...r }) => ({
      ...r,
      phase: r.listed ? r.phase : 'new',
      card: { ...r.card, toldThrough: r.seq, shownRevision: revision },
    }));
    await refreshLists(request, publisher);
    return left;
  }
  const view = viewRequest(request, issues, publisher, publisher.now());
  const language = publisher.languageOf(request.channel);
  const drawn = drawCard(view, publisher, language);
  const hash = drawnHash(drawn);
  const summary = summaryOf(view, request, publisher);
  const now = publisher.now();
  const wakeAt =
    view.kind === 'control' ? nextWake({ ...request, due: view.due }, publisher.calendar, now) : undefined;
  const shown = ({ wakeAt: due, ...r }: Request): Request => ({
    ...r,
    summary,
    ...(wakeAt !== undefined && view.phase === 'open' && { wakeAt: stillDue(due, now) ?? wakeAt }),
    card: { ...r.card, shownRevision: Math.max(r.card.shownRevision, revision), shownHash: hash },
  });

  if (card.ts !== undefined && card.channel !== undefined) {
    const { channel, ts } = card;
    if (card.shownHash !== hash) {
      await withPlain(
        drawn,
        () => drawCard(view, publisher, language, true),
        async (message) => {
          await publisher.checkChannel(channel);
          await publisher.slack.update(channel, ts, message);
        },
        publisher,
        run.ref,
      );
      publisher.shown({ record: run.ref, revision, channel, ts, did: 'updated' });
    } else {
      noteUnchanged(run, channel, publisher);
      if (card.shownRevision >= revision) return request;
    }
    const updated = await update(run, publisher, shown);
    if (JSON.stringify(summary) !== JSON.stringify(request.summary)) await refreshLists(request, publisher);
    return updated;
  }

  const opened = untold(request).find(({ kind }) => kind === 'opened');
  if (opened === undefined && request.listed) {
    // A bulletin tells it, and shows how it stands.
    const listed = await update(run, publisher, shown);
    if (JSON.stringify(summary) !== JSON.stringify(request.summary)) await refreshLists(request, publisher);
    return listed;
  }
  if (opened === undefined) throw new Error(`request ${run.ref} has open issues and no entry that opens it`);
  const ts = await postEntry(
    request,
    opened,
    run,
    publisher,
    (message) =>
      withPlain(drawn, () => drawCard(view, publisher, language, true), message, publisher, run.ref),
    { since: toldSince(request, opened, issues) },
  );
  const posted = await update(run, publisher, (r) => {
    const { held: _held, listed: _listed, own: _own, ...next } = shown(r);
    const { posting: _, ...rest } = next.card;
    return {
      ...next,
      ...(r.listed && { toldIn: r.listed.bulletin }),
      phase: 'open',
      card: { ...rest, channel: request.channel, ts, toldThrough: Math.max(r.card.toldThrough, opened.seq) },
    };
  });
  await refreshLists(request, publisher);
  return posted;
}

/** A reminder whose time has come and that the clock has not seen yet must not be put off: it comes up at once. */
function stillDue(wakeAt: string | undefined, now: Date): string | undefined {
  return wakeAt !== undefined && Date.parse(wakeAt) <= now.getTime() ? now.toISOString() : undefined;
}

/** The bulletins that list a request show how it stands now, and where its own card is. */
async function refreshLists(request: Request, publisher: Publisher): Promise<void> {
  for (const ref of [request.held?.bulletin, request.listed?.bulletin, request.toldIn]) {
    const key = ref === undefined ? undefined : parseBulletinRef(ref);
    if (key) await refreshBulletin(key, publisher);
  }
}

function noteUnchanged({ ref, revision }: CardRun, channel: string, { shown }: Publisher): void {
  shown({ record: ref, revision, channel, did: 'unchanged' });
}

/**
 * When AWS last spoke of the oldest finding that a new card tells; undefined where the card itself was late on purpose.
 */
function toldSince(request: Request, opened: Entry, issues: readonly Issue[]): string | undefined {
  if (request.held || request.listed || request.own) return undefined;
  return issues
    .filter((issue) => isOpen(issue) && issue.news?.seq === opened.seq)
    .flatMap((issue) => liveFailing(issue.findings).map(({ updatedAt }) => updatedAt))
    .toSorted()[0];
}

/** Tells the thread, one entry at a time and in order. */
async function tellThread(
  request: Request,
  issues: readonly Issue[],
  run: CardRun,
  publisher: Publisher,
): Promise<Request> {
  const language = publisher.languageOf(request.channel);
  let current = request;
  for (const entry of untold(request)) {
    if (run.posts >= POSTS_A_RUN) {
      // The rest is told by the next delivery.
      const raised = await publisher.requests.raise(run.key, publisher.now());
      if (raised) await enqueueCard(raised, publisher);
      return current;
    }
    // The card itself has told that the request opened.
    const told = entry.kind === 'opened';
    const filled = told ? undefined : fillEntry(entry, issues);
    const toKeep = told ? [entry] : filled === undefined ? [] : [filled];
    if (filled !== undefined) {
      const view = viewRequest(current, issues, publisher, publisher.now());
      const drawn = drawEntry(filled, view, publisher, language);
      await postEntry(
        current,
        filled,
        run,
        publisher,
        (send) => withPlain(drawn, () => ({ text: drawn.text, blocks: [] }), send, publisher, run.ref),
        { thread: current.card.ts },
      );
    }
    current = await update(run, publisher, (r) => {
      const { posting: _, ...card } = r.card;
      return {
        ...r,
        // News that something newer has overtaken leaves an entry with nothing to tell: it goes unsaid.
        outbox: r.outbox.flatMap((other) => (other.seq === entry.seq ? toKeep : [other])),
        card: { ...card, toldThrough: Math.max(card.toldThrough, entry.seq) },
      };
    });
  }
  return current;
}

function drawEntry(entry: Entry, view: RequestView, publisher: Publisher, language: Language): Drawn {
  try {
    return publisher.draw.entry(entry, view, language);
  } catch (error) {
    publisher.warn('thread entry could not be drawn', { record: view.ref, error: String(error) });
    return { text: `${entry.kind} ${view.ref}`, blocks: [] };
  }
}

/** Posts what tells one entry: the card, or a reply in its thread. */
async function postEntry(
  request: Request,
  entry: Entry,
  run: CardRun,
  publisher: Publisher,
  send: Post['send'],
  { thread, since }: { readonly thread?: string | undefined; readonly since?: string | undefined },
): Promise<string> {
  const key = String(entry.seq);
  return postOnce(
    {
      key,
      channel: thread === undefined ? request.channel : (request.card.channel ?? request.channel),
      ...(thread !== undefined && { thread }),
      ...(since !== undefined && { since }),
      about: { entry: entry.kind, ...(entry.change !== undefined && { change: entry.change }) },
      posting: request.card.posting,
      mark: async (at) => {
        const { changed } = await amend(publisher.requests, run.key, (r) =>
          r.card.toldThrough >= entry.seq ? undefined : { ...r, card: { ...r.card, posting: { key, at } } },
        );
        return changed;
      },
      unmark: async (at) => {
        await amend(publisher.requests, run.key, (r) => {
          const { posting, ...card } = r.card;
          return posting?.at === at ? { ...r, card } : undefined;
        });
      },
      send,
    },
    run,
    publisher,
  );
}

async function update(
  run: CardRun,
  publisher: Publisher,
  step: (request: Request) => Request,
): Promise<Request> {
  const { record } = await amend(publisher.requests, run.key, step);
  if (record === undefined) throw new Error(`request ${run.ref} has vanished`);
  return record;
}

/** The channel refuses: the card goes to the next best one, whose own group posts it. */
async function moveToFallback(
  request: Request,
  because: string,
  publisher: Publisher,
  error: SlackRefused,
): Promise<void> {
  const wanted = request.card.insteadOf?.channel ?? request.channel;
  const at = publisher.fallbackChannels.indexOf(request.channel);
  const channel = publisher.fallbackChannels.slice(at + 1).find((other) => other !== wanted);
  if (channel === undefined) throw error;
  publisher.warn('channel cannot be reached; its card goes to another one', {
    record: requestRef(request),
    channel: request.channel,
    because,
    instead: channel,
  });
  const { record } = await amend(publisher.requests, request, (r) => {
    if (r.channel !== request.channel) return undefined;
    const { ts, posting: _, shownHash: __, ...card } = r.card;
    return {
      ...r,
      channel,
      revision: r.revision + 1,
      card: {
        ...card,
        ...(ts !== undefined && { previous: { channel: card.channel ?? r.channel, ts } }),
        insteadOf: { channel: wanted, because },
      },
    };
  });
  if (record) await enqueueCard(record, publisher);
}

/** Somebody deleted the card, or it can no longer be edited: a new one is posted. */
async function repost(run: CardRun, publisher: Publisher): Promise<void> {
  const { record } = await amend(publisher.requests, run.key, (r) => {
    const { ts: _, posting: __, shownHash: ___, ...card } = r.card;
    return { ...r, revision: r.revision + 1, card };
  });
  if (record) await enqueueCard(record, publisher);
}

/** What has been shown and told is now Security Hub's to know, and no earlier. */
async function markShown(request: Request, issues: readonly Issue[], publisher: Publisher): Promise<void> {
  const { mode } = publisher.accounts(request.account);
  const told = issues.filter(
    (issue) =>
      (issue.unsettled !== undefined || issue.waiting === true) &&
      isOpen(issue) &&
      issue.news?.seq !== undefined &&
      issue.news.seq <= request.card.toldThrough,
  );
  const toWrite: Issue[] = [];
  for (const issue of told) {
    if (issue.state === 'notifying') {
      const { record, changed } = await amend(
        publisher.issues,
        issueKeyOf(issue),
        (current) =>
          current.state === 'notifying'
            ? moveIssue(current, 'suppressing', publisher.now(), {
                detail: 'told',
                cause: policyCause(treatmentOf(current, current.severity, publisher)),
              })
            : undefined,
        issue,
      );
      if (changed && record) await emitEffects(record, publisher);
    } else if (mode === 'enforce') toWrite.push(issue);
    else await settleIssue(issue, publisher);
  }
  for (let from = 0; from < toWrite.length; from += WORKFLOW_BATCH) {
    await publisher.queues.workflow({
      issues: toWrite
        .slice(from, from + WORKFLOW_BATCH)
        .map((issue) => ({ record: requestRef(requestKeyOf(issue)), issue: issueRef(issue) })),
    });
  }
}

/** Keeps what has been told for good and clears the mark, unless the request has been raised again meanwhile. */
async function settleRequest(
  request: Request,
  revision: number,
  run: CardRun,
  publisher: Publisher,
): Promise<void> {
  const toldThrough = request.card.toldThrough;
  const told = request.outbox.filter(({ seq }) => seq <= toldThrough);
  await publisher.history.copy(
    requestItemKey(run.key),
    told.map((entry) => ({
      ...entry,
      ...(entry.change !== undefined && { mark: entryMark(entry.change, entry.kind) }),
    })),
  );
  await amend(
    publisher.requests,
    run.key,
    (r) => {
      const outbox = r.outbox.filter(({ seq }) => seq > toldThrough);
      const done = r.revision === revision && outbox.length === 0;
      if (!done) return outbox.length === r.outbox.length ? undefined : { ...r, outbox };
      if (r.unsettled === undefined && outbox.length === r.outbox.length) return undefined;
      const { unsettled: _, ...rest } = r;
      return { ...rest, outbox };
    },
    request,
  );
}
