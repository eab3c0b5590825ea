import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { BLOCKS } from '../../../blocks/ids';
import { readEnterAccount } from '../../../blocks/modals/enter-account';
import { parseAccountRequestRef } from '../../../src/account-requests';
import type { FrontBot } from '../../composition';
import { submitRegistration } from './submit-registration';
import { wishErrors } from './wish-errors';

/** The id of an account that was made for a request was sent. */
export const submitEnterAccount = (bot: FrontBot) => (args: SlackViewMiddlewareArgs<ViewSubmitAction>) =>
  submitRegistration(args, bot, {
    accountBlock: BLOCKS.accountId,
    // Who was wanted may be gone by now, which is no reason to begin again; the channel was chosen here.
    check: ({ payload: { channel } }, language) => wishErrors({ channel }, bot, language),
    async read(view, language) {
      const id = parseAccountRequestRef(view.private_metadata);
      const request = id === undefined ? undefined : await bot.accountRequests.load(id);
      if (request === undefined || request.end !== undefined) return undefined;
      const { channel } = request.card;
      return { input: readEnterAccount(view, request, language), request: request.id, channel };
    },
  });
