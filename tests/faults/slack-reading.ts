import { type BlockProblem, checkMessage, checkView } from '../../blocks/kit/check';
import type { Call } from '../../local/slack/calls';
import { LOCAL_WORKSPACE } from '../../local/slack/fixtures';
import type { Stage } from '../story/stage';

/** What Slack makes of what the bot has sent, beside words. */
export interface SlackReading {
  /** Everything that calls somebody or names a channel: `@U…`, `!subteam^S…`, `!channel`, `#C…`. */
  readonly mentions: readonly string[];
  /** Addresses that can be clicked. */
  readonly links: readonly string[];
  /** Text that is no text: half a character, an unseen one, a bracket or an entity that ends nowhere. */
  readonly broken: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that hold addresses. */
const ADDRESSES = ['url', 'image_url', 'thumb_url', 'title_url', 'video_url', 'from_url'];
/** Elements of rich text that call somebody, and where they say whom. */
const CALLING: Readonly<Record<string, readonly [sign: string, field: string]>> = {
  user: ['@', 'user_id'],
  usergroup: ['!subteam^', 'usergroup_id'],
  channel: ['#', 'channel_id'],
  broadcast: ['!', 'range'],
};
/** What nobody sees on a screen; a line break and a tab are seen. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** What Slack makes links and mentions of by itself, unless it is told not to. */
const BY_ITSELF = /https?:\/\/\S+|(?<![\w.])[@#](?:here|channel|everyone)\b/g;
/** Ids, values and metadata are never drawn. */
const NEVER_DRAWN = new Set([
  'private_metadata',
  'value',
  'action_id',
  'block_id',
  'callback_id',
  'metadata',
]);

class Reader implements SlackReading {
  readonly mentions: string[] = [];
  readonly links: string[] = [];
  readonly broken: string[] = [];

  read(value: unknown, key = ''): void {
    if (typeof value === 'string') this.readText(value, key);
    else if (Array.isArray(value)) for (const inner of value) this.read(inner, key);
    else if (isNode(value)) this.readNode(value);
  }

  private readNode(node: Node): void {
    const { type, text } = node;
    const calling = typeof type === 'string' ? CALLING[type] : undefined;
    if (calling) this.mentions.push(`${calling[0]}${String(node[calling[1]])}`);
    // A mrkdwn object, or the words of a message that stand in its notification.
    if (type === 'mrkdwn' && typeof text === 'string') this.readMarkup(text, node['verbatim'] === true);
    if (type === undefined && typeof text === 'string') this.readMarkup(text, true);
    for (const [key, inner] of Object.entries(node)) this.read(inner, key);
  }

  private readText(text: string, key: string): void {
    if (ADDRESSES.includes(key)) this.links.push(text);
    if (!text.isWellFormed()) this.broken.push(text);
    else if (!NEVER_DRAWN.has(key) && UNSEEN.test(text)) this.broken.push(text);
  }

  /** https://docs.slack.dev/messaging/formatting-message-text */
  private readMarkup(text: string, verbatim: boolean): void {
    for (const [, inside = ''] of text.matchAll(/<([^<>]*)>/g)) {
      if (inside.startsWith('!date^')) continue;
      if (/^[@#!]/.test(inside)) this.mentions.push(inside.split('|')[0] ?? '');
      else this.links.push(inside.split('|')[0] ?? '');
    }
    const rest = text.replaceAll(/<[^<>]*>/g, '');
    // A quotation begins its line with the character itself.
    if (/[<>]/.test(rest.replaceAll(/^>/gm, ''))) this.broken.push(text);
    if (/&(?!amp;|lt;|gt;)/.test(rest) || rest.includes('```')) this.broken.push(text);
    if (!verbatim) this.links.push(...(rest.match(BY_ITSELF) ?? []));
  }
}

/** Reads messages and views as Slack would. */
export function readSlack(...drawn: readonly unknown[]): SlackReading {
  const reader = new Reader();
  for (const one of drawn) reader.read(one);
  return reader;
}

const { users, userGroups, channels } = LOCAL_WORKSPACE;
const OUR_MENTIONS = new Set([
  // Who has nothing to do with it is never called.
  ...users.flatMap(({ id, isRestricted, teamId }) => (isRestricted || teamId ? [] : [`@${id}`])),
  ...userGroups.map(({ id }) => `!subteam^${id}`),
  ...channels.flatMap(({ id, isPrivate }) => (isPrivate ? [] : [`#${id}`])),
]);
/** AWS's documentation and consoles, and Slack's own. */
const OUR_LINKS =
  /^https:\/\/(docs\.aws\.amazon\.com|([a-z0-9-]+\.)?console\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)|(local\.)?slack\.com)\//;

/** What was not made by the bot, and what Slack refuses: nothing, however hostile the words were. */
export function intrusions(...drawn: readonly unknown[]): string[] {
  const { mentions, links, broken } = readSlack(...drawn);
  return [
    ...mentions.filter((mention) => !OUR_MENTIONS.has(mention)).map((mention) => `calls ${mention}`),
    ...links.filter((link) => !OUR_LINKS.test(link)).map((link) => `links ${link}`),
    ...broken.map((text) => `broken ${JSON.stringify(text).slice(0, 200)}`),
  ];
}

/** Calls by which somebody gets to see something. */
const SHOWING = /^(chat\.(post|update|postEphemeral)|views\.|response_url)/;
/** Slack guesses no links, names and previews of its own. */
const QUIET = { link_names: 'false', parse: 'none' };

/** What is wrong with what the bot has sent since the journal was emptied, and with what people see now. */
export async function findIntrusions(
  stage: Pick<Stage, 'people'>,
  people: readonly string[],
): Promise<string[]> {
  const calls = (await stage.people.calls()).filter(({ method }) => SHOWING.test(method));
  const seen = await Promise.all(people.map((person) => stage.people.user(person)));
  const views = seen.flatMap(({ modals, home }) => [...modals, ...(home ? [home] : [])]).map(drawnOf);
  const whispers = seen.flatMap(({ ephemerals }) => ephemerals);
  return [
    ...calls.flatMap((call) => [...intrusions(call.args), ...refused(call)]),
    ...intrusions(...views, ...whispers),
    ...whispers.flatMap(({ text, blocks }) => problemsOf(checkMessage({ text, blocks }))),
  ];
}

/** What a person has typed into it, and not sent, is their own. */
function drawnOf({ title, blocks, submit, close, private_metadata }: Node): Node {
  return { title, blocks, submit, close, private_metadata };
}

function refused({ method, args, result }: Call): string[] {
  const loud = method.startsWith('chat.')
    ? Object.entries(QUIET).filter(([name, value]) => String(args[name]) !== value)
    : [];
  return [
    ...(result['ok'] === false ? [`${method} was refused: ${String(result['error'])}`] : []),
    ...loud.map(([name]) => `${method} leaves ${name} to Slack`),
    ...problemsOf(isNode(args['view']) ? checkView(args['view']) : []),
  ];
}

function problemsOf(problems: readonly BlockProblem[]): string[] {
  return problems.map(({ pointer, message }) => `${pointer} ${message}`);
}
