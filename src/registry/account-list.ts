import type { Account, AccountId } from '../accounts';
import {
  addToBulletin,
  type Bulletin,
  type BulletinEffects,
  type BulletinKey,
  type BulletinView,
  bulletinRef,
  refreshBulletin,
} from '../bulletins';
import type { Calendar } from '../calendar';
import { type Issues, isOpen, type Known, type KnownAccount } from '../requests';
import type { Key, Table } from '../store';
import type { RegistryEffects } from './registry-effects';

/** What the one list of accounts that nobody answers for, or that nobody has registered, needs. */
export interface AccountListSources extends BulletinEffects {
  readonly table: Table;
  readonly known: Pick<Known, 'accounts' | 'requestsOf'>;
  readonly issues: Pick<Issues, 'of'>;
  readonly accounts: (id: AccountId) => Account;
  /** Registered accounts. */
  readonly registered: () => readonly Account[];
  readonly records: Pick<RegistryEffects['accounts'], 'all'>;
  readonly calendar: Pick<Calendar, 'nextMorning' | 'dayOf'>;
  readonly securityChannel: string;
}

/** What was listed when the clock last looked, and on which day's list. */
const LISTED: Key = { pk: 'ACCOUNTS#LIST', sk: 'LISTED' };
/** Unregistered accounts whose findings are counted: each is read from all of its issues. */
const COUNTED = 10;
const PARALLEL = 8;

/** Registered accounts in use that nobody answers for. */
export function ownerlessAccounts(registered: readonly Account[]): readonly Account[] {
  return registered.filter(({ owner, status }) => owner === undefined && status === 'active');
}

/** Accounts that send findings and are not registered, longest known first. */
export async function unregisteredAccounts({
  known,
  accounts,
}: Pick<AccountListSources, 'known' | 'accounts'>): Promise<readonly KnownAccount[]> {
  const unknown = (await known.accounts()).filter(({ account }) => !accounts(account).registered);
  return [...unknown].sort((a, b) => (`${a.firstSeen}${a.account}` < `${b.firstSeen}${b.account}` ? -1 : 1));
}

const listOf = (day: string): BulletinKey => ({ kind: 'accounts', subject: 'all', day });

/**
 * Has a new list posted on the next working morning once there is an account more to tell of, and the newest one shown
 * anew once there is one less. Called at every tick; killed anywhere, the next one does it again.
 */
export async function followAccountList(sources: AccountListSources): Promise<void> {
  const unregistered = await unregisteredAccounts(sources);
  const wanted = [
    ...ownerlessAccounts(sources.registered()).map(({ id }) => `ownerless ${id}`),
    ...unregistered.map(({ account }) => `unregistered ${account}`),
  ].sort();
  const state = await sources.table.get(LISTED);
  const listed = new Set((state?.['listed'] as readonly string[] | undefined) ?? []);
  if (wanted.length === listed.size && wanted.every((entry) => listed.has(entry))) return;

  const newcomers = wanted.filter((entry) => !listed.has(entry));
  let day = state?.['day'] as string | undefined;
  if (newcomers.length > 0) {
    const postAt = sources.calendar.nextMorning(sources.now());
    day = sources.calendar.dayOf(postAt);
    const target = { key: listOf(day), channel: sources.securityChannel, postAt };
    for (const entry of newcomers) {
      await addToBulletin(target, { ref: entry.replace(' ', '/'), about: 'account' }, sources);
    }
  } else if (day !== undefined) await refreshBulletin(listOf(day), sources);
  // Last: what was begun and not finished is found to be new once more.
  await sources.table.put({ ...LISTED, listed: wanted, ...(day !== undefined && { day }) });
}

async function waitingOf(account: AccountId, { known, issues }: AccountListSources): Promise<number> {
  const requests = await known.requestsOf(account);
  let waiting = 0;
  for (let from = 0; from < requests.length; from += PARALLEL) {
    const read = await Promise.all(requests.slice(from, from + PARALLEL).map((key) => issues.of(key)));
    waiting += read.flat().filter(isOpen).length;
  }
  return waiting;
}

/** The list as it is now; undefined where it has never been posted and nothing is left to say. */
export async function viewAccountList(
  bulletin: Bulletin,
  sources: AccountListSources,
): Promise<BulletinView | undefined> {
  const since = new Map((await sources.records.all()).map((record) => [record.id, record]));
  const ownerless = ownerlessAccounts(sources.registered())
    .map((account) => {
      const record = since.get(account.id);
      return { account, since: record?.ownerlessSince ?? record?.registeredAt ?? bulletin.postAt };
    })
    .sort((a, b) => (`${a.since}${a.account.id}` < `${b.since}${b.account.id}` ? -1 : 1));
  const unknown = await unregisteredAccounts(sources);
  const unregistered = await Promise.all(
    unknown.map(async ({ account, firstSeen }, place) => ({
      account: sources.accounts(account),
      since: firstSeen,
      ...(place < COUNTED && { waiting: await waitingOf(account, sources) }),
    })),
  );
  if (bulletin.card.ts === undefined && ownerless.length + unregistered.length === 0) return undefined;
  return {
    kind: 'accounts',
    ref: bulletinRef(bulletin),
    day: bulletin.day,
    ...(bulletin.card.insteadOf !== undefined && { insteadOf: bulletin.card.insteadOf }),
    ownerless,
    unregistered,
  };
}
