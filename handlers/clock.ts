import { applyRules, sweep } from '../src/clock';
import { scheduleReconcile } from '../src/reconcile';
import { type Bot, warmBot } from './composition';

/** Wakes every record whose time has come. Called once a minute. */
export async function tick(bot: Bot): Promise<void> {
  await bot.policies.refresh();
  await scheduleReconcile(bot.reconcile);
  const swept = await sweep(bot.clock);
  const queued = await applyRules(bot.clock);
  if (queued > 0) bot.ports.log.info('accounts are decided anew', { count: queued });
  if (Object.keys(swept).length > 0) bot.ports.log.info('records woken', { swept });
}

export const handler = (): Promise<void> => tick(warmBot());
