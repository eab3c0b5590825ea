import { type Args, page } from '../args';
import type { Context } from '../context';
import type { Json } from '../json';
import { Refusal } from '../refusal';
import type { Channel, Message, Workspace } from '../workspace';
import type { Methods } from './method';

function shownChannel(channel: Channel, workspace: Workspace): Json {
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: channel.kind === 'im',
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.isArchived,
    is_general: false,
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: workspace.isMember(channel),
    num_members: channel.members.size,
    context_team_id: workspace.about.teamId,
  };
}

const KINDS: Record<string, Channel['kind']> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

function listChannels(args: Args, { workspace }: Context): Json {
  const kinds = (args.text('types') ?? 'public_channel').split(',').map((type) => KINDS[type.trim()]);
  const channels = [...workspace.channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) &&
      (channel.kind === 'public' || workspace.isMember(channel)) &&
      !(args.flag('exclude_archived') && channel.isArchived),
  );
  const { entries, next } = page(channels, args, { otherwise: 100, most: 1000 });
  return {
    channels: entries.map((channel) => shownChannel(channel, workspace)),
    response_metadata: { next_cursor: next },
  };
}

function readable(args: Args, { workspace }: Context): Channel {
  const channel = workspace.visibleChannel(args.required('channel', 'channel_not_found'));
  if (!workspace.isMember(channel)) throw new Refusal('not_in_channel');
  return channel;
}

function inRange(args: Args): (message: Message) => boolean {
  const oldest = Number(args.text('oldest') ?? 0);
  const latest = Number(args.text('latest') ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(oldest)) throw new Refusal('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new Refusal('invalid_ts_latest');
  const inclusive = args.flag('inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function history(args: Args, context: Context): Json {
  const { workspace } = context;
  const channel = readable(args, context);
  const messages = channel.messages
    .filter((message) => message.threadTs === undefined || message.broadcast)
    .filter(inRange(args))
    .reverse();
  const { entries, next } = page(messages, args, { otherwise: 100, most: 999 });
  const withMetadata = args.flag('include_all_metadata');
  return {
    messages: entries.map((message) => workspace.shown(channel, message, withMetadata)),
    has_more: next !== '',
    pin_count: 0,
    response_metadata: { next_cursor: next },
  };
}

/** The root comes first whatever the range, as in Slack. */
function replies(args: Args, context: Context): Json {
  const { workspace } = context;
  const channel = readable(args, context);
  const asked = workspace.find(channel, args.required('ts', 'thread_not_found'));
  const root = asked?.threadTs === undefined ? asked : workspace.find(channel, asked.threadTs);
  if (!root) throw new Refusal('thread_not_found');
  const thread = [root, ...workspace.repliesTo(channel, root.ts).filter(inRange(args))];
  const { entries, next } = page(thread, args, { otherwise: 1000, most: 1000 });
  const withMetadata = args.flag('include_all_metadata');
  return {
    messages: entries.map((message) => workspace.shown(channel, message, withMetadata)),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  };
}

function info(args: Args, { workspace }: Context): Json {
  const channel = workspace.visibleChannel(args.required('channel', 'channel_not_found'));
  const locale = args.flag('include_locale') ? { locale: channel.locale } : {};
  return { channel: { ...shownChannel(channel, workspace), ...locale } };
}

function join(args: Args, { workspace }: Context): Json {
  const channel = workspace.visibleChannel(args.required('channel', 'channel_not_found'));
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.isArchived) throw new Refusal('is_archived');
  channel.members.add(workspace.about.botUserId);
  return { channel: shownChannel(channel, workspace) };
}

export const conversationsMethods: Methods = {
  'conversations.list': { token: 'bot', run: listChannels },
  'conversations.info': { token: 'bot', run: info },
  'conversations.history': { token: 'bot', run: history },
  'conversations.replies': { token: 'bot', run: replies },
  'conversations.join': { token: 'bot', run: join },
};
