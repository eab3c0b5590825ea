import { amend } from '../store';
import { type Change, type ChangeStatus, isWaiting } from './change';
import type { Engine } from './engine-ports';

/** Where a change can end, by what counts it. */
const ENDED = {
  applied: 'ChangesApplied',
  failed: 'ChangesFailed',
  unknown: 'ChangesUnknown',
  denied: 'ChangesDenied',
  expired: 'ChangesExpired',
  undone: 'ChangesUndone',
} as const satisfies Partial<Record<ChangeStatus, string>>;

const hasEnded = (status: ChangeStatus): status is keyof typeof ENDED => Object.hasOwn(ENDED, status);

/** What a status is called in the log: one that waits for people is not where it was proposed. */
const named = (change: Change): string => (isWaiting(change) ? 'waiting' : change.status);

/**
 * Amends a change as `amend` does, and writes its step down: a line of the log for each, whoever took it.
 * @throws ContentionError after 20 lost races
 */
export async function amendChange(
  engine: Pick<Engine, 'changes' | 'log' | 'metrics'>,
  id: string,
  step: (change: Change) => Change | undefined,
  known?: Change,
): Promise<{ readonly record: Change | undefined; readonly changed: boolean }> {
  let from: Change | undefined;
  const result = await amend<string, Change>(
    engine.changes,
    id,
    (current) => {
      from = current;
      return step(current);
    },
    known,
  );
  if (result.changed && result.record && from && result.record.seq > from.seq) {
    noteStep(result.record, engine, from);
  }
  return result;
}

/** @param from where it stood before; absent for a change that has just been proposed */
export function noteStep(
  change: Change,
  { log, metrics }: Pick<Engine, 'log' | 'metrics'>,
  from?: Change,
): void {
  const { status, uncopied } = change;
  const last = uncopied.at(-1);
  if (status !== from?.status && hasEnded(status)) metrics.count(ENDED[status]);
  log.info('change moved', {
    change: change.id,
    kind: change.kind,
    record: change.about.request ?? change.target,
    account: change.about.account,
    from: from && named(from),
    to: named(change),
    did: last?.what,
    user: last?.by ?? change.actor.id,
  });
}
