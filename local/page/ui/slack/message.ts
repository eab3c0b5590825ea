import { isJson, type Json, jsonList, textIn } from '../../../slack/json';

export interface Reaction {
  readonly name: string;
  /** Ids of those who reacted so, in that order. */
  readonly users: readonly string[];
}

/** A message as the page shows it. Never changed in place: another version is another object. */
export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  /** Of a reply: the message it answers. */
  readonly threadTs?: string;
  readonly fromApp: boolean;
  readonly isEdited: boolean;
  readonly isDeleted: boolean;
  /** Shown to one person only. */
  readonly isEphemeral: boolean;
  /** A reply that the channel shows as well. */
  readonly isBroadcast: boolean;
  readonly reactions: readonly Reaction[];
}

/** Reads a message as the stand-in shows it. */
export function readMessage(channel: string, shown: Json, isEphemeral = false): Message {
  const ts = textIn(shown['ts']);
  const threadTs = textIn(shown['thread_ts']);
  const [blocks, attachments] = [jsonList(shown['blocks']), jsonList(shown['attachments'])];
  return {
    channel,
    ts,
    user: textIn(shown['user']),
    text: textIn(shown['text']),
    blocks: [...blocks, ...attachments.flatMap((each) => jsonList(each['blocks']))],
    ...(threadTs === '' || threadTs === ts ? {} : { threadTs }),
    fromApp: shown['bot_id'] !== undefined,
    isEdited: isJson(shown['edited']),
    isDeleted: shown['subtype'] === 'tombstone',
    isEphemeral,
    isBroadcast: shown['subtype'] === 'thread_broadcast',
    reactions: jsonList(shown['reactions']).map(({ name, users }) => ({
      name: textIn(name),
      users: Array.isArray(users) ? users.map(textIn) : [],
    })),
  };
}

/** The same message after somebody has added a reaction, or has taken theirs back. */
export function withReaction(message: Message, name: string, user: string, isThere: boolean): Message {
  const before = message.reactions.find((each) => each.name === name)?.users ?? [];
  const users = [...before.filter((each) => each !== user), ...(isThere ? [user] : [])];
  const isNew = before.length === 0;
  const all = isNew ? [...message.reactions, { name, users }] : message.reactions;
  const reactions = all
    .map((each) => (each.name === name ? { name, users } : each))
    .filter((each) => each.users.length > 0);
  return { ...message, reactions };
}

/** A moment a little later than all of these; '' when there are none. Ts compare as text: they have one length. */
export function latestTs(messages: readonly Message[]): string {
  return messages.reduce((latest, { ts }) => (ts > latest ? ts : latest), '');
}

const mentioned = new WeakMap<Message, ReadonlySet<string>>();

/** Ids of users and user groups that the message mentions, and `!here` and the like. */
export function mentionsIn(message: Message): ReadonlySet<string> {
  const known = mentioned.get(message);
  if (known) return known;
  const all = message.text + JSON.stringify(message.blocks);
  const ids = [
    ...all.matchAll(
      /<(?:@|!subteam\^)([A-Z0-9]+)|<(!here|!channel|!everyone)|"user(?:group)?_id":"([A-Z0-9]+)"/g,
    ),
  ].map(([, id, range, richId]) => id ?? range ?? richId ?? '');
  const found = new Set(ids);
  mentioned.set(message, found);
  return found;
}
