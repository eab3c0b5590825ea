import { tick } from '../../handlers/clock';
import { requestRef } from '../../src/requests';
import { amend } from '../../src/store';
import { requestIn } from './promises';
import {
  bucket,
  CHANNEL,
  describeScene,
  FRIDAY_MORNING,
  keyOf,
  type Scene,
  type SceneFlow,
  SECURITY,
  TRACKED,
} from './scene';

const tracked = requestRef(keyOf(TRACKED));
const HALF_HOUR = 30 * 60_000;
const owners = (day: string) => `${CHANNEL} bulletin/reminder/${day}/${CHANNEL}/S0ANALYSTS#bulletin`;

/** Days go by in which nothing is due but what has been said already. */
async function daysGoBy(scene: Scene, wakeAt: string): Promise<void> {
  await amend(scene.bot.intake.requests, keyOf(TRACKED), (request) => ({ ...request, wakeAt }));
  await scene.skipTo(new Date(Date.parse(wakeAt) + 30_000).toISOString());
}

const mornings: SceneFlow['acts'] = [
  (_, bot) => tick(bot),
  ({ clock }, bot) => {
    clock.advance(HALF_HOUR);
    return tick(bot);
  },
];
const wakesNext: SceneFlow['also'] = (_, items) => requestIn(items, keyOf(TRACKED))?.wakeAt;

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'a request is past its date: its owner and the security team hear of it',
    before: async (scene) => {
      await scene.reported(bucket('a', { severity: 'HIGH' }));
      await daysGoBy(scene, '2026-12-07T23:30:00.000Z');
    },
    acts: mornings,
    states: [`${TRACKED} a open`],
    workflow: [`${TRACKED} a NOTIFIED`],
    posts: [
      `${CHANNEL} ${tracked}#1`,
      owners('2026-12-08'),
      `${SECURITY} bulletin/overdue/2026-12-08/all#bulletin`,
    ],
    also: wakesNext,
  },
  {
    name: 'a request that a morning has told is reminded of, and gets its card',
    before: async (scene) => {
      await scene.reported(bucket('a'));
      scene.reach(FRIDAY_MORNING);
      await tick(scene.bot);
      await scene.drain();
      await daysGoBy(scene, '2026-12-06T23:30:00.000Z');
    },
    acts: mornings,
    states: [`${TRACKED} a open`],
    workflow: [`${TRACKED} a NOTIFIED`],
    posts: [
      `${CHANNEL} ${tracked}#2`,
      `${CHANNEL} bulletin/morning/2026-11-27/${CHANNEL}#bulletin`,
      owners('2026-12-07'),
      `${SECURITY} bulletin/overdue/2026-12-07/all#bulletin`,
    ].sort(),
    also: wakesNext,
  },
];

for (const flow of FLOWS) describeScene(flow);
