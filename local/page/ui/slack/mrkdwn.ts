import { isEmoji } from './emoji';

/** What a line of mrkdwn is made of. Texts are decoded: they hold no entities any more. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'code'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: 'user' | 'group' | 'channel'; readonly id: string; readonly label?: string }
  | { readonly kind: 'broadcast'; readonly range: string }
  | {
      readonly kind: 'date';
      readonly seconds: number;
      readonly format: string;
      readonly fallback: string;
      readonly url?: string;
    }
  | { readonly kind: 'emoji'; readonly name: string };

export interface Part {
  readonly kind: 'paragraph' | 'quote' | 'pre';
  readonly children: readonly Inline[];
}

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Mark = keyof typeof MARKS;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };
const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;
/** An address written out ends before the punctuation of the sentence around it. */
const BARE_LINK = /^https?:\/\/[^\s<>|、。「」]+/;
/** Slack formats only what stands apart: `*a*b` and `a*b*` stay as they are, in Japanese as well. */
const APART = /[\s\p{P}\p{S}\p{Variation_Selector}\p{Cf}]/u;

/**
 * Slack's mrkdwn as a tree, with nothing in it that a reader of the tree would have to escape or check again:
 * addresses are http, https, mailto or tel only.
 * Source: docs.slack.dev/messaging/formatting-message-text
 * @param verbatim leaves addresses that are merely written out as text
 */
export function parseMrkdwn(text: string, verbatim = false): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(/```([\s\S]+?)```/g)) {
    parts.push(...lineParts(text.slice(from, match.index).replace(/\n$/, ''), verbatim));
    parts.push({ kind: 'pre', children: codeParts(match[1]?.replace(/^\n|\n$/g, '') ?? '') });
    from = match.index + match[0].length;
  }
  const rest = text.slice(from);
  parts.push(...lineParts(from > 0 ? rest.replace(/^\n/, '') : rest, verbatim));
  return parts;
}

/** `&amp;`, `&lt;` and `&gt;`, the only entities there are. */
export function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_whole, name: string) => ENTITIES[name] ?? '');
}

/** Text that is to be shown as it is, with its emoji. */
export function emojiParts(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(/:([a-z0-9_+-]+):/g)) {
    const [whole, name = ''] = match;
    if (!isEmoji(name) || match.index < from) continue;
    pushText(parts, text.slice(from, match.index));
    parts.push({ kind: 'emoji', name });
    from = match.index + whole.length;
  }
  pushText(parts, text.slice(from));
  return parts;
}

// --- Lines -----------------------------------------------------------------------------------------------

function lineParts(text: string, verbatim: boolean): Part[] {
  if (text === '') return [];
  const parts: { kind: 'paragraph' | 'quote'; children: Inline[] }[] = [];
  let quotesAll = false;
  for (const line of text.split('\n')) {
    const opening = quotesAll ? undefined : /^(?:>|&gt;)(?:(?:>|&gt;){2})?/.exec(line)?.[0];
    if (opening !== undefined && /^(?:>|&gt;){3}$/.test(opening)) quotesAll = true;
    const kind = quotesAll || opening !== undefined ? 'quote' : 'paragraph';
    const inner = opening === undefined ? line : line.slice(opening.length).replace(/^ /, '');
    const children = inlineParts(inner, verbatim);
    const last = parts.at(-1);
    if (last?.kind === kind) last.children.push({ kind: 'break' }, ...children);
    else parts.push({ kind, children });
  }
  return parts;
}

function pushText(parts: Inline[], text: string): void {
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text };
  else parts.push({ kind: 'text', text });
}

interface Found {
  readonly part: Inline;
  /** Where the text goes on. */
  readonly end: number;
}

/** @param open the marks around this text: none stands inside itself */
function inlineParts(text: string, verbatim: boolean, open = ''): Inline[] {
  const parts: Inline[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const found = partAt(text, at, verbatim, open);
    if (!found) {
      at += 1;
      continue;
    }
    pushText(parts, decoded(text.slice(plainFrom, at)));
    parts.push(found.part);
    at = found.end;
    plainFrom = at;
  }
  pushText(parts, decoded(text.slice(plainFrom)));
  return parts;
}

function partAt(text: string, at: number, verbatim: boolean, open: string): Found | undefined {
  const char = text[at];
  if (char === '`') return codeAt(text, at);
  if (char === '<') return entityAt(text, at);
  if (char === ':') return emojiAt(text, at);
  if (char === '*' || char === '_' || char === '~') return markedAt(text, at, char, verbatim, open);
  if (char === 'h' && !verbatim) return bareLinkAt(text, at);
  return undefined;
}

function codeAt(text: string, at: number): Found | undefined {
  const end = text.indexOf('`', at + 1);
  if (end <= at + 1) return undefined;
  return { part: { kind: 'code', children: codeParts(text.slice(at + 1, end)) }, end: end + 1 };
}

/** In code only links and names live on; everything else is text. */
function codeParts(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(/<[^<>\n]+>/g)) {
    const found = entityAt(text, match.index);
    if (!found) continue;
    pushText(parts, decoded(text.slice(from, match.index)));
    parts.push(found.part);
    from = found.end;
  }
  pushText(parts, decoded(text.slice(from)));
  return parts;
}

function emojiAt(text: string, at: number): Found | undefined {
  const match = /^:([a-z0-9_+-]+):/.exec(text.slice(at, at + 64));
  const name = match?.[1] ?? '';
  if (!match || !isEmoji(name)) return undefined;
  return { part: { kind: 'emoji', name }, end: at + match[0].length };
}

function bareLinkAt(text: string, at: number): Found | undefined {
  if (at > 0 && !standsApart(pointBefore(text, at))) return undefined;
  const raw = BARE_LINK.exec(text.slice(at))?.[0].replace(/(?:[.,:;!?)\]'"*_~]|&(?:gt|lt|amp);)+$/, '');
  if (raw === undefined || !/^https?:\/\/./.test(raw)) return undefined;
  const url = decoded(raw);
  return { part: { kind: 'link', url, children: [{ kind: 'text', text: url }] }, end: at + raw.length };
}

// --- Bold, italic, strike --------------------------------------------------------------------------------

function markedAt(text: string, at: number, mark: Mark, verbatim: boolean, open: string): Found | undefined {
  if (open.includes(mark) || !opens(text, at, mark)) return undefined;
  const end = closingOf(text, at, mark);
  if (end === undefined) return undefined;
  const children = inlineParts(text.slice(at + 1, end), verbatim, open + mark);
  return { part: { kind: MARKS[mark], children }, end: end + 1 };
}

function opens(text: string, at: number, mark: Mark): boolean {
  const next = text[at + 1];
  if (next === undefined || next === mark || /\s/.test(next)) return false;
  const before = pointBefore(text, at);
  return before !== mark && standsApart(before);
}

function closingOf(text: string, at: number, mark: Mark): number | undefined {
  for (let end = at + 1; end < text.length; end = skipped(text, end)) {
    if (text[end] !== mark || end === at + 1 || /\s/.test(text[end - 1] ?? ' ')) continue;
    const after = text.codePointAt(end + 1);
    const next = after === undefined ? undefined : String.fromCodePoint(after);
    if (next !== mark && standsApart(next)) return end;
  }
  return undefined;
}

/** Past a code span or an entity as a whole, else past one character. */
function skipped(text: string, at: number): number {
  const found = text[at] === '`' ? codeAt(text, at) : text[at] === '<' ? entityAt(text, at) : undefined;
  return found?.end ?? at + 1;
}

function pointBefore(text: string, at: number): string | undefined {
  if (at === 0) return undefined;
  const isPair = at > 1 && /[\uDC00-\uDFFF]/.test(text[at - 1] ?? '');
  return text.slice(isPair ? at - 2 : at - 1, at);
}

function standsApart(neighbour: string | undefined): boolean {
  return neighbour === undefined || APART.test(neighbour);
}

// --- <…> -------------------------------------------------------------------------------------------------

function entityAt(text: string, at: number): Found | undefined {
  const match = /^<([^<>\n]+)>/.exec(text.slice(at));
  if (!match) return undefined;
  const part = entity(match[1] ?? '');
  return part && { part, end: at + match[0].length };
}

function entity(inner: string): Inline | undefined {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : decoded(inner.slice(bar + 1));
  const named = label === undefined || label === '' ? {} : { label };
  const id = /^(@|#|!subteam\^)([A-Z0-9]+)$/.exec(target);
  if (id) {
    const kind = id[1] === '@' ? 'user' : id[1] === '#' ? 'channel' : 'group';
    return { kind, id: id[2] ?? '', ...named };
  }
  if (/^!(here|channel|everyone)$/.test(target)) return { kind: 'broadcast', range: target.slice(1) };
  if (target.startsWith('!date^')) return dateEntity(target, label ?? '');
  if (target.startsWith('!')) return { kind: 'text', text: label ?? `<${target}>` };
  if (!LINK.test(target)) return undefined;
  const url = decoded(target);
  const children: Inline[] = label ? emojiParts(label) : [{ kind: 'text', text: url }];
  return { kind: 'link', url, children };
}

function dateEntity(target: string, fallback: string): Inline {
  const [, seconds = '', format = '', ...link] = target.split('^');
  const url = decoded(link.join('^'));
  if (!/^\d+$/.test(seconds) || format === '') return { kind: 'text', text: fallback };
  return {
    kind: 'date',
    seconds: Number(seconds),
    format: decoded(format),
    fallback,
    ...(LINK.test(url) ? { url } : {}),
  };
}
