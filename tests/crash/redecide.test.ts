import { readFileSync } from 'node:fs';
import { tick } from '../../handlers/clock';
import { bulletinRef } from '../../src/bulletins';
import { requestRef } from '../../src/requests';
import { undecidedKey } from '../../src/undecided';
import { guardDutyAsff } from '../fixtures/findings';
import {
  ACCOUNT,
  bucket,
  CHANNEL,
  describeScene,
  IGNORED,
  keyOf,
  propose,
  type Scene,
  type SceneFlow,
  SECURITY,
  THREAT,
  TRACKED,
  UNDECIDED,
} from './scene';

const tracked = requestRef(keyOf(TRACKED));
const undecided = bulletinRef(undecidedKey(UNDECIDED));
const severe = (name: string, control = TRACKED) => bucket(name, { control, severity: 'HIGH' });
const threat = guardDutyAsff({ account: ACCOUNT, updatedAt: '2026-11-26T23:10:00.000Z' });

async function observing(scene: Scene): Promise<void> {
  await scene.enter('observe');
  scene.clock.advance(60_000);
  await tick(scene.bot);
  await scene.drain();
}
const enforced = async (scene: Scene) => {
  await scene.enter('enforce');
  scene.clock.advance(60_000);
};
/** The policy of the example, with two lines before all others. */
const CHANGED = readFileSync('config/policy.yml', 'utf8').replace(
  /^lines:\n/m,
  `lines:
  - { id: changed-a, when: { control: ${TRACKED} }, treatment: ignore }
  - { id: changed-b, when: { control: ${IGNORED} }, treatment: track }
`,
);

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'an account that was observed is enforced',
    before: async (scene) => {
      await observing(scene);
      await scene.reported(severe('a'), severe('b', IGNORED), severe('c', UNDECIDED));
      await enforced(scene);
    },
    acts: [(_, bot) => tick(bot)],
    states: [`${IGNORED} b suppressed`, `${TRACKED} a open`, `${UNDECIDED} c held`],
    workflow: [`${IGNORED} b SUPPRESSED`, `${TRACKED} a NOTIFIED`, `${UNDECIDED} c NEW`],
    posts: [`${CHANNEL} ${tracked}#1`, `${SECURITY} ${undecided}#bulletin`],
  },
  {
    name: 'policy changes its mind',
    before: async (scene) => {
      await scene.reported(severe('a'), severe('b', IGNORED));
      await scene.bot.policies.push(CHANGED, 'tests', 0);
      scene.clock.advance(31_000);
    },
    acts: [(_, bot) => tick(bot)],
    states: [`${IGNORED} b open`, `${TRACKED} a suppressed`],
    workflow: [`${IGNORED} b NOTIFIED`, `${TRACKED} a SUPPRESSED`],
    posts: [`${CHANNEL} ${requestRef(keyOf(IGNORED))}#1`, `${CHANNEL} ${tracked}#1`].sort(),
  },
  {
    name: 'the card of a threat moves from the security team to its owners',
    thorough: ['killed'],
    before: async (scene) => {
      await observing(scene);
      await scene.reported(threat);
      await enforced(scene);
    },
    acts: [(_, bot) => tick(bot)],
    states: ['UnauthorizedAccess:EC2/SSHBruteForce 0123456789abcdef0 open'],
    workflow: ['threat 0123456789abcdef0 NOTIFIED'],
    posts: [`${CHANNEL} ${requestRef(THREAT)}#2`, `${SECURITY} ${requestRef(THREAT)}#1`],
  },
  {
    name: 'nobody has decided on a control',
    acts: [({ report }) => report(severe('a', UNDECIDED))],
    states: [`${UNDECIDED} a held`],
    workflow: [`${UNDECIDED} a NEW`],
    posts: [`${SECURITY} ${undecided}#bulletin`],
  },
  {
    name: 'the security team decides on a control',
    before: ({ reported }) => reported(severe('a', UNDECIDED)),
    acts: [
      ({ clock }, bot) =>
        propose(bot, 'decide-control', undecided, { treatment: 'track' }, clock.now().toISOString()),
    ],
    states: [`${UNDECIDED} a open`],
    workflow: [`${UNDECIDED} a NOTIFIED`],
    posts: [`${CHANNEL} ${requestRef(keyOf(UNDECIDED))}#1`, `${SECURITY} ${undecided}#bulletin`],
  },
];

for (const flow of FLOWS) describeScene(flow);
