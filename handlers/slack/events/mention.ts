import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { drawAnswer } from '../../../blocks/cards/answers';
import { principal } from '../../../src/accounts';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import type { MentionJob } from '../../jobs/mention';
import { guarded } from '../guarded';

/** More than a question may have, with its markup; the rest of a longer message is not looked at. */
const READ = 4_000;

/**
 * The bot was mentioned. Reading the thread may take longer than Slack waits, so a job answers; Slack's retries of
 * one event are one job.
 */
export const hearMention =
  (bot: FrontBot) =>
  async ({ event, body }: SlackEventMiddlewareArgs<'app_mention'>): Promise<void> => {
    const user = principal(event.user ?? '');
    // What other bots say is answered by nobody: two bots could go on for ever.
    if (user === undefined || event.bot_id !== undefined) return;
    const job: MentionJob = {
      job: 'mention',
      user,
      channel: event.channel,
      ...(event.thread_ts !== undefined && { thread: event.thread_ts }),
      text: event.text.slice(0, READ),
    };
    await guarded(
      bot,
      user,
      () =>
        bot.ports.queues.change({
          id: derivedId('mention', body.event_id),
          version: 0,
          group: user,
          body: job,
        }),
      (reference) => {
        const failure = drawAnswer({ kind: 'failure', reference }, bot.knownLanguageOf(user));
        return bot.ports.slack.ephemeral(job.channel, user, failure, job.thread);
      },
    );
  };
