import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { followWorkflow } from '../../handlers/workflow';
import { asff, imported } from '../fixtures/findings';
import { callHandler } from '../setup/spine';
import { openStage, type Stage } from '../story/stage';
import { sqsRecord } from './sqs-record';

const bucket = (name: string) =>
  asff({ control: 'S3.5', resource: `arn:aws:s3:::example-${name}`, resourceType: 'AwsS3Bucket' });

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ silent: true });
});
afterEach(() => stage.close());

/** Findings that have been shown, and the messages by which Security Hub is to hear of it. */
async function shown(...names: readonly string[]): Promise<SQSRecord[]> {
  const kept: SQSRecord[] = [];
  await stage.hold(...names.map(bucket));
  for (const name of names) {
    await stage.send(imported(bucket(name)));
    await stage.drain({
      serve: async (queue, event) => {
        if (queue !== 'workflow') return callHandler(queue, event, stage.bot);
        kept.push(...event.Records);
        return { batchItemFailures: [] };
      },
    });
  }
  return kept;
}

const follow = async (Records: SQSRecord[]): Promise<string[]> => {
  const event: SQSEvent = { Records };
  const { batchItemFailures } = await followWorkflow(event, stage.bot);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
const statuses = async () => (await stage.hub.findings()).map(({ Workflow }) => Workflow?.Status);

test('a batch of messages is one call to Security Hub', async () => {
  expect(await follow(await shown('a', 'b', 'c'))).toEqual([]);
  expect(await statuses()).toEqual(['NOTIFIED', 'NOTIFIED', 'NOTIFIED']);
  expect(await stage.hub.calls('BatchUpdateFindings')).toHaveLength(1);
});

test('a message that cannot be read fails alone', async () => {
  const messages = await shown('a', 'b');
  const poison = sqsRecord('{"issues": 3}');
  const noJson = sqsRecord('issues');
  expect(await follow([poison, ...messages, noJson])).toEqual([poison.messageId, noJson.messageId]);
  expect(await statuses()).toEqual(['NOTIFIED', 'NOTIFIED']);
});

test('issues that there are not are left out', async () => {
  const issue = `ap-northeast-1#${'0'.repeat(26)}`;
  const unknown = sqsRecord(JSON.stringify({ issues: [{ record: '111122223333/control/s3.5', issue }] }));
  const nonsense = sqsRecord(JSON.stringify({ issues: [{ record: '__proto__', issue: 'constructor' }] }));
  expect(await follow([unknown, nonsense])).toEqual([]);
  expect(await stage.hub.calls()).toEqual([]);
});

test('Security Hub throttles, fails or loses its answer: all come back, and one more write does no harm', async () => {
  const messages = await shown('a', 'b');
  const all = messages.map(({ messageId }) => messageId);
  for (const kind of ['throttle', 'error', 'lost'] as const) {
    await stage.hub.addFault({ kind, operation: 'BatchUpdateFindings', when: { next: 1 } });
    expect(await follow(messages)).toEqual(all);
  }
  expect(await follow(messages)).toEqual([]);
  await stage.drain();
  expect(await statuses()).toEqual(['NOTIFIED', 'NOTIFIED']);
  expect(await stage.cards()).toHaveLength(1);
  // Delivered once more, it writes what the record wants all the same.
  expect(await follow(messages)).toEqual([]);
  expect(await statuses()).toEqual(['NOTIFIED', 'NOTIFIED']);
});
