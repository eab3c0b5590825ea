import { tick } from '../../handlers/clock';
import { requestRef } from '../../src/requests';
import { amend } from '../../src/store';
import { asff } from '../fixtures/findings';
import { ACCOUNT, bucket, CHANNEL, describeScene, keyOf, type SceneFlow, SECURITY, TRACKED } from './scene';

const MINUTE = 60_000;
const OTHERS = ['RDS.2', 'EC2.13', 'EC2.18', 'EC2.19'];
/** They wait for the morning, and are fixed before it: nobody is told of them. */
const others = (status: 'FAILED' | 'PASSED', at: string) =>
  OTHERS.map((control) =>
    asff({
      control,
      account: ACCOUNT,
      severity: 'MEDIUM',
      status,
      resource: 'arn:aws:s3:::example-b',
      updatedAt: `2026-11-26T${at}:00.000Z`,
    }),
  );
const problem = { severity: 'HIGH', updatedAt: '2026-11-26T23:00:00.000Z' } as const;

const later =
  (minutes: number): SceneFlow['acts'][number] =>
  ({ clock }, bot) => {
    clock.advance(minutes * MINUTE);
    return tick(bot);
  };
const reactionsIn = async ({ spine }: Parameters<NonNullable<SceneFlow['also']>>[0], channel: string) => {
  const [message] = (await spine.people.channel(channel)).filter(({ text }) => text.includes('100 %'));
  const reactions = (message?.['reactions'] ?? []) as { name: string; count: number }[];
  return reactions.map(({ name, count }) => `${name} ${count}`);
};

describeScene({
  name: 'an account comes to 100 %, an hour holds, and it is celebrated in both channels',
  environment: { RANKING_CHANNEL_ID: SECURITY },
  before: async (scene) => {
    const { bot, clock, reported, drain } = scene;
    const pass = async () => {
      await later(2)(scene, bot);
      await drain();
    };
    await reported(...others('FAILED', '22:00'), bucket('a', problem));
    await reported(...others('PASSED', '23:00'));
    await pass();
    // A day has ended below 100 %.
    await amend(bot.scores.ofAccounts, ACCOUNT, (score) => ({
      ...score,
      climb: { ...score.climb, wasBelow: true as const },
    }));
    await reported(bucket('a', { ...problem, status: 'PASSED', updatedAt: clock.now().toISOString() }));
    await pass();
  },
  acts: [later(62)],
  states: [...OTHERS.map((control) => `${control} b resolved`), `${TRACKED} a resolved`].sort(),
  workflow: [...OTHERS.map((control) => `${control} b NEW`), `${TRACKED} a NOTIFIED`].sort(),
  posts: [
    `${CHANNEL} ${requestRef(keyOf(TRACKED))}#1`,
    `${CHANNEL} ${requestRef(keyOf(TRACKED))}#2`,
    `${CHANNEL} bulletin/celebration/2026-11-27/${ACCOUNT}/${CHANNEL}#bulletin`,
    `${SECURITY} bulletin/celebration/2026-11-27/${ACCOUNT}/${SECURITY}#bulletin`,
  ],
  also: async (scene) => {
    const score = await scene.bot.scores.ofAccounts.load(ACCOUNT);
    return {
      counts: score?.counts,
      times: score?.climb.times,
      wasBelow: score?.climb.wasBelow,
      reactions: [await reactionsIn(scene, CHANNEL), await reactionsIn(scene, SECURITY)],
    };
  },
  sees: {
    counts: { passed: 5, failed: 0, unknown: 0, noData: 0, disabled: 0 },
    times: 1,
    wasBelow: undefined,
    reactions: [
      ['tada 1', 'clap 1', 'rocket 1'],
      ['tada 1', 'clap 1', 'rocket 1'],
    ],
  },
});
