import { tick } from '../../handlers/clock';
import { requestRef, wantOwnCard } from '../../src/requests';
import { asff } from '../fixtures/findings';
import { callHandler } from '../setup/spine';
import {
  bucket,
  CHANNEL,
  describeScene,
  FRIDAY_MORNING,
  keyOf,
  lookAt,
  NOTIFY,
  openScene,
  type SceneFlow,
  TRACKED,
  YOUNG,
} from './scene';

const tracked = requestRef(keyOf(TRACKED));
const morning = `${CHANNEL} bulletin/morning/2026-11-27/${CHANNEL}#bulletin`;
const digest = `${CHANNEL} bulletin/digest/any/700000000002/new#bulletin`;
const group = (control: string, n: number) =>
  asff({
    control,
    account: YOUNG,
    severity: 'HIGH',
    resource: `arn:aws:ec2:ap-northeast-1:${YOUNG}:security-group/sg-${n}`,
    updatedAt: '2026-11-20T00:00:00.000Z',
  });
const young = (control: string) => keyOf(control, YOUNG);

/** The clock finds what has been left behind, while it is still early. */
const looksAgain: SceneFlow['acts'][number] = ({ clock }, bot) => {
  clock.advance(11 * 60_000);
  return tick(bot);
};
const morningComes: SceneFlow['acts'][number] = ({ reach }, bot) => {
  reach(FRIDAY_MORNING);
  return tick(bot);
};

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'a finding waits for the morning, is told, and is suppressed then',
    thorough: ['killed'],
    acts: [({ report }) => report(bucket('b', { control: NOTIFY })), looksAgain, morningComes],
    states: [`${NOTIFY} b suppressed`],
    workflow: [`${NOTIFY} b SUPPRESSED`],
    posts: [morning],
  },
  {
    name: 'two findings wait for the morning, and are told in one message',
    acts: [({ report }) => report(bucket('a'), bucket('b', { control: NOTIFY })), looksAgain, morningComes],
    states: [`${NOTIFY} b suppressed`, `${TRACKED} a open`],
    workflow: [`${NOTIFY} b SUPPRESSED`, `${TRACKED} a NOTIFIED`],
    posts: [morning],
  },
  {
    name: 'the first day of an account is one digest, and a request of it is shown',
    acts: [
      ({ report }) => report(group('EC2.13', 1), group('EC2.13', 2), group('EC2.14', 3)),
      ({ clock }, bot) => {
        clock.advance(61_000);
        return tick(bot);
      },
      looksAgain,
      async (_, bot) => void (await wantOwnCard(young('EC2.13'), bot.intake)),
    ],
    states: ['EC2.13 1 open', 'EC2.13 2 open', 'EC2.14 3 open'],
    workflow: ['EC2.13 1 NOTIFIED', 'EC2.13 2 NOTIFIED', 'EC2.14 3 NOTIFIED'],
    posts: [digest, `${CHANNEL} ${requestRef(young('EC2.13'))}#2`].sort(),
  },
  {
    name: 'what waits for the morning becomes more severe, and is told at once',
    before: ({ reported }) => reported(bucket('a')),
    acts: [
      ({ report }) => report(bucket('a', { severity: 'HIGH', updatedAt: '2026-11-26T23:20:00.000Z' })),
      looksAgain,
      morningComes,
    ],
    states: [`${TRACKED} a open`],
    workflow: [`${TRACKED} a NOTIFIED`],
    posts: [`${CHANNEL} ${tracked}#1`],
  },
  {
    name: 'what waits for the morning is fixed before it, and never told',
    before: ({ reported }) => reported(bucket('a')),
    acts: [
      ({ report }) => report(bucket('a', { status: 'PASSED', updatedAt: '2026-11-26T23:20:00.000Z' })),
      looksAgain,
      morningComes,
    ],
    states: [`${TRACKED} a resolved`],
    workflow: [`${TRACKED} a NEW`],
    posts: [],
  },
];

for (const flow of FLOWS) describeScene(flow);

test('a worker that was held up does not list what has got a card of its own meanwhile', async () => {
  const scene = await openScene({});
  let meanwhile: (() => Promise<void>) | undefined;
  const slow = scene.composeWith({
    table: {
      ...scene.ports.table,
      async replace(item, version) {
        const act = item['held'] === undefined ? undefined : meanwhile;
        if (act) {
          meanwhile = undefined;
          await act();
        }
        return scene.ports.table.replace(item, version);
      },
    },
  });
  await scene.report(bucket('a'));
  let shownAlready = false;
  await scene.drain({
    serve(queue, event) {
      const bot = queue === 'cards' && !shownAlready ? slow : scene.bot;
      if (bot === slow) {
        shownAlready = true;
        meanwhile = async () => {
          await wantOwnCard(keyOf(TRACKED), scene.bot.intake);
          scene.clock.advance(61_000);
          await callHandler(queue, event, scene.bot);
        };
      }
      return callHandler(queue, event, bot);
    },
  });
  await morningComes(scene, scene.bot);
  await scene.drain();
  const { broken, posts } = await lookAt(scene);
  expect({ broken, posts }).toEqual({ broken: [], posts: [`${CHANNEL} ${tracked}#1`] });
  await scene.spine.close();
});
