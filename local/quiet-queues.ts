import { setTimeout as delay } from 'node:timers/promises';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A queue that is looked at, and the client that reaches it. */
export interface WatchedQueue {
  readonly url: string;
  readonly client: SQSClient;
}

/** Queues must look empty so often in a row: what a handler has just finished may not have been sent on yet. */
const QUIET_LOOKS = 3;
const LOOK_EVERY_MS = 20;
const LONGEST_PEACE_MS = 200;
/** Longer than any work that is going well; what fails comes back after a minute and is not waited for. */
const LONGEST_MS = 30_000;

/** Messages that wait in a queue, are being handled, or are put off. */
async function depthOf({ url, client }: WatchedQueue): Promise<number> {
  const { Attributes: found = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(found).reduce((sum, count) => sum + Number(count), 0);
}

/**
 * Resolves when all queues are quiet: what was sent has been handled, with all that followed from it.
 * @param alsoPending counts what is on its way to a queue
 * @param looks so many times in a row they must look empty at once; 1 where all that could be sent has been sent
 * @returns false when they were not quiet within half a minute: something fails, and will be tried again
 */
export async function quietQueues(
  queues: readonly WatchedQueue[],
  alsoPending: () => Promise<number>,
  looks: number = QUIET_LOOKS,
): Promise<boolean> {
  const until = performance.now() + LONGEST_MS;
  let wanted = looks;
  for (let quiet = 0; ; ) {
    const counts = await Promise.all([...queues.map(depthOf), alsoPending()]);
    const waiting = counts.reduce((sum, count) => sum + count, 0);
    quiet = waiting === 0 ? quiet + 1 : 0;
    if (waiting > 0) wanted = QUIET_LOOKS;
    if (quiet === wanted) return true;
    if (performance.now() > until) return false;
    // Looking takes time from those who work: the more waits, the longer they are left in peace.
    await delay(LOOK_EVERY_MS + Math.min(waiting, LONGEST_PEACE_MS));
  }
}
