import { derivedId } from '../../../src/store';
import type { Bot } from '../../composition';
import type { Typed } from './subcommand';

/** Queues a list for whoever asked for it; it comes through the response URL. Asked twice at once, it is one list. */
export async function queueList(
  job: string,
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: Bot,
  which: object,
): Promise<void> {
  await bot.ports.queues.change({
    id: derivedId(job, typed.user, typed.triggerId),
    version: 0,
    group: typed.user,
    body: { job, user: typed.user, responseUrl: typed.responseUrl, ...which },
  });
}
