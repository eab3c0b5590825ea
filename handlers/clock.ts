import { sweep } from '../src/clock';
import { type Bot, warmBot } from './composition';

/** Wakes every record whose time has come. Called once a minute. */
export async function tick(bot: Bot): Promise<void> {
  const swept = await sweep(bot.clock);
  if (Object.keys(swept).length > 0) bot.ports.log.info('records woken', { swept });
}

export const handler = (): Promise<void> => tick(warmBot());
