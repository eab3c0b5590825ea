import { isJson, type Json, jsonList, textIn } from './json';
import { displayWidth, padToWidth, wrap } from './text-width';

/** How ids are called: users, user groups and channels by id. */
export type Names = Record<string, string>;

export interface TerminalCard {
  text?: string;
  blocks?: Json[];
  /** Shown beneath, indented. */
  replies?: TerminalCard[];
}

interface Page {
  names: Names;
  width: number;
  /** Whose clock dates are shown by, as Slack does; the sender's fallback where none is given. */
  timeZone?: string;
}

const EMOJI: Record<string, string> = {
  rotating_light: '🚨',
  warning: '⚠️',
  white_check_mark: '✅',
  x: '❌',
  tada: '🎉',
  bell: '🔔',
  lock: '🔒',
  red_circle: '🔴',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_blue_circle: '🔵',
  large_green_circle: '🟢',
  white_circle: '⚪',
  eyes: '👀',
  hourglass_flowing_sand: '⏳',
  mag: '🔍',
  no_bell: '🔕',
  speech_balloon: '💬',
};

/** The card as a person would read it in a terminal `width` columns wide. */
export function renderForTerminal(
  card: TerminalCard,
  names: Names,
  { width, timeZone }: { width: number; timeZone?: string },
): string {
  const page = { names, width: Math.max(width, 20), ...(timeZone !== undefined && { timeZone }) };
  return cardLines(card, page).join('\n');
}

function cardLines(card: TerminalCard, page: Page): string[] {
  const blocks = card.blocks ?? [];
  const own =
    blocks.length > 0
      ? blocks.flatMap((block) => blockLines(block, page))
      : wrapped(spoken(card.text ?? '', page), page);
  const inThread = { ...page, width: page.width - 4 };
  const replies = (card.replies ?? []).flatMap((reply) =>
    cardLines(reply, inThread).map((line, index) => `${index === 0 ? '  ↳ ' : '    '}${line}`),
  );
  return [...own, ...replies];
}

// --- Blocks ----------------------------------------------------------------------------------------------

type BlockLines = (block: Json, page: Page) => string[];

const BLOCK_LINES: Record<string, BlockLines> = {
  header: (block, page) => {
    const lines = wrapped(textOf(block['text'], page), page);
    const widest = Math.max(...lines.map(displayWidth));
    return [...lines, '═'.repeat(Math.min(widest, page.width))];
  },
  section: (block, page) => [
    ...(block['text'] === undefined ? [] : wrapped(textOf(block['text'], page), page)),
    ...fieldLines(jsonList(block['fields']), page),
    ...(isJson(block['accessory']) ? wrapped(elementText(block['accessory'], page), page) : []),
  ],
  context: (block, page) => {
    const parts = jsonList(block['elements']).map((element) => elementText(element, page));
    return wrap(parts.join(' · '), page.width - 2).map((line) => `  ${line}`);
  },
  actions: (block, page) =>
    wrapped(
      jsonList(block['elements'])
        .map((element) => elementText(element, page))
        .join('  '),
      page,
    ),
  divider: (_block, page) => ['─'.repeat(page.width)],
  image: (block, page) => wrapped(`(${textIn(block['alt_text'])})`, page),
  input: (block, page) => [
    ...wrapped(textOf(block['label'], page), page),
    ...(isJson(block['element']) ? wrapped(`  ${elementText(block['element'], page)}`, page) : []),
    ...(block['hint'] === undefined ? [] : wrapped(`  ${textOf(block['hint'], page)}`, page)),
  ],
  markdown: (block, page) => wrapped(textIn(block['text']), page),
  alert: (block, page) => wrapped(`! ${textOf(block['text'], page)}`, page),
  rich_text: (block, page) => richTextLines(block, page),
  container: (block, page) => [
    ...wrapped(`▾ ${textOf(block['title'], page)}`, page),
    ...jsonList(block['child_blocks']).flatMap((child) =>
      blockLines(child, { ...page, width: page.width - 2 }).map((line) => `  ${line}`),
    ),
  ],
  table: (block, page) => tableLines(block['rows'], page),
  data_table: (block, page) => [
    ...wrapped(textIn(block['caption']), page),
    ...tableLines(block['rows'], page),
  ],
};

function blockLines(block: Json, page: Page): string[] {
  const type = textIn(block['type']);
  const lines = Object.hasOwn(BLOCK_LINES, type) ? BLOCK_LINES[type] : undefined;
  return lines ? lines(block, page) : [`(${type})`];
}

/** Two columns where they fit side by side, as Slack shows fields; else one beneath the other. */
function fieldLines(fields: Json[], page: Page): string[] {
  const half = Math.floor((page.width - 2) / 2);
  const texts = fields.map((field) => textOf(field, page).split('\n'));
  const lines: string[] = [];
  for (let at = 0; at < texts.length; at += 2) {
    const [left = [], right = []] = [texts[at], texts[at + 1]];
    const fits = [...left, ...right].every((line) => displayWidth(line) <= half);
    if (!fits) {
      lines.push(...[...left, ...right].flatMap((line) => wrap(line, page.width)));
      continue;
    }
    for (let row = 0; row < Math.max(left.length, right.length); row += 1) {
      lines.push(`${padToWidth(left[row] ?? '', half)}  ${right[row] ?? ''}`.trimEnd());
    }
  }
  return lines;
}

function tableLines(rows: unknown, page: Page): string[] {
  const cells = (Array.isArray(rows) ? rows : []).map((row) =>
    jsonList(row).map((cell) =>
      cell['type'] === 'rich_text' ? richTextLines(cell, page).join(' ') : textIn(cell['text']),
    ),
  );
  const widths = (cells[0] ?? []).map((_cell, column) =>
    Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => padToWidth(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

// --- Elements --------------------------------------------------------------------------------------------

type ElementText = (element: Json, page: Page) => string;

const firstText: ElementText = (element, page) => {
  const chosen = element['initial_option'] ?? element['initial_options'];
  const options = isJson(chosen) ? [chosen] : jsonList(chosen);
  const shown = options.map((option) => textOf(option['text'], page)).join(', ');
  return shown || (isJson(element['placeholder']) ? textOf(element['placeholder'], page) : '');
};

const radio: ElementText = (element, page) => {
  const initial = isJson(element['initial_option']) ? element['initial_option']['value'] : undefined;
  return jsonList(element['options'])
    .map((option) => `${option['value'] === initial ? '(•)' : '( )'} ${textOf(option['text'], page)}`)
    .join('  ');
};

const ELEMENT_TEXTS: Record<string, ElementText> = {
  button: (element, page) => `[ ${textOf(element['text'], page)} ]`,
  workflow_button: (element, page) => `[ ${textOf(element['text'], page)} ]`,
  overflow: (element, page) =>
    `[ ⋯ ${jsonList(element['options'])
      .map((option) => textOf(option['text'], page))
      .join(' | ')} ]`,
  image: (element) => `(${textIn(element['alt_text'])})`,
  plain_text: (element, page) => textOf(element, page),
  mrkdwn: (element, page) => textOf(element, page),
  radio_buttons: radio,
};

function elementText(element: Json, page: Page): string {
  const type = textIn(element['type']);
  const text = Object.hasOwn(ELEMENT_TEXTS, type) ? ELEMENT_TEXTS[type] : undefined;
  if (text) return text(element, page);
  if (type.includes('select')) return `[ ${firstText(element, page)} ▾ ]`;
  const initial = element['initial_value'] ?? element['initial_date'] ?? element['initial_time'];
  return `[ ${initial === undefined ? firstText(element, page) : textIn(initial)} ]`;
}

// --- Text ------------------------------------------------------------------------------------------------

function wrapped(text: string, page: Page): string[] {
  return wrap(text, page.width);
}

function textOf(object: unknown, page: Page): string {
  if (!isJson(object) || typeof object['text'] !== 'string') return '';
  return object['type'] === 'mrkdwn' ? spoken(object['text'], page) : withEmoji(object['text']);
}

function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);
}

function nameOf(id: string, { names }: Page): string {
  return names[id] ?? id;
}

/** Slack's mrkdwn as plain text: mentions by name, dates as dates, links as text and address. */
function spoken(text: string, page: Page): string {
  const entities = text.replace(/<([^<>]+)>/g, (_whole, inner: string) => entityText(inner, page));
  const plain = withEmoji(entities)
    .replace(/(^|[\s(])\*([^*\n]+)\*/g, '$1$2')
    .replace(/(^|[\s(])_([^_\n]+)_(?=$|[\s).,、。])/g, '$1$2')
    .replace(/(^|[\s(])~([^~\n]+)~/g, '$1$2');
  return plain.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

function entityText(inner: string, page: Page): string {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('@')) return `@${nameOf(target.slice(1), page)}`;
  if (target.startsWith('#')) return `#${nameOf(target.slice(1), page)}`;
  if (target.startsWith('!subteam^')) return `@${nameOf(target.slice('!subteam^'.length), page)}`;
  if (target.startsWith('!date^')) return dateText(target.split('^')[1] ?? '', label, page);
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return label === undefined ? target : `${label} (${target})`;
}

/** The date by the reader's clock; without one the fallback, which the sender wrote for such places. */
function dateText(seconds: string, fallback: string | undefined, { timeZone }: Page): string {
  if (timeZone === undefined && fallback !== undefined && fallback !== '') return fallback;
  const parts = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: timeZone ?? 'UTC',
  });
  return parts.format(new Date(Number(seconds) * 1000));
}

function richTextLines(block: Json, page: Page): string[] {
  return jsonList(block['elements']).flatMap((part) => richTextPartLines(part, page));
}

function richTextPartLines(part: Json, page: Page): string[] {
  const indent = '  '.repeat(Number(part['indent'] ?? 0));
  if (part['type'] === 'rich_text_list') {
    return jsonList(part['elements']).flatMap((item, index) => {
      const mark = part['style'] === 'ordered' ? `${index + 1}. ` : '• ';
      const inner = wrap(leavesText(item, page), page.width - indent.length - mark.length);
      return inner.map((line, row) => `${indent}${row === 0 ? mark : ' '.repeat(mark.length)}${line}`);
    });
  }
  const prefix =
    part['type'] === 'rich_text_quote' ? '│ ' : part['type'] === 'rich_text_preformatted' ? '    ' : '';
  return wrap(leavesText(part, page), page.width - prefix.length).map((line) => `${prefix}${line}`);
}

const LEAF_TEXTS: Record<string, (leaf: Json, page: Page) => string> = {
  text: (leaf) => textIn(leaf['text']),
  link: (leaf) => (leaf['text'] ? `${textIn(leaf['text'])} (${textIn(leaf['url'])})` : textIn(leaf['url'])),
  user: (leaf, page) => `@${nameOf(textIn(leaf['user_id']), page)}`,
  usergroup: (leaf, page) => `@${nameOf(textIn(leaf['usergroup_id']), page)}`,
  channel: (leaf, page) => `#${nameOf(textIn(leaf['channel_id']), page)}`,
  emoji: (leaf) => withEmoji(`:${textIn(leaf['name'])}:`),
  broadcast: (leaf) => `@${textIn(leaf['range'])}`,
  date: (leaf, page) => dateText(textIn(leaf['timestamp']), textIn(leaf['fallback']), page),
};

function leavesText(part: Json, page: Page): string {
  return jsonList(part['elements'])
    .map((leaf) => LEAF_TEXTS[textIn(leaf['type'])]?.(leaf, page) ?? '')
    .join('');
}
