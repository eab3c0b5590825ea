import { questionRef } from '../../src/questions';
import { requestRef } from '../../src/requests';
import { derivedId } from '../../src/store';
import { bucket, CHANNEL, describeScene, keyOf, propose, type Scene, type SceneFlow, TRACKED } from './scene';

const tracked = requestRef(keyOf(TRACKED));
const AT = '2026-11-26T23:31:00.000Z';
const open = (scene: Scene) => scene.reported(bucket('a', { severity: 'HIGH' }));

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'somebody asks the security team',
    before: open,
    acts: [(_, bot) => propose(bot, 'ask', tracked, { text: 'May our partner write here?' }, AT)],
    states: [`${TRACKED} a open`],
    workflow: [`${TRACKED} a NOTIFIED`],
    posts: [`${CHANNEL} ${tracked}#1`, `${CHANNEL} ${tracked}#2`],
    also: async ({ bot }) => (await bot.questions.all()).map(({ status }) => status),
  },
  {
    name: 'the security team answers',
    before: async (scene) => {
      await open(scene);
      await propose(scene.bot, 'ask', tracked, { text: 'May our partner write here?' }, AT);
      await scene.drain();
    },
    acts: [
      (_, bot) =>
        propose(
          bot,
          'answer',
          tracked,
          {
            question: questionRef({ at: AT, id: derivedId('ask', tracked) }),
            text: 'Through a role, please.',
          },
          AT,
        ),
    ],
    states: [`${TRACKED} a open`],
    workflow: [`${TRACKED} a NOTIFIED`],
    posts: [`${CHANNEL} ${tracked}#1`, `${CHANNEL} ${tracked}#2`, `${CHANNEL} ${tracked}#3`],
    also: async ({ bot }) => (await bot.questions.all()).map(({ status }) => status),
  },
];

for (const flow of FLOWS) describeScene(flow);
