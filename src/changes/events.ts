import { principal } from '../accounts';
import type { AuditEvent } from '../audit';
import type { Change } from './change';

function reasonOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('reason' in payload)) return undefined;
  return typeof payload.reason === 'string' ? payload.reason : undefined;
}

/** What the audit log keeps of a change's newest steps. */
export function eventsOf(change: Change): readonly AuditEvent[] {
  const names = new Map(
    [change.actor, change.denial?.by, change.ending?.by, ...(change.approvals ?? []).map(({ by }) => by)]
      .filter((person) => person !== undefined)
      .map(({ id, name }) => [id, name]),
  );
  return change.uncopied.map(({ seq, at, what, by, detail }) => {
    const person = by === undefined ? undefined : principal(by);
    const name = person && names.get(person);
    const reason =
      what === 'denied' || what === 'withdrawn' ? change.denial?.reason : reasonOf(change.payload);
    return {
      at,
      id: change.id,
      seq,
      kind: change.kind,
      what,
      ...(person && { by: person }),
      ...(name !== undefined && { byName: name }),
      ...(change.about.account !== undefined && { account: change.about.account }),
      ...(change.about.request !== undefined && { request: change.about.request }),
      ...(detail !== undefined && { detail }),
      ...(reason !== undefined && { reason }),
      hash: change.hash,
    };
  });
}
