import { tick } from '../../handlers/clock';
import type { Principal } from '../../src/accounts';
import { requestRef } from '../../src/requests';
import { amend } from '../../src/store';
import { register } from '../setup/register';
import {
  ACCOUNT,
  answered,
  bucket,
  CHANNEL,
  describeScene,
  keyOf,
  LEAD,
  OWNER,
  proposalId,
  propose,
  type Scene,
  type SceneFlow,
  SECURITY,
  statusesWritten,
  TRACKED,
} from './scene';

const tracked = requestRef(keyOf(TRACKED));
const AT = '2026-11-26T23:31:00.000Z';
const UNTIL = '2026-12-10T23:31:00.000Z';
const LONGER = '2027-01-10T23:31:00.000Z';
const FAR_OFF = '2027-02-01T00:00:00.000Z';
const ID = proposalId('suppress', tracked);
const LATER = proposalId('suppress', tracked, 2);
const DESIGN = proposalId('suppress-by-design', tracked);
const thread = (count: number) =>
  Array.from({ length: count }, (_, index) => `${CHANNEL} ${tracked}#${index + 1}`);

const terms = {
  scope: 'all',
  issues: [],
  reason: 'Reachable from the office network only.',
  days: 14,
  asOf: AT,
  until: UNTIL,
};
const suppressed = async (scene: Scene) => {
  await scene.reported(bucket('a', { severity: 'HIGH' }));
  await propose(scene.bot, 'suppress', tracked, terms, AT);
  await scene.drain();
};
/** Nothing but the exception comes due on the way there. */
const waitedUntil = async (scene: Scene, at: string | undefined) => {
  await amend(scene.bot.intake.requests, keyOf(TRACKED), (request) => ({ ...request, wakeAt: FAR_OFF }));
  await scene.skipTo(new Date(Date.parse(at ?? '') + 30_000).toISOString());
};
const reminded = async (scene: Scene) => {
  await suppressed(scene);
  await waitedUntil(scene, (await scene.bot.changes.load(ID))?.remindAt);
};
/** The bucket with a setting that somebody may change. */
function designed(status: 'Enabled' | 'Suspended', updatedAt: string) {
  const document = bucket('a', { severity: 'HIGH', updatedAt });
  const [resource] = document.Resources ?? [];
  const details = { AwsS3Bucket: { BucketVersioningConfiguration: { Status: status } } };
  return { ...document, Resources: [{ ...resource, Details: details }] } as typeof document;
}
const also: SceneFlow['also'] = async (scene) => {
  const changes = await Promise.all([ID, LATER, DESIGN].map((id) => scene.bot.changes.load(id)));
  return { changes: changes.map((change) => change?.status), written: statusesWritten(scene) };
};

const SUPPRESSED = { states: [`${TRACKED} a suppressed`], workflow: [`${TRACKED} a SUPPRESSED`], also };
const REOPENED = { states: [`${TRACKED} a open`], workflow: [`${TRACKED} a NOTIFIED`], also };

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'people are reminded that an exception ends',
    before: reminded,
    acts: [(_, bot) => tick(bot)],
    ...SUPPRESSED,
    posts: thread(3),
    sees: { changes: ['applied', undefined, undefined], written: ['NOTIFIED', 'SUPPRESSED'] },
  },
  {
    name: 'it is extended',
    before: async (scene) => {
      await reminded(scene);
      await tick(scene.bot);
      await scene.drain();
    },
    acts: [
      (scene, bot) => {
        const asOf = scene.spine.clock.now().toISOString();
        return propose(bot, 'suppress', tracked, { ...terms, extends: ID, asOf, until: LONGER }, AT, {
          nth: 2,
        });
      },
    ],
    ...SUPPRESSED,
    posts: thread(4),
    sees: { changes: ['expired', 'applied', undefined], written: ['NOTIFIED', 'SUPPRESSED'] },
  },
  {
    name: 'it ends, and what it covered is open again',
    before: async (scene) => {
      await reminded(scene);
      await tick(scene.bot);
      await scene.drain();
      await waitedUntil(scene, UNTIL);
    },
    acts: [(_, bot) => tick(bot)],
    ...REOPENED,
    posts: thread(4),
    sees: {
      changes: ['expired', undefined, undefined],
      written: ['NOTIFIED', 'SUPPRESSED', 'NEW', 'NOTIFIED'],
    },
  },
  {
    name: 'what was meant to be so has changed',
    before: async (scene) => {
      await register(scene.bot, ACCOUNT, { owner: OWNER.id as Principal });
      await scene.reported(designed('Enabled', '2026-11-26T23:30:00.000Z'));
      await propose(scene.bot, 'suppress-by-design', tracked, terms, AT, { by: OWNER });
      await scene.drain();
      await answered(DESIGN, { type: 'approve' }, LEAD)(scene, scene.bot);
      await scene.drain();
    },
    acts: [(scene) => scene.report(designed('Suspended', '2026-11-26T23:40:00.000Z'))],
    ...REOPENED,
    posts: [...thread(4), ...['applied', 'card'].map((key) => `${SECURITY} change/${DESIGN}#${key}`)],
    sees: {
      changes: [undefined, undefined, 'expired'],
      written: ['NOTIFIED', 'SUPPRESSED', 'NOTIFIED'],
    },
  },
];

for (const flow of FLOWS) describeScene({ ...flow, brief: true });
