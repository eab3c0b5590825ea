import type { Principal } from '../accounts';
import { addToBulletin } from '../bulletins';
import { type Effects, type Request, refreshCard, requestRef, wantOwnCard } from '../requests';
import { amend } from '../store';
import { nextWake, remindersFor } from './reminders-for';

/** What reminding needs. */
export interface ReminderEffects extends Effects {
  /** Who is reminded where an account has no owner: the security team's groups. */
  readonly securityTeam: readonly Principal[];
}

/** What is written after the morning has begun is posted so much later, so that one message holds it all. */
const GATHER_MS = 2 * 60_000;

/** So many of a reminder's requests get cards of their own; of the others the reminder's list brings them. */
const MOST_CARDS = 5;

/** Puts a request into the bulletins of this morning, where it belongs to any. Idempotent. */
async function writeReminders(request: Request, effects: ReminderEffects): Promise<void> {
  const { calendar } = effects;
  const now = effects.now();
  const account = effects.accounts(request.account);
  if (account.mode !== 'enforce' || request.phase !== 'open' || request.kind !== 'control') return;
  const reminders = remindersFor({ ...request, due: request.summary?.due }, calendar, now);
  const day = calendar.dayOf(now);
  const morning = calendar.morningOf(day);
  const postAt = morning.getTime() > now.getTime() ? morning : new Date(now.getTime() + GATHER_MS);
  const line = { ref: requestRef(request), about: 'request' } as const;
  const owner = account.owner ?? effects.securityTeam[0];
  if (reminders.owner && owner !== undefined) {
    const { channel } = request;
    const key = { kind: 'reminder', subject: `${channel}/${owner}`, day } as const;
    await addToBulletin({ key, channel, postAt }, line, effects);
    // Whoever is reminded needs something to press; but a long reminder must not bring a pile of cards with mentions.
    if (request.listed && (await effects.bulletins.lines(key)).length <= MOST_CARDS) {
      await wantOwnCard(request, effects);
    }
  }
  if (reminders.overdue) {
    const key = { kind: 'overdue', subject: 'all', day } as const;
    await addToBulletin({ key, channel: effects.securityChannel, postAt }, line, effects);
    // Its card says as well that the date has passed; where it does so already, nothing is sent.
    if (request.card.ts !== undefined) await refreshCard(request, effects);
  }
}

/**
 * Reminds people of a request whose time has come: writes what this morning has to say about it, and when the clock
 * has to look again. Run twice, or late, it says nothing twice.
 */
export async function remind(request: Request, effects: ReminderEffects): Promise<void> {
  await writeReminders(request, effects);
  await amend(effects.requests, request, (current) => {
    const { wakeAt, ...rest } = current;
    const { calendar } = effects;
    const next =
      current.phase === 'open'
        ? nextWake({ ...current, due: current.summary?.due }, calendar, effects.now())
        : undefined;
    if (next === wakeAt) return undefined;
    return { ...rest, ...(next !== undefined && { wakeAt: next }) };
  });
}
