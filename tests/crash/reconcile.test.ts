import { asffFinding } from '../../local/aws/finding';
import { startReconcile } from '../../src/reconcile';
import { requestRef } from '../../src/requests';
import { imported } from '../fixtures/findings';
import { bucket, CHANNEL, describeScene, keyOf, TRACKED } from './scene';

const tracked = requestRef(keyOf(TRACKED));
const about = { severity: 'HIGH', updatedAt: '2026-11-26T23:00:00.000Z' } as const;

describeScene({
  name: 'what was missed is mended',
  // One has come; one has been heard of but is gone, one has passed unnoticed, one was missed.
  before: async ({ spine, drain }) => {
    await spine.send(imported(bucket('gone', about), bucket('passed', about)));
    await drain();
    await spine.hub.putFindings([
      asffFinding.parse(
        bucket('passed', { ...about, status: 'PASSED', updatedAt: '2026-11-26T23:20:00.000Z' }),
      ),
      asffFinding.parse(bucket('missed', about)),
    ]);
  },
  acts: [(_, bot) => startReconcile(bot.reconcile)],
  states: [`${TRACKED} gone closed`, `${TRACKED} missed open`, `${TRACKED} passed resolved`],
  workflow: [`${TRACKED} missed NOTIFIED`, `${TRACKED} passed RESOLVED`],
  posts: [`${CHANNEL} ${tracked}#1`, `${CHANNEL} ${tracked}#2`],
  also: async ({ bot }) => (await bot.reconcile.runs.load('run'))?.status,
});
