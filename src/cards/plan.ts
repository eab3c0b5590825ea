import {
  appendEntry,
  type Entry,
  type EntryKind,
  type Issue,
  isOpen,
  type News,
  type Request,
} from '../requests';

/** A relapse within this time is told in the same thread; later it gets a card of its own. */
const SAME_THREAD_MS = 14 * 24 * 3_600_000;

/** The order in which news of different kinds are told. */
const NEWS_KINDS: readonly News['kind'][] = [
  'sent',
  'changed',
  'worsened',
  'back',
  'joined',
  'lifted',
  'adopted',
  'claimed',
  'failed',
];

/** Entries that nobody has been told yet, in order. */
export function untold(request: Request): readonly Entry[] {
  return request.outbox.filter(({ seq }) => seq > request.card.toldThrough);
}

/** The entry of this kind that still takes issues in: untold, and its post has not been begun. */
function collecting(request: Request, kind: EntryKind): Entry | undefined {
  return untold(request).find(
    (entry) => entry.kind === kind && request.card.posting?.key !== String(entry.seq),
  );
}

/** The entry that will tell this news: the card itself when none stands yet, else a reply of its kind. */
export function entryFor(request: Request, news: News): Entry | undefined {
  return request.card.ts === undefined ? collecting(request, 'opened') : collecting(request, news.kind);
}

/** Asked about again because its exception is over or void, and not because it failed again. */
function exceptionEnded({ news }: Issue): boolean {
  // Of issues that have just opened only these have their entry already: the one of the exception's change.
  return (
    news !== undefined && (news.seq !== undefined || news.kind === 'changed' || news.kind === 'worsened')
  );
}

/**
 * What the thread has to be told, and whether the whole request is done: decided here and nowhere else, from all
 * its issues, and written with one conditional write. Pure.
 * @param asOf the revision at which `issues` were read: a request that has been raised since is not declared done
 * @returns the request with its new entries; the same object when nothing is new
 */
export function planEntries(request: Request, issues: readonly Issue[], asOf: number, now: Date): Request {
  const at = now.toISOString();
  const open = issues.filter(isOpen);
  let next = request;

  if (next.phase === 'done' && open.length > 0) {
    const { takenBy: _taken, fixedBy: _fixed, toldIn: _told, doneAt, ...rest } = next;
    const old = doneAt !== undefined && now.getTime() - Date.parse(doneAt) > SAME_THREAD_MS;
    // Why an exception has ended is told where it was made, however long ago.
    const late = old && !open.some(exceptionEnded);
    const { ts, ...card } = rest.card;
    next = {
      ...rest,
      phase: 'open',
      openedAt: at,
      card:
        late && ts !== undefined
          ? { ...card, previous: { channel: card.channel ?? rest.channel, ts } }
          : rest.card,
    };
  }

  if (next.card.ts === undefined) {
    const untoldNews = open.some(({ news }) => news !== undefined && news.seq === undefined);
    // A bulletin has told it: it opens once more when there is more to tell, or when its own card is wanted.
    const opens = next.listed === undefined || untoldNews || next.own === true;
    if (open.length > 0 && opens && !untold(next).some(({ kind }) => kind === 'opened')) {
      next = appendEntry({ ...next, phase: 'open', openedAt: next.openedAt ?? at }, { kind: 'opened', at });
    }
    if (next.listed && next.phase === 'open' && open.length === 0 && request.revision === asOf) {
      next = { ...next, phase: 'done', doneAt: at };
    }
    return next;
  }

  for (const kind of NEWS_KINDS) {
    const some = issues.some(({ news }) => news?.kind === kind && news.seq === undefined);
    if (some && !collecting(next, kind)) next = appendEntry(next, { kind, at });
  }

  if (next.phase === 'open' && open.length === 0 && request.revision === asOf) {
    const since = next.openedAt ?? '';
    const helper = next.takenBy ?? next.fixedBy;
    next = { ...next, phase: 'done', doneAt: at };
    // Thanks once a request, and only where something was fixed; a suppression has been told already.
    if (issues.some(({ state, resolvedAt }) => state === 'resolved' && (resolvedAt ?? '') >= since)) {
      next = appendEntry(next, { kind: 'resolved', at, ...(helper && { who: helper.who }) });
    } else if (issues.some((issue) => issue.state === 'closed' && issue.since >= since)) {
      next = appendEntry(next, { kind: 'settled', at });
    }
  }
  return next;
}

const TOLD_RESOURCES = 10;

/** An entry about issues, with what is known of them when it is told; undefined when none is left to tell of. */
export function fillEntry(entry: Entry, issues: readonly Issue[]): Entry | undefined {
  if (!NEWS_KINDS.some((kind) => kind === entry.kind)) return entry;
  const about = issues.filter(({ news }) => news?.seq === entry.seq);
  if (about.length === 0) return undefined;
  const detail = about.find(({ news }) => news?.detail !== undefined)?.news?.detail;
  return {
    ...entry,
    count: about.length,
    resources: about.slice(0, TOLD_RESOURCES).map(({ resource }) => resource.id),
    // Whose exception is void is a person; all other details are words of AWS's, or an identity there.
    ...(detail !== undefined &&
      (entry.kind === 'changed' || entry.kind === 'worsened' ? { who: detail } : { detail })),
  };
}
