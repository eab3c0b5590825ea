import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { delayMessage, type Queues, sqsQueues } from '../../src/queues';
import { openWorld, type World } from '../setup/world';

let world: World;
let queues: Queues;
beforeEach(async () => {
  world = await openWorld();
  const { cards, workflow, changes } = world.queueUrls;
  queues = sqsQueues(world.sqs, { cards, workflow, changes });
});

/** Takes everything off a queue; of one group, one message after the other. */
async function received(queue: 'cards' | 'workflow' | 'changes') {
  const url = world.queueUrls[queue];
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await world.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    all.push(...Messages);
    for (const { ReceiptHandle } of Messages) {
      await world.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    }
  }
  return all.map(({ Body, Attributes }) => ({
    body: JSON.parse(Body ?? '') as Record<string, unknown>,
    group: Attributes?.MessageGroupId,
    deduplication: Attributes?.MessageDeduplicationId,
  }));
}

it('takes what SQS takes, whatever the group and the ids look like', async () => {
  const hostile = [
    '',
    ' ',
    '111122223333/control/あ/😀',
    'a'.repeat(5_000),
    '<!channel>\n\u0000\uFFFF\uD800',
    '$&?#%2F"\'',
  ];
  for (const text of hostile) {
    await queues.card({ record: text, revision: 1, channel: text });
    await queues.change({ id: text, version: 1, group: text, body: { text } });
    await queues.workflow({ issues: [{ record: text, issue: text }] });
  }
  const cards = await received('cards');
  expect(new Set(cards.map(({ body }) => body['record']))).toEqual(new Set(hostile));
  for (const { group, deduplication } of cards) {
    expect(group).toMatch(/^[0-9a-z]{26}$/);
    expect(deduplication).toMatch(/^[0-9a-z]{26}$/);
  }
  expect(new Set(cards.map(({ group }) => group)).size).toBe(hostile.length);
  expect(await received('changes')).toHaveLength(hostile.length);
  expect(await received('workflow')).toHaveLength(hostile.length);
});

it('a revision of a card waits once, another one and another channel wait for themselves', async () => {
  const card = { record: '111122223333/control/ec2.19', revision: 7, channel: 'C1' };
  await queues.card(card);
  await queues.card(card);
  await queues.card({ ...card, revision: 8 });
  await queues.card({ ...card, channel: 'C2' });
  await queues.card({ ...card, record: '111122223333/control/ec2.1', revision: 97 });
  expect(
    (await received('cards'))
      .map(({ body }) => `${String(body['channel'])} ${String(body['revision'])}`)
      .sort(),
  ).toEqual(['C1 7', 'C1 8', 'C1 97', 'C2 7']);
});

it('a change of one version waits once', async () => {
  const change = { id: 'change-1', version: 1, group: 'g', body: { type: 'resume', id: 'change-1' } };
  await queues.change(change);
  await queues.change(change);
  await queues.change({ ...change, version: 2 });
  expect((await received('changes')).map(({ body }) => body)).toEqual([change.body, change.body]);
});

it('workflow messages wait as often as they are sent', async () => {
  const message = { issues: [{ record: 'r', issue: 'i' }] };
  await queues.workflow(message);
  await queues.workflow(message);
  expect((await received('workflow')).map(({ body }) => body)).toEqual([message, message]);
});

test.each([
  [-1, 0],
  [0.2, 1],
  [30, 30],
  [1e9, 43_200],
])('a delay of %s seconds becomes %s, which SQS takes', async (asked, sent) => {
  const calls: unknown[] = [];
  const sqs = { send: async (command: { input: unknown }) => void calls.push(command.input) };
  await delayMessage(sqs as unknown as SQSClient, 'url', 'handle', asked);
  expect(calls).toEqual([{ QueueUrl: 'url', ReceiptHandle: 'handle', VisibilityTimeout: sent }]);
});

it('a message let come back at once is there again', async () => {
  await queues.workflow({ issues: [] });
  const { Messages = [] } = await world.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: world.queueUrls.workflow }),
  );
  expect(await received('workflow')).toEqual([]);
  await delayMessage(world.sqs, world.queueUrls.workflow, Messages[0]?.ReceiptHandle ?? '', 0);
  expect(await received('workflow')).toHaveLength(1);
});
