import { type Asker, type Directory, mayApprove, type SecurityTeam } from '../access';
import type { AccountRequest, AccountRequests } from '../account-requests';
import { type Account, type AccountLookup, isUserGroup, type Principal } from '../accounts';
import type { Audit } from '../audit';
import { approvalHash, type Change, type Changes } from '../changes';
import { ANY_ACCOUNT } from '../policy';
import { parseRequestRef, type Request, type Requests, urgency } from '../requests';
import { type AccountScore, type OrganisationWeek, type Scores, total } from '../scores';
import { type Exception, exceptionOf, SUPPRESSION_KINDS } from '../suppressions';

/** Everything that concerns one person, read at one moment. */
export interface Home {
  /** They belong to the security team: the requests are everybody's. */
  readonly team: boolean;
  /** Accounts that they answer for, those with the nearest deadline first. */
  readonly accounts: readonly Account[];
  /** For the security team: accounts that nobody answers for. */
  readonly ownerless: readonly Account[];
  /** Open requests, most urgent first: of their accounts, or for the security team of all. */
  readonly requests: readonly Request[];
  /** There are more than were read. */
  readonly more: boolean;
  readonly taken: readonly Request[];
  /** Changes that wait for their approval, the one that expires first at the head. */
  readonly approvals: readonly Change[];
  /** Changes of their own that wait for somebody else's. */
  readonly asked: readonly Change[];
  /** Exceptions that end soon: their own ones, and those of their accounts. */
  readonly exceptions: readonly Exception[];
  /** Accounts that they have asked for, or that wait for the security team. */
  readonly newAccounts: readonly AccountRequest[];
  /** Scores of their first accounts, as far as these have one. */
  readonly scores: readonly { readonly account: Account; readonly score: AccountScore }[];
  /** The organisation's last weeks, oldest first; none for guests. */
  readonly weeks: readonly OrganisationWeek[];
}

export interface HomeSources {
  readonly requests: Requests;
  readonly changes: Changes;
  readonly accountRequests: AccountRequests;
  readonly audit: Audit;
  readonly directory: Directory;
  readonly scores: Pick<Scores, 'weeks'> & { readonly ofAccounts: Pick<Scores['ofAccounts'], 'load'> };
  readonly team: SecurityTeam;
  readonly accounts: AccountLookup;
  readonly registered: () => readonly Account[];
  readonly now: () => Date;
}

/** More than anybody turns pages of; what is not read is said to be more. */
const READ = 100;
/** Accounts whose requests are read one by one, because they are a deputy's among others of their owner. */
const SINGLE = 40;
/** As far back as is looked for what somebody has taken: so many of their own steps. */
const STEPS = 200;
const DAY_MS = 24 * 3_600_000;
/** How long before its end an exception is shown. */
const ENDING_MS = 30 * DAY_MS;
/** Accounts whose scores are shown, and weeks of the organisation: one small read each, and one for all weeks. */
const SCORES = 5;
const WEEKS = 12;

const byUrgency = (a: Request, b: Request) => (urgency(a) < urgency(b) ? -1 : 1);

/** The accounts of a person, and the principals by which they are theirs. */
export async function accountsOf(
  user: Principal,
  { directory, registered, team }: Pick<HomeSources, 'directory' | 'registered' | 'team'>,
): Promise<{
  readonly mine: readonly Principal[];
  readonly accounts: readonly Account[];
  /** Principals all of whose accounts are theirs: the person, their groups, and owners whom they stand in for. */
  readonly owners: readonly Principal[];
  readonly ownerless: readonly Account[];
  readonly team: boolean;
}> {
  const all = registered().filter(({ status }) => status === 'active');
  const groups = new Set(
    [...all.flatMap(({ owner, deputy }) => [owner, deputy]), ...team.analysts, ...team.leads].filter(
      (id) => id !== undefined && isUserGroup(id),
    ),
  );
  const mine = await directory.principalsOf(user, [...groups] as readonly Principal[]);
  const isMine = (id: Principal | undefined) => id !== undefined && mine.includes(id);
  const accounts = all.filter(({ owner, deputy }) => isMine(owner) || isMine(deputy));
  const ids = new Set(accounts.map(({ id }) => id));
  const ofOthers = new Set(all.flatMap(({ id, owner }) => (owner && !ids.has(id) ? [owner] : [])));
  const owners = new Set([...mine, ...accounts.flatMap(({ owner }) => owner ?? [])]);
  return {
    mine,
    accounts,
    owners: [...owners].filter((owner) => !ofOthers.has(owner)),
    ownerless: all.filter(({ owner, deputy }) => owner === undefined && !isMine(deputy)),
    team: [...team.analysts, ...team.leads].some(isMine),
  };
}

/** Open requests, most urgent first, and whether some have not been read. */
async function openRequests(
  { accounts, owners, team }: Awaited<ReturnType<typeof accountsOf>>,
  { requests }: HomeSources,
): Promise<{ readonly open: readonly Request[]; readonly more: boolean }> {
  const first = (found: readonly Request[], unread = false) => ({
    open: found.slice(0, READ),
    more: unread || found.length > READ,
  });
  if (team) return first(await requests.open(READ + 1));
  const ids = new Set<string>(accounts.map(({ id }) => id));
  // Listed by owner, the accounts for which somebody is a deputy may drown in the others of their owner.
  const single = accounts.filter(({ owner }) => owner === undefined || !owners.includes(owner));
  const lists = await Promise.all([
    ...owners.map((owner) => requests.openOf(owner, READ + 1)),
    ...single.slice(0, SINGLE).map(({ id }) => requests.ofAccount(id)),
  ]);
  const theirs = lists
    .flat()
    .filter(({ account, phase, summary }) => phase === 'open' && summary !== undefined && ids.has(account));
  return first(theirs.sort(byUrgency), single.length > SINGLE);
}

/** What somebody has taken and not handed on. Nobody lists requests by who took them, but people's steps are kept. */
async function takenBy(user: Principal, { audit, requests }: HomeSources): Promise<readonly Request[]> {
  const { events } = await audit.of({ person: user }, { limit: STEPS });
  const refs = new Set(events.flatMap(({ kind, request }) => (kind === 'take' && request ? [request] : [])));
  const keys = [...refs].flatMap((ref) => parseRequestRef(ref) ?? []);
  const found = await Promise.all(keys.map((key) => requests.load(key)));
  return found
    .filter((request) => request !== undefined)
    .filter(({ phase, takenBy: taker }) => phase === 'open' && taker?.who === user)
    .sort(byUrgency);
}

function waitsFor(asker: Asker, change: Change): boolean {
  const { actor, ruling, approvals = [] } = change;
  if (ruling?.effect !== 'needs approval') return false;
  // An approval of what has become worse since is void: it is asked for again.
  const given = approvals.filter(({ by }) => by.id === asker.id);
  if (given.some(({ hash }) => hash === approvalHash(change))) return false;
  return mayApprove(asker, ruling.needs, actor.id) === 'yes';
}

async function exceptionsOf(
  user: Principal,
  accounts: readonly Account[],
  { changes, now }: HomeSources,
): Promise<readonly Exception[]> {
  const through = new Date(now().getTime() + ENDING_MS).toISOString();
  const ids = new Set<string>(accounts.map(({ id }) => id));
  const live = await Promise.all(SUPPRESSION_KINDS.map((kind) => changes.live(kind, { through })));
  return live
    .flat()
    .filter(
      ({ actor, about }) => actor.id === user || (about.account !== undefined && ids.has(about.account)),
    )
    .flatMap((change) => exceptionOf(change) ?? [])
    .sort((a, b) => (a.payload.until < b.payload.until ? -1 : 1));
}

/** The best first, as everywhere. */
async function scoresOf(accounts: readonly Account[], { scores }: HomeSources): Promise<Home['scores']> {
  const found = await Promise.all(
    accounts.map(async (account) => {
      const score = await scores.ofAccounts.load(account.id);
      return score === undefined || total(score.counts) === 0 ? [] : [{ account, score }];
    }),
  );
  const share = ({ counts }: AccountScore) => counts.passed / total(counts);
  return found.flat().sort((a, b) => share(b.score) - share(a.score));
}

/** Everything that concerns one person: what is theirs, and what waits for them. */
export async function gatherHome(user: Principal, sources: HomeSources): Promise<Home> {
  const own = await accountsOf(user, sources);
  const [{ open, more }, taken, waiting, asker, exceptions, newAccounts, weeks] = await Promise.all([
    openRequests(own, sources),
    takenBy(user, sources),
    sources.changes.waiting(),
    sources.directory.askerFor(user, sources.accounts(ANY_ACCOUNT), false),
    exceptionsOf(user, own.accounts, sources),
    sources.accountRequests.open(),
    sources.scores.weeks(WEEKS),
  ]);
  // The first place of an account in the list of its requests is its most urgent one.
  const place = new Map<string, number>();
  for (const [index, { account }] of open.entries()) if (!place.has(account)) place.set(account, index);
  const last = open.length;
  const accounts = own.accounts.toSorted(
    (a, b) => (place.get(a.id) ?? last) - (place.get(b.id) ?? last) || (a.id < b.id ? -1 : 1),
  );
  return {
    ownerless: own.team ? own.ownerless : [],
    team: own.team,
    accounts,
    requests: open,
    more,
    taken,
    approvals: waiting.filter((change) => waitsFor(asker, change)),
    asked: waiting.filter(({ actor }) => actor.id === user),
    exceptions,
    newAccounts: newAccounts.filter(({ asker: by }) => own.team || by.id === user),
    scores: await scoresOf(accounts.slice(0, SCORES), sources),
    weeks: asker.standing === 'guest' ? [] : weeks,
  };
}
