import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { words } from '../../blocks/words';
import { type Archive, archiveWrites, type handler } from '../../handlers/archive';
import { ARCHIVED } from '../../infra/archive';
import { lockedObjects } from '../../src/aws';
import type { Log } from '../../src/log';
import { passes } from '../archive/filter-pattern';
import { type LockedBucket, openLockedBucket } from '../archive/locked-bucket';
import { type StoredItem, streamEvent, streamRecord } from '../archive/stream-event';
import { asff } from '../fixtures/findings';
import { openWorld } from '../setup/world';
import { openStage, type Stage } from '../story/stage';

let locked: LockedBucket;
let logged: string[];
let archive: Archive;
beforeEach(async () => {
  locked = await openLockedBucket();
  logged = [];
  const note = (message: string) => void logged.push(message);
  const log: Log = { info: () => undefined, warn: note, error: note };
  archive = { bucket: lockedObjects(locked.client, locked.bucket), log };
});
afterEach(() => locked.close());

const step = (seq: number, more: Record<string, unknown> = {}): StoredItem => ({
  pk: 'A#111122223333#C#s3.5#H',
  sk: `S#${String(seq).padStart(9, '0')}`,
  seq,
  at: '2026-11-24T00:59:59.000Z',
  what: 'open → suppressing',
  ...more,
});
const steps = (count: number) => Array.from({ length: count }, (_, index) => step(index + 1));
const sequences = async () => (await locked.lines()).map((line) => (line['item'] as { seq: number }).seq);
const numberOf = (event: DynamoDBStreamEvent, index: number) =>
  event.Records[index]?.dynamodb?.SequenceNumber;

/** What Lambda does with an answer: the next batch begins with what was named. */
function rest(event: DynamoDBStreamEvent, from: string | undefined): DynamoDBStreamEvent {
  const index = event.Records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === from);
  return { Records: index < 0 ? [] : event.Records.slice(index) };
}

test('a batch is one object, and delivered again it is the same one', async () => {
  const event = streamEvent(steps(3));
  expect(await archiveWrites(event, archive)).toEqual({ batchItemFailures: [] });
  expect(await archiveWrites(event, archive)).toEqual({ batchItemFailures: [] });
  expect(await locked.names()).toHaveLength(1);
  expect(locked.answers).toEqual([200, 412]);
  expect(await locked.lines()).toEqual(
    steps(3).map(({ pk, sk, ...item }, index) => ({
      id: `event-${index + 1}`,
      sequence: numberOf(event, index),
      written: '2026-11-24T01:00:00.000Z',
      event: 'INSERT',
      kind: 'history',
      pk,
      sk,
      item: { ...item, pk, sk },
    })),
  );
  expect(logged).toEqual([]);
});

test('a batch whose answer got lost is kept once', async () => {
  const event = streamEvent(steps(3));
  const { bucket } = archive;
  const forgetful: Archive = {
    ...archive,
    bucket: {
      async add(...object) {
        await bucket.add(...object);
        throw new Error('the answer was lost');
      },
    },
  };
  const { batchItemFailures } = await archiveWrites(event, forgetful);
  expect(batchItemFailures).toEqual([{ itemIdentifier: numberOf(event, 0) }]);
  await archiveWrites(rest(event, batchItemFailures[0]?.itemIdentifier), archive);
  expect(await sequences()).toEqual([1, 2, 3]);
});

test('while the bucket is down, the stream stays where it is and then goes on in order', async () => {
  const days = ['2026-11-23T23:59:59Z', '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'];
  const event = {
    Records: days.map((at, index) => streamRecord(step(index + 1), { number: index + 1, at })),
  };
  locked.failFrom(2);
  const first = await archiveWrites(event, archive);
  // The third day was not tried: nothing in the archive is newer than what is missing.
  expect(locked.answers).toEqual([200, 503]);
  expect(first).toEqual({ batchItemFailures: [{ itemIdentifier: numberOf(event, 1) }] });
  expect(await sequences()).toEqual([1]);
  expect(logged).toEqual(['not archived; it will be tried again']);

  const waiting = rest(event, first.batchItemFailures[0]?.itemIdentifier);
  expect(await archiveWrites(waiting, archive)).toEqual(first);
  locked.failFrom(0);
  expect(await archiveWrites(waiting, archive)).toEqual({ batchItemFailures: [] });
  expect(await sequences()).toEqual([1, 2, 3]);
});

test.each([
  ['a number that JSON would round', { N: '12345678901234567890123' }],
  ['a set', { SS: ['a', 'b'] }],
])('%s is kept as DynamoDB wrote it, and holds up nothing', async (_, odd) => {
  const event = streamEvent(steps(3));
  const poison = event.Records[1]!.dynamodb!.NewImage!;
  poison['odd'] = odd;
  expect(await archiveWrites(event, archive)).toEqual({ batchItemFailures: [] });
  const [before, kept, after] = await locked.lines();
  expect([before, after].map((line) => line?.['item'])).toEqual([step(1), step(3)]);
  expect(kept).not.toHaveProperty('item');
  expect(kept).toMatchObject({ kind: 'history', sk: 'S#000000002', image: poison });
  expect(logged).toEqual(['item archived as DynamoDB wrote it: it is no plain JSON']);
});

test('whoever alters or removes what is written for good is seen in the archive', async () => {
  const tampered = step(1, { what: 'nothing happened' });
  await archiveWrites(
    {
      Records: [
        streamRecord(step(1)),
        streamRecord(tampered, { event: 'MODIFY', number: 2 }),
        streamRecord(step(1), { event: 'REMOVE', number: 3 }),
      ],
    },
    archive,
  );
  const lines = await locked.lines();
  expect(lines.map(({ event }) => event)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(lines.map(({ item }) => item)).toEqual([step(1), tampered, undefined]);
  expect(new Set(lines.map(({ sk }) => sk))).toEqual(new Set(['S#000000001']));
});

describe('as Lambda calls it', () => {
  const given = process.env;
  afterEach(() => {
    process.env = given;
  });
  /** The function, started in this environment. */
  const start = (environment: Readonly<Record<string, string>>) => {
    process.env = { ...given, POWERTOOLS_LOG_LEVEL: 'SILENT', ...environment };
    jest.resetModules();
    return jest.requireActual<{ readonly handler: typeof handler }>('../../handlers/archive').handler;
  };

  test('it needs its bucket, and nothing of the bot', async () => {
    const world = await openWorld();
    const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_S3 } = world.environment;
    const aws = { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_S3 };
    const started = start({ ...(aws as Record<string, string>), ARCHIVE_BUCKET: world.bucket });
    expect(await started(streamEvent(steps(2)))).toEqual({ batchItemFailures: [] });
    const { Contents = [] } = await world.s3.send(new ListObjectsV2Command({ Bucket: world.bucket }));
    expect(Contents.map(({ Key }) => Key)).toEqual([expect.stringMatching(/^records\/day=2026-11-24\//)]);
  });

  test('without one it says what is missing, and the stream waits', async () => {
    await expect(start({ ARCHIVE_BUCKET: '' })(streamEvent(steps(1)))).rejects.toThrow(
      'ARCHIVE_BUCKET is missing',
    );
  });
});

describe('what the bot has really written', () => {
  const w = words('ja');
  const REASON = 'Reachable from the office network only; replaced in March.';
  const SECURITY = 'C0SECURITY';
  let items: StoredItem[];
  let audited: readonly object[];

  /** All that lies in a table. */
  async function scan(client: DynamoDBClient, TableName: string): Promise<StoredItem[]> {
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName }));
    expect(LastEvaluatedKey).toBeUndefined();
    return Items.map((item) => unmarshall(item) as StoredItem);
  }

  beforeAll(async () => {
    const stage = await openStage();
    try {
      await play(stage);
    } finally {
      await stage.close();
    }
  });

  async function play(stage: Stage): Promise<void> {
    /** The owner asks to suppress what has been reported last. */
    const ask = async () => {
      await stage.press('U0OWNER1', await stage.card(), w.card.suppress);
      await stage.act(() =>
        stage.people.submit('U0OWNER1', {
          'secops.suppress.reason': REASON,
          'secops.suppress.days': '14',
        }),
      );
    };
    // One is suppressed, with approval; another one is only asked for.
    await stage.report(asff({ control: 'S3.8', severity: 'HIGH' }));
    await ask();
    await stage.press('U0ANALYST', await stage.card(SECURITY), w.approval.approve);
    await stage.report(asff({ control: 'S3.2', severity: 'CRITICAL' }));
    await ask();
    items = await scan(stage.world.dynamodb, stage.world.tableName);
    const events: object[] = [];
    for await (const event of stage.bot.audit.between(new Date('2026-01-01'), new Date('2027-01-01'))) {
      events.push(event);
    }
    audited = events;
  }

  const archived = (item: StoredItem) => ARCHIVED.some((pattern) => passes(streamRecord(item), pattern));
  const shape = ({ pk, sk }: StoredItem) =>
    `${pk.split('#')[0]}${pk.endsWith('#H') ? '#…#H' : ''} ${sk.split('#')[0]}`.replace(
      /\d{4}-\d\d-\d\d\S*/,
      'time',
    );

  test('the filter lets through history, each audit event once, and changes that are over', () => {
    const through = items.filter(archived);
    expect(new Set(through.map(shape))).toEqual(
      new Set(['A#…#H S', 'ACCOUNTS#…#H S', 'CH#…#H S', 'AUDIT time', 'CH CHANGE']),
    );
    const steps = items.filter(({ pk, sk }) => pk.endsWith('#H') && /^S#\d{9}$/.test(sk));
    expect(steps.length).toBeGreaterThan(8);
    expect(through.filter(({ pk }) => pk.endsWith('#H'))).toEqual(steps);
    const events = through.filter(({ pk }) => pk.startsWith('AUDIT#'));
    expect(events).toHaveLength(audited.length);
    expect(new Set(events.map(({ pk }) => pk))).toEqual(new Set(['AUDIT#2026-11-24']));
    // Whole copies of them lie by account, request and person.
    expect(items.filter(({ pk }) => pk.startsWith('AUDIT#')).length).toBeGreaterThan(2 * events.length);
    const changes = items.filter(({ type }) => type === 'change');
    expect(new Set(changes.map(({ status }) => status))).toEqual(new Set(['applied', 'proposed']));
    expect(through.filter(({ type }) => type === 'change').map(({ status }) => status)).toEqual(['applied']);
  });

  test('and nothing else: neither findings, nor cards, nor marks of the history', () => {
    const kept = new Set(items.filter((item) => !archived(item)).map(shape));
    for (const other of ['A C', 'A I', 'A#…#H K', 'ACCOUNTS 111122223333', 'KNOWN 111122223333']) {
      expect(kept).toContain(other);
    }
  });

  test('the archive tells who asked, who approved, why, and what exactly', async () => {
    await archiveWrites(streamEvent(items.filter(archived)), archive);
    const lines = await locked.lines();
    const itemsOf = (kind: string) =>
      lines.filter((line) => line['kind'] === kind).map(({ item }) => item as Record<string, unknown>);
    const told = itemsOf('audit').filter(({ kind }) => kind === 'suppress');
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'proposed', by: 'U0OWNER1', reason: REASON }),
        expect.objectContaining({ what: 'approval', by: 'U0ANALYST', account: '111122223333' }),
        expect.objectContaining({ what: 'applied' }),
      ]),
    );
    const [change] = itemsOf('record');
    expect(change).toMatchObject({ kind: 'suppress', status: 'applied', payload: { reason: REASON } });
    // What the audit log has only the hash of.
    expect(told.map(({ hash }) => hash)).toContain(change?.['hash']);
    expect(logged).toEqual([]);
  });
});
