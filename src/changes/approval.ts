import type { Calendar } from '../calendar';
import { severityRank } from '../controls';
import { derivedId } from '../store';
import type { ApprovalTarget, Asked, Change } from './change';

const WORKING_DAYS = 3;
const DAY_MS = 24 * 3_600_000;

/** The reference by which the `cards` queue and buttons name a change. */
export function changeRef(id: string): string {
  return `change/${id}`;
}

const REF = /^change\/([0-9a-z]{1,64})$/;

/** The id in a change's reference; undefined when it is none. */
export function parseChangeRef(ref: string): string | undefined {
  return REF.exec(ref)?.[1];
}

/** What an approval approves: the change as it was proposed, and what it touches as it was when it was asked. */
export function approvalHash(change: Pick<Change, 'hash' | 'asked'>): string {
  const { asked } = change;
  const parts = [...(asked?.target.parts ?? [])].sort();
  return derivedId(change.hash, String(asked?.round ?? 0), asked?.target.severity ?? '', ...parts);
}

/** True when what is touched is more severe than it was, or holds something that was not there. Less is not worse. */
export function gotWorse(then: ApprovalTarget, now: ApprovalTarget): boolean {
  // A lower rank is more severe.
  if (severityRank(now.severity) < severityRank(then.severity)) return true;
  const known = new Set(then.parts);
  return now.parts.some((part) => !known.has(part));
}

/** The question to the approvers: they have three working days, and are reminded at the next working morning. */
export function askedAt(now: Date, target: ApprovalTarget, round: number, calendar: Calendar): Asked {
  const today = calendar.dayOf(now);
  let last = today;
  for (let day = 0; day < WORKING_DAYS; day += 1) last = calendar.workingDay(last, 'after');
  const days = Math.round((Date.parse(last) - Date.parse(today)) / DAY_MS);
  return {
    at: now.toISOString(),
    until: new Date(now.getTime() + days * DAY_MS).toISOString(),
    remindAt: calendar.morningOf(calendar.workingDay(today, 'after')).toISOString(),
    target,
    round,
  };
}
