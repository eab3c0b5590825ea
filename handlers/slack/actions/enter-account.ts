import type { WebClient } from '@slack/web-api';
import { drawEnterAccount } from '../../../blocks/modals/enter-account';
import { nextStep, parseAccountRequestRef } from '../../../src/account-requests';
import type { FrontBot } from '../../composition';
import { checkRegistration } from '../check-registration';
import { openModal } from '../modal';
import type { Press } from '../press';

/** "Enter the account's id…": asks which account has been made for a request. */
export const openEnterAccount =
  (client: WebClient) =>
  async (press: Press, bot: FrontBot): Promise<void> =>
    openModal(press, bot, client, async (language) => {
      const id = parseAccountRequestRef(press.value);
      const request = id === undefined ? undefined : await bot.accountRequests.load(id);
      if (request === undefined || request.steps.approved === undefined) return undefined;
      const refused = await checkRegistration(press, press.value, undefined, bot);
      if (refused) return refused;
      if (request.steps.registered !== undefined || nextStep(request) === undefined) {
        return { refused: { kind: 'outcome', outcome: 'already' } };
      }
      return drawEnterAccount(request, language);
    });
