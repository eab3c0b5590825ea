import { setTimeout as delay } from 'node:timers/promises';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { quietQueues } from '../../local/quiet-queues';
import { openWorld } from '../setup/world';

const nothing = async () => 0;

test('queues in which nothing waits are quiet', async () => {
  const { sqs: client, queueUrls } = await openWorld();
  const queues = Object.values(queueUrls).map((url) => ({ url, client }));
  expect(await quietQueues(queues, nothing)).toBe(true);
});

test('what is waiting, in hand, put off or on its way is waited for', async () => {
  const { sqs: client, queueUrls } = await openWorld();
  const url = queueUrls.workflow;
  let pending = 1;
  let quiet = false;
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: '{}' }));
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: '{}', DelaySeconds: 1 }));
  let count = 0;
  const looks = () => count;
  const waiting = quietQueues(
    [{ url, client }],
    async () => {
      count += 1;
      return pending;
    },
    1,
  ).then((result) => {
    quiet = true;
    return result;
  });
  const looked = async () => {
    for (const before = looks(); looks() < before + 4; ) await delay(5);
  };
  for (let n = 0; n < 2; n += 1) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 1, WaitTimeSeconds: 5 }),
    );
    await looked();
    expect(quiet).toBe(false);
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: Messages[0]?.ReceiptHandle }));
  }
  await looked();
  expect(quiet).toBe(false);
  pending = 0;
  expect(await waiting).toBe(true);
});
