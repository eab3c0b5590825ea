import { requestRef } from '../../src/requests';
import { type Hook, hookedPorts, wokenUntilStill } from '../crash/explorer';
import {
  bucket,
  IGNORED,
  keyOf,
  lookAt,
  NOTIFY,
  openScene,
  propose,
  type Scene,
  TRACKED,
  wakeAll,
} from '../crash/scene';
import { type AwsFault, openFaulty } from '../setup/faulty';
import { callHandler } from '../setup/spine';

const OUTAGE_MS = 5 * 60_000;
const DAY = 24 * 3_600_000;
const OF_THE_TABLE = ['GetItem', 'PutItem', 'UpdateItem', 'Query'] as const;
/** What others see of the bot. */
const OUTWARD = /^slack\.(post|update|ephemeral)$|^hub\.update$/;
/** As often as the SDK tries a call. */
const TRIES = 3;

/** Told, told and then suppressed, suppressed at once; then somebody accepts the first. */
const ACTS = [
  (scene: Scene) =>
    scene.report(
      bucket('told'),
      bucket('notified', { control: NOTIFY }),
      bucket('ignored', { control: IGNORED }),
    ),
  (scene: Scene) => {
    const asOf = scene.clock.now();
    const payload = {
      scope: 'all',
      issues: [],
      reason: 'a test bucket that is meant to be public',
      days: 1,
      asOf: asOf.toISOString(),
      until: new Date(asOf.getTime() + DAY).toISOString(),
    };
    return propose(scene.bot, 'suppress', requestRef(keyOf(TRACKED)), payload, asOf.toISOString());
  },
];

/** Fails for five minutes, from the beginning of an act on, or after the first call of this name in it. */
interface Outage {
  readonly kind: 'refuse' | 'error' | 'throttle';
  readonly act: number;
  readonly after?: string;
}

/** Fails each of the tries of one call in every so many batches, one operation after the other. */
interface Throttled {
  readonly kind: 'throttle' | 'lost';
  readonly everyBatch: number;
}

/** Plays the acts behind a table in trouble, until everything has come to rest. */
async function play(trouble?: Outage | Throttled) {
  const scene = await openScene({ environment: { QUIET: 'off' } });
  const { clock } = scene;
  const faulty = await openFaulty({ ...scene.spine, composeWith: scene.composeWith });
  const outage = trouble && 'act' in trouble ? trouble : undefined;
  const throttled = trouble && 'everyBatch' in trouble ? trouble : undefined;
  let acting = -1;
  let batches = 0;
  let since: number | undefined;
  let failed = 0;
  const outward: string[] = [];

  const isDown = () => since !== undefined && clock.now().getTime() < since + OUTAGE_MS;
  const begin = ({ kind }: Outage) => {
    since ??= clock.now().getTime();
    faulty.fail(...OF_THE_TABLE.map((operation): AwsFault => ({ kind, operation, when: 'always' })));
  };
  const hook: Hook = async ({ name, run }) => {
    if (isDown() && OUTWARD.test(name)) outward.push(name);
    const answer = await run();
    if (outage && since === undefined && acting === outage.act && name === outage.after) begin(outage);
    return answer;
  };
  const bot = scene.composeWith(hookedPorts({ ...scene.ports, ...faulty.ports }, hook, () => undefined));
  const trip = async () => {
    if (since !== undefined && !isDown()) faulty.heal();
    // The clock's own function fails whole, and finds everything the next minute.
    if (isDown()) expect(await wakeAll(bot).catch(() => 'failed')).toBe('failed');
    batches += 1;
    if (throttled === undefined || batches % throttled.everyBatch !== 0) return;
    const operation = OF_THE_TABLE[(batches / throttled.everyBatch) % OF_THE_TABLE.length] ?? 'GetItem';
    faulty.heal();
    faulty.fail({ kind: throttled.kind, operation, when: { next: TRIES } });
  };
  try {
    for (const act of ACTS) {
      acting += 1;
      await act(scene);
      if (outage && acting === outage.act && outage.after === undefined) begin(outage);
      await scene.drain({
        bot,
        async serve(queue, event) {
          await trip();
          const answer = await callHandler(queue, event, bot);
          failed += answer.batchItemFailures.length;
          return answer;
        },
      });
    }
    faulty.heal();
    await wokenUntilStill({ bot, clock, drain: scene.drain }, wakeAll);
    return { trouble: { since, failed, outward }, ended: await lookAt(scene) };
  } finally {
    await faulty.close();
    await scene.spine.close();
  }
}

let plain: Awaited<ReturnType<typeof play>>;
beforeAll(async () => {
  plain = await play();
});

test('with a table that answers, everything is told once', () => {
  const { broken, states, workflow, posts } = plain.ended;
  expect({ broken, states, workflow, posts }).toEqual({
    broken: [],
    posts: [
      'C0REQUESTS 700000000001/control/ec2.15#1',
      'C0REQUESTS 700000000001/control/s3.5#1',
      'C0REQUESTS 700000000001/control/s3.5#2',
    ],
    states: ['AutoScaling.2 ignored suppressed', 'EC2.15 notified suppressed', 'S3.5 told suppressed'],
    workflow: ['AutoScaling.2 ignored SUPPRESSED', 'EC2.15 notified SUPPRESSED', 'S3.5 told SUPPRESSED'],
  });
});

describe('the table is away for five minutes', () => {
  test.each<[string, Outage]>([
    ['when findings come', { kind: 'refuse', act: 0 }],
    ['and throttles every call', { kind: 'throttle', act: 0 }],
    ['once the first issue is written', { kind: 'error', act: 0, after: 'table.create' }],
    ['once a refresh is queued', { kind: 'refuse', act: 0, after: 'queues.card' }],
    ['once Slack has taken a post', { kind: 'refuse', act: 0, after: 'slack.post' }],
    ['once Security Hub has taken a write', { kind: 'throttle', act: 0, after: 'hub.update' }],
    ['when somebody wants something', { kind: 'throttle', act: 1 }],
    ['once it is written down', { kind: 'error', act: 1, after: 'table.create' }],
    ['once it is begun', { kind: 'refuse', act: 1, after: 'table.replace' }],
    ['once Security Hub has heard of it', { kind: 'error', act: 1, after: 'hub.update' }],
    ['once its card shows it', { kind: 'throttle', act: 1, after: 'slack.update' }],
  ])('%s: nothing is done meanwhile, and everything is told once', async (_, outage) => {
    const { trouble, ended } = await play(outage);
    expect(trouble.since).toBeDefined();
    expect(trouble.failed).toBeGreaterThan(0);
    expect(trouble.outward).toEqual([]);
    expect(ended).toEqual(plain.ended);
  });
});

describe('now and then', () => {
  test.each<[string, Throttled, number]>([
    ['ProvisionedThroughputExceeded in every batch', { kind: 'throttle', everyBatch: 1 }, 3],
    ['ProvisionedThroughputExceeded in every second batch', { kind: 'throttle', everyBatch: 2 }, 3],
    ['the answer to a call gets lost in every third batch', { kind: 'lost', everyBatch: 3 }, 1],
  ])('%s: everything is told once', async (_, throttled, least) => {
    const { trouble, ended } = await play(throttled);
    expect(trouble.failed).toBeGreaterThanOrEqual(least);
    expect(ended).toEqual(plain.ended);
  });
});
