import type { SuppressWish } from '../../blocks/modals/read-suppress';
import type { Actor } from '../../src/changes';
import type { ChangeMessage } from '../../src/queues';
import { type Request, requestRef } from '../../src/requests';
import { derivedId } from '../../src/store';
import type { SuppressionKind, SuppressPayload } from '../../src/suppressions';

const DAY_MS = 86_400_000;

/** The kind of change that a wish asks for. */
export function suppressionKindOf({ byDesign }: Pick<SuppressWish, 'byDesign'>): SuppressionKind {
  return byDesign ? 'suppress-by-design' : 'suppress';
}

/** The change that a submitted dialog asks for; its id follows from the dialog, so a retry is the same change. */
export function suppressProposal(
  viewId: string,
  actor: Actor,
  wish: SuppressWish,
  request: Request,
  now: Date,
): ChangeMessage {
  const id = derivedId('suppress', viewId);
  const target = requestRef(request);
  const payload: SuppressPayload = {
    scope: wish.scope,
    issues: [...(wish.issues ?? [])],
    reason: wish.reason,
    days: wish.days,
    ...(wish.ticket !== undefined && { ticket: wish.ticket }),
    ...(wish.extends !== undefined && { extends: wish.extends }),
    asOf: now.toISOString(),
    until: new Date(now.getTime() + wish.days * DAY_MS).toISOString(),
  };
  const { channel } = request.card;
  return {
    id,
    version: 0,
    group: target,
    body: {
      type: 'propose',
      id,
      kind: suppressionKindOf(wish),
      actor,
      target,
      payload,
      at: now.toISOString(),
      ...(channel !== undefined && { replyTo: { channel } }),
    },
  };
}
