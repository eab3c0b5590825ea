import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { AtWork } from './come-to-rest';
import { type Document, eventOf } from './documents';

/** What one call of the embedded servers takes with ease. */
const BATCH = 10;

/** Puts an event about each finding on the bot's queue, in this order. */
export async function sendFindings(findings: readonly Document[], bot: AtWork): Promise<void> {
  await sendBodies(findings.map(eventOf), bot);
}

/** Puts messages on the bot's queue, in this order. */
export async function sendBodies(bodies: readonly string[], { sqs, environment }: AtWork): Promise<void> {
  for (let from = 0; from < bodies.length; from += BATCH) {
    const { Failed: failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: environment['FINDINGS_QUEUE_URL'],
        Entries: bodies
          .slice(from, from + BATCH)
          .map((MessageBody, index) => ({ Id: String(index), MessageBody })),
      }),
    );
    if (failed.length > 0) throw new Error('the queue does not take the findings');
  }
}
