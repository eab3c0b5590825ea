import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { derivedId } from '../store';
import { messageBody } from './message-body';

/** Wants the card of one record shown as the record is now. Group: the channel. */
export interface CardMessage {
  readonly record: string;
  readonly revision: number;
  readonly channel: string;
}

/** Names issues whose Security Hub workflow has to follow the record; never says what to write. */
export interface WorkflowMessage {
  readonly issues: readonly { readonly record: string; readonly issue: string }[];
}

/** A step of a change, or a slow read for one person. Group: the target. */
export interface ChangeMessage {
  readonly id: string;
  readonly version: number;
  readonly group: string;
  readonly body: unknown;
}

/** The three queues that the bot itself writes to. Every method is done when SQS has confirmed. */
export interface Queues {
  card(message: CardMessage): Promise<void>;
  workflow(message: WorkflowMessage): Promise<void>;
  change(message: ChangeMessage): Promise<void>;
}

export interface QueueUrls {
  readonly cards: string;
  readonly workflow: string;
  readonly changes: string;
}

export const WORKFLOW_BATCH = 100;

export function sqsQueues(client: SQSClient, urls: QueueUrls): Queues {
  const send = async (
    url: string,
    body: unknown,
    fifo?: { readonly group: string; readonly deduplication: readonly string[] },
  ) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: messageBody(JSON.stringify(body)),
        ...(fifo && {
          // SQS takes 128 characters of a narrow alphabet; a derived id is short and says the same.
          MessageGroupId: derivedId(fifo.group),
          MessageDeduplicationId: derivedId(...fifo.deduplication),
        }),
      }),
    );
  };
  return {
    card: (message) =>
      send(urls.cards, message, {
        group: message.channel,
        deduplication: [message.channel, message.record, String(message.revision)],
      }),
    workflow: (message) => send(urls.workflow, message),
    change: (message) =>
      send(urls.changes, message.body, {
        group: message.group,
        deduplication: [message.id, String(message.version)],
      }),
  };
}

/** Lets a message that is being handled come back after `seconds` (0 to 43,200). */
export async function delayMessage(
  client: SQSClient,
  queueUrl: string,
  receiptHandle: string,
  seconds: number,
): Promise<void> {
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: Math.min(43_200, Math.max(0, Math.ceil(seconds))),
    }),
  );
}
