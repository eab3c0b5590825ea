import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { messageBody } from '../../src/queues';

/** SQS takes so many messages at once. */
const AT_ONCE = 10;

/**
 * Puts events of EventBridge on a queue in their order, each as a message of its own.
 * @throws when one of them was not taken; those before it lie on the queue
 */
export async function sendEvents(
  events: readonly object[],
  { sqs, queueUrl }: { readonly sqs: SQSClient; readonly queueUrl: string },
): Promise<void> {
  for (let from = 0; from < events.length; from += AT_ONCE) {
    const Entries = events.slice(from, from + AT_ONCE).map((event, index) => ({
      Id: String(index),
      MessageBody: messageBody(JSON.stringify(event)),
    }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    const [failed] = Failed;
    if (failed) throw new Error(`an event could not be sent: ${failed.Code}: ${failed.Message}`);
  }
}
