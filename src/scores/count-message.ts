import type { AccountId } from '../accounts';
import type { Queues } from '../queues';

/** Has an account counted; what it finds to count is in the records. */
export interface CountMessage {
  readonly job: 'score-count';
  readonly account: string;
}

/** @param wakeAt the time for which the account's clock was set: one message for each */
export async function enqueueCount(
  account: AccountId,
  wakeAt: string,
  queues: Pick<Queues, 'change'>,
): Promise<void> {
  const body: CountMessage = { job: 'score-count', account };
  const group = `score#${account}`;
  await queues.change({ id: `${group}#${wakeAt}`, version: 0, group, body });
}
