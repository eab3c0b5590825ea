import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { BLOCKS } from '../../../blocks/ids';
import { readRegisterAccount } from '../../../blocks/modals/enter-account';
import { existingRequestId } from '../../../src/account-requests';
import { accountId } from '../../../src/accounts';
import type { FrontBot } from '../../composition';
import { submitRegistration } from './submit-registration';
import { wishErrors } from './wish-errors';

/** What an account that is there already is to be registered as was sent. */
export const submitRegisterAccount = (bot: FrontBot) => (args: SlackViewMiddlewareArgs<ViewSubmitAction>) =>
  submitRegistration(args, bot, {
    accountBlock: BLOCKS.accountName,
    check: ({ payload }, language) => wishErrors(payload, bot, language),
    async read(view, language) {
      const account = accountId(view.private_metadata);
      if (account === undefined) return undefined;
      const channel = bot.settings.DEFAULT_CHANNEL_ID;
      return { input: readRegisterAccount(view, language), request: existingRequestId(account), channel };
    },
  });
