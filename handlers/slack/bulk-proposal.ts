import type { BulkWish } from '../../blocks/modals/read-bulk';
import type { Actor } from '../../src/changes';
import type { ChangeMessage } from '../../src/queues';
import { derivedId } from '../../src/store';
import type { SuppressManyPayload } from '../../src/suppressions';

const DAY_MS = 86_400_000;

/** The change that a submitted dialog asks for; its id follows from the dialog, so a retry is the same change. */
export function bulkProposal(viewId: string, actor: Actor, wish: BulkWish, now: Date): ChangeMessage {
  const { requests, reason, days, ticket, channel } = wish;
  const id = derivedId('suppress-many', viewId);
  const target = `bulk/${derivedId(actor.id, viewId)}`;
  const payload: SuppressManyPayload = {
    requests: [...requests],
    reason,
    days,
    ...(ticket !== undefined && { ticket }),
    asOf: now.toISOString(),
    until: new Date(now.getTime() + days * DAY_MS).toISOString(),
  };
  return {
    id,
    version: 0,
    group: target,
    body: {
      type: 'propose',
      id,
      kind: 'suppress-many',
      actor,
      target,
      payload,
      at: now.toISOString(),
      ...(channel !== undefined && { replyTo: { channel } }),
    },
  };
}
