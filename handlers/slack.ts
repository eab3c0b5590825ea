import { App, AwsLambdaReceiver, LogLevel } from '@slack/bolt';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { measured } from '../src/metrics';
import { SLACK_TIMEOUT_MS } from '../src/slack';
import { composeFront, type FrontBot, frontPorts } from './composition';
import { registerListeners } from './slack/register';
import { verifySlackRequest } from './slack/verify';
import { type WarmBot, warmBot } from './warm-bot';

/** Options of every Slack client behind a listener: no retries of its own, and no waiting out a 429. */
export function listenerClientOptions(bot: FrontBot) {
  return {
    ...(bot.settings.SLACK_API_URL !== undefined && { slackApiUrl: bot.settings.SLACK_API_URL }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: SLACK_TIMEOUT_MS / 4,
  };
}

/** Bolt asks Slack who it is unless it is told; this is its answer, so that nothing is asked on the way to an ack. */
export function authorizeAs(bot: FrontBot) {
  const { SLACK_BOT_TOKEN, SLACK_BOT_ID, SLACK_BOT_USER_ID } = bot.settings;
  return async () => ({ botToken: SLACK_BOT_TOKEN, botId: SLACK_BOT_ID, botUserId: SLACK_BOT_USER_ID });
}

type SlackFunction = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** Bolt behind one signing secret: its own check of the signature knows only one. */
function boltWith(secret: string, bot: FrontBot) {
  const receiver = new AwsLambdaReceiver({ signingSecret: secret, logLevel: LogLevel.ERROR });
  const app = new App({
    receiver,
    authorize: authorizeAs(bot),
    clientOptions: listenerClientOptions(bot),
    logLevel: LogLevel.ERROR,
  });
  registerListeners(app, bot);
  return receiver.toHandler();
}

/** Slack over signed HTTP: our own check first, then Bolt. Never throws: anybody may call the address. */
export function slackHandler(bot: FrontBot): SlackFunction {
  const { SLACK_SIGNING_SECRET: current, SLACK_PREVIOUS_SIGNING_SECRET: previous } = bot.settings;
  if (current === undefined)
    throw new Error('SLACK_SIGNING_SECRET is missing: the signing secret of the Slack app');
  const secrets = previous === undefined ? [current] : [current, previous];
  const bolts = new Map([[current, boltWith(current, bot)]]);
  return async (event) => {
    const verified = verifySlackRequest(event, secrets, bot.ports.now());
    if (!verified.ok) return { statusCode: verified.statusCode, body: '' };
    try {
      const deliver = bolts.get(verified.secret) ?? boltWith(verified.secret, bot);
      bolts.set(verified.secret, deliver);
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

/**
 * Serves with the bot as it is kept. A signature that does not match may be one with a secret newer than the one kept, so
 * then the secret is looked at again.
 */
export function serveWarm(botOf: WarmBot<FrontBot>): SlackFunction {
  let warm: { readonly bot: FrontBot; readonly serve: SlackFunction } | undefined;
  const serveWith = (bot: FrontBot): SlackFunction => {
    if (warm?.bot !== bot) warm = { bot, serve: slackHandler(bot) };
    return warm.serve;
  };
  const serve = async (bot: FrontBot, event: APIGatewayProxyEventV2) => {
    const answer = await serveWith(bot)(event);
    if (answer.statusCode !== 401) return answer;
    const newest = await botOf('newest');
    return newest === bot ? answer : serveWith(newest)(event);
  };
  return async (event) => {
    const bot = await botOf();
    const { metrics } = bot.ports;
    return measured(metrics, async () => {
      const answer = await serve(bot, event);
      // Only counted: anybody may fill the log with such requests, and the access log has their senders.
      if (answer.statusCode === 401) metrics.count('SignatureFailures');
      return answer;
    });
  };
}

export const handler = serveWarm(
  warmBot((settings, config, log) => composeFront(settings, frontPorts(settings, log), config)),
);
