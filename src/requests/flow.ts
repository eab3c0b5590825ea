import type { AccountId } from '../accounts';
import type { Table } from '../store';

/** How many new issues an account has had lately: more than people can read one by one is told as one digest. */
export interface Flow {
  /** Counts issues that have just opened. Counting one twice after a crash does no harm. */
  note(account: AccountId, now: Date): Promise<void>;
  /** New issues of the last ten minutes. */
  lately(account: AccountId, now: Date): Promise<number>;
}

const WINDOW_MINUTES = 10;
const MINUTE = 60_000;
/** Each minute counts in an item of its own, which the table drops when nobody needs it any more. */
const KEEP_MS = 24 * 60 * MINUTE;

const partition = (account: AccountId) => `A#${account}#FLOW`;
const minute = (at: Date) => at.toISOString().slice(0, 16);

export function tableFlow(table: Table): Flow {
  return {
    async note(account, now) {
      const key = { pk: partition(account), sk: minute(now) };
      if (await table.raise(key, {})) return;
      const expiresAt = Math.floor((now.getTime() + KEEP_MS) / 1000);
      if (await table.create({ ...key, revision: 1, version: 1, expiresAt })) return;
      await table.raise(key, {});
    },
    async lately(account, now) {
      const { items } = await table.query(partition(account), { backwards: true, limit: WINDOW_MINUTES + 1 });
      const since = minute(new Date(now.getTime() - WINDOW_MINUTES * MINUTE));
      return items
        .filter(({ sk }) => sk > since)
        .reduce((sum, item) => sum + Number(item['revision'] ?? 0), 0);
    },
  };
}
