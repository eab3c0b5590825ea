import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { drawProblemHome } from '../../../blocks/problem-home';
import { type Principal, principal } from '../../../src/accounts';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import type { HomeJob } from '../../jobs/home';
import { guarded } from '../guarded';
import type { Press } from '../press';

/**
 * Drawing takes many reads, so a job does it; what is asked for twice at once is drawn once.
 * @param group after what else it is drawn: the target of a change that was just queued
 */
export async function queueHome(
  user: Principal,
  page: number,
  once: string,
  bot: FrontBot,
  group: string = user,
): Promise<void> {
  const job: HomeJob = { job: 'home', user, page };
  await bot.ports.queues.change({ id: derivedId('home', user, once), version: 0, group, body: job });
}

/** Somebody has opened the bot's own page. */
export const openHome =
  (bot: FrontBot) =>
  async ({ event, body }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    const user = principal(event.user);
    if (user === undefined || event.tab !== 'home') return;
    await guarded(
      bot,
      user,
      () => queueHome(user, 1, body.event_id, bot),
      (reference) => bot.ports.slack.publishHome(user, drawProblemHome(reference, bot.knownLanguageOf(user))),
    );
  };

/** "Refresh", and the pages of its requests. */
export async function turnHome(press: Press, bot: FrontBot): Promise<void> {
  const page = Number(press.value);
  await queueHome(press.user, Number.isInteger(page) && page > 0 ? page : 1, press.triggerId, bot);
}
