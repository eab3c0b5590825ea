import { setTimeout as delay } from 'node:timers/promises';
import { LOCAL_WORKSPACE } from '../../local/slack';
import type { PersonByMail } from '../../src/registry';
import { SlackRateLimited, SlackRefused, slackGateway, webClient } from '../../src/slack';
import type { DataAccess } from '../data-access';

/** Slack cannot say who has a mail address; the message says what to do. */
export class NoSlackError extends Error {
  override readonly name = 'NoSlackError';
}

const OTHERWISE = 'name owners and deputies by their Slack ids (U…, W…, S…)';

/** Looks people up in the Slack of the bot that runs here, or of the one that the environment names. */
export function personByMail({ run }: Pick<DataAccess, 'run'>): PersonByMail {
  const local = run?.slack === undefined ? undefined : new URL('/api/', run.slack).href;
  const token = local === undefined ? process.env['SLACK_BOT_TOKEN'] : 'xoxb-local';
  if (!token) {
    return (mail) =>
      Promise.reject(
        new NoSlackError(`To find who has the mail address ${mail}, set SLACK_BOT_TOKEN, or ${OTHERWISE}.`),
      );
  }
  const apiUrl = local ?? process.env['SLACK_API_URL'];
  const teamId = local === undefined ? process.env['SLACK_TEAM_ID'] : LOCAL_WORKSPACE.teamId;
  const slack = slackGateway(webClient({ token, ...(apiUrl && { apiUrl }) }), { ...(teamId && { teamId }) });
  const ask: PersonByMail = async (mail) => {
    try {
      return await slack.personByMail(mail);
    } catch (error) {
      if (error instanceof SlackRateLimited) {
        console.error(`${error.message}; going on then.`);
        await delay(error.retryAfterSeconds * 1000);
        return ask(mail);
      }
      if (error instanceof SlackRefused) {
        const scope =
          error.code === 'missing_scope' ? 'give the Slack app the scope users:read.email, or ' : '';
        throw new NoSlackError(`${error.message}: ${scope}${OTHERWISE}.`);
      }
      throw error;
    }
  };
  return ask;
}
