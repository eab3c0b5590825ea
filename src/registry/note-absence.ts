import { type AccountId, type AccountRecord, isUserGroup, type Principal } from '../accounts';
import { amend } from '../store';
import type { RegistryEffects } from './registry-effects';
import { notedAccount } from './save-account';
import { settleAccount } from './settle-account';

/** Whether somebody is in Slack. */
export interface Presence {
  readonly who: Principal;
  readonly present: boolean;
}

/** The people, not groups, that an account's record names as owner or deputy. */
export function peopleOf({ owner, deputy }: Pick<AccountRecord, 'owner' | 'deputy'>): readonly Principal[] {
  return [...new Set([owner, deputy].flatMap((who) => (who === undefined || isUserGroup(who) ? [] : [who])))];
}

/**
 * Keeps which of an account's people have left Slack, or have come back, and does what follows: who answers for the
 * account is another one from then on. Idempotent; says nothing where nothing has moved.
 * @param at ISO 8601
 */
export async function noteAbsence(
  id: AccountId,
  seen: readonly Presence[],
  at: string,
  effects: RegistryEffects,
): Promise<void> {
  const { record, changed } = await amend(effects.accounts, id, (current) => absent(current, seen, at));
  if (changed && record) await settleAccount(record, effects);
}

function absent(record: AccountRecord, seen: readonly Presence[], at: string): AccountRecord | undefined {
  const before = record.absent ?? [];
  const moved = seen.filter(
    ({ who, present }) => peopleOf(record).includes(who) && before.includes(who) === present,
  );
  if (moved.length === 0) return undefined;
  const back = moved.filter(({ present }) => present).map(({ who }) => who);
  const left = moved.filter(({ present }) => !present).map(({ who }) => who);
  const named = [...left, ...back];
  const entry = {
    seq: record.seq + 1,
    at,
    what: left.length > 0 ? 'left' : 'back',
    fields: (['owner', 'deputy'] as const).filter((field) => named.includes(record[field] as Principal)),
    source: 'slack',
    detail: [...left.map((who) => `left: ${who}`), ...back.map((who) => `back: ${who}`)].join('; '),
  } as const;
  return notedAccount(
    { ...record, absent: [...before.filter((who) => !back.includes(who)), ...left] },
    entry,
  );
}
