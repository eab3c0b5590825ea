import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api';
import { type Principal, principal } from '../accounts';
import type { Metrics } from '../metrics';
import { SlackRateLimited, SlackRefused, SlackUnreachable } from './errors';
import { type Picture, uploadPicture } from './upload-picture';

/** A drawn message. What the blocks are is the business of whoever draws. */
export interface Drawn {
  readonly text: string;
  readonly blocks: readonly object[];
}

/** Ids that let a post be found again: the record it shows and the number of what it tells. */
export interface PostKey {
  readonly record: string;
  readonly key: string;
}

export interface Posted {
  readonly ts: string;
}

/** How somebody belongs to the workspace: only members do. Outsiders are people of other workspaces. */
export type Standing = 'member' | 'guest' | 'outsider' | 'left' | 'bot';

/** A person as Slack knows them. */
export interface Person {
  readonly id: string;
  readonly locale: string | undefined;
  readonly standing: Standing;
}

/** A user group as Slack knows it. */
export interface UserGroup {
  readonly id: Principal;
  readonly handle: string;
  readonly name: string;
  readonly members: readonly string[];
}

/** A channel as Slack knows it. */
export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  /** People of other companies read along, or are about to. */
  readonly externallyShared: boolean;
  readonly archived: boolean;
  readonly private: boolean;
}

/** What the bot does in Slack. Every method throws SlackRateLimited, SlackUnreachable or SlackRefused. */
export interface Slack {
  post(channel: string, message: Drawn, key: PostKey, thread?: string): Promise<Posted>;
  update(channel: string, ts: string, message: Drawn): Promise<void>;
  ephemeral(channel: string, user: string, message: Drawn, thread?: string): Promise<void>;
  /** Finds a post by its key among a channel's messages, or a thread's replies, no older than `since`. */
  findPost(channel: string, key: PostKey, since: Date, thread?: string): Promise<Posted | undefined>;
  /** Reference of the record that the bot's own message at the head of a thread shows; undefined for any other. */
  recordOf(channel: string, thread: string): Promise<string | undefined>;
  permalink(channel: string, ts: string): Promise<string>;
  person(id: string): Promise<Person | undefined>;
  /** The member or guest of the workspace with this mail address. Needs the scope `users:read.email`. */
  personByMail(mail: string): Promise<Principal | undefined>;
  groupMembers(group: string): Promise<readonly string[]>;
  /** Shows a person the bot's own page; what is a page is the business of whoever draws. */
  publishHome(user: string, view: object): Promise<void>;
  /** The user groups of the workspace that are in use, with their members. */
  groups(): Promise<readonly UserGroup[]>;
  channel(id: string): Promise<SlackChannel>;
  /**
   * Uploads a picture that belongs to no channel, for blocks to show (`slack_file: {id}`); resolves when Slack can
   * show it, which takes some seconds.
   * @returns its file id
   */
  uploadPicture(picture: Picture): Promise<string>;
  /**
   * Adds the bot's own reaction; one that is there already is fine.
   * @param emoji its name without colons, e.g. `tada`
   */
  react(channel: string, ts: string, emoji: string): Promise<void>;
}

/** What is read of a person. */
interface User {
  readonly id: string;
  readonly locale?: string;
  readonly team_id?: string;
  readonly enterprise_user?: { readonly enterprise_id?: string };
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
}

/** Slackbot is a user without `is_bot`. */
const SLACKBOT = 'USLACKBOT';

/**
 * @param team the workspace, or the organisation (`E…`) of an app that is installed for all of its workspaces
 */
function standingOf(user: User, team: string | undefined): Standing {
  if (user.deleted) return 'left';
  if (user.is_bot || user.id === SLACKBOT) return 'bot';
  // `is_stranger` alone proves nothing: it is false for outsiders who share a channel with the app.
  const ours = team === undefined || user.team_id === team || user.enterprise_user?.enterprise_id === team;
  if (user.is_stranger || !ours) return 'outsider';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

/** What is read of a message of a channel or thread. */
interface Listed {
  readonly ts: string;
  readonly bot_id?: string;
  readonly metadata?: {
    readonly event_type?: string;
    readonly event_payload?: { readonly record?: string; readonly key?: string };
  };
}

export const METADATA_EVENT = 'secops_post';

/** How long a single call may take before its outcome counts as unknown; far below the queues' visibility. */
export const SLACK_TIMEOUT_MS = 10_000;
/** How long Slack may take to process a picture; a second or two is usual. */
const PROCESSING_MS = 10_000;

export interface SlackOptions {
  readonly token: string;
  /** Another Web API than Slack's own, with a trailing slash. */
  readonly apiUrl?: string;
  readonly timeoutMs?: number;
  /** How long Slack may take to process a picture. */
  readonly processingMs?: number;
  readonly teamId?: string;
  /** The bot's own id (`B…`): metadata of others' messages count for nothing. */
  readonly botId?: string;
  /** Counts how often Slack asks to wait, or does not answer. */
  readonly metrics?: Metrics;
}

const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** A client that never retries on its own: a repeated chat.postMessage is a second message. */
export function webClient(options: SlackOptions): WebClient {
  return new WebClient(options.token, {
    ...(options.apiUrl !== undefined && { slackApiUrl: options.apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: options.timeoutMs ?? SLACK_TIMEOUT_MS,
    // Whoever calls logs what went wrong, once, with its record and without secrets.
    logger: SILENT,
  });
}

function translate(method: string, error: unknown): Error {
  if (error instanceof WebAPIRateLimitedError) return new SlackRateLimited(error.retryAfter);
  if (error instanceof WebAPIPlatformError) {
    const data = error.data as {
      error?: string;
      errors?: readonly unknown[];
      response_metadata?: { messages?: readonly string[] };
    };
    const details = [
      ...(data.errors ?? []).map((detail) => (typeof detail === 'string' ? detail : JSON.stringify(detail))),
      ...(data.response_metadata?.messages ?? []),
    ];
    return new SlackRefused(method, data.error ?? 'unknown_error', details);
  }
  if (error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError) {
    return new SlackUnreachable(`${method}: ${error.message}`, { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * Objects as the JSON text that goes over the wire in any case: of an object the client also makes a copy without
 * tokens, key by key, for a debug line that is not printed. For a card that is a quarter of the client's own work.
 */
function encoded(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  );
}

/** `webClient` may be shared with Bolt's listeners as long as it never retries. */
export function slackGateway(
  client: WebClient,
  options: Pick<SlackOptions, 'teamId' | 'botId' | 'timeoutMs' | 'processingMs' | 'metrics'> = {},
): Slack {
  const call = async (method: string, args: Record<string, unknown>): Promise<Record<string, unknown>> => {
    try {
      return { ...(await client.apiCall(method, encoded(args))) };
    } catch (error) {
      const translated = translate(method, error);
      if (translated instanceof SlackRateLimited) options.metrics?.count('SlackRateLimits');
      else if (translated instanceof SlackUnreachable) options.metrics?.count('SlackFailures');
      throw translated;
    }
  };
  // No unfurling and no guessing of names or links: untrusted text stays text.
  const quiet = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' };
  return {
    async post(channel, message, key, thread) {
      const answer = await call('chat.postMessage', {
        channel,
        text: message.text,
        blocks: message.blocks,
        ...quiet,
        metadata: { event_type: METADATA_EVENT, event_payload: { record: key.record, key: key.key } },
        ...(thread !== undefined && { thread_ts: thread }),
      });
      return { ts: String(answer['ts']) };
    },
    async update(channel, ts, message) {
      await call('chat.update', {
        channel,
        ts,
        text: message.text,
        blocks: message.blocks,
        link_names: false,
        parse: 'none',
      });
    },
    async ephemeral(channel, user, message, thread) {
      await call('chat.postEphemeral', {
        channel,
        user,
        text: message.text,
        ...(message.blocks.length > 0 && { blocks: message.blocks }),
        link_names: false,
        parse: 'none',
        ...(thread !== undefined && { thread_ts: thread }),
      });
    },
    async findPost(channel, key, since, thread) {
      let cursor: string | undefined;
      do {
        const answer = await call(thread === undefined ? 'conversations.history' : 'conversations.replies', {
          channel,
          ...(thread !== undefined && { ts: thread }),
          // Slack's clock and ours may differ by some seconds.
          oldest: String(since.getTime() / 1000 - 60),
          inclusive: true,
          include_all_metadata: true,
          limit: 200,
          ...(cursor !== undefined && { cursor }),
        });
        const messages = (answer['messages'] ?? []) as readonly Listed[];
        const found = messages.find(
          ({ metadata }) =>
            metadata?.event_type === METADATA_EVENT &&
            metadata.event_payload?.record === key.record &&
            metadata.event_payload.key === key.key,
        );
        if (found) return { ts: found.ts };
        const next = (answer['response_metadata'] as { next_cursor?: string } | undefined)?.next_cursor;
        cursor = next === '' ? undefined : next;
      } while (cursor !== undefined);
      return undefined;
    },
    async recordOf(channel, thread) {
      try {
        const answer = await call('conversations.replies', {
          channel,
          ts: thread,
          include_all_metadata: true,
          limit: 1,
        });
        const [root] = (answer['messages'] ?? []) as readonly Listed[];
        const own = root?.ts === thread && root.bot_id !== undefined && root.bot_id === options.botId;
        return own && root.metadata?.event_type === METADATA_EVENT
          ? root.metadata.event_payload?.record
          : undefined;
      } catch (error) {
        if (error instanceof SlackRefused && error.code === 'thread_not_found') return undefined;
        throw error;
      }
    },
    async permalink(channel, ts) {
      return String((await call('chat.getPermalink', { channel, message_ts: ts }))['permalink']);
    },
    async person(id) {
      try {
        const answer = await call('users.info', { user: id, include_locale: true });
        const user = answer['user'] as User;
        return { id, locale: user.locale, standing: standingOf(user, options.teamId) };
      } catch (error) {
        if (error instanceof SlackRefused && ['user_not_found', 'users_not_found'].includes(error.code)) {
          return undefined;
        }
        throw error;
      }
    },
    async personByMail(mail) {
      try {
        const user = (await call('users.lookupByEmail', { email: mail }))['user'] as User;
        const standing = standingOf(user, options.teamId);
        return standing === 'member' || standing === 'guest' ? principal(user.id) : undefined;
      } catch (error) {
        if (error instanceof SlackRefused && error.code === 'users_not_found') return undefined;
        throw error;
      }
    },
    async publishHome(user, view) {
      await call('views.publish', { user_id: user, view });
    },
    async groupMembers(group) {
      const answer = await call('usergroups.users.list', { usergroup: group, include_disabled: false });
      return (answer['users'] ?? []) as readonly string[];
    },
    async groups() {
      const answer = await call('usergroups.list', { include_disabled: false, include_users: true });
      const groups = (answer['usergroups'] ?? []) as readonly {
        readonly id?: string;
        readonly handle?: string;
        readonly name?: string;
        readonly users?: readonly string[];
      }[];
      return groups.flatMap(({ id = '', handle = '', name = '', users: members = [] }) => {
        const group = principal(id);
        return group === undefined ? [] : [{ id: group, handle, name, members }];
      });
    },
    async channel(id) {
      const channel = (await call('conversations.info', { channel: id }))['channel'] as {
        name?: string;
        is_shared?: boolean;
        is_org_shared?: boolean;
        is_ext_shared?: boolean;
        is_pending_ext_shared?: boolean;
        is_archived?: boolean;
        is_private?: boolean;
      };
      const { is_shared: shared = false, is_org_shared: withinUs = false } = channel;
      return {
        id,
        name: channel.name ?? '',
        externallyShared:
          channel.is_ext_shared === true || channel.is_pending_ext_shared === true || (shared && !withinUs),
        archived: channel.is_archived ?? false,
        private: channel.is_private ?? false,
      };
    },
    uploadPicture(picture) {
      return uploadPicture(picture, {
        call,
        apiUrl: client.slackApiUrl,
        timeoutMs: options.timeoutMs ?? SLACK_TIMEOUT_MS,
        processingMs: options.processingMs ?? PROCESSING_MS,
      });
    },
    async react(channel, ts, emoji) {
      try {
        await call('reactions.add', { channel, timestamp: ts, name: emoji });
      } catch (error) {
        if (!(error instanceof SlackRefused && error.code === 'already_reacted')) throw error;
      }
    },
  };
}
