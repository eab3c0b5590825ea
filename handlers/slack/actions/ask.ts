import type { WebClient } from '@slack/web-api';
import { readOffer } from '../../../blocks/ids';
import { drawAsk } from '../../../blocks/modals/ask';
import type { FrontBot } from '../../composition';
import { openModal } from '../modal';
import { checkPress, type Press } from '../press';

/** "Ask the security team…", chosen from a card's menu or offered in its thread. */
export const openAsk =
  (client: WebClient) =>
  async (press: Press, bot: FrontBot): Promise<void> => {
    const { ref, text } = readOffer(press.value);
    await openModal(press, bot, client, async (language) => {
      const access = await checkPress(press, bot, ref, 'ask');
      if ('refused' in access) return access;
      const request = await bot.intake.requests.load(access.key);
      if (request === undefined) return undefined;
      const account = bot.intake.accounts(access.key.account);
      return drawAsk(
        { view: { ref, control: request.control, account }, ...(text !== undefined && { text }) },
        language,
      );
    });
  };
