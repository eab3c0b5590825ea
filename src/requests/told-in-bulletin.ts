import { amend } from '../store';
import type { RequestKey } from './request';
import { type Effects, enqueueCard } from './settle';

/**
 * A bulletin that lists this request has been posted: what it had to say when it was listed has been told. Its card's
 * publisher does the rest, which is to let Security Hub know. Idempotent; a request that has its own card by now, or
 * is listed elsewhere, is left as it is.
 * @param bulletin reference of the bulletin
 */
export async function toldInBulletin(
  key: RequestKey,
  bulletin: string,
  effects: Pick<Effects, 'requests' | 'queues' | 'now'>,
): Promise<void> {
  const { record, changed } = await amend(effects.requests, key, (request) => {
    if (request.held?.bulletin !== bulletin) return undefined;
    const { held: _, ...rest } = request;
    const at = effects.now().toISOString();
    const opened = request.outbox.find(
      ({ kind, seq }) => kind === 'opened' && seq > request.card.toldThrough,
    );
    return {
      ...rest,
      listed: { bulletin, at },
      revision: request.revision + 1,
      unsettled: at,
      ...(opened && { card: { ...request.card, toldThrough: opened.seq } }),
    };
  });
  if (changed && record) await enqueueCard(record, effects);
}
