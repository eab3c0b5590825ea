import type { Args } from '../args';
import { refuseBadMessage } from '../check-refusals';
import type { Context } from '../context';
import { isJson, type Json, jsonList } from '../json';
import { Refusal } from '../refusal';
import type { Channel, Message } from '../workspace';
import type { Methods } from './method';

interface Content {
  text: string;
  blocks: Json[];
  attachments: Json[];
  metadata: Json | undefined;
}

function contentOf(args: Args, { workspace }: Context): Content {
  const [text, blocks, attachments, metadata] = [
    args.text('text'),
    args.json('blocks'),
    args.json('attachments'),
    args.json('metadata'),
  ];
  const hasAttachments = jsonList(attachments).length > 0;
  refuseBadMessage(
    {
      // Attachments alone make a message; a blank stands for them so that only the rest is judged.
      text: hasAttachments && (text === undefined || text === '') ? ' ' : text,
      ...(blocks === undefined ? {} : { blocks }),
      ...(metadata === undefined ? {} : { metadata }),
    },
    workspace.files,
  );
  return {
    text: text ?? '',
    blocks: jsonList(blocks),
    attachments: jsonList(attachments),
    metadata: isJson(metadata) ? metadata : undefined,
  };
}

function channelToPostIn(args: Args, { workspace }: Context): Channel {
  const channel = workspace.visibleChannel(args.required('channel', 'channel_not_found'));
  if (channel.isArchived) throw new Refusal('is_archived');
  if (!workspace.isMember(channel)) throw new Refusal('not_in_channel');
  return channel;
}

/** The message a thread hangs on. @throws Refusal `thread_not_found` */
function threadOf(args: Args, channel: Channel, { workspace }: Context): string | undefined {
  const ts = args.text('thread_ts');
  if (ts === undefined || ts === '') return undefined;
  const root = workspace.find(channel, ts);
  if (!root || (root.threadTs !== undefined && root.threadTs !== ts)) throw new Refusal('thread_not_found');
  return ts;
}

function ownMessage(args: Args, channel: Channel, context: Context, refusal: string): Message {
  const message = context.workspace.find(channel, args.required('ts', 'message_not_found'));
  if (!message || message.deleted) throw new Refusal('message_not_found');
  if (!message.fromApp) throw new Refusal(refusal);
  return message;
}

function postMessage(args: Args, context: Context): Json {
  const { workspace } = context;
  const channel = channelToPostIn(args, context);
  const content = contentOf(args, context);
  const threadTs = threadOf(args, channel, context);
  const message = workspace.post(channel, {
    user: workspace.about.botUserId,
    fromApp: true,
    text: content.text,
    blocks: content.blocks,
    attachments: content.attachments,
    broadcast: args.flag('reply_broadcast'),
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(content.metadata === undefined ? {} : { metadata: content.metadata }),
  });
  return { channel: channel.id, ts: message.ts, message: workspace.shown(channel, message, true) };
}

/** What is not given stays as it was. */
function update(args: Args, context: Context): Json {
  const { workspace } = context;
  const channel = channelToPostIn(args, context);
  const message = ownMessage(args, channel, context, 'cant_update_message');
  const { text, blocks, attachments, metadata } = contentOf(args, context);
  workspace.edit(channel, message, {
    ...(args.raw['text'] === undefined ? {} : { text }),
    ...(args.raw['blocks'] === undefined ? {} : { blocks }),
    ...(args.raw['attachments'] === undefined ? {} : { attachments }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: workspace.shown(channel, message, true),
  };
}

function remove(args: Args, context: Context): Json {
  const { workspace } = context;
  const channel = workspace.visibleChannel(args.required('channel', 'channel_not_found'));
  const message = ownMessage(args, channel, context, 'cant_delete_message');
  workspace.remove(channel, message);
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral(args: Args, context: Context): Json {
  const { workspace } = context;
  const channel = channelToPostIn(args, context);
  const user = args.required('user', 'user_not_found');
  if (!workspace.users.has(user)) throw new Refusal('user_not_found');
  if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
  const { text, blocks, attachments } = contentOf(args, context);
  const threadTs = threadOf(args, channel, context);
  const ephemeral = workspace.postEphemeral(channel, user, {
    user: workspace.about.botUserId,
    fromApp: true,
    text,
    blocks,
    attachments,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  return { message_ts: ephemeral.ts };
}

function getPermalink(args: Args, { workspace }: Context): Json {
  const channel = workspace.visibleChannel(args.required('channel', 'channel_not_found'));
  const ts = args.required('message_ts', 'message_not_found');
  const message = workspace.find(channel, ts);
  if (!message) throw new Refusal('message_not_found');
  const inThread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return {
    channel: channel.id,
    permalink: `https://${workspace.about.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${inThread}`,
  };
}

export const chatMethods: Methods = {
  'chat.postMessage': { token: 'bot', run: postMessage },
  'chat.update': { token: 'bot', run: update },
  'chat.delete': { token: 'bot', run: remove },
  'chat.postEphemeral': { token: 'bot', run: postEphemeral },
  'chat.getPermalink': { token: 'bot', run: getPermalink },
};
