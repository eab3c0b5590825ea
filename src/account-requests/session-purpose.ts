import type { SessionPurpose } from '../aws';
import type { Change } from '../changes';

/**
 * What a session in a member account is opened for. Whoever has approved a change last has it done: without them it would
 * not be. Where nobody had to, that is who asked.
 */
export function sessionPurpose({
  id,
  kind,
  actor,
  approvals = [],
}: Pick<Change, 'id' | 'kind' | 'actor' | 'approvals'>): SessionPurpose {
  const approvedBy = approvals.map(({ by }) => by.id);
  return {
    person: approvedBy.at(-1) ?? actor.id,
    change: id,
    action: kind,
    askedBy: actor.id,
    approvedBy,
  };
}
