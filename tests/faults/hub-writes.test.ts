import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { RESTING } from './at-rest';
import { bucket, CHANNEL, type FaultScene, openFaultScene } from './fault-scene';

const w = words('ja');
/** Availability, which the default policy suppresses at once. */
const IGNORED = 'AutoScaling.2';
/** One call, and three more for what it did not process. */
const TRIES = 4;

let scene: FaultScene;
beforeEach(async () => {
  scene = await openFaultScene();
});
afterEach(() => scene.close());

const some = (count: number) =>
  Array.from({ length: count }, (_, n) => bucket(String(n), { control: IGNORED }));
const ids = (documents: readonly { Id: string }[]) => documents.map(({ Id }) => Id);
const countsOf = (all: readonly (string | undefined)[]) => {
  const counts: Record<string, number> = {};
  for (const one of all) counts[one ?? 'none'] = (counts[one ?? 'none'] ?? 0) + 1;
  return counts;
};
const states = async () => countsOf((await scene.issues(IGNORED)).map(({ state }) => state));
const complaints = () =>
  scene.eyes.complaints.filter((line) => line.startsWith('Security Hub did not take a workflow status'));
/** How many findings each call named. */
const calls = async () =>
  (await scene.spine.hub.calls('BatchUpdateFindings')).map(
    ({ input }) => (input as { FindingIdentifiers: unknown[] }).FindingIdentifiers.length,
  );
const refuse = (code: 'InternalFailure' | 'ConcurrentUpdateError', next: number, only?: readonly string[]) =>
  scene.spine.hub.addFault({
    kind: 'unprocessed',
    operation: 'BatchUpdateFindings',
    when: { next },
    code,
    ...(only && { ids: [...only] }),
  });

test('3 of 100 are not processed, however often they are tried: 97 are suppressed, of 3 people hear why', async () => {
  const hundred = some(100);
  const three = hundred.slice(40, 43);
  await refuse('InternalFailure', TRIES, ids(three));
  await scene.arrive(...hundred);
  await scene.serve();

  // The fifth call says that people have been told of the three.
  expect(await calls()).toEqual([100, 3, 3, 3, 3]);
  expect(await states()).toEqual({ suppressed: 97, open: 3 });
  expect(countsOf(await scene.workflow(...hundred))).toEqual({ SUPPRESSED: 97, NOTIFIED: 3 });
  expect(await scene.workflow(...three)).toEqual(['NOTIFIED', 'NOTIFIED', 'NOTIFIED']);
  expect(complaints()).toHaveLength(3);
  const [card, ...others] = await scene.spine.people.channel(CHANNEL);
  expect(others).toEqual([]);
  expect(readAloud(card?.blocks)).toContain(w.refusal['InternalFailure']);
  expect(readAloud(card?.blocks)).toContain(w.card.failed(3).markup);

  expect(await scene.rest()).toEqual(RESTING);
  expect(await states()).toEqual({ suppressed: 97, open: 3 });
});

test('3 of 20 are not processed the first time: nobody notices', async () => {
  const twenty = some(20);
  await refuse('ConcurrentUpdateError', 1, ids(twenty.slice(0, 3)));
  await scene.arrive(...twenty);
  await scene.serve();

  expect(await calls()).toEqual([20, 3]);
  expect(await states()).toEqual({ suppressed: 20 });
  expect(complaints()).toEqual([]);
  expect(await scene.spine.people.channel(CHANNEL)).toEqual([]);
  expect(await scene.rest()).toEqual(RESTING);
});

test('none of 40 is processed: none counts as suppressed, and the function is done long before its time is up', async () => {
  const forty = some(40);
  await refuse('ConcurrentUpdateError', TRIES);
  await scene.arrive(...forty);
  const before = scene.stood.length;
  await scene.serve();

  expect(await calls()).toEqual([40, 40, 40, 40, 40]);
  expect(await states()).toEqual({ open: 40 });
  expect(countsOf(await scene.workflow(...forty))).toEqual({ NOTIFIED: 40 });
  const waited = scene.stood.slice(before).reduce((sum, ms) => sum + ms, 0);
  expect(waited).toBeLessThan(5_000);
  expect(await scene.spine.people.channel(CHANNEL)).toHaveLength(1);
  expect(await scene.rest()).toEqual(RESTING);
});

test.each([
  ['a code that nobody has heard of', 'QuotaOfTheDayReached'],
  ['no code', 'Unknown'],
])(
  '%s is a refusal like any other: tried again, shown by its name, never taken for done',
  async (_, code) => {
    const three = some(3);
    const [, refused] = three;
    let left = TRIES;
    const { hub } = scene.spine.ports;
    const bot = scene.composeWith({
      hub: {
        ...hub,
        async update(update) {
          const names = update.findings.filter(({ id }) => id === refused?.Id);
          if (names.length === 0 || left === 0) return hub.update(update);
          left -= 1;
          const others = update.findings.filter(({ id }) => id !== refused?.Id);
          const unprocessed = others.length === 0 ? [] : await hub.update({ ...update, findings: others });
          return [...unprocessed, ...names.map(({ id, productArn }) => ({ id, productArn, code }))];
        },
      },
    });
    await scene.arrive(...three);
    await scene.time.serve(bot);

    expect(left).toBe(0);
    expect(await states()).toEqual({ suppressed: 2, open: 1 });
    expect(await scene.workflow(...three)).toEqual(['SUPPRESSED', 'NOTIFIED', 'SUPPRESSED']);
    expect(complaints().join()).toContain(code);
    const [card] = await scene.spine.people.channel(CHANNEL);
    expect(readAloud(card?.blocks)).toContain(code);
    expect(await scene.rest()).toEqual(RESTING);
  },
);
