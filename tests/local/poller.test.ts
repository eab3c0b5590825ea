import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { lambdaRecord, type PolledQueue, type Poller, pollQueue } from '../../local/poller';
import { openWorld, type World } from '../setup/world';

const REGION = 'ap-northeast-1';
const DONE: SQSBatchResponse = { batchItemFailures: [] };

let world: World;
let url: string;
let warned: string[];
let pollers: Poller[];
beforeEach(async () => {
  world = await openWorld();
  url = world.queueUrls.workflow;
  warned = [];
  pollers = [];
});
afterEach(() => Promise.all(pollers.map((poller) => poller.stop())));

function poll(handle: PolledQueue['handle'], over: Partial<PolledQueue> = {}): Poller {
  const queue = { name: 'workflow', url, client: world.sqs, handle, batch: 10, workers: 1, ...over };
  const poller = pollQueue(
    queue,
    REGION,
    (message, error) => void warned.push(`${message}: ${String(error)}`),
  );
  pollers.push(poller);
  return poller;
}

async function send(...bodies: readonly string[]): Promise<void> {
  for (let from = 0; from < bodies.length; from += 10) {
    const Entries = bodies.slice(from, from + 10).map((MessageBody, n) => ({ Id: String(n), MessageBody }));
    await world.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  }
}

/** What is in the queue, in flight or not. */
async function depth(): Promise<number> {
  const { Attributes } = await world.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return (
    Number(Attributes?.ApproximateNumberOfMessages) +
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
  );
}

/** What nobody has received yet. */
async function waitingOf(): Promise<number> {
  const { Attributes } = await world.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

/** A promise, and what settles it. */
function signal<T = void>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

it("hands messages over in Lambda's shape and deletes what is done", async () => {
  const { promise, resolve } = signal<SQSEvent>();
  await send('{"a":1}');
  const poller = poll(async (event) => {
    resolve(event);
    return DONE;
  });
  const [record] = (await promise).Records;
  expect(record).toMatchObject({
    body: '{"a":1}',
    messageId: expect.stringMatching(/.+/),
    receiptHandle: expect.stringMatching(/.+/),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d+$/) },
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:000000000000:${url.split('/').pop()}`,
    awsRegion: REGION,
  });
  await poller.stop();
  expect(await depth()).toBe(0);
});

it('waits for a batch to become full, as long as it may', async () => {
  const { promise, resolve } = signal<SQSEvent>();
  await send('1', '2', '3');
  poll(
    async (event) => {
      resolve(event);
      return DONE;
    },
    { batch: 5, windowSeconds: 60 },
  );
  // It has what was there, and goes on waiting for more.
  while ((await waitingOf()) > 0);
  await send('4', '5');
  expect((await promise).Records.map(({ body }) => body).sort()).toEqual(['1', '2', '3', '4', '5']);
});

it('gives a FIFO message its group, and fills in what SQS leaves out', () => {
  const record = lambdaRecord({ MessageId: 'm', Attributes: { MessageGroupId: 'g' } }, url, REGION);
  expect(record).toMatchObject({
    body: '',
    receiptHandle: '',
    attributes: { MessageGroupId: 'g', ApproximateReceiveCount: '1' },
  });
});

it('what the handler reports as failed comes back, the rest does not', async () => {
  await send('good', 'bad');
  const seen: string[] = [];
  const { promise, resolve } = signal();
  poll(async ({ Records }) => {
    const failed = Records.filter(
      ({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1',
    );
    for (const { body, attributes } of Records) seen.push(`${body} ${attributes.ApproximateReceiveCount}`);
    // As if its time had passed already.
    for (const { receiptHandle } of failed) {
      await world.sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    }
    if (seen.includes('bad 2')) resolve();
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  await promise;
  expect([...seen].sort()).toEqual(['bad 1', 'bad 2', 'good 1']);
  expect(warned).toEqual([]);
});

it('when the handler throws, nothing is deleted, it is told, and polling goes on', async () => {
  await send('first');
  const { promise, resolve } = signal();
  const { promise: second, resolve: again } = signal();
  let calls = 0;
  const poller = poll(async () => {
    calls += 1;
    if (calls === 1) {
      resolve();
      throw new Error('no table');
    }
    again();
    return DONE;
  });
  await promise;
  await send('second');
  await second;
  await poller.stop();
  expect(warned).toEqual(['the workflow queue could not be served: Error: no table']);
  expect(await depth()).toBe(1);
});

it('gathers up to a batch while the queue has some', async () => {
  await send(...Array.from({ length: 35 }, (_, n) => String(n)));
  const sizes: number[] = [];
  const { promise, resolve } = signal();
  const poller = poll(
    async ({ Records }) => {
      sizes.push(Records.length);
      if (sizes.reduce((sum, size) => sum + size, 0) === 35) resolve();
      return DONE;
    },
    { batch: 25 },
  );
  await promise;
  await poller.stop();
  expect(sizes[0]).toBe(25);
  expect(await depth()).toBe(0);
});

it('stopping takes nothing new and finishes what is in hand', async () => {
  await send('in hand');
  const started = signal();
  const finish = signal();
  const poller = poll(async () => {
    started.resolve();
    await finish.promise;
    return DONE;
  });
  await started.promise;
  const happened: string[] = [];
  const stopping = poller.stop().then(() => happened.push('stopped'));
  await send('too late');
  happened.push('finished');
  finish.resolve();
  await stopping;
  expect(happened).toEqual(['finished', 'stopped']);
  expect(await depth()).toBe(1);
  const { Messages = [] } = await world.sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
  expect(Messages.map(({ Body }) => Body)).toEqual(['too late']);
});

it('stopping does not wait for the long poll of an empty queue', async () => {
  const poller = poll(async () => DONE, { workers: 3 });
  await poller.stop();
  expect(warned).toEqual([]);
});

it('runs calls side by side, as many as it has workers', async () => {
  url = world.queueUrls.findings;
  const both = signal();
  let running = 0;
  await send('1', '2');
  const poller = poll(
    async () => {
      running += 1;
      if (running === 2) both.resolve();
      await both.promise;
      return DONE;
    },
    { batch: 1, workers: 2 },
  );
  await both.promise;
  await poller.stop();
  expect(await depth()).toBe(0);
});

it('goes on when SQS cannot be reached for a moment', async () => {
  const { promise, resolve } = signal();
  let calls = 0;
  const client = {
    send: (command: never, options: never) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('SQS is away')) : world.sqs.send(command, options);
    },
  };
  await world.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
  poll(
    async () => {
      resolve();
      return DONE;
    },
    { client: client as unknown as PolledQueue['client'] },
  );
  await promise;
  expect(warned).toEqual(['the workflow queue could not be served: Error: SQS is away']);
});
