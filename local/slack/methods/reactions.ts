import { Refusal } from '../refusal';
import { isReactionName } from '../workspace';
import type { Methods } from './method';

export const reactionsMethods: Methods = {
  'reactions.add': {
    token: 'bot',
    run: (args, { workspace }) => {
      const channel = workspace.visibleChannel(args.required('channel', 'channel_not_found'));
      if (channel.isArchived) throw new Refusal('is_archived');
      if (!workspace.isMember(channel)) throw new Refusal('not_in_channel');
      const message = workspace.find(channel, args.required('timestamp', 'message_not_found'));
      if (!message || message.deleted) throw new Refusal('message_not_found');
      const name = args.required('name', 'invalid_name');
      if (!isReactionName(name)) throw new Refusal('invalid_name');
      workspace.react(channel, message, { name, user: workspace.about.botUserId });
      return {};
    },
  },
};
