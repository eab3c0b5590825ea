import type { Objects } from '../aws';
import type { Refusal } from '../findings';
import { recordType, type Table } from '../store';

/** A message, or one finding of it, that could not be read. The original lies in S3. */
export interface Quarantined {
  /** SQS message id. */
  readonly messageId: string;
  readonly at: string;
  /** Every field at fault, with what is wrong with it. */
  readonly refusals: readonly Refusal[];
  readonly bytes: number;
  /** S3 key of the original body. */
  readonly original: string;
  readonly resentAt?: string;
}

/** Where unreadable messages rest until somebody has looked at them: never lost, never retried by themselves. */
export interface Quarantine {
  keep(messageId: string, body: string, refusals: readonly Refusal[]): Promise<void>;
  find(messageId: string): Promise<Quarantined | undefined>;
  /** Newest first. */
  list(): Promise<readonly Quarantined[]>;
  /** Undefined when it is gone: S3 deletes originals after 90 days, the embedded one when it stops. */
  original(item: Quarantined): Promise<string | undefined>;
  resent(item: Quarantined): Promise<void>;
}

const quarantinedItems = recordType<Quarantined>('quarantined');
const PARTITION = 'QUARANTINE';
/** As many problems as a person reads; the original tells the rest. */
const REFUSALS_KEPT = 20;

export function tableQuarantine(table: Table, objects: Objects, now: () => Date): Quarantine {
  const key = (messageId: string) => ({ pk: PARTITION, sk: messageId });
  return {
    async keep(messageId, body, refusals) {
      const original = `quarantine/${messageId}.json`;
      await objects.put(original, body);
      const item: Quarantined = {
        messageId,
        at: now().toISOString(),
        refusals: refusals.slice(0, REFUSALS_KEPT),
        bytes: Buffer.byteLength(body),
        original,
      };
      await table.put(quarantinedItems.toItem(key(messageId), item));
    },
    async find(messageId) {
      const item = await table.get(key(messageId));
      return item && quarantinedItems.fromItem(item);
    },
    async list() {
      const items = (await table.all(PARTITION)).map(quarantinedItems.fromItem);
      return items.sort((a, b) => (a.at < b.at ? 1 : -1));
    },
    original: (item) => objects.get(item.original),
    async resent(item) {
      await table.put(
        quarantinedItems.toItem(key(item.messageId), { ...item, resentAt: now().toISOString() }),
      );
    },
  };
}
