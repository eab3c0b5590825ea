import { setTimeout as pause } from 'node:timers/promises';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ByFunction } from '../commands/scale/per-item-file';
import { showCards } from '../handlers/cards';
import { applyChanges } from '../handlers/changes';
import { tick } from '../handlers/clock';
import { type Bot, compose, loadConfig, realPorts } from '../handlers/composition';
import { takeFindings } from '../handlers/findings';
import { followWorkflow } from '../handlers/workflow';
import { QUEUE_NAMES, type QueueName } from '../infra/resources';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/embedded';
import { lambdaRecord } from '../local/poller';
import { structuredLog } from '../src/log';
import { readSettings } from '../src/settings';
import type { Key } from '../src/store';
import { type Outside, openOutside } from './outside';
import { combine, Meter } from './per-item-meter';
import { itemBytes } from './per-item-size';

const HANDLERS = {
  findings: takeFindings,
  workflow: followWorkflow,
  cards: showCards,
  changes: applyChanges,
} as const;

const RECEIVED_AT_ONCE = 10;
/** From a write to Security Hub to its event in the queue. */
const ECHO_MS = 150;
const MINUTE_MS = 60_000;

/** A bot whose every call is counted, on embedded servers, with a clock that is moved by hand. */
export interface World extends Pick<Outside, 'hub' | 'people' | 'clients' | 'environment'> {
  readonly bot: Bot;
  readonly meter: Meter;
  readonly clock: { now(): Date; advance(ms: number): void; set(at: Date): void };
  /** Findings come so many at a time from now on; all else comes alone. */
  takeInBatches(size: number): void;
  /** Serves all queues, a message an invocation, until nothing comes any more. */
  drain(): Promise<void>;
  /** The clock's function, once. */
  tick(): Promise<void>;
  /**
   * What `act` and all that follows from it takes, on average: done some times for nothing, while the processor
   * gets used to it, and then `runs` times.
   */
  cost(runs: number, act: (run: number) => Promise<void>): Promise<ByFunction>;
  close(): Promise<void>;
}

/** @param start when the clock stands at first */
export async function openWorld(given: Readonly<Record<string, string>>, start: Date): Promise<World> {
  const outside = await openOutside(given);
  const { environment, clients } = outside;
  const slackUrl = new URL('/', environment['SLACK_API_URL'] ?? '').href;
  const meter = new Meter(slackUrl, clients);
  let time = start.getTime();
  const settings = readSettings(environment);
  const config = loadConfig(settings);
  const log = structuredLog();
  const ports = {
    ...realPorts(settings, config.catalogue, log, clients),
    now: () => new Date(time),
    pause: async (ms: number) => {
      time += ms;
      meter.pause(ms);
    },
  };
  const bot = compose(settings, ports, config);
  await bot.accounts.refresh();
  // Another client than the bot's: what Lambda itself does with queues is reckoned from the messages.
  const sqs = new SQSClient({
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: environment['AWS_ENDPOINT_URL_SQS'] ?? '',
  });

  let findingsInBatch = 1;
  const batchOf = (queue: QueueName) => (queue === 'findings' ? findingsInBatch : 1);
  const serve = async (queue: QueueName): Promise<boolean> => {
    const url = environment[`${queue.toUpperCase()}_QUEUE_URL`] ?? '';
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: RECEIVED_AT_ONCE,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (messages.length === 0) return false;
    const size = batchOf(queue);
    for (let from = 0; from < messages.length; from += size) {
      const Records = messages.slice(from, from + size).map((one) => lambdaRecord(one, url, LOCAL_REGION));
      // A function that is warm has read it within thirty seconds.
      await bot.policies.refresh();
      const { batchItemFailures } = await meter.run(queue, () => HANDLERS[queue]({ Records }, bot));
      if (batchItemFailures.length > 0) {
        throw new Error(`a message of ${queue} could not be handled: ${meter.printed}`);
      }
    }
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
    return true;
  };
  const drain = async (): Promise<void> => {
    for (let quiet = 0; quiet < 2; quiet += 1) {
      for (let served = true; served; ) {
        served = false;
        for (const queue of QUEUE_NAMES) if (await serve(queue)) served = true;
        if (served) quiet = 0;
      }
      await pause(ECHO_MS);
    }
  };
  return {
    ...outside,
    bot,
    meter,
    clock: {
      now: () => new Date(time),
      advance: (ms) => {
        time += ms;
      },
      set: (at) => {
        time = at.getTime();
      },
    },
    drain,
    takeInBatches(size) {
      findingsInBatch = size;
    },
    tick: () => meter.run('clock', () => tick(bot)),
    async cost(runs, act) {
      const warm = Math.ceil(runs / 2);
      for (let run = 0; run < warm; run += 1) await act(run);
      meter.take();
      for (let run = warm; run < warm + runs; run += 1) await act(run);
      return combine([[meter.take(), 1 / runs]]);
    },
    async close() {
      meter.close();
      sqs.destroy();
      await outside.close();
    },
  };
}

/** Long enough after the last one that nothing counts as a flood. */
export const BETWEEN_MS = 11 * MINUTE_MS;

/** What an item that is there takes of the table. */
export async function storedBytes(key: Key, { bot }: Pick<World, 'bot'>): Promise<number> {
  const item = await bot.ports.table.get(key);
  if (item === undefined) throw new Error(`there is nothing at ${key.pk}, ${key.sk}`);
  return itemBytes(item);
}
