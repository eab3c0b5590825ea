import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { drawAnswer, drawMenu } from '../../../blocks/cards/answers';
import type { Message } from '../../../blocks/kit';
import { principal } from '../../../src/accounts';
import type { FrontBot } from '../../composition';
import { refusedToLook } from '../../refused-to-look';
import { guarded } from '../guarded';
import { noteDenial } from '../note-denial';
import { findCommand, nearestUsage } from './index';
import type { Typed } from './subcommand';

async function answer(name: string | undefined, typed: Typed, bot: FrontBot): Promise<Message | undefined> {
  if (name === undefined) return drawMenu(typed.language);
  const command = findCommand(name);
  if (command) return command.execute(typed, bot);
  const near = nearestUsage(name);
  return drawAnswer(
    { kind: 'unknown command', typed: `/secops ${name}`, ...(near !== undefined && { nearest: near }) },
    typed.language,
  );
}

/** `/secops …`: finds the command, and answers at once or lets a job answer. */
export const secopsCommand =
  (bot: FrontBot, client: WebClient) =>
  async ({ ack, command }: SlackCommandMiddlewareArgs): Promise<void> => {
    const user = principal(command.user_id);
    if (user === undefined) return ack();
    const [name, ...args] = command.text.trim().split(/\s+/u).filter(Boolean);
    const say = (message: Message) => ack({ response_type: 'ephemeral', ...message });
    await guarded(
      bot,
      user,
      async () => {
        const { trigger_id: triggerId, response_url: responseUrl } = command;
        const typed: Typed = {
          user,
          name: command.user_name,
          channel: command.channel_id,
          args,
          language: await bot.languageOf(user),
          triggerId,
          responseUrl,
          open: (view) => client.views.open({ trigger_id: triggerId, view }),
        };
        // A command that does more than look is ruled once more, for what it does.
        const ruling = await refusedToLook(user, bot);
        if (ruling) {
          await noteDenial({ user, kind: 'look', ref: `/secops ${name ?? ''}`.trim(), ruling }, bot);
          return say(drawAnswer({ kind: 'ruling', ruling, ask: [] }, typed.language));
        }
        const message = await answer(name, typed, bot);
        return message === undefined ? ack() : say(message);
      },
      (reference) => say(drawAnswer({ kind: 'failure', reference }, bot.knownLanguageOf(user))),
    );
  };
