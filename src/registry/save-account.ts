import {
  ACCOUNT_FIELDS,
  type AccountField,
  type AccountFields,
  type AccountHistoryEntry,
  type AccountId,
  type AccountRecord,
  type AccountSource,
  accountItemKey,
  type Principal,
  presentOwners,
} from '../accounts';
import { amend, ContentionError } from '../store';
import type { RegistryEffects } from './registry-effects';
import { settleAccount } from './settle-account';

/** What is to be said of an account from now on: undefined leaves a field as it is, null removes it. */
export type AccountWish = {
  readonly [Field in keyof AccountFields]?:
    | AccountFields[Field]
    | undefined
    | (Field extends 'kind' | 'status' ? never : null);
};

/** Why an account's record moves, for its history. */
export interface SaveCause {
  readonly source: AccountSource;
  /** Absent where the bot acts by itself (a sync). */
  readonly by?: Principal;
  /** The same person, for readers outside Slack; or whoever ran a command. */
  readonly byName?: string;
  /** Id of the change behind it: saved again for the same change, nothing is altered. */
  readonly change?: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface SavedAccount {
  readonly record: AccountRecord;
  /** For a change that is tried again: what its first try did. */
  readonly outcome: 'created' | 'changed' | 'unchanged';
}

const CONTENDED = 5;

/**
 * Registers an account or alters what is registered of it, and does what follows from that. What is not said of a new
 * account is what an unregistered one has. Idempotent; killed anywhere, the clock finishes it.
 * @throws ContentionError when the record moved under every try
 */
export async function saveAccount(
  id: AccountId,
  fields: AccountWish,
  cause: SaveCause,
  effects: RegistryEffects,
): Promise<SavedAccount> {
  for (let attempt = 0; attempt < CONTENDED; attempt += 1) {
    const known = await effects.accounts.load(id);
    if (known === undefined) {
      const record = created(id, fields, cause, effects);
      if (!(await effects.accounts.create(record))) continue;
      return { record: await settleAccount(record, effects), outcome: 'created' };
    }
    const before = await earlierTry(known, cause, effects);
    if (before !== undefined) return { record: await settleAccount(known, effects), outcome: before };
    const { record, changed } = await amend(
      effects.accounts,
      id,
      (current) => altered(current, fields, cause),
      known,
    );
    if (record === undefined) continue;
    return {
      record: await settleAccount(record, effects),
      outcome: changed ? 'changed' : 'unchanged',
    };
  }
  throw new ContentionError(`account moved under ${CONTENDED} attempts: ${id}`);
}

/** What an earlier try of the same change has done, if there was one. */
async function earlierTry(
  record: AccountRecord,
  { change }: SaveCause,
  { history }: RegistryEffects,
): Promise<'created' | 'changed' | undefined> {
  if (change === undefined) return undefined;
  const seq =
    record.uncopied.find((entry) => entry.change === change)?.seq ??
    (await history.marked(accountItemKey(record.id), change));
  if (seq === undefined) return undefined;
  return seq === 1 ? 'created' : 'changed';
}

function created(
  id: AccountId,
  fields: AccountWish,
  cause: SaveCause,
  { register }: RegistryEffects,
): AccountRecord {
  const blank: AccountRecord = {
    id,
    kind: register.lookup(id).kind,
    status: 'active',
    source: cause.source,
    registeredAt: cause.at,
    updatedAt: cause.at,
    version: 1,
    seq: 0,
    uncopied: [],
  };
  const record = withFields(blank, fields);
  const said = ACCOUNT_FIELDS.filter((field) => record[field] !== undefined);
  return noted(
    record,
    'registered',
    said,
    said.map((field) => `${field}: ${record[field]}`),
    cause,
  );
}

function altered(record: AccountRecord, fields: AccountWish, cause: SaveCause): AccountRecord | undefined {
  const next = withFields(record, fields);
  const moved = ACCOUNT_FIELDS.filter((field) => next[field] !== record[field]);
  if (moved.length === 0) return undefined;
  const details = moved.map((field) => `${field}: ${record[field] ?? '–'} → ${next[field] ?? '–'}`);
  return noted(next, 'changed', moved, details, cause);
}

function withFields(record: AccountRecord, fields: AccountWish): AccountRecord {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  const merged = Object.entries({ ...record, ...Object.fromEntries(said) });
  return Object.fromEntries(merged.filter(([, value]) => value !== null)) as unknown as AccountRecord;
}

function noted(
  record: AccountRecord,
  what: string,
  fields: readonly AccountField[],
  details: readonly string[],
  { source, by, byName, change, at }: SaveCause,
): AccountRecord {
  const entry: AccountHistoryEntry = {
    seq: record.seq + 1,
    at,
    what,
    fields,
    source,
    detail: details.join('; '),
    ...(by !== undefined && { by }),
    ...(byName !== undefined && { byName }),
    ...(change !== undefined && { change, mark: change }),
  };
  return notedAccount(record, entry);
}

/**
 * A record that has moved, with the entry that says how: not settled yet. Marks of those who have left Slack go with
 * the people, and since when nobody answers for it is kept.
 */
export function notedAccount(moved: AccountRecord, entry: AccountHistoryEntry): AccountRecord {
  const { absent = [], ownerlessSince = entry.at, ...record } = moved;
  const gone = absent.filter((who) => who === record.owner || who === record.deputy);
  const ownerless = presentOwners({ ...record, absent: gone }).owner === undefined;
  return {
    ...record,
    ...(gone.length > 0 && { absent: gone }),
    ...(ownerless && { ownerlessSince }),
    seq: entry.seq,
    updatedAt: entry.at,
    uncopied: [...record.uncopied, entry],
    unsettled: entry.at,
  };
}
