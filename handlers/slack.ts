import { App, AwsLambdaReceiver, LogLevel } from '@slack/bolt';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';
import { SLACK_TIMEOUT_MS } from '../src/slack';
import { type Bot, warmBot } from './composition';
import { registerListeners } from './slack/register';
import { verifySlackRequest } from './slack/verify';

/** Options of every Slack client behind a listener: no retries of its own, and no waiting out a 429. */
export function listenerClientOptions(bot: Bot) {
  return {
    ...(bot.settings.SLACK_API_URL !== undefined && { slackApiUrl: bot.settings.SLACK_API_URL }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: SLACK_TIMEOUT_MS / 4,
  };
}

/** Bolt asks Slack who it is unless it is told; this is its answer, so that nothing is asked on the way to an ack. */
export function authorizeAs(bot: Bot) {
  const { SLACK_BOT_TOKEN, SLACK_BOT_ID, SLACK_BOT_USER_ID } = bot.settings;
  return async () => ({ botToken: SLACK_BOT_TOKEN, botId: SLACK_BOT_ID, botUserId: SLACK_BOT_USER_ID });
}

type SlackFunction = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyResultV2>;

/** Slack over signed HTTP: our own check first, then Bolt. Never throws: anybody may call the address. */
export function slackHandler(bot: Bot): SlackFunction {
  const secret = bot.settings.SLACK_SIGNING_SECRET;
  if (secret === undefined)
    throw new Error('SLACK_SIGNING_SECRET is missing: the signing secret of the Slack app');
  const receiver = new AwsLambdaReceiver({ signingSecret: secret, logLevel: LogLevel.ERROR });
  const app = new App({
    receiver,
    authorize: authorizeAs(bot),
    clientOptions: listenerClientOptions(bot),
    logLevel: LogLevel.ERROR,
  });
  registerListeners(app, bot);
  const deliver = receiver.toHandler();
  return async (event) => {
    const verified = verifySlackRequest(event, secret, bot.ports.now());
    if (!verified.ok) return { statusCode: verified.statusCode, body: '' };
    try {
      const answer = await deliver(verified.event, {});
      return {
        statusCode: answer.statusCode,
        body: answer.body,
        headers: { 'content-type': 'application/json' },
      };
    } catch (error) {
      bot.ports.log.error('a Slack request could not be served', { error });
      return { statusCode: 400, body: '' };
    }
  };
}

let warm: SlackFunction | undefined;

export const handler: SlackFunction = (event) => {
  warm ??= slackHandler(warmBot());
  return warm(event);
};
