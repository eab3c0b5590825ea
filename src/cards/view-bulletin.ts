import { type Account, type AccountId, accountId, type Principal, principal } from '../accounts';
import {
  type Bulletin,
  type Bulletins,
  type BulletinView,
  bulletinRef,
  type DriftView,
  type Line,
  type LineView,
  type ObservedView,
} from '../bulletins';
import type { Calendar } from '../calendar';
import type { ControlId } from '../controls';
import type { Language } from '../playbooks';
import {
  type Issues,
  type Known,
  parseRequestRef,
  type Request,
  type Requests,
  urgency,
  type ViewSources,
  viewRequest,
} from '../requests';
import { type Slack, SlackRefused } from '../slack';

/** What is read to see what a bulletin has to say. */
export interface BulletinSources extends ViewSources {
  readonly bulletins: Bulletins;
  readonly requests: Requests;
  readonly issues: Issues;
  readonly known: Known;
  readonly slack: Pick<Slack, 'permalink'>;
  readonly calendar: Pick<Calendar, 'dayOf'>;
  /** What the bulletin of an undecided control says; undefined when there is nothing to decide any more. */
  readonly undecidedView: (
    bulletin: Bulletin,
    lines: readonly Line[],
    language: Language,
  ) => Promise<BulletinView | undefined>;
  /** What the list of accounts without owner says; undefined when there is nothing to say. */
  readonly accountsView: (bulletin: Bulletin) => Promise<BulletinView | undefined>;
  /** The scores of the week; undefined where no account has one. */
  readonly rankingView: (bulletin: Bulletin) => Promise<BulletinView | undefined>;
  readonly celebrationView: (bulletin: Bulletin, lines: readonly Line[]) => Promise<BulletinView | undefined>;
  readonly now: () => Date;
}

/** A line about a request, with the request as it is now. */
export interface ListedLine {
  readonly line: Line;
  readonly request: Request;
}

/** A bulletin as it is now. */
export interface ReadBulletin {
  /** Undefined when it has nothing to say that is worth a message. */
  readonly view: BulletinView | undefined;
  /** Requests that it lists. */
  readonly listed: readonly ListedLine[];
}

/** Which lines, in the order in which they are shown, get the address of their card: each is a call to Slack. */
export interface LinkedLines {
  readonly from: number;
  readonly count: number;
}

const PARALLEL = 8;
const DAY_MS = 24 * 3_600_000;
/** Controls that are named for each account in mode observe. */
const NAMED_CONTROLS = 5;

/** Calls `act` for each item, some at a time, and keeps their order. */
export async function eachOf<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += PARALLEL) {
    done.push(...(await Promise.all(items.slice(from, from + PARALLEL).map(act))));
  }
  return done;
}

/** One request as it is read for a bulletin; its place among the others goes by `urgency`. */
interface Entry extends ListedLine {
  readonly view: LineView;
  readonly urgency: string;
}

async function readEntry(
  line: Line,
  sources: BulletinSources,
  language: Language,
): Promise<Entry | undefined> {
  const key = parseRequestRef(line.ref);
  const request = key && (await sources.requests.load(key));
  if (request === undefined) return undefined;
  const now = sources.now();
  const summary = request.summary ?? (await summarise(request, sources));
  const { due } = summary;
  return {
    line,
    request,
    urgency: urgency({ ...request, summary }),
    view: {
      ref: line.ref,
      control: request.control,
      title: sources.playbooks(request.control)?.text[language].title ?? summary.title,
      severity: summary.severity,
      account: sources.accounts(request.account),
      open: request.phase === 'done' ? 0 : summary.open,
      done: request.phase === 'done' || summary.open === 0,
      ...(due !== undefined && { due, dueDay: sources.calendar.dayOf(new Date(due)) }),
      overdue: due !== undefined && Date.parse(due) <= now.getTime(),
      ...(request.takenBy && { takenBy: request.takenBy.who }),
    },
  };
}

/** What a request's summary will say, before its publisher has written one. */
async function summarise(
  request: Request,
  sources: BulletinSources,
): Promise<NonNullable<Request['summary']>> {
  const view = viewRequest(request, await sources.issues.of(request), sources, sources.now());
  return {
    open: view.openCount,
    severity: view.severity,
    title: view.title,
    ...(view.due !== undefined && { due: view.due }),
  };
}

/** Open ones first, the most urgent of them first. */
function byUrgency(a: Entry, b: Entry): number {
  if (a.view.done !== b.view.done) return a.view.done ? 1 : -1;
  return a.urgency < b.urgency ? -1 : 1;
}

/**
 * Whether a line stands in the message. Before the post only what still has to be said: what waits for this very
 * bulletin, or has to be reminded of. Afterwards what it has told stays, done or not.
 */
function belongs({ line, request, view }: Entry, bulletin: Bulletin): boolean {
  if (bulletin.kind === 'digest' || bulletin.kind === 'morning') {
    const ref = bulletinRef(bulletin);
    if (line.told || request.listed?.bulletin === ref) return true;
    return request.held?.bulletin === ref && !view.done;
  }
  if (bulletin.card.ts !== undefined) return true;
  return !view.done && (bulletin.kind !== 'overdue' || view.overdue);
}

async function withPermalink(entry: Entry, sources: BulletinSources): Promise<Entry> {
  const { channel, ts } = entry.request.card;
  if (channel === undefined || ts === undefined) return entry;
  try {
    const permalink = await sources.slack.permalink(channel, ts);
    return { ...entry, view: { ...entry.view, permalink } };
  } catch (error) {
    // A deleted card has no address; its line still counts.
    if (error instanceof SlackRefused) return entry;
    throw error;
  }
}

/** Whoever answers for a request: entries of one owner together, whoever has the most urgent one first. */
function byOwner(entries: readonly Entry[]): readonly (readonly [Principal | undefined, readonly Entry[]])[] {
  const owners = new Map<Principal | undefined, Entry[]>();
  for (const entry of entries) {
    const { owner } = entry.view.account;
    owners.set(owner, [...(owners.get(owner) ?? []), entry]);
  }
  const ownerless = owners.get(undefined);
  owners.delete(undefined);
  return [...owners, ...(ownerless ? [[undefined, ownerless] as const] : [])];
}

function ownersOf(accounts: readonly Account[], sources: BulletinSources): readonly Principal[] {
  const owners = new Set(accounts.flatMap(({ owner }) => owner ?? sources.securityTeam));
  return [...owners];
}

/** Account of a digest: the first part of its subject. */
function accountOf(bulletin: Bulletin): AccountId {
  const id = accountId(bulletin.subject.split('/')[0] ?? '');
  if (id === undefined) throw new Error(`no account in ${bulletinRef(bulletin)}`);
  return id;
}

/** Whom a reminder was written for; once none of its accounts is theirs any more, whoever answers for the first. */
function ownerOf(
  bulletin: Bulletin,
  entries: readonly Entry[],
  { securityTeam }: Pick<BulletinSources, 'securityTeam'>,
): Principal {
  const named = principal(bulletin.subject.split('/').at(-1) ?? '');
  if (named === undefined) throw new Error(`nobody to be reminded in ${bulletinRef(bulletin)}`);
  const owners = entries.flatMap(({ view }) => view.account.owner ?? securityTeam[0] ?? []);
  return owners.includes(named) ? named : (owners[0] ?? named);
}

const baseOf = (bulletin: Bulletin) => ({
  ref: bulletinRef(bulletin),
  day: bulletin.day,
  ...(bulletin.card.insteadOf !== undefined && { insteadOf: bulletin.card.insteadOf }),
});

async function viewRequests(
  bulletin: Bulletin,
  entries: readonly Entry[],
  sources: BulletinSources,
): Promise<BulletinView> {
  const base = baseOf(bulletin);
  const lines = entries.map(({ view }) => view);
  switch (bulletin.kind) {
    case 'reminder':
      return { ...base, kind: 'reminder', owner: ownerOf(bulletin, entries, sources), lines };
    case 'overdue':
      return {
        ...base,
        kind: 'overdue',
        owners: byOwner(entries).map(([owner, own]) => ({
          ...(owner !== undefined && { owner }),
          lines: own.map(({ view }) => view),
        })),
        total: entries.length,
      };
    case 'digest': {
      const account = sources.accounts(accountOf(bulletin));
      const known = await sources.known.account(account.id);
      const age = known && Date.parse(bulletin.postAt) - Date.parse(known.firstSeen);
      return {
        ...base,
        kind: 'digest',
        account,
        mentions: ownersOf([account], sources),
        ownerless: account.owner === undefined,
        young: age !== undefined && age < DAY_MS,
        lines,
        issues: lines.reduce((sum, { open }) => sum + open, 0),
      };
    }
    default: {
      const accounts = lines.map(({ account }) => account);
      return { ...base, kind: 'morning', lines, mentions: ownersOf(accounts, sources) };
    }
  }
}

/** Lines about one account's facts, by account. */
function byAccount(lines: readonly Line[]): ReadonlyMap<AccountId, readonly Line[]> {
  const accounts = new Map<AccountId, Line[]>();
  for (const line of lines) {
    const id = accountId(String(line.facts?.['account'] ?? ''));
    if (id !== undefined) accounts.set(id, [...(accounts.get(id) ?? []), line]);
  }
  return accounts;
}

function viewObserved(bulletin: Bulletin, lines: readonly Line[], sources: BulletinSources): BulletinView {
  const accounts = [...byAccount(lines)].map(([id, own]): ObservedView & { all: number } => {
    const of = (what: string) => own.filter(({ facts }) => facts?.['what'] === what).length;
    const counts = new Map<ControlId, number>();
    for (const { facts } of own) {
      const control = String(facts?.['control'] ?? '') as ControlId;
      counts.set(control, (counts.get(control) ?? 0) + 1);
    }
    const controls = [...counts]
      .map(([control, count]) => ({ control, count }))
      .sort((a, b) => b.count - a.count || (a.control < b.control ? -1 : 1))
      .slice(0, NAMED_CONTROLS);
    return {
      account: sources.accounts(id),
      asked: of('ask'),
      told: of('tell'),
      suppressed: of('suppress'),
      controls,
      all: own.length,
    };
  });
  const most = accounts.sort((a, b) => b.all - a.all || (a.account.id < b.account.id ? -1 : 1));
  return { ...baseOf(bulletin), kind: 'observed', accounts: most.map(({ all: _, ...account }) => account) };
}

function viewDrift(bulletin: Bulletin, lines: readonly Line[], sources: BulletinSources): BulletinView {
  const sum = (some: readonly Line[], fact: string) =>
    some.reduce((total, { facts }) => total + Number(facts?.[fact] ?? 0), 0);
  const byNumber = <T extends { readonly account: Account }>(of: (view: T) => number) => {
    return (a: T, b: T) => of(b) - of(a) || (a.account.id < b.account.id ? -1 : 1);
  };
  const mended = ({ account: _, ...counts }: DriftView) =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  const all = [...byAccount(lines)].map(([id, own]) => ({ account: sources.accounts(id), own }));
  const accounts = all
    .map(({ account, own }) => ({
      account,
      opened: sum(own, 'opened'),
      closed: sum(own, 'closed'),
      adopted: sum(own, 'adopted'),
      lifted: sum(own, 'lifted'),
      rewritten: sum(own, 'rewritten'),
      changed: sum(own, 'changed'),
      scores: sum(own, 'scores'),
    }))
    .filter((account) => mended(account) > 0)
    .sort(byNumber(mended));
  const outside = all
    .map(({ account, own }) => ({
      account,
      count: sum(own, 'outside'),
      before: sum(own, 'outsideBefore'),
    }))
    .filter(({ count, before }) => count > 0 || before > 0)
    .sort(byNumber(({ count }) => count));
  return {
    ...baseOf(bulletin),
    kind: 'drift',
    accounts,
    outside,
    findings: sum(lines, 'findings'),
    calls: sum(lines, 'calls'),
  };
}

/**
 * Reads a bulletin as it is now.
 * @throws whatever Slack (refusals aside) and the store throw
 */
export async function readBulletin(
  bulletin: Bulletin,
  sources: BulletinSources,
  language: Language,
  linked: LinkedLines,
): Promise<ReadBulletin> {
  const lines = await sources.bulletins.lines(bulletin);
  switch (bulletin.kind) {
    case 'undecided':
      return { view: await sources.undecidedView(bulletin, lines, language), listed: [] };
    case 'accounts':
      return { view: await sources.accountsView(bulletin), listed: [] };
    case 'ranking':
      return { view: await sources.rankingView(bulletin), listed: [] };
    case 'celebration':
      return { view: await sources.celebrationView(bulletin, lines), listed: [] };
    case 'observed': {
      const view = viewObserved(bulletin, lines, sources);
      return { view: lines.length > 0 ? view : undefined, listed: [] };
    }
    case 'drift': {
      const view = viewDrift(bulletin, lines, sources);
      const told = view.kind === 'drift' && view.accounts.length + view.outside.length > 0;
      return { view: told ? view : undefined, listed: [] };
    }
    default: {
      const about = lines.filter((line) => line.about === 'request');
      const read = await eachOf(about, (line) => readEntry(line, sources, language));
      const all = read.flatMap((entry) => entry ?? []).filter((entry) => belongs(entry, bulletin));
      const sorted = all.sort(byUrgency);
      const inOrder = bulletin.kind === 'overdue' ? byOwner(sorted).flatMap(([, own]) => own) : sorted;
      const { from, count } = linked;
      const entries = [
        ...inOrder.slice(0, from),
        ...(await eachOf(inOrder.slice(from, from + count), (entry) => withPermalink(entry, sources))),
        ...inOrder.slice(from + count),
      ];
      const view = entries.length > 0 ? await viewRequests(bulletin, entries, sources) : undefined;
      return { view, listed: entries.map(({ line, request }) => ({ line, request })) };
    }
  }
}
