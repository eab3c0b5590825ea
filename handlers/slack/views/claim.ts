import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { readOwnerTarget } from '../../../blocks/modals/read-owner';
import type { FrontBot } from '../../composition';
import { submitOwnerDialog } from './submit-owner';

/** "It is mine": the account has no owner, and whoever sent this wants to be it. */
export const submitClaim = (bot: FrontBot) => (args: SlackViewMiddlewareArgs<ViewSubmitAction>) =>
  submitOwnerDialog(args, bot, {
    kind: 'claim-account',
    read: () => {
      const target = readOwnerTarget(args.view.private_metadata);
      return target && { target, payload: {} };
    },
    may: (offer) => offer.may === 'claim',
    problems: async () => undefined,
  });
