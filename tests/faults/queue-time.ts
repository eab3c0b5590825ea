import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { tick } from '../../handlers/clock';
import type { Bot, Ports } from '../../handlers/composition';
import { QUEUE_NAMES, QUEUES, type QueueName } from '../../infra/resources';
import { LOCAL_REGION } from '../../local/embedded';
import { lambdaRecord } from '../../local/poller';
import { callHandler, type Spine } from '../setup/spine';

/** The clock's function runs every minute; nothing of this takes harm from its coming later. */
const TICK_MS = 5 * 60_000;
/** As Lambda gathers them; of FIFO queues one at a time. */
const BATCH: Readonly<Record<QueueName, number>> = { findings: 10, workflow: 100, cards: 1, changes: 1 };
const RECEIVED_AT_ONCE = 10;
/** So long before a message is visible again, its function is ended. */
const SPARE_SECONDS = 10;
/** The most that SQS allows: nothing comes back because the test itself takes long. */
const UNTIL_LET_GO = 43_200;

/**
 * The queues of a spine in the time of its clock, served as Lambda serves them: what fails stays hidden until its
 * visibility is over, or for as long as its handler has asked, and of a FIFO queue holds its group back meanwhile. Receives
 * are counted, and dead letters made, by the embedded SQS. A call that takes longer, by the clock, than a function may is an
 * error.
 */
export interface QueueTime {
  /** How a handler asks for more time; for `composeWith`. */
  readonly delay: Ports['delay'];
  /** How many messages were handed to a queue's handler, those that came back each time; and how many have failed. */
  readonly counts: Readonly<Record<QueueName, { readonly served: number; readonly failed: number }>>;
  /** What handlers have asked for, in seconds, by the channel or record that the message names. */
  readonly delays: readonly { readonly body: string; readonly seconds: number }[];
  /** Serves all that can be received now, batch after batch, until there is nothing more. */
  serve(bot: Bot): Promise<void>;
  /** Lets so much time pass: the clock's function runs now and then, and what comes back is served when it does. */
  pass(ms: number, bot: Bot): Promise<void>;
  /** The same at one stroke: the clock's function runs once, at the end. */
  skip(ms: number, bot: Bot): Promise<void>;
}

interface Hidden {
  readonly queue: QueueName;
  readonly receipt: string;
  readonly until: number;
}

export function queueTime({ world, clock, hub }: Pick<Spine, 'world' | 'clock' | 'hub'>): QueueTime {
  const { sqs, queueUrls } = world;
  let hidden: Hidden[] = [];
  const asked = new Map<string, number>();
  const none = () => ({ served: 0, failed: 0 });
  const counts = { findings: none(), workflow: none(), cards: none(), changes: none() };
  const delays: { body: string; seconds: number }[] = [];
  const now = () => clock.now().getTime();
  const hideFor = (url: string, receipt: string, seconds: number) =>
    sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: receipt,
        VisibilityTimeout: seconds,
      }),
    );

  const receive = async (url: string, most: number): Promise<readonly Message[]> => {
    const messages: Message[] = [];
    for (;;) {
      const { Messages: some = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: Math.min(RECEIVED_AT_ONCE, most - messages.length),
          MessageSystemAttributeNames: ['All'],
        }),
      );
      messages.push(...some);
      if (some.length === 0 || messages.length >= most) return messages;
    }
  };
  const serveOnce = async (queue: QueueName, bot: Bot): Promise<'empty' | 'failed' | 'done'> => {
    const url = queueUrls[queue];
    const { visibilitySeconds } = QUEUES[queue];
    const messages = await receive(url, BATCH[queue]);
    if (messages.length === 0) return 'empty';
    const received = now();
    const Records = messages.map((message) => lambdaRecord(message, url, LOCAL_REGION));
    const { batchItemFailures } = await callHandler(queue, { Records }, bot);
    if (now() - received > (visibilitySeconds - SPARE_SECONDS) * 1_000) {
      throw new Error(`a call for ${queue} took ${now() - received} ms: its function would have been ended`);
    }
    counts[queue].served += Records.length;
    counts[queue].failed += batchItemFailures.length;
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { messageId, receiptHandle: receipt, body } of Records) {
      const wish = asked.get(receipt);
      asked.delete(receipt);
      if (wish !== undefined) delays.push({ body, seconds: wish });
      if (failed.has(messageId)) {
        await hideFor(url, receipt, UNTIL_LET_GO);
        const until = wish === undefined ? received + visibilitySeconds * 1_000 : now() + wish * 1_000;
        hidden.push({ queue, receipt, until });
      } else await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
    }
    return failed.size === messages.length ? 'failed' : 'done';
  };
  /** @returns the queues of what is visible again */
  const letGo = async (): Promise<QueueName[]> => {
    const over = hidden.filter(({ until }) => until <= now());
    hidden = hidden.filter(({ until }) => until > now());
    for (const { queue, receipt } of over) await hideFor(queueUrls[queue], receipt, 0);
    return over.map(({ queue }) => queue);
  };
  /** Serves these queues, and all others once something has been done that may have put messages there. */
  const serveFrom = async (first: readonly QueueName[], bot: Bot): Promise<void> => {
    const due = new Set(first);
    for (const queue of due) {
      due.delete(queue);
      for (let outcome = await serveOnce(queue, bot); outcome !== 'empty'; ) {
        if (outcome === 'done') for (const other of QUEUE_NAMES) due.add(other);
        outcome = await serveOnce(queue, bot);
      }
      // Security Hub sends an event of every write.
      if (queue === 'workflow') while ((await hub.pendingEvents()) > 0) due.add('findings');
      // A call that waits lets time pass.
      for (const other of await letGo()) due.add(other);
    }
  };
  return {
    counts,
    delays,
    delay: async (_url, receipt, seconds) => void asked.set(receipt, seconds),
    serve: (bot) => serveFrom(QUEUE_NAMES, bot),
    async pass(ms, bot) {
      const end = now() + ms;
      await serveFrom(QUEUE_NAMES, bot);
      while (now() < end) {
        const woken = (Math.floor(now() / TICK_MS) + 1) * TICK_MS;
        clock.advance(Math.max(0, Math.min(end, woken, ...hidden.map(({ until }) => until)) - now()));
        if (now() >= woken) {
          await tick(bot);
          await serveFrom(QUEUE_NAMES, bot);
        } else await serveFrom(await letGo(), bot);
      }
    },
    async skip(ms, bot) {
      clock.advance(ms);
      await letGo();
      await tick(bot);
      await serveFrom(QUEUE_NAMES, bot);
    },
  };
}
