import { tick } from '../../handlers/clock';
import { changeRef } from '../../src/changes';
import { requestRef } from '../../src/requests';
import { amend } from '../../src/store';
import { wokenUntilStill } from './explorer';
import {
  ANALYST,
  answered,
  bucket,
  CHANNEL,
  describeScene,
  keyOf,
  LEAD,
  lookAt,
  losing,
  MEMBER,
  openScene,
  proposalId,
  propose,
  type Scene,
  type SceneFlow,
  SECURITY,
  statusesWritten,
  TRACKED,
  wakeAll,
} from './scene';

const tracked = requestRef(keyOf(TRACKED));
const ID = proposalId('suppress', tracked);
const AT = '2026-11-26T23:31:00.000Z';
const FAR_OFF = '2027-02-01T00:00:00.000Z';
const ref = changeRef(ID);
const thread = (count: number) =>
  Array.from({ length: count }, (_, index) => `${CHANNEL} ${tracked}#${index + 1}`);
const asked = (...replies: readonly string[]) =>
  ['card', ...replies].map((key) => `${SECURITY} ${ref}#${key}`).sort();

const ask: SceneFlow['acts'][number] = (_, bot) =>
  propose(
    bot,
    'suppress',
    tracked,
    {
      scope: 'all',
      issues: [],
      reason: 'Reachable from the office network only.',
      days: 14,
      asOf: AT,
      until: '2026-12-10T23:31:00.000Z',
    },
    AT,
    { by: MEMBER },
  );
const approve = (by: typeof MEMBER) => answered(ID, { type: 'approve' }, by);
const deny = (by: typeof MEMBER) => answered(ID, { type: 'deny', reason: 'Please limit the sources.' }, by);

/** A HIGH issue, which takes an analyst. */
const open = (scene: Scene) => scene.reported(bucket('a', { severity: 'HIGH' }));
const waiting = async (scene: Scene) => {
  await open(scene);
  await ask(scene, scene.bot);
  await scene.drain();
};
/** The moment at which the clock next looks at the change for its own sake; the request's date is far off. */
const untilDue = async (scene: Scene) => {
  await amend(scene.bot.intake.requests, keyOf(TRACKED), (request) => ({ ...request, wakeAt: FAR_OFF }));
  const change = await scene.bot.changes.load(ID);
  const at = change?.asked?.remindedAt === undefined ? change?.asked?.remindAt : change.asked.until;
  await scene.skipTo(new Date(Date.parse(at ?? '') + 30_000).toISOString());
};
const reminded = async (scene: Scene) => {
  await waiting(scene);
  await untilDue(scene);
  await tick(scene.bot);
  await scene.drain();
};
const ends = (status: string, ...written: readonly string[]) => ({ status, written });
const also: SceneFlow['also'] = async (scene) =>
  ends((await scene.bot.changes.load(ID))?.status ?? '', ...statusesWritten(scene));

const REFUSED = { states: [`${TRACKED} a open`], workflow: [`${TRACKED} a NOTIFIED`], also };
const DONE = { states: [`${TRACKED} a suppressed`], workflow: [`${TRACKED} a SUPPRESSED`], also };

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'a suppression that needs approval is asked for, approved, and done',
    before: open,
    acts: [ask, approve(ANALYST)],
    ...DONE,
    posts: [...thread(3), ...asked('applied')],
    sees: ends('applied', 'NOTIFIED', 'SUPPRESSED'),
  },
  {
    name: 'it is denied',
    before: waiting,
    acts: [deny(ANALYST)],
    ...REFUSED,
    posts: [...thread(3), ...asked('denied')],
    sees: ends('denied', 'NOTIFIED'),
  },
  {
    name: 'it is withdrawn',
    before: waiting,
    acts: [deny(MEMBER)],
    ...REFUSED,
    posts: [...thread(3), ...asked('withdrawn')],
    sees: ends('denied', 'NOTIFIED'),
  },
  {
    name: 'nobody answers: the approvers are reminded',
    before: async (scene) => {
      await waiting(scene);
      await untilDue(scene);
    },
    acts: [(_, bot) => tick(bot)],
    ...REFUSED,
    posts: [...thread(2), ...asked('reminder')],
    sees: ends('proposed', 'NOTIFIED'),
  },
  {
    name: 'nobody answers for three working days',
    before: async (scene) => {
      await reminded(scene);
      await untilDue(scene);
    },
    acts: [(_, bot) => tick(bot)],
    ...REFUSED,
    posts: [...thread(3), ...asked('expired', 'reminder')],
    sees: ends('expired', 'NOTIFIED'),
  },
  {
    name: 'it got worse before the approval: asked again, and done when a lead approves',
    before: async (scene) => {
      await waiting(scene);
      await scene.reported(bucket('a', { severity: 'CRITICAL', updatedAt: '2026-11-26T23:40:00.000Z' }));
    },
    acts: [approve(ANALYST), approve(LEAD)],
    ...DONE,
    posts: [...thread(3), ...asked('applied', 'round-2')],
    sees: ends('applied', 'NOTIFIED', 'SUPPRESSED'),
  },
];

for (const flow of FLOWS) describeScene({ ...flow, brief: true });

test('a refresh that is lost for good is queued again by the clock, and tells nobody twice', async () => {
  const scene = await openScene({});
  try {
    await open(scene);
    const lossy = losing(scene, ref);
    await ask(scene, lossy);
    await scene.drain({ bot: lossy });
    const asked = await lookAt(scene);
    expect(asked.posts.filter((post) => post.startsWith(SECURITY))).toEqual([]);
    const whispers = async () => (await scene.spine.people.user(MEMBER.id)).ephemerals.length;
    const heard = await whispers();
    expect(heard).toBe(1);

    await wokenUntilStill(scene, wakeAll);
    const { posts, broken } = await lookAt(scene);
    expect(posts.filter((post) => post.startsWith(SECURITY))).toEqual([`${SECURITY} ${ref}#card`]);
    expect(broken).toEqual([]);
    expect(await whispers()).toBe(heard);
    expect(await scene.bot.changes.load(ID)).not.toHaveProperty('card.queuedAt');
  } finally {
    await scene.spine.close();
  }
});
