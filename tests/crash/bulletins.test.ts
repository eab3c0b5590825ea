import { tick } from '../../handlers/clock';
import { requestRef, wantOwnCard } from '../../src/requests';
import { asff } from '../fixtures/findings';
import {
  ACCOUNT,
  bucket,
  CHANNEL,
  describeScene,
  FRIDAY_MORNING,
  keyOf,
  NOTIFY,
  type SceneFlow,
  TRACKED,
} from './scene';

const tracked = requestRef(keyOf(TRACKED));
const morning = `${CHANNEL} bulletin/morning/2026-11-27/${CHANNEL}#bulletin`;
const digest = `${CHANNEL} bulletin/digest/any/700000000002/new#bulletin`;
const YOUNG = '700000000002';
const group = (control: string, n: number) =>
  asff({
    control,
    account: YOUNG,
    severity: 'HIGH',
    resource: `arn:aws:ec2:ap-northeast-1:${YOUNG}:security-group/sg-${n}`,
    updatedAt: '2026-11-20T00:00:00.000Z',
  });
const young = (control: string) => keyOf(control, YOUNG as typeof ACCOUNT);

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'two findings wait for the morning, and are told in one message',
    acts: [
      ({ report }) => report(bucket('a'), bucket('b', { control: NOTIFY })),
      ({ reach }, bot) => {
        reach(FRIDAY_MORNING);
        return tick(bot);
      },
    ],
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
      ({ reach }, bot) => {
        reach(FRIDAY_MORNING);
        return tick(bot);
      },
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
      ({ reach }, bot) => {
        reach(FRIDAY_MORNING);
        return tick(bot);
      },
    ],
    states: [`${TRACKED} a resolved`],
    workflow: [`${TRACKED} a NEW`],
    posts: [],
  },
];

for (const flow of FLOWS) describeScene(flow);
