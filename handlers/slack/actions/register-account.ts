import type { WebClient } from '@slack/web-api';
import { drawRegisterAccount } from '../../../blocks/modals/enter-account';
import { isTaken } from '../../../src/account-requests';
import { accountId } from '../../../src/accounts';
import type { FrontBot } from '../../composition';
import { checkRegistration } from '../check-registration';
import { openModal } from '../modal';
import type { Press } from '../press';

/** "Register…" beside an account that is there already. */
export const openRegisterAccount =
  (client: WebClient) =>
  async (press: Press, bot: FrontBot): Promise<void> =>
    openModal(press, bot, client, async (language) => {
      const id = accountId(press.value);
      if (id === undefined) return undefined;
      const refused = await checkRegistration(press, id, id, bot);
      if (refused) return refused;
      const account = bot.accounts.lookup(id);
      return isTaken(account)
        ? { refused: { kind: 'registering', outcome: 'registered' } }
        : drawRegisterAccount(account, language);
    });
