import type { SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { groupOptions } from '../../../blocks/modals/owner';
import { principal } from '../../../src/accounts';
import type { FrontBot } from '../../composition';
import { refusedToLook } from '../../refused-to-look';
import { guarded } from '../guarded';

/** The options of the menus of user groups, while somebody types. Who does not belong here sees none. */
export const suggestGroups =
  (bot: FrontBot) =>
  async ({ ack, body, options }: SlackOptionsMiddlewareArgs<'block_suggestion'>): Promise<void> => {
    const user = principal(body.user.id);
    const none = () => ack({ options: [] });
    await guarded(
      bot,
      user,
      async () => {
        if (user === undefined || (await refusedToLook(user, bot))) return none();
        return ack({ options: groupOptions(await bot.directory.groups(), options.value.slice(0, 100)) });
      },
      none,
    );
  };
