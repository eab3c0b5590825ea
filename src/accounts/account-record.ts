import type { HistoryEntry } from '../store';
import type { Account, AccountId, AccountSource, Mode, Principal } from './account';

/** What can be said of a registered account. */
export interface AccountFields
  extends Pick<Account, 'name' | 'owner' | 'deputy' | 'channel' | 'project' | 'mail' | 'kind' | 'status'> {
  /** Absent: the deployment's `UNKNOWN_ACCOUNT_MODE`, as it is whenever somebody asks. */
  readonly mode?: Mode;
}

export const ACCOUNT_FIELDS = [
  'name',
  'kind',
  'mode',
  'owner',
  'deputy',
  'channel',
  'project',
  'mail',
  'status',
] as const satisfies readonly (keyof AccountFields)[];
export type AccountField = (typeof ACCOUNT_FIELDS)[number];

/** One step in the life of an account's record. */
export interface AccountHistoryEntry extends HistoryEntry {
  readonly by?: Principal;
  /** What it altered; the effects that follow depend on it. */
  readonly fields: readonly AccountField[];
  readonly source: AccountSource;
  readonly byName?: string;
  /** The change behind it; its retry finds this entry and alters nothing again. */
  readonly change?: string;
  /** The same, for the history: see `History.marked`. */
  readonly mark?: string;
}

/** An account as the register keeps it. */
export interface AccountRecord extends AccountFields {
  readonly id: AccountId;
  /** Which of owner and deputy have left Slack. */
  readonly absent?: readonly Principal[];
  /** Since when nobody answers for it; absent while somebody does. */
  readonly ownerlessSince?: string;
  /** Where the register first heard of it. */
  readonly source: AccountSource;
  readonly registeredAt: string;
  readonly updatedAt: string;

  readonly version: number;
  /** Number of the newest history entry. */
  readonly seq: number;
  readonly uncopied: readonly AccountHistoryEntry[];
  readonly unsettled?: string;
  readonly nextAt?: string;
}

/** What the register needs to make an account of a record. */
type Registered = AccountFields & Pick<AccountRecord, 'id' | 'source' | 'absent'>;

/** Who answers for an account, and who stands in, once those who have left Slack are left out. */
export function presentOwners({
  owner,
  deputy,
  absent = [],
}: Pick<AccountRecord, 'owner' | 'deputy' | 'absent'>): Pick<Account, 'owner' | 'deputy' | 'leftOwner'> {
  const standIn = deputy !== undefined && absent.includes(deputy) ? undefined : deputy;
  if (owner !== undefined && absent.includes(owner)) {
    return { ...(standIn !== undefined && { owner: standIn }), leftOwner: owner };
  }
  return { ...(owner !== undefined && { owner }), ...(standIn !== undefined && { deputy: standIn }) };
}

/** The account that a record, or a line of a file, describes. Whoever has left Slack answers for nothing. */
export function registeredAccount(entry: Registered, defaultMode: Mode): Account {
  const { id, name, kind, mode, channel, project, mail, status, source } = entry;
  return {
    id,
    ...(name !== undefined && { name }),
    kind,
    mode: mode ?? defaultMode,
    ...presentOwners(entry),
    ...(channel !== undefined && { channel }),
    ...(project !== undefined && { project }),
    ...(mail !== undefined && { mail }),
    status,
    source,
    registered: true,
  };
}
