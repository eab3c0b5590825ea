import type { Principal } from '../accounts';
import type { Asker } from './rule';
import type { Need, Role } from './ruling';

/** Somebody who has approved, with the roles that they have now. */
export interface Approver {
  readonly id: Principal;
  readonly roles: readonly Role[];
}

const people = (needs: readonly Need[]) => needs.reduce((sum, { count }) => sum + count, 0);

/**
 * True when these approvals are enough: for each that is needed a person of its own, and none by whoever asks. A lead
 * may stand in for an analyst, so it is enough to have as many leads as need to be leads, and as many people at all.
 */
export function enough(needs: readonly Need[], approvers: readonly Approver[], asker: Principal): boolean {
  const others = approvers.filter(({ id }) => id !== asker);
  const having = (...wanted: readonly Role[]) =>
    new Set(others.filter(({ roles }) => wanted.some((role) => roles.includes(role))).map(({ id }) => id))
      .size;
  return (
    having('lead') >= people(needs.filter(({ of }) => of === 'lead')) &&
    having('lead', 'analyst') >= people(needs)
  );
}

/**
 * May this person approve a change of `actor` that needs this? `own`: they asked for it themselves. Guests, bots and
 * people of other workspaces approve nothing, whatever group they are in.
 */
export function mayApprove(asker: Asker, needs: readonly Need[], actor: Principal): 'yes' | 'own' | 'no' {
  if (asker.standing !== 'member') return 'no';
  if (asker.id === actor) return 'own';
  return needs.some(({ of }) => enough([{ of, count: 1 }], [asker], actor)) ? 'yes' : 'no';
}
