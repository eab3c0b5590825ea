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

const MINUTE = 60_000;
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
  /** Lets so much time pass: the clock's function runs every minute, and what comes back is served when it does. */
  pass(ms: number, bot: Bot): Promise<void>;
  /** The same at one stroke: the clock's function runs once, at the end. */
  skip(ms: number, bot: Bot): Promise<void>;
}

interface Hidden {
  readonly url: string;
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
  const serveOnce = async (queue: QueueName, bot: Bot): Promise<boolean> => {
    const url = queueUrls[queue];
    const { visibilitySeconds } = QUEUES[queue];
    const messages = await receive(url, BATCH[queue]);
    if (messages.length === 0) return false;
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
        hidden.push({ url, receipt, until });
      } else await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
    }
    return true;
  };
  const letGo = async () => {
    const over = hidden.filter(({ until }) => until <= now());
    hidden = hidden.filter(({ until }) => until > now());
    for (const { url, receipt } of over) await hideFor(url, receipt, 0);
  };
  const serve: QueueTime['serve'] = async (bot) => {
    for (let served = true; served; ) {
      await letGo();
      served = false;
      for (const queue of QUEUE_NAMES) {
        while (await serveOnce(queue, bot)) served = true;
      }
      // Security Hub sends an event of every write.
      while ((await hub.pendingEvents()) > 0) served = true;
    }
  };
  return {
    counts,
    delays,
    delay: async (_url, receipt, seconds) => void asked.set(receipt, seconds),
    serve,
    async pass(ms, bot) {
      const end = now() + ms;
      await serve(bot);
      while (now() < end) {
        const minute = (Math.floor(now() / MINUTE) + 1) * MINUTE;
        const next = Math.min(end, minute, ...hidden.map(({ until }) => until));
        clock.advance(Math.max(0, next - now()));
        if (now() >= minute) await tick(bot);
        await serve(bot);
      }
    },
    async skip(ms, bot) {
      clock.advance(ms);
      await tick(bot);
      await serve(bot);
    },
  };
}
