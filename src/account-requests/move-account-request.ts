import type { Calendar } from '../calendar';
import type { Queues } from '../queues';
import { amend, type History } from '../store';
import type { AccountForm, LimitedStep } from './account-form';
import {
  type AccountRequest,
  type AccountStep,
  accountRequestRef,
  nextStep,
  type RequestEnd,
  type StepReached,
} from './account-request';
import { type AccountRequests, accountRequestKey } from './account-requests';

/** What moving an account request takes. */
export interface AccountRequestEffects {
  readonly accountRequests: AccountRequests;
  readonly history: History;
  readonly queues: Queues;
  readonly calendar: Calendar;
  readonly limits: AccountForm['limits'];
  readonly now: () => Date;
}

/** How often the clock looks whether something has happened that nobody tells the bot. */
const LOOK_EVERY_MS = 3_600_000;

function workingDaysAfter(from: Date, days: number, calendar: Calendar): Date {
  const today = calendar.dayOf(from);
  let last = today;
  for (let day = 0; day < days; day += 1) last = calendar.workingDay(last, 'after');
  return new Date(from.getTime() + Date.parse(last) - Date.parse(today));
}

function isLimited(step: AccountStep): step is LimitedStep {
  return step !== 'requested' && step !== 'approved';
}

/** With the times at which the clock has to look at it next. */
function timed(
  { dueAt: _, lookAt: __, ...request }: AccountRequest,
  { calendar, limits, now }: AccountRequestEffects,
): AccountRequest {
  const next = nextStep(request);
  if (next === undefined) return request;
  const [newest = now().toISOString()] = Object.values(request.steps)
    .map(({ at }) => at)
    .toSorted()
    .toReversed();
  const awaited = next === 'approved' || next === 'ready';
  const limited = isLimited(next) && !request.late.includes(next);
  return {
    ...request,
    ...(limited && { dueAt: workingDaysAfter(new Date(newest), limits[next], calendar).toISOString() }),
    ...(awaited && { lookAt: new Date(now().getTime() + LOOK_EVERY_MS).toISOString() }),
  };
}

/** A record as it comes into being, with its first step and history entry. */
export function firstRecord(
  id: string,
  first: Pick<AccountRequest, 'origin' | 'wanted' | 'asker' | 'steps' | 'account'>,
  channel: string,
  effects: AccountRequestEffects,
): AccountRequest {
  const at = effects.now().toISOString();
  const what = first.origin === 'new' ? 'requested' : 'created';
  const record: AccountRequest = {
    id,
    ...first,
    late: [],
    card: { channel, shownRevision: 0 },
    revision: 1,
    version: 1,
    seq: 1,
    uncopied: [{ seq: 1, at, what, by: first.asker.id }],
    unsettled: at,
  };
  return timed(record, effects);
}

/** What a step says in the history. */
export interface Noted {
  readonly what: string;
  readonly by?: string;
  readonly detail?: string;
}

/** The request one step on, with its history entry; its effects are still to come. */
export function noted(
  request: AccountRequest,
  { what, by, detail }: Noted,
  effects: AccountRequestEffects,
): AccountRequest {
  const at = effects.now().toISOString();
  const seq = request.seq + 1;
  return timed(
    {
      ...request,
      seq,
      revision: request.revision + 1,
      uncopied: [
        ...request.uncopied,
        { seq, at, what, ...(by !== undefined && { by }), ...(detail !== undefined && { detail }) },
      ],
      unsettled: at,
    },
    effects,
  );
}

/** With a step that it has now reached; as it was when it has ended, or reached that before. */
export function reached(
  request: AccountRequest,
  step: AccountStep,
  how: Omit<StepReached, 'at'>,
  effects: AccountRequestEffects,
): AccountRequest {
  if (request.end !== undefined || request.steps[step] !== undefined) return request;
  const at = effects.now().toISOString();
  const [by] = how.by ?? [];
  return noted(
    { ...request, steps: { ...request.steps, [step]: { at, ...how } } },
    {
      what: step,
      ...(by !== undefined && { by }),
      ...(how.unchecked !== undefined && { detail: `without checks: ${how.unchecked}` }),
    },
    effects,
  );
}

/** Ended without an account; as it was when it is over already. */
export function ended(
  request: AccountRequest,
  end: Omit<RequestEnd, 'at'>,
  effects: AccountRequestEffects,
): AccountRequest {
  if (nextStep(request) === undefined) return request;
  const at = effects.now().toISOString();
  return noted(
    { ...request, end: { ...end, at } },
    {
      what: end.as,
      ...(end.by !== undefined && { by: end.by }),
      ...(end.reason !== undefined && { detail: end.reason }),
    },
    effects,
  );
}

/** Has a step of the clock's noticed: it took longer than its limit. */
export function late(request: AccountRequest, effects: AccountRequestEffects): AccountRequest {
  const step = nextStep(request);
  if (step === undefined || request.late.includes(step)) return request;
  return noted({ ...request, late: [...request.late, step] }, { what: 'late', detail: step }, effects);
}

/** Without a new look at what has not moved by itself: only its next time is put off. */
export function lookedAt(request: AccountRequest, effects: AccountRequestEffects): AccountRequest {
  return timed(request, effects);
}

/**
 * Does what an unsettled request still wants done, from the record alone: so the clock can do it again after a crash.
 * @returns the record as it stands afterwards
 */
export async function settleAccountRequest(
  request: AccountRequest,
  effects: AccountRequestEffects,
): Promise<AccountRequest> {
  if (request.unsettled === undefined) return request;
  await effects.history.copy(accountRequestKey(request.id), request.uncopied);
  await effects.queues.card({
    record: accountRequestRef(request.id),
    revision: request.revision,
    channel: request.card.channel,
  });
  // By its last step and not by its version: the publisher writes the card's state into the record meanwhile.
  const { record } = await amend(effects.accountRequests, request.id, ({ unsettled, ...current }) => {
    if (current.seq !== request.seq || unsettled !== request.unsettled) return undefined;
    const { card, revision } = current;
    const isShown = card.shownRevision >= revision;
    return {
      ...current,
      // The clock comes back to a refresh that is lost.
      ...(!isShown && unsettled !== undefined && { card: { ...card, queuedAt: unsettled } }),
      uncopied: [],
    };
  });
  return record ?? request;
}

/**
 * Moves a request by a pure step and does what follows; done again it changes nothing.
 * @param step the same object when there is nothing to do
 * @returns the record as it stands afterwards; undefined when there is none
 */
export async function moveAccountRequest(
  id: string,
  step: (request: AccountRequest) => AccountRequest,
  effects: AccountRequestEffects,
): Promise<AccountRequest | undefined> {
  const { record } = await amend(effects.accountRequests, id, (current) => {
    const next = step(current);
    return next === current ? undefined : next;
  });
  return record && settleAccountRequest(record, effects);
}
