import { withIds } from './block-ids';
import { Files } from './files';
import type { Fixtures, UserFixture, UserGroupFixture } from './fixtures';
import type { Journal } from './journal';
import type { Json } from './json';
import { Refusal } from './refusal';
import { Timestamps } from './timestamps';

export interface Message {
  ts: string;
  user: string;
  fromApp: boolean;
  text: string;
  blocks: Json[];
  attachments: Json[];
  threadTs?: string;
  metadata?: Json;
  edited?: { user: string; ts: string };
  reactions: { name: string; users: string[] }[];
  /** Shown in the channel although it is a reply. */
  broadcast: boolean;
  deleted: boolean;
  /** What people chose in the selects of the message. */
  values: Json;
}

export interface Ephemeral {
  ts: string;
  channel: string;
  user: string;
  message: Message;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  members: Set<string>;
  locale: string;
  isArchived: boolean;
  isExtShared: boolean;
  messages: Message[];
}

export interface Draft {
  user: string;
  fromApp: boolean;
  text: string;
  blocks: Json[];
  attachments?: Json[];
  threadTs?: string;
  broadcast?: boolean;
  metadata?: Json;
}

export interface Edit {
  text?: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: Json;
}

const KEPT_MESSAGES = 10_000;
const KEPT_EPHEMERALS = 200;

/** An emoji's name without colons. */
export function isReactionName(name: string): boolean {
  return /^[a-z0-9_+'-]+$/.test(name);
}

/** The people, channels, messages and files of one made-up workspace. */
export class Workspace {
  readonly users: Map<string, UserFixture>;
  readonly userGroups: Map<string, UserGroupFixture>;
  readonly channels = new Map<string, Channel>();
  readonly timestamps: Timestamps;
  readonly files: Files;
  private readonly ephemerals = new Map<string, Ephemeral[]>();

  constructor(
    readonly about: Fixtures,
    private readonly journal: Journal,
    now: () => number,
    fileProcessingMs: number,
  ) {
    this.timestamps = new Timestamps(now);
    this.files = new Files(this.timestamps, journal, about.botUserId, fileProcessingMs);
    this.users = new Map(about.users.map((user) => [user.id, user]));
    this.userGroups = new Map(about.userGroups.map((group) => [group.id, group]));
    for (const channel of about.channels) {
      this.channels.set(channel.id, {
        id: channel.id,
        name: channel.name,
        kind: channel.isPrivate ? 'private' : 'public',
        members: new Set(channel.members),
        locale: channel.locale ?? 'en-US',
        isArchived: channel.isArchived ?? false,
        isExtShared: channel.isExtShared ?? false,
        messages: [],
      });
    }
  }

  /** People choose the language in which Slack, and so every app, speaks to them. */
  setLocale(user: UserFixture, locale: string): void {
    if (user.locale === locale) return;
    this.users.set(user.id, { ...user, locale });
    this.journal.record({ type: 'user.changed', user: user.id });
  }

  deactivate(user: UserFixture): void {
    this.users.set(user.id, { ...user, deleted: true });
    this.journal.record({ type: 'user.changed', user: user.id });
  }

  teamOf(user: UserFixture): string {
    return user.teamId ?? this.about.teamId;
  }

  /** A channel the app may know of: public ones, and others it is a member of. */
  visibleChannel(id: string): Channel {
    const channel = this.channels.get(id) ?? this.directMessage(id) ?? this.byName(id);
    if (!channel || (channel.kind !== 'public' && !this.isMember(channel))) {
      throw new Refusal('channel_not_found');
    }
    return channel;
  }

  isMember(channel: Channel): boolean {
    return channel.members.has(this.about.botUserId);
  }

  /** The direct message between the app and a person; posting to a user id opens it. */
  directMessage(userId: string): Channel | undefined {
    if (!this.users.has(userId)) return undefined;
    const id = userId.replace(/^[UW]/, 'D');
    const existing = this.channels.get(id);
    if (existing) return existing;
    const opened: Channel = {
      id,
      name: '',
      kind: 'im',
      members: new Set([userId, this.about.botUserId]),
      locale: 'en-US',
      isArchived: false,
      isExtShared: false,
      messages: [],
    };
    this.channels.set(id, opened);
    return opened;
  }

  private byName(name: string): Channel | undefined {
    if (!name.startsWith('#')) return undefined;
    return [...this.channels.values()].find((channel) => `#${channel.name}` === name);
  }

  find(channel: Channel, ts: string): Message | undefined {
    return channel.messages.find((message) => message.ts === ts);
  }

  repliesTo(channel: Channel, ts: string): Message[] {
    return channel.messages.filter((message) => message.threadTs === ts && message.ts !== ts);
  }

  post(channel: Channel, draft: Draft): Message {
    const message = this.written(draft);
    channel.messages.push(message);
    if (channel.messages.length > KEPT_MESSAGES) channel.messages.shift();
    this.tell('message.posted', channel, message);
    return message;
  }

  edit(channel: Channel, message: Message, edit: Edit): void {
    if (edit.text !== undefined) message.text = edit.text;
    if (edit.blocks !== undefined) message.blocks = this.placed(edit.blocks);
    if (edit.attachments !== undefined) message.attachments = edit.attachments;
    if (edit.metadata !== undefined) message.metadata = edit.metadata;
    message.edited = { user: message.user, ts: this.timestamps.next() };
    this.tell('message.updated', channel, message);
  }

  /** A message with replies leaves a tombstone, as in Slack. */
  remove(channel: Channel, message: Message): void {
    if (this.repliesTo(channel, message.ts).length > 0) {
      Object.assign(message, {
        text: 'This message was deleted.',
        blocks: [],
        attachments: [],
        deleted: true,
      });
    } else {
      channel.messages.splice(channel.messages.indexOf(message), 1);
    }
    this.tell('message.deleted', channel, message);
  }

  postEphemeral(channel: Channel, user: string, draft: Draft): Ephemeral {
    const message = this.written(draft);
    const ephemeral: Ephemeral = { ts: message.ts, channel: channel.id, user, message };
    const kept = [...this.ephemeralsOf(user), ephemeral].slice(-KEPT_EPHEMERALS);
    this.ephemerals.set(user, kept);
    this.tellEphemeral(ephemeral);
    return ephemeral;
  }

  editEphemeral(ephemeral: Ephemeral, edit: Edit): void {
    if (edit.text !== undefined) ephemeral.message.text = edit.text;
    ephemeral.message.blocks = this.placed(edit.blocks ?? []);
    this.tellEphemeral(ephemeral);
  }

  removeEphemeral(ephemeral: Ephemeral): void {
    const left = this.ephemeralsOf(ephemeral.user).filter((other) => other !== ephemeral);
    this.ephemerals.set(ephemeral.user, left);
    this.journal.record({
      type: 'message.deleted',
      channel: ephemeral.channel,
      user: ephemeral.user,
      ts: ephemeral.ts,
    });
  }

  ephemeralsOf(user: string): Ephemeral[] {
    return this.ephemerals.get(user) ?? [];
  }

  react(channel: Channel, message: Message, { name, user }: { name: string; user: string }): void {
    const reaction = message.reactions.find((existing) => existing.name === name);
    if (reaction?.users.includes(user)) throw new Refusal('already_reacted');
    if (reaction) reaction.users.push(user);
    else message.reactions.push({ name, users: [user] });
    const { ts } = message;
    this.journal.record({ type: 'reaction.added', channel: channel.id, user, ts, shown: { name } });
  }

  unreact(channel: Channel, message: Message, { name, user }: { name: string; user: string }): void {
    const reaction = message.reactions.find((existing) => existing.name === name);
    if (!reaction?.users.includes(user)) throw new Refusal('no_reaction');
    reaction.users = reaction.users.filter((other) => other !== user);
    message.reactions = message.reactions.filter(({ users }) => users.length > 0);
    const { ts } = message;
    this.journal.record({ type: 'reaction.removed', channel: channel.id, user, ts, shown: { name } });
  }

  /** Blocks as they are once they stand somewhere: with the ids and sizes that Slack adds. */
  placed(blocks: Json[]): Json[] {
    return withIds(this.files.measured(blocks));
  }

  /** A message as the Web API returns it. */
  shown(channel: Channel, message: Message, withMetadata = false): Json {
    const replies = this.repliesTo(channel, message.ts);
    const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
    return {
      ...this.shownAlone(message, withMetadata),
      ...(message.deleted ? { subtype: 'tombstone' } : {}),
      ...(isReply && message.broadcast ? { subtype: 'thread_broadcast' } : {}),
      ...(isReply ? { thread_ts: message.threadTs } : {}),
      ...(replies.length > 0
        ? {
            thread_ts: message.ts,
            reply_count: replies.length,
            reply_users: [...new Set(replies.map((reply) => reply.user))],
            latest_reply: replies.at(-1)?.ts,
          }
        : {}),
    };
  }

  shownAlone(message: Message, withMetadata = false): Json {
    return {
      type: 'message',
      user: message.user,
      ts: message.ts,
      text: message.text,
      team: this.about.teamId,
      ...(message.fromApp ? { bot_id: this.about.botId, app_id: this.about.appId } : {}),
      ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
      ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
      ...(message.edited ? { edited: message.edited } : {}),
      ...(message.reactions.length > 0
        ? { reactions: message.reactions.map((reaction) => ({ ...reaction, count: reaction.users.length })) }
        : {}),
      ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
    };
  }

  private written(draft: Draft): Message {
    return {
      ts: this.timestamps.next(),
      user: draft.user,
      fromApp: draft.fromApp,
      text: draft.text,
      blocks: this.placed(draft.blocks),
      attachments: draft.attachments ?? [],
      reactions: [],
      broadcast: draft.broadcast ?? false,
      deleted: false,
      values: {},
      ...(draft.threadTs === undefined ? {} : { threadTs: draft.threadTs }),
      ...(draft.metadata === undefined ? {} : { metadata: draft.metadata }),
    };
  }

  private tell(
    type: 'message.posted' | 'message.updated' | 'message.deleted',
    channel: Channel,
    message: Message,
  ): void {
    this.journal.record({
      type,
      channel: channel.id,
      user: message.user,
      ts: message.ts,
      shown: this.shown(channel, message),
      ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    });
  }

  private tellEphemeral({ channel, user, ts, message }: Ephemeral): void {
    this.journal.record({
      type: 'message.ephemeral',
      channel,
      user,
      ts,
      shown: { ...this.shownAlone(message), is_ephemeral: true },
      ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    });
  }
}
