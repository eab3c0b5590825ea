import { type AccountField, type AccountHistoryEntry, type AccountRecord, accountItemKey } from '../accounts';
import type { AuditEvent } from '../audit';
import { queueRedecide } from '../requests';
import { amend } from '../store';
import type { RegistryEffects } from './registry-effects';

/** What cards show of their account, and who is called by them. */
const SHOWN: readonly AccountField[] = ['name', 'kind', 'owner', 'deputy', 'channel', 'status'];

/**
 * Does what an unsettled record still wants done, from the record alone: so the clock can do it again after a crash.
 * Every effect is idempotent.
 * @returns the record as it stands afterwards
 */
export async function settleAccount(record: AccountRecord, effects: RegistryEffects): Promise<AccountRecord> {
  if (record.unsettled === undefined) return record;
  // First: whoever shows a card anew is to know the account as it is now.
  await effects.accounts.stamp();
  effects.register.remember(record);
  const moved = record.uncopied.filter(({ what }) => what !== 'imported').flatMap(({ fields }) => fields);
  if (moved.some((field) => SHOWN.includes(field))) await effects.refreshCardsOf(record.id);
  if (moved.includes('status')) await queueRedecide(record.id, `account ${record.seq}`, effects.queues);
  await effects.history.copy(accountItemKey(record.id), record.uncopied);
  // What a change did is in the log as that change.
  const own = record.uncopied.filter(({ change }) => change === undefined);
  if (own.length > 0) await effects.audit.record(own.map((entry) => auditEvent(record, entry)));
  const { record: settled } = await amend(
    effects.accounts,
    record.id,
    ({ unsettled: _, ...current }) =>
      // Moved on meanwhile: the newer move's effects are not done yet.
      current.version === record.version ? { ...current, uncopied: [] } : undefined,
    record,
  );
  return settled ?? record;
}

function auditEvent({ id }: AccountRecord, entry: AccountHistoryEntry): AuditEvent {
  const { seq, at, what, by, byName, detail } = entry;
  return {
    at,
    id: `account/${id}`,
    seq,
    kind: 'account',
    what,
    account: id,
    ...(by !== undefined && { by }),
    ...(byName !== undefined && { byName }),
    ...(detail !== undefined && { detail }),
  };
}
