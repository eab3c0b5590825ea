import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { BLOCKS } from '../../../blocks/ids';
import { readOwner } from '../../../blocks/modals/read-owner';
import { words } from '../../../blocks/words';
import { isUserGroup } from '../../../src/accounts';
import { OwnerPayload, wishProblem } from '../../../src/registry';
import type { FrontBot } from '../../composition';
import { submitOwnerDialog } from './submit-owner';

/** The input in which the wrong owner, deputy or channel was chosen. */
function blockOf(field: 'owner' | 'deputy' | 'channel', payload: OwnerPayload): string {
  const who = field === 'channel' ? undefined : payload[field];
  const group = who !== undefined && who !== null && isUserGroup(who);
  switch (field) {
    case 'owner':
      return group ? BLOCKS.ownerGroup : BLOCKS.ownerPerson;
    case 'deputy':
      return group ? BLOCKS.deputyGroup : BLOCKS.deputyPerson;
    case 'channel':
      return BLOCKS.ownerChannel;
  }
}

/** "Save" in the dialog about an account's owner. */
export const submitOwner = (bot: FrontBot) => (args: SlackViewMiddlewareArgs<ViewSubmitAction>) =>
  submitOwnerDialog(args, bot, {
    kind: 'register-owner',
    read: (language) => {
      const read = readOwner(args.view, language);
      if (read === undefined) return undefined;
      return read.ok ? { target: read.target, payload: read.wish } : { errors: read.errors };
    },
    may: (offer) => offer.may === 'set',
    problems: async (wanted, language) => {
      const payload = OwnerPayload.parse(wanted);
      const wrong = await wishProblem(payload, bot.registry);
      return wrong && { [blockOf(wrong.field, payload)]: words(language).owners.problems[wrong.problem] };
    },
  });
