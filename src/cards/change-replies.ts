import type { Change } from '../changes';
import { type ChangeState, changeState } from './view-change';

/** What the thread of an approval card is told, each once. */
export type ChangeReply =
  | { readonly key: string; readonly kind: 'reminder' | 'round' }
  | { readonly key: string; readonly kind: 'outcome'; readonly state: ChangeOutcome };

/** Ends of a change that whoever asked for it is told of. */
export type ChangeOutcome = Exclude<ChangeState, 'waiting' | 'applying' | 'ended' | 'undone'>;

const OUTCOMES: Partial<Record<ChangeState, { readonly key: string; readonly state: ChangeOutcome }>> = {
  applied: { key: 'applied', state: 'applied' },
  refused: { key: 'denied', state: 'refused' },
  denied: { key: 'denied', state: 'denied' },
  withdrawn: { key: 'withdrawn', state: 'withdrawn' },
  expired: { key: 'expired', state: 'expired' },
  failed: { key: 'failed', state: 'failed' },
  unknown: { key: 'unknown', state: 'unknown' },
};

/** What the thread of a change's card still has to be told, in order. Pure. */
export function untoldReplies(change: Change): readonly ChangeReply[] {
  const told = change.card?.told ?? [];
  return repliesOf(change).filter(({ key }) => !told.includes(key));
}

function repliesOf(change: Change): readonly ChangeReply[] {
  const state = changeState(change);
  if (state === 'waiting') {
    const { round = 1, remindedAt } = change.asked ?? {};
    return [
      ...(round > 1 ? [{ key: `round-${round}`, kind: 'round' as const }] : []),
      ...(remindedAt === undefined
        ? []
        : [{ key: round > 1 ? `reminder-${round}` : 'reminder', kind: 'reminder' as const }]),
    ];
  }
  const outcome = OUTCOMES[state];
  return outcome === undefined ? [] : [{ ...outcome, kind: 'outcome' }];
}
