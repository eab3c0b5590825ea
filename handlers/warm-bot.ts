import { type SlackSecretSource, secretsManager, slackSecretSource } from '../src/aws';
import { structuredLog } from '../src/log';
import { readSettings, type Settings } from '../src/settings';
import { type Bot, compose, loadConfig, realPorts } from './composition';

type Environment = Readonly<Record<string, string | undefined>>;

/** Gives the bot to whoever handles an event. `newest`: with Slack's secret as it is now. */
export type WarmBot = (demand?: 'newest') => Promise<Bot>;

/**
 * Keeps the bot of a Lambda function from one event to the next. Where the environment names a secret, Slack's token and
 * signing secret are read from there, and the bot is put together anew when they have changed.
 */
export function keepWarm(
  environment: Environment,
  source: SlackSecretSource | undefined,
  assemble: (settings: Settings) => Bot,
): WarmBot {
  let warm: { readonly bot: Bot; readonly secret: string } | undefined;
  return async (demand) => {
    const secret = await source?.read(demand);
    const seen = JSON.stringify(secret ?? {});
    if (warm?.secret !== seen) {
      const settings = readSettings({
        ...environment,
        ...(secret && {
          SLACK_BOT_TOKEN: secret.botToken,
          SLACK_SIGNING_SECRET: secret.signingSecret,
          SLACK_PREVIOUS_SIGNING_SECRET: secret.previousSigningSecret,
        }),
      });
      warm = { bot: assemble(settings), secret: seen };
    }
    return warm.bot;
  };
}

const log = structuredLog();

function assemble(settings: Settings): Bot {
  const config = loadConfig(settings);
  return compose(settings, realPorts(settings, config.catalogue, log), config);
}

function secretSource({ SLACK_SECRET_ARN: arn }: Environment): SlackSecretSource | undefined {
  if (!arn) return undefined;
  const warn = (message: string, details: Record<string, unknown>) => log.warn(message, details);
  return slackSecretSource(secretsManager(), arn, () => new Date(), warn);
}

/** The bot of this Lambda function, made at its first event and kept while the function is warm. */
export const warmBot: WarmBot = keepWarm(process.env, secretSource(process.env), assemble);
