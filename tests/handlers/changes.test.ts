import type { SQSRecord } from 'aws-lambda';
import { words } from '../../blocks/words';
import { applyChanges } from '../../handlers/changes';
import type { Bot } from '../../handlers/composition';
import type { Table } from '../../src/store';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { openStage, type Stage } from '../story/stage';
import { sqsRecord } from './sqs-record';

const w = words('ja');

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ silent: true });
  await stage.report(
    asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' }),
    asff({ control: 'EC2.19' }),
  );
});
afterEach(() => stage.close());

function takes(id: string, control: string, receives = 1): SQSRecord {
  const command = {
    type: 'propose',
    id,
    kind: 'take',
    actor: { id: 'U0OWNER1', name: 'owner' },
    target: `111122223333/control/${control}`,
    payload: {},
    at: stage.clock.now().toISOString(),
    replyTo: { channel: 'C0SHOPPRD' },
  };
  return sqsRecord(JSON.stringify(command), receives);
}

const apply = async (Records: SQSRecord[], bot: Bot = stage.bot): Promise<string[]> => {
  const { batchItemFailures } = await applyChanges({ Records }, bot);
  await stage.drain();
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
const status = async (id: string) => (await stage.bot.changes.load(id))?.status;
const replies = async () => (await stage.cards()).flatMap((card) => card.replies);

/** A table that refuses to write records of one type. */
const without = (type: string): Bot => {
  const { table } = stage.ports;
  const replace: Table['replace'] = async (item, version) => {
    if (item['type'] === type) throw new Error('the table is unavailable');
    return table.replace(item, version);
  };
  return stage.composeWith({ table: { ...table, replace } });
};

test('in a batch what follows a failure waits with it, and goes on from where it stood', async () => {
  const batch = [takes('first', 's3.5'), takes('second', 'ec2.19')];
  const ids = batch.map(({ messageId }) => messageId);
  expect(await apply(batch, without('request'))).toEqual(ids);
  expect(await status('first')).toBe('applying');
  expect(await status('second')).toBeUndefined();
  expect(await replies()).toEqual([]);

  expect(await apply(batch)).toEqual([]);
  expect(await status('first')).toBe('applied');
  expect(await status('second')).toBe('applied');
  expect(await replies()).toHaveLength(2);
});

test('a command delivered again, and twice at once, is one change', async () => {
  const again = () => apply([takes('once', 's3.5')]);
  await Promise.all([again(), again(), again()]);
  await again();
  expect(await status('once')).toBe('applied');
  expect(await replies()).toHaveLength(1);
});

describe('Slack asks to wait while the rights of a person are looked up', () => {
  const wait = (retryAfter: number) =>
    stage.people.fail({ method: 'usergroups.users.list', kind: 'ratelimited', retryAfter });
  /** A bot that remembers nobody's roles. Slack answers again once it has stood still so often. */
  const patientBot = (times: number) => {
    const stood: number[] = [];
    const bot = stage.composeWith({
      pause: async (ms) => {
        stood.push(ms);
        if (stood.length === times) await stage.people.stopFailing();
      },
    });
    return { bot, stood };
  };

  test('for a moment: it is waited out, and no receive is lost', async () => {
    const { bot, stood } = patientBot(2);
    await wait(2);
    expect(await apply([takes('patient', 's3.5')], bot)).toEqual([]);
    expect(await status('patient')).toBe('applied');
    expect(stood).toEqual([2_000, 2_000]);
    expect(stage.logged).toEqual([]);
  });

  test('for long, or again and again: the queue brings it back', async () => {
    const { bot, stood } = patientBot(99);
    const message = takes('later', 's3.5');
    await wait(30);
    expect(await apply([message], bot)).toEqual([message.messageId]);
    expect(stood).toEqual([]);
    await stage.people.stopFailing();
    await wait(1);
    expect(await apply([message], bot)).toEqual([message.messageId]);
    expect(stood).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(await status('later')).toBe('proposed');
    await stage.people.stopFailing();
    expect(await apply([message], bot)).toEqual([]);
    expect(await status('later')).toBe('applied');
  });
});

test('what cannot be read or is not known fails with what follows, and nothing is done', async () => {
  const unknown = sqsRecord(takes('u', 's3.5').body.replace('"take"', '"launch-rockets"'));
  const batch = [unknown, takes('after', 's3.5')];
  expect(await apply(batch)).toEqual(batch.map(({ messageId }) => messageId));
  const noJson = sqsRecord('take it');
  expect(await apply([noJson])).toEqual([noJson.messageId]);
  expect(await replies()).toEqual([]);
});

test('the last try fails too: marked unknown, and the person hears it with a reference', async () => {
  const bot = without('request');
  for (const receives of [1, 2, 3, 4]) {
    expect(await apply([takes('doomed', 's3.5', receives)], bot)).toHaveLength(1);
  }
  expect(await stage.whispered('U0OWNER1')).toBeUndefined();
  expect(await apply([takes('doomed', 's3.5', 5)], bot)).toEqual([]);

  expect(await status('doomed')).toBe('unknown');
  const told = readAloud((await stage.whispered('U0OWNER1'))?.['blocks']);
  expect(told).toContain('doomed');
  expect(await replies()).toEqual([]);
});

test.each([
  { what: 'a guest', actor: 'U0GUEST' },
  { what: 'somebody who has left', actor: 'U0LEFT' },
  { what: 'a partner', actor: 'U0PARTNER' },
  { what: 'a bot', actor: 'U0TOOL' },
])('$what is denied when it is applied, however it got into the queue', async ({ actor }) => {
  const forged = sqsRecord(takes('forged', 's3.5').body.replace('U0OWNER1', actor));
  expect(await apply([forged])).toEqual([]);
  expect(await status('forged')).toBe('denied');
  expect(await replies()).toEqual([]);
  expect(readAloud((await stage.card()).blocks)).not.toContain(w.card.taken);
});
