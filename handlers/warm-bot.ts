import { type SlackSecretSource, secretsManager, slackSecretSource } from '../src/aws';
import { type Log, structuredLog } from '../src/log';
import { readSettings, type Settings } from '../src/settings';
import { type Config, loadConfig } from './composition';

type Environment = Readonly<Record<string, string | undefined>>;

/** Gives the bot, or the part of it that a function needs, to whoever handles an event. `newest`: with Slack's secret as it is now. */
export type WarmBot<Part> = (demand?: 'newest') => Promise<Part>;

/**
 * Keeps the bot of a Lambda function from one event to the next. Where the environment names a secret, Slack's token and
 * signing secret are read from there, and the bot is put together anew when they have changed.
 */
export function keepWarm<Part>(
  environment: Environment,
  source: SlackSecretSource | undefined,
  assemble: (settings: Settings) => Part,
): WarmBot<Part> {
  let warm: { readonly bot: Part; readonly secret: string } | undefined;
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

function secretSource({ SLACK_SECRET_ARN: arn }: Environment): SlackSecretSource | undefined {
  if (!arn) return undefined;
  const warn: Log['warn'] = (message, details) => log.warn(message, details);
  return slackSecretSource(secretsManager(), arn, () => new Date(), warn);
}

/** Puts a function's part of the bot together. */
export type Assemble<Part> = (settings: Settings, config: Config, log: Log) => Part;

/** The bot of this Lambda function, made at its first event and kept while the function is warm. */
export function warmBot<Part>(assemble: Assemble<Part>): WarmBot<Part> {
  return keepWarm(process.env, secretSource(process.env), (settings) =>
    assemble(settings, loadConfig(settings), log),
  );
}
