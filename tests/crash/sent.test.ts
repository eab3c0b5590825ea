import { requestRef } from '../../src/requests';
import {
  customAction,
  guardDuty,
  guardDutyAsff,
  guardDutyEvent,
  guardDutyOcsf,
  importedV2,
} from '../fixtures/findings';
import { ACCOUNT, bucket, CHANNEL, describeScene, keyOf, type SceneFlow, THREAT } from './scene';

const left = bucket('a', { control: 'S3.9', severity: 'INFORMATIONAL' });
const threat = { account: ACCOUNT, updatedAt: '2026-11-26T23:10:00.000Z', count: 1 };
const grown = { ...threat, updatedAt: '2026-11-26T23:20:00.000Z', count: 7 };

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'what policy leaves to others is sent by hand',
    before: ({ reported }) => reported(left),
    acts: [async ({ spine }) => void (await spine.send(customAction(left)))],
    states: ['S3.9 a open'],
    workflow: ['S3.9 a NOTIFIED'],
    posts: [`${CHANNEL} ${requestRef(keyOf('S3.9'))}#1`],
  },
  {
    name: 'a threat comes in three formats at once',
    acts: [
      async ({ spine, report }) => {
        await report(guardDutyAsff(threat));
        await spine.send(guardDutyEvent(guardDuty(threat)));
        await spine.send(importedV2(guardDutyOcsf(threat)));
      },
    ],
    states: ['UnauthorizedAccess:EC2/SSHBruteForce 0123456789abcdef0 open'],
    workflow: ['threat 0123456789abcdef0 NOTIFIED'],
    posts: [`${CHANNEL} ${requestRef(THREAT)}#1`],
  },
  {
    name: 'a threat comes from GuardDuty itself, and later through Security Hub',
    before: async ({ spine, drain }) => {
      await spine.send(guardDutyEvent(guardDuty(threat)));
      await drain();
    },
    acts: [({ report }) => report(guardDutyAsff(threat))],
    states: ['UnauthorizedAccess:EC2/SSHBruteForce 0123456789abcdef0 open'],
    workflow: ['threat 0123456789abcdef0 NOTIFIED'],
    posts: [`${CHANNEL} ${requestRef(THREAT)}#1`],
  },
  {
    name: 'a threat goes on',
    before: ({ reported }) => reported(guardDutyAsff(threat)),
    acts: [({ report }) => report(guardDutyAsff(grown))],
    states: ['UnauthorizedAccess:EC2/SSHBruteForce 0123456789abcdef0 open'],
    workflow: ['threat 0123456789abcdef0 NOTIFIED'],
    posts: [`${CHANNEL} ${requestRef(THREAT)}#1`],
  },
];

for (const flow of FLOWS) describeScene(flow);
