import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Bot } from '../handlers/composition';
import { authorizeAs, listenerClientOptions } from '../handlers/slack';
import { registerListeners } from '../handlers/slack/register';

/**
 * The Slack app over Socket Mode: needs no address of its own. The socket keeps client options of its own,
 * because it changes what it is given and must retry where the listeners must not.
 */
export function socketApp(bot: Bot, appToken: string): App {
  const { SLACK_API_URL } = bot.settings;
  const receiver = new SocketModeReceiver({
    appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: {
      ...(SLACK_API_URL !== undefined && { clientOptions: { slackApiUrl: SLACK_API_URL } }),
    },
  });
  const app = new App({
    receiver,
    authorize: authorizeAs(bot),
    clientOptions: listenerClientOptions(bot),
    logLevel: LogLevel.ERROR,
  });
  registerListeners(app, bot);
  return app;
}
