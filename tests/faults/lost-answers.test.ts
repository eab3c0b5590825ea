import { derivedId } from '../../src/store';
import { RESTING } from './at-rest';
import { bucket, CHANNEL, type FaultScene, openFaultScene } from './fault-scene';

/**
 * A write is done, its answer is lost on the way, and the SDK writes once more by itself: then the table says that somebody
 * else was faster. Which it was not: what follows from the write is still to be done, and no step may be taken twice.
 */

/** How many writes of each kind are disturbed. All of them: `FAULTS=all npx jest tests/faults/lost-answers`. */
const SOME = process.env['FAULTS'] === 'all' ? Number.POSITIVE_INFINITY : 4;
/** Fewer than the flow takes of any. */
const SOME_AT_LEAST = 4;
const OPERATIONS = ['PutItem', 'UpdateItem', 'SendMessage'] as const;
const DAY = 24 * 3_600_000;

const [told, notified, ignored] = [
  bucket('told'),
  bucket('notified', { control: 'EC2.15', severity: 'MEDIUM' }),
  bucket('ignored', { control: 'AutoScaling.2' }),
];

/** Told, told and suppressed, suppressed at once; another one joins, and both of the first are accepted for a while. */
async function play(lose?: { readonly operation: string; readonly nth: number }) {
  const scene = await openFaultScene('faulty');
  try {
    scene.faulty.forget();
    if (lose) scene.faulty.fail({ kind: 'lost', operation: lose.operation, when: { nth: lose.nth } });
    await scene.arrive(told, notified, ignored);
    await scene.rest();
    await scene.arrive(bucket('joins'));
    await scene.rest();
    const change = await accept(scene);
    await scene.serve();
    const calls = scene.faulty.calls();
    return {
      calls,
      lost: calls.some(({ failed }) => failed === 'lost'),
      ended: { rest: await scene.rest(), ...(await seen(scene)), change: await statusOf(change, scene) },
    };
  } finally {
    await scene.close();
  }
}

function accept(scene: FaultScene): Promise<string> {
  const asOf = scene.spine.clock.now();
  const payload = {
    scope: 'all',
    issues: [],
    reason: 'a bucket of public assets',
    days: 1,
    asOf: asOf.toISOString(),
    until: new Date(asOf.getTime() + DAY).toISOString(),
  };
  return scene.propose('suppress', 'S3.5', payload, derivedId('suppress', 'S3.5'));
}

const statusOf = async (id: string, { bot }: FaultScene) => (await bot.changes.load(id))?.status;

async function seen(scene: FaultScene) {
  const threads = await scene.spine.people.channel(CHANNEL);
  const states = await Promise.all(
    ['S3.5', 'EC2.15', 'AutoScaling.2'].map(async (control) =>
      (await scene.issues(control)).map(({ state }) => state),
    ),
  );
  const workflow = await scene.workflow(told, notified, ignored);
  return { states, workflow, replies: threads.map(({ replies }) => replies.length).sort((a, b) => a - b) };
}

const ENDED = {
  rest: RESTING,
  states: [['suppressed', 'suppressed'], ['suppressed'], ['suppressed']],
  change: 'applied',
  workflow: ['SUPPRESSED', 'SUPPRESSED', 'SUPPRESSED'],
  // The one that joins, and the exception.
  replies: [0, 2],
};

let plain: Awaited<ReturnType<typeof play>>;
beforeAll(async () => {
  plain = await play();
});

test('undisturbed', () => {
  expect(plain.ended).toEqual(ENDED);
});

test.each(OPERATIONS)(
  'the answer to any %s is lost once: all ends as if it had come',
  async (operation) => {
    const count = plain.calls.filter((call) => call.operation === operation).length;
    expect(count).toBeGreaterThan(SOME_AT_LEAST);
    const step = Math.max(1, count / SOME);
    for (let at = 0; at < count; at += step) {
      const nth = Math.floor(at) + 1;
      const { lost, ended } = await play({ operation, nth });
      expect({ nth, ...ended }).toEqual({ nth, ...ENDED });
      // Two workers side by side do not always take the same number of writes.
      expect(lost || nth > count / 2).toBe(true);
    }
  },
  300_000,
);
