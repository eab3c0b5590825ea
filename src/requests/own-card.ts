import { amend } from '../store';
import type { Request, RequestKey } from './request';
import { type Effects, enqueueCard } from './settle';

/**
 * Wants a request that a bulletin has told, or holds, shown on a card of its own. Idempotent.
 * @returns the request as it stands; undefined when there is none
 */
export async function wantOwnCard(
  key: RequestKey,
  effects: Pick<Effects, 'requests' | 'queues' | 'now'>,
): Promise<Request | undefined> {
  const { record, changed } = await amend(effects.requests, key, (request) =>
    request.card.ts !== undefined || request.own
      ? undefined
      : {
          ...request,
          own: true as const,
          revision: request.revision + 1,
          unsettled: effects.now().toISOString(),
        },
  );
  if (changed && record) await enqueueCard(record, effects);
  return record;
}
