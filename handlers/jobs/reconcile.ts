import * as z from 'zod';
import { type ReconcileMessage, reconcileNext } from '../../src/reconcile';
import type { Bot } from '../composition';

/** The next piece of the nightly comparison with Security Hub. */
export const ReconcileJob = z.object({
  job: z.literal('reconcile'),
  version: z.int().min(1),
}) satisfies z.ZodType<ReconcileMessage>;

export async function runReconcile({ version }: ReconcileMessage, bot: Bot): Promise<void> {
  await reconcileNext(version, bot.reconcile);
}
