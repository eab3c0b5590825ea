import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

export interface PolledQueue {
  readonly name: string;
  readonly url: string;
  readonly client: SQSClient;
  /** The Lambda handler that is called with what is received. */
  readonly handle: (event: SQSEvent) => Promise<SQSBatchResponse>;
  /** Messages a call: up to 10 are received at once, more are gathered while the queue has some. */
  readonly batch: number;
  /** How long a batch may wait to become full, in seconds; not at all unless told. */
  readonly windowSeconds?: number;
  /** How many calls may run side by side. */
  readonly workers: number;
}

export interface Poller {
  /** Takes nothing new, and resolves when what is in hand is finished. */
  stop(): Promise<void>;
}

const RECEIVE_LIMIT = 10;
const WAIT_SECONDS = 10;
const PAUSE_AFTER_ERROR_MS = 1_000;

/** A received message in the shape in which Lambda hands it to a handler. */
export function lambdaRecord(message: Message, queueUrl: string, region: string): SQSRecord {
  const attributes = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ...attributes,
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? '1',
      SentTimestamp: attributes.SentTimestamp ?? '',
      SenderId: attributes.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: attributes.ApproximateFirstReceiveTimestamp ?? '',
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${region}:000000000000:${new URL(queueUrl).pathname.split('/').pop() ?? ''}`,
    awsRegion: region,
  };
}

/**
 * Does for a queue what Lambda's event source does: receives, calls the handler, deletes what it did not report
 * as failed; the rest comes back when its visibility ends. Runs in the local program and in a container.
 * @param warn hears of errors outside the handler; polling goes on after a second
 */
export function pollQueue(
  queue: PolledQueue,
  region: string,
  warn: (message: string, error: unknown) => void,
): Poller {
  const stopping = new AbortController();
  const workers = Array.from({ length: queue.workers }, () => work());
  return {
    async stop() {
      stopping.abort();
      await Promise.all(workers);
    },
  };

  async function receive(limit: number, waitSeconds: number): Promise<Message[]> {
    const answer = await queue.client.send(
      new ReceiveMessageCommand({
        QueueUrl: queue.url,
        MaxNumberOfMessages: Math.min(limit, RECEIVE_LIMIT),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
      }),
      { abortSignal: stopping.signal },
    );
    return answer.Messages ?? [];
  }

  async function gather(): Promise<Message[]> {
    const messages = await receive(queue.batch, WAIT_SECONDS);
    const until = Date.now() + (queue.windowSeconds ?? 0) * 1_000;
    while (messages.length > 0 && messages.length < queue.batch) {
      const left = Math.max(0, Math.min(WAIT_SECONDS, Math.floor((until - Date.now()) / 1_000)));
      if (left === 0 && messages.length % RECEIVE_LIMIT > 0) break;
      const more = await receive(queue.batch - messages.length, left);
      if (more.length === 0 && left === 0) break;
      messages.push(...more);
    }
    return messages;
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const messages = await gather();
        if (messages.length > 0) await serve(messages);
      } catch (error) {
        if (stopping.signal.aborted) return;
        warn(`the ${queue.name} queue could not be served`, error);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_ERROR_MS));
      }
    }
  }

  async function serve(messages: readonly Message[]): Promise<void> {
    const event: SQSEvent = { Records: messages.map((message) => lambdaRecord(message, queue.url, region)) };
    const { batchItemFailures } = await queue.handle(event);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
    for (let from = 0; from < done.length; from += RECEIVE_LIMIT) {
      await queue.client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queue.url,
          Entries: done
            .slice(from, from + RECEIVE_LIMIT)
            .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle: ReceiptHandle ?? '' })),
        }),
      );
    }
  }
}
