import { tick } from '../../handlers/clock';
import { accountRequestRef } from '../../src/account-requests';
import { type AccountId, accountId, type Principal } from '../../src/accounts';
import { changeRef } from '../../src/changes';
import { noticeRef } from '../../src/notices';
import { wokenUntilStill } from './explorer';
import {
  ANALYST,
  answered,
  CHANNEL,
  describeScene,
  lookAt,
  losing,
  MEMBER,
  openScene,
  proposalId,
  propose,
  type Scene,
  type SceneFlow,
  SECURITY,
  wakeAll,
} from './scene';

const LAB = accountId('700000000009') as AccountId;
const AT = '2026-11-26T23:31:00.000Z';
const HOUR = 3_600_000;
const WISH = {
  name: 'lab',
  kind: 'non-production',
  owner: MEMBER.id,
  mail: 'aws+lab@example.com',
};
const ASKED = proposalId('request-account', 'lab');
const timeline = (...keys: readonly string[]) =>
  keys.map((key) => `${CHANNEL} ${accountRequestRef(ASKED)}#${key}`);
const approval = (...keys: readonly string[]) => keys.map((key) => `${SECURITY} ${changeRef(ASKED)}#${key}`);
/** It has an owner now: told by the change that registered it. */
const notice = (nth: number) => {
  const ref = noticeRef({ kind: 'owner', subject: proposalId('register-account', LAB, nth) });
  return `${CHANNEL} ${ref}#owner`;
};

const ask: SceneFlow['acts'][number] = (_, bot) =>
  propose(bot, 'request-account', 'lab', { ...WISH, purpose: 'To try new services', fields: {} }, AT, {
    by: MEMBER,
  });
const approve = answered(ASKED, { type: 'approve' }, ANALYST);
const enter =
  (nth: number, more: object = {}): SceneFlow['acts'][number] =>
  (_, bot) =>
    propose(bot, 'register-account', LAB, { ...WISH, request: ASKED, ...more }, AT, { by: ANALYST, nth });

/** Its role and its place in Security Hub are there, or are not. */
async function prepared({ spine }: Scene, ready: boolean) {
  await spine.hub.setRoles(ready ? [{ arn: `arn:aws:iam::${LAB}:role/SecOpsBotMember` }] : []);
  await spine.hub.setMembers(ready ? [{ AccountId: LAB, MemberStatus: 'Enabled' }] : []);
}
const approved = async (scene: Scene) => {
  await ask(scene, scene.bot);
  await scene.drain();
  await approve(scene, scene.bot);
  await scene.drain();
};

/** Steps that were reached, and steps that the thread was told; each once, whichever were told together. */
const also: SceneFlow['also'] = async ({ bot }) => {
  await bot.accounts.refresh();
  const request = await bot.accountRequests.load(ASKED);
  const { owner, registered, name } = bot.accounts.lookup(LAB);
  return {
    reached: Object.keys(request?.steps ?? {}).sort(),
    told: [...(request?.card.told ?? [])].sort(),
    end: request?.end?.as,
    registered: registered && `${name} of ${owner}`,
  };
};
const together =
  (...steps: readonly string[]): NonNullable<SceneFlow['apart']> =>
  (post) =>
    timeline(...steps).includes(post);
const registered = `lab of ${MEMBER.id as Principal}`;

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'an account is asked for, approved, entered, and ready',
    before: (scene) => prepared(scene, true),
    acts: [ask, approve, enter(1)],
    states: [],
    workflow: [],
    apart: together('created', 'baseline', 'registered', 'ready'),
    repeats: ['checked'],
    posts: [...timeline('approved', 'card'), notice(1), ...approval('applied', 'card')].sort(),
    also,
    sees: {
      reached: ['approved', 'baseline', 'created', 'ready', 'registered', 'requested'],
      told: ['approved', 'baseline', 'created', 'ready', 'registered'],
      end: undefined,
      registered,
    },
  },
  {
    name: 'it is registered although checks are missing, and ready when Security Hub speaks of it',
    before: async (scene) => {
      await prepared(scene, false);
      await approved(scene);
      await enter(1)(scene, scene.bot);
      await scene.drain();
    },
    acts: [
      enter(2, { unchecked: 'The role comes next week.' }),
      async (scene, bot) => {
        await scene.bot.intake.known.note({ account: LAB, kind: 'control', subject: 'ec2.1' }, AT);
        scene.reach(new Date(Date.parse(AT) + HOUR + 600_000).toISOString());
        await tick(bot);
      },
    ],
    states: [],
    workflow: [],
    apart: together('baseline', 'registered', 'ready'),
    repeats: ['checked'],
    posts: [
      ...timeline('approved', 'card', 'created', 'missing'),
      notice(2),
      ...approval('applied', 'card'),
    ].sort(),
    also,
    sees: {
      reached: ['approved', 'baseline', 'created', 'ready', 'registered', 'requested'],
      told: ['approved', 'baseline', 'created', 'missing', 'ready', 'registered'],
      end: undefined,
      registered,
    },
  },
  {
    name: 'it is denied',
    before: async (scene) => {
      await ask(scene, scene.bot);
      await scene.drain();
    },
    acts: [answered(ASKED, { type: 'deny', reason: 'There is one already.' }, ANALYST)],
    states: [],
    workflow: [],
    posts: [...timeline('card', 'end'), ...approval('card', 'denied')].sort(),
    also,
    sees: { reached: ['requested'], told: ['end'], end: 'denied', registered: false },
  },
];

for (const flow of FLOWS) describeScene({ ...flow, brief: true });

test('a refresh that is lost for good is queued again by the clock', async () => {
  const scene = await openScene({});
  try {
    const ref = accountRequestRef(ASKED);
    const lossy = losing(scene, ref);
    await ask(scene, lossy);
    await scene.drain({ bot: lossy });
    const shown = async () => (await lookAt(scene)).posts.filter((post) => post.includes(ref));
    expect(await shown()).toEqual([]);
    await wokenUntilStill(scene, wakeAll);
    expect(await shown()).toEqual(timeline('card'));
    expect((await lookAt(scene)).broken).toEqual([]);
  } finally {
    await scene.spine.close();
  }
});
