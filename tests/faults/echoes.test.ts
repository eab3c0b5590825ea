import { derivedId } from '../../src/store';
import { imported } from '../fixtures/findings';
import { RESTING } from './at-rest';
import { bucket, CHANNEL, type FaultScene, MINUTE, openFaultScene } from './fault-scene';

const CONTROL = 'S3.5';
let scene: FaultScene;
beforeEach(async () => {
  scene = await openFaultScene();
});
afterEach(() => scene.close());

const three = ['a', 'b', 'c'].map((name) => bucket(name));
const updates = async () => (await scene.spine.hub.calls('BatchUpdateFindings')).length;
const chats = async () =>
  (await scene.spine.people.calls()).filter(({ method }) => method.startsWith('chat.')).length;
/** Events of findings that have reached the bot. */
const takenIn = () => scene.time.counts.findings.served;

const suppression = () => ({
  scope: 'all',
  issues: [],
  reason: 'Public assets of the web site, nothing else.',
  days: 14,
  asOf: scene.spine.clock.now().toISOString(),
  until: new Date(scene.spine.clock.now().getTime() + 14 * 24 * 60 * MINUTE).toISOString(),
});
const suppress = async () => {
  await scene.propose('suppress', CONTROL, suppression(), derivedId('suppress', CONTROL));
  await scene.serve();
};
/** What Security Hub would send once more: the findings as it holds them. */
const held = async () =>
  (await scene.spine.hub.findings()).filter(({ Id }) => three.some((finding) => finding.Id === Id));

test('each write comes back as one event, which is known for what it is: one card, and nothing is written or told again', async () => {
  await scene.arrive(...three);
  await scene.serve();
  // Three reports, and one event of each of the three writes.
  expect(takenIn()).toBe(6);
  expect(await scene.workflow(...three)).toEqual(['NOTIFIED', 'NOTIFIED', 'NOTIFIED']);
  const [written, told] = [await updates(), await chats()];

  await suppress();
  expect(takenIn()).toBe(9);
  expect(await scene.workflow(...three)).toEqual(['SUPPRESSED', 'SUPPRESSED', 'SUPPRESSED']);
  expect(await updates()).toBe(written + 1);
  // The card as it is now, and one word in its thread.
  expect(await chats()).toBe(told + 2);

  expect(await scene.rest()).toEqual(RESTING);
  expect(takenIn()).toBe(9);
  expect(await updates()).toBe(written + 1);
  expect(await scene.spine.people.channel(CHANNEL)).toHaveLength(1);
});

test.each([
  ['three times over, at once', 0],
  ['14 minutes late', 14],
  ['16 minutes late', 16],
  ['2 hours late', 120],
])(
  'the echo of a suppression, %s: no card, no word, no write, and no event but itself',
  async (_, minutes) => {
    await scene.arrive(...three);
    await scene.serve();
    await suppress();
    const [told, taken] = [await chats(), takenIn()];
    const echoes = await held();
    await scene.spine.hub.forgetCalls();
    scene.spine.clock.advance(minutes * MINUTE);

    for (let copy = 0; copy < 3; copy += 1) {
      for (const echo of echoes) await scene.spine.send(imported(echo as never));
    }
    await scene.serve();
    expect(takenIn()).toBe(taken + 9);
    // It says what is known: nobody has to be asked.
    expect(await scene.spine.hub.calls()).toEqual([]);
    expect(await chats()).toBe(told);
    expect((await scene.issues(CONTROL)).map(({ state }) => state)).toEqual([
      'suppressed',
      'suppressed',
      'suppressed',
    ]);
    expect(await scene.rest()).toEqual(RESTING);
  },
);

test.each([
  ['at once', 0, 0],
  ['14 minutes late', 14, 0],
  // Now it could be somebody else's doing: Security Hub is asked what is true.
  ['16 minutes late', 16, three.length],
])(
  'the echo of what was written before the last write, %s: no card, no word, no write',
  async (_, minutes, reads) => {
    await scene.arrive(...three);
    await scene.serve();
    const earlier = await held();
    await suppress();
    const told = await chats();
    await scene.spine.hub.forgetCalls();
    scene.spine.clock.advance(minutes * MINUTE);

    for (const echo of earlier) await scene.spine.send(imported(echo as never));
    await scene.serve();
    expect(await scene.spine.hub.calls('GetFindings')).toHaveLength(reads);
    expect(await updates()).toBe(0);
    expect(await chats()).toBe(told);
    expect((await scene.issues(CONTROL)).map(({ state }) => state)).toEqual(three.map(() => 'suppressed'));
    expect(await scene.rest()).toEqual(RESTING);
  },
);

test('a write is done, and its answer is lost: the echo comes before the bot knows, and nobody is taken to have done it', async () => {
  await scene.arrive(...three);
  await scene.serve();
  const told = await chats();
  await scene.spine.hub.addFault({ kind: 'lost', operation: 'BatchUpdateFindings', when: { next: 2 } });
  await suppress();

  // Security Hub says so already; the record has yet to learn that it was heard.
  expect(await scene.workflow(...three)).toEqual(['SUPPRESSED', 'SUPPRESSED', 'SUPPRESSED']);
  expect((await scene.issues(CONTROL)).map(({ state }) => state)).toEqual([
    'suppressing',
    'suppressing',
    'suppressing',
  ]);
  await scene.time.pass(10 * MINUTE, scene.bot);
  expect((await scene.issues(CONTROL)).map(({ state, cause }) => [state, cause?.by])).toEqual([
    ['suppressed', 'exception'],
    ['suppressed', 'exception'],
    ['suppressed', 'exception'],
  ]);
  expect(await scene.rest()).toEqual(RESTING);
  const [card, ...others] = await scene.spine.people.channel(CHANNEL);
  expect(others).toEqual([]);
  expect(card?.replies).toHaveLength(1);
  expect(await chats()).toBeLessThanOrEqual(told + 3);
});
