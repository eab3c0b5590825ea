import type { Start } from '../../api';

/** Everybody and everything that can be named by typing. */
type Named = Pick<Start, 'users' | 'groups' | 'channels'>;

const EVERYBODY = ['here', 'channel', 'everyone'];

/** What a person typed, as Slack stores it: names become mentions, the rest is escaped. */
export function spoken(typed: string, { users, groups, channels }: Named): string {
  const names = new Map<string, string>([
    ...EVERYBODY.map((range) => [`@${range}`, `<!${range}>`] as const),
    ...users.map(({ id, name }) => [`@${name}`, `<@${id}>`] as const),
    ...groups.map(({ id, handle }) => [`@${handle}`, `<!subteam^${id}>`] as const),
    ...channels.map(({ id, name }) => [`#${name}`, `<#${id}>`] as const),
  ]);
  return typed
    .split(/(?<![\w])([@#][\w.-]+)/)
    .map((piece) => names.get(piece) ?? named(piece, names) ?? escaped(piece))
    .join('');
}

/** A name at the end of a sentence: `@owner.` */
function named(piece: string, names: ReadonlyMap<string, string>): string | undefined {
  const [, name = '', rest = ''] = /^([@#][\w.-]*?)([.-]+)$/.exec(piece) ?? [];
  const mention = names.get(name);
  return mention === undefined ? undefined : mention + rest;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** The text without the bot's name, which is mentioned in it; undefined when it is not. */
export function withoutBot(typed: string, botName: string): string | undefined {
  const name = botName.replace(/[^\w-]/g, '');
  const mention = new RegExp(`(^|[^\\w])@${name}(?![\\w-])[ \\u3000]?`);
  return mention.test(typed) ? typed.replace(mention, '$1').trim() : undefined;
}
