import type { SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { accountOptions } from '../../../blocks/cards/accounts';
import { LIMITS } from '../../../blocks/kit';
import { principal, suggestAccounts } from '../../../src/accounts';
import { knownAccounts } from '../../account-list';
import type { FrontBot } from '../../composition';
import { refusedToLook } from '../../refused-to-look';
import { guarded } from '../guarded';

/** The options of the account menus, while somebody types. Who does not belong here sees none. */
export const suggestAccountOptions =
  (bot: FrontBot) =>
  async ({ ack, body, options }: SlackOptionsMiddlewareArgs<'block_suggestion'>): Promise<void> => {
    const user = principal(body.user.id);
    const none = () => ack({ options: [] });
    await guarded(
      bot,
      user,
      async () => {
        if (user === undefined || (await refusedToLook(user, bot))) return none();
        const typed = options.value.slice(0, 100);
        const accounts = suggestAccounts(typed, await knownAccounts(bot), LIMITS.options);
        return ack({ options: accountOptions(accounts, typed.trim() === '', bot.knownLanguageOf(user)) });
      },
      none,
    );
  };
