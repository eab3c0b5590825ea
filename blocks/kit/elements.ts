import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  InputBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  SectionBlockAccessory,
  TableBlock,
} from '@slack/types';
import { cleanLine } from './clean';
import { cut } from './cut';
import { LIMITS } from './limits';
import type { SafeMrkdwn } from './safe-mrkdwn';

/** Slack refuses empty texts. */
const NOTHING = '–';

/**
 * What would be a mention or a link in mrkdwn, or the beginning of one that was cut off; plain text is not parsed, but it
 * is copied to places that are.
 */
const MARKUP = /<(?=[!@#]|https?:|mailto:|tel:|[a-z]{0,6}:?$)/gi;

/** A plain text object: one line, cut to `max`. */
export function plain(text: string, max: number): PlainTextElement {
  const line = cleanLine(text).trim().replace(MARKUP, '‹');
  return { type: 'plain_text', text: cut(line.slice(0, 2 * max), max) || NOTHING, emoji: true };
}

/** A mrkdwn object; `verbatim`, so that Slack makes no links and mentions of its own. */
function mrkdwn(text: SafeMrkdwn, max: number = LIMITS.text): MrkdwnElement {
  return { type: 'mrkdwn', text: text.cut(max).markup.trim() || NOTHING, verbatim: true };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, LIMITS.header) };
}

export function section(text: SafeMrkdwn, accessory?: SectionBlockAccessory, blockId?: string): SectionBlock {
  return {
    type: 'section',
    ...(blockId === undefined ? {} : { block_id: blockId }),
    text: mrkdwn(text),
    ...(accessory === undefined ? {} : { accessory }),
  };
}

/** Two columns of short facts, at most ten. */
export function fields(texts: readonly SafeMrkdwn[]): SectionBlock {
  return { type: 'section', fields: texts.slice(0, LIMITS.fields).map((text) => mrkdwn(text, LIMITS.field)) };
}

/** A small grey line. */
export function context(...texts: readonly SafeMrkdwn[]): ContextBlock {
  return { type: 'context', elements: texts.slice(0, LIMITS.context).map((text) => mrkdwn(text)) };
}

const LONGEST_ALT = 2000;

/** A picture that has been uploaded, and what it shows for those who do not see it. */
export function image(file: string, alt: string): ImageBlock {
  return { type: 'image', slack_file: { id: file }, alt_text: plain(alt, LONGEST_ALT).text };
}

/** Rows of plain texts, the first one its head; one a message. Numbers stand to the right. */
export function table(
  rows: readonly (readonly string[])[],
  columns: readonly ('text' | 'number')[],
): TableBlock {
  return {
    type: 'table',
    column_settings: columns.map((column) =>
      column === 'number' ? { align: 'right' } : { align: 'left', is_wrapped: true },
    ),
    rows: rows.map((row) => row.map((text) => ({ type: 'raw_text', text: plain(text, LIMITS.cell).text }))),
  };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

export function actions(blockId: string, elements: ActionsBlockElement[]): ActionsBlock {
  return { type: 'actions', block_id: blockId, elements };
}

/** A button that carries an opaque value. */
export function button(action: string, text: string, value: string, style?: 'primary' | 'danger'): Button {
  return {
    type: 'button',
    action_id: action,
    text: plain(text, LIMITS.button),
    value,
    ...(style === undefined ? {} : { style }),
  };
}

/** A button that opens an address; see `allowedUrl`. */
export function linkButton(action: string, text: string, url: string): Button {
  return { type: 'button', action_id: action, text: plain(text, LIMITS.button), url };
}

export function option(text: string, value: string, description?: string): PlainTextOption {
  return {
    text: plain(text, LIMITS.option),
    value,
    ...(description !== undefined && { description: plain(description, LIMITS.option) }),
  };
}

/** A labelled input of a modal. */
export function input(
  blockId: string,
  label: string,
  element: InputBlock['element'],
  more: { readonly hint?: string; readonly optional?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: plain(label, LIMITS.label),
    element,
    optional: more.optional ?? false,
    ...(more.hint === undefined ? {} : { hint: plain(more.hint, LIMITS.label) }),
  };
}
