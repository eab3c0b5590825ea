import type { AccountRecord, Principal } from '../accounts';
import type { Calendar } from '../calendar';
import { SlackRefused } from '../slack';
import type { Key, Table } from '../store';
import { noteAbsence, peopleOf } from './note-absence';
import { isPresent, type OwnerWatchSources } from './owner-watch';

/** What the daily look at all owners needs. */
export interface OwnerCheck extends OwnerWatchSources {
  readonly table: Table;
  readonly calendar: Pick<Calendar, 'dayOf' | 'isRestDay' | 'morningOf'>;
}

const PROGRESS: Key = { pk: 'OWNERS', sk: 'CHECK' };
/** So long before the morning's messages it begins. */
const BEFORE_MORNING_MS = 3_600_000;
/** People a call: the clock ticks once a minute, and Slack answers about a hundred such questions in one. */
const PEOPLE_A_CALL = 50;

/**
 * On every working day, from an hour before its morning on, looks whether owners and deputies are still in Slack, some
 * at each tick of the clock; those who have come back are owners again. Killed, it goes on where it was.
 * @returns how many people it looked at
 */
export async function checkOwners(check: OwnerCheck): Promise<number> {
  const now = check.now();
  const day = check.calendar.dayOf(now);
  if (check.calendar.isRestDay(day)) return 0;
  if (now.getTime() < check.calendar.morningOf(day).getTime() - BEFORE_MORNING_MS) return 0;
  const progress = await check.table.get(PROGRESS);
  const today = progress?.['day'] === day;
  if (today && progress['done'] === true) return 0;
  const after = today ? ((progress['after'] as string | undefined) ?? '') : '';

  const records = await check.effects.accounts.all();
  const people = [...new Set(records.flatMap(peopleOf))].sort().filter((who) => who > after);
  const batch = people.slice(0, PEOPLE_A_CALL);
  for (const who of batch) {
    try {
      await lookAt(who, records, check);
    } catch (error) {
      // Nothing is known of this one; the others are looked at all the same.
      if (!(error instanceof SlackRefused)) throw error;
      check.warn('Slack does not say whether an owner is still there', { user: who, error: String(error) });
    }
  }
  const last = batch.at(-1);
  await check.table.put({
    ...PROGRESS,
    day,
    ...(last !== undefined && { after: last }),
    done: batch.length === people.length,
  });
  return batch.length;
}

async function lookAt(who: Principal, records: readonly AccountRecord[], check: OwnerCheck): Promise<void> {
  const present = await isPresent(who, check.slack);
  const wrong = records.filter(
    (record) => peopleOf(record).includes(who) && (record.absent ?? []).includes(who) === present,
  );
  for (const { id } of wrong) {
    await noteAbsence(id, [{ who, present }], check.now().toISOString(), check.effects);
  }
}
