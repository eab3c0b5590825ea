import type { Change, Changes } from '../changes';
import type { Known } from '../requests';
import { amend, settleBy } from '../store';
import { type AccountRequest, nextStep, type RequestEnd } from './account-request';
import {
  type AccountRequestEffects,
  ended,
  late,
  lookedAt,
  moveAccountRequest,
  reached,
  settleAccountRequest,
} from './move-account-request';

/** What the clock needs to look at a request. */
export interface AccountRequestClock extends AccountRequestEffects {
  readonly changes: Pick<Changes, 'load'>;
  readonly known: Pick<Known, 'account'>;
}

/**
 * Does what a request's time has come for: finishes what a crash has left or a queue has lost, says that a step takes too long, and notices
 * what nobody tells: that its change is over, or that Security Hub speaks of the account. Safe to run twice.
 */
export async function wakeAccountRequest(
  { id }: Pick<AccountRequest, 'id'>,
  clock: AccountRequestClock,
): Promise<void> {
  const now = clock.now().getTime();
  const isDue = (at: string | undefined) => at !== undefined && Date.parse(at) <= now;
  const { record: request } = await amend(clock.accountRequests, id, (current) => {
    const { queuedAt } = current.card;
    return current.unsettled === undefined && isDue(queuedAt && settleBy(queuedAt))
      ? { ...current, unsettled: clock.now().toISOString() }
      : undefined;
  });
  if (request === undefined) return;
  if (request.unsettled !== undefined) await settleAccountRequest(request, clock);
  if (isDue(request.lookAt)) await look(request, clock);
  if (isDue(request.dueAt)) {
    // Reached while this looked: then it is another step's turn, whose time has not come.
    await moveAccountRequest(id, (current) => (isDue(current.dueAt) ? late(current, clock) : current), clock);
  }
}

async function look(request: AccountRequest, clock: AccountRequestClock): Promise<void> {
  const { id, account } = request;
  const next = nextStep(request);
  const over = next === 'approved' ? overOf(await clock.changes.load(id)) : undefined;
  const heardOf = next === 'ready' && account !== undefined && (await clock.known.account(account));
  await moveAccountRequest(
    id,
    (current) => {
      if (over && nextStep(current) === 'approved') return ended(current, over, clock);
      if (heardOf && nextStep(current) === 'ready') return reached(current, 'ready', {}, clock);
      return current.lookAt === request.lookAt ? lookedAt(current, clock) : current;
    },
    clock,
  );
}

/** How a change has ended that did not say so: by the rules, or by nothing that anybody knows. */
function overOf(change: Change | undefined): Omit<RequestEnd, 'at'> | undefined {
  switch (change?.status) {
    case 'denied':
      return { as: 'denied' };
    case 'expired':
      return { as: 'expired' };
    case 'failed':
    case 'unknown':
      return { as: 'failed', reason: change.failure ?? change.status };
    default:
      return undefined;
  }
}
