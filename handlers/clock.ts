import { applyRules, sweep } from '../src/clock';
import { measured } from '../src/metrics';
import { scheduleReconcile } from '../src/reconcile';
import { checkOwners, followAccountList } from '../src/registry';
import { followWeek } from '../src/scores';
import type { Bot } from './composition';
import { noteGauges } from './note-gauges';
import { wholeBot } from './whole-bot';

/** Wakes every record whose time has come. Called once a minute. */
export async function tick(bot: Bot): Promise<void> {
  await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
  await scheduleReconcile(bot.reconcile);
  const swept = await sweep(bot.clock);
  await lookAfterOwners(bot);
  await followWeek(bot.weekly);
  const queued = await applyRules(bot.clock);
  if (queued > 0) bot.ports.log.info('accounts are decided anew', { count: queued });
  if (Object.keys(swept).length > 0) bot.ports.log.info('records woken', { swept });
  await noteGauges(bot);
}

/** Who has left Slack, and which accounts nobody answers for. Slack that does not tell keeps nothing else waiting. */
async function lookAfterOwners(bot: Bot): Promise<void> {
  try {
    await checkOwners(bot.owners);
  } catch (error) {
    bot.ports.log.warn('owners could not all be looked at; the next tick goes on', { error });
  }
  await followAccountList(bot.accountList);
}

export const handler = async (): Promise<void> => {
  const bot = await wholeBot();
  await measured(bot.ports.metrics, () => tick(bot));
};
