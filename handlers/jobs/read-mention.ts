import { clean } from '../../blocks/kit';
import { REASON_LENGTH } from '../../blocks/modals/read-suppress';
import { QUESTION_LENGTH } from '../../src/questions';

/** What somebody wants who has mentioned the bot. */
export type Mentioned =
  | { readonly kind: 'help' }
  | { readonly kind: 'suppress' | 'ask' | 'short'; readonly text: string };

const HELP = /^(?:help|ヘルプ|へるぷ|使い方)[.。?？]*$/iu;
/** Ends like a question; in Japanese the mark is often left out. */
const QUESTION = /(?:[?？]|(?:です|ます|でしょう|ません|ました|でした)か[。.]?)$/u;

/**
 * Slack's markup as a person would have typed it: names of people and channels, addresses of links. Written as plain
 * text again, it mentions nobody.
 */
function spoken(text: string): string {
  return text
    .replace(/<[@#!](?:subteam\^)?[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<([@#])([^<>|]*)>/g, '$1$2')
    .replace(/<!(?:subteam\^)?([^<>|]*)>/g, '@$1')
    .replace(/<((?:https?|mailto):[^<>|]*)(?:\|[^<>]*)?>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/**
 * What is meant by a message that mentions the bot. Pure; nothing it says is done before a person has pressed.
 * @param text as Slack gives it: escaped, with the mention in it
 * @param bot the bot's own user id
 */
export function readMention(text: string, bot: string): Mentioned {
  const own = new RegExp(`<@${bot}(?:\\|[^<>]*)?>`, 'g');
  const said = clean(spoken(text.replace(own, ' ')))
    .replace(/ {2,}/g, ' ')
    .trim();
  if (said === '' || HELP.test(said)) return { kind: 'help' };
  const characters = [...said];
  const upTo = (max: number) => characters.slice(0, max).join('');
  if (QUESTION.test(said)) {
    return characters.length < QUESTION_LENGTH.min
      ? { kind: 'help' }
      : { kind: 'ask', text: upTo(QUESTION_LENGTH.max) };
  }
  return {
    kind: characters.length < REASON_LENGTH.min ? 'short' : 'suppress',
    text: upTo(REASON_LENGTH.max),
  };
}
