import { isJson, type Json, jsonList, textIn } from './json';
import { ImpossibleAct } from './refusal';

/** An interactive element as it is shown, with the block around it. */
export interface ShownElement {
  element: Json;
  type: string;
  actionId: string;
  blockId: string;
  /** Inside an input block: using it tells the app only at submission, unless it dispatches. */
  isInput: boolean;
  dispatches: boolean;
  isOptional: boolean;
}

function elementsOf(block: Json): { element: Json; block: Json }[] {
  const own = [
    ...jsonList(block['elements']).filter((element) => element['type'] !== 'card'),
    ...jsonList(block['actions']),
    ...[block['accessory'], block['element']].filter(isJson),
  ].map((element) => ({ element, block }));
  const nested = [
    ...jsonList(block['child_blocks']),
    ...jsonList(block['elements']).filter((element) => element['type'] === 'card'),
  ];
  return [...own, ...nested.flatMap(elementsOf)];
}

export function shownElements(blocks: Json[]): ShownElement[] {
  return blocks.flatMap(elementsOf).flatMap(({ element, block }) => {
    const actionId = element['action_id'];
    if (typeof actionId !== 'string') return [];
    const isInput = block['type'] === 'input';
    return {
      element,
      type: String(element['type']),
      actionId,
      blockId: String(block['block_id']),
      isInput,
      dispatches: !isInput || block['dispatch_action'] === true,
      isOptional: block['optional'] === true,
    };
  });
}

// --- What an element holds -------------------------------------------------------------------------------

interface ValueKind {
  /** The field of `view.state.values` that carries the value. */
  field: string;
  empty: null | [];
  /** The element's own field with the value it opens with. */
  initial: string;
  /** Turns what a person does into the value; refuses what the element does not offer. */
  take: (input: unknown, element: Json) => unknown;
}

/** What the app suggested for an external select that is shown. */
const suggestions = new WeakMap<Json, Json[]>();

export function rememberSuggestions(element: Json, options: Json[]): void {
  suggestions.set(element, options);
}

function text(input: unknown): string {
  if (typeof input === 'string' || typeof input === 'number') return String(input);
  throw new ImpossibleAct('this field takes text');
}

function offered(element: Json): Json[] {
  return [
    ...jsonList(element['options']),
    ...jsonList(element['option_groups']).flatMap((group) => jsonList(group['options'])),
    ...(suggestions.get(element) ?? []),
  ];
}

function optionOf(input: unknown, element: Json): Json {
  const options = offered(element);
  const found = options.find((option) => option['value'] === input);
  if (found) return found;
  const values = options.map((option) => String(option['value'])).join(', ');
  throw new ImpossibleAct(`there is no option ${String(input)}; there are: ${values || 'none'}`);
}

function several<T>(take: (input: unknown, element: Json) => T) {
  return (input: unknown, element: Json): T[] => {
    const inputs = Array.isArray(input) ? input : [input];
    const most = element['max_selected_items'];
    if (typeof most === 'number' && inputs.length > most) {
      throw new ImpossibleAct(`no more than ${most} may be chosen`);
    }
    return inputs.map((entry) => take(entry, element));
  };
}

function matching(pattern: RegExp, what: string) {
  return (input: unknown): string => {
    if (typeof input === 'string' && pattern.test(input)) return input;
    throw new ImpossibleAct(`this field takes ${what}`);
  };
}

function seconds(input: unknown): number {
  if (typeof input === 'number' && Number.isInteger(input)) return input;
  throw new ImpossibleAct('this field takes a time in seconds since the epoch');
}

function richText(input: unknown): Json {
  if (isJson(input)) return input;
  const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text: text(input) }] }];
  return { type: 'rich_text', elements };
}

const typedText: ValueKind = { field: 'value', empty: null, initial: 'initial_value', take: text };
const oneOption: ValueKind = {
  field: 'selected_option',
  empty: null,
  initial: 'initial_option',
  take: optionOf,
};
const someOptions: ValueKind = {
  field: 'selected_options',
  empty: [],
  initial: 'initial_options',
  take: several(optionOf),
};
const one = (what: string): ValueKind => ({
  field: `selected_${what}`,
  empty: null,
  initial: `initial_${what}`,
  take: text,
});
const some = (what: string): ValueKind => ({
  field: `selected_${what}`,
  empty: [],
  initial: `initial_${what}`,
  take: several(text),
});

const VALUE_KINDS: Record<string, ValueKind> = {
  plain_text_input: typedText,
  email_text_input: typedText,
  url_text_input: typedText,
  number_input: typedText,
  rich_text_input: { field: 'rich_text_value', empty: null, initial: 'initial_value', take: richText },
  static_select: oneOption,
  external_select: oneOption,
  radio_buttons: oneOption,
  overflow: oneOption,
  checkboxes: someOptions,
  multi_static_select: someOptions,
  multi_external_select: someOptions,
  users_select: one('user'),
  conversations_select: one('conversation'),
  channels_select: one('channel'),
  multi_users_select: some('users'),
  multi_conversations_select: some('conversations'),
  multi_channels_select: some('channels'),
  datepicker: { ...one('date'), take: matching(/^\d{4}-\d{2}-\d{2}$/, 'a date YYYY-MM-DD') },
  timepicker: { ...one('time'), take: matching(/^\d{2}:\d{2}$/, 'a time HH:mm') },
  datetimepicker: { ...one('date_time'), take: seconds },
};

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** What the element holds after a person filled or chose `input`; null empties it. */
export function filled(shown: ShownElement, input: unknown): Json {
  const kind = VALUE_KINDS[shown.type];
  if (!kind) throw new ImpossibleAct(`${shown.actionId} is a ${shown.type}; nothing can be chosen in it`);
  const value = isEmpty(input) ? kind.empty : kind.take(input, shown.element);
  return { type: shown.type, [kind.field]: value };
}

/**
 * `state.values` of shown blocks: what people have filled in, and else what the elements open with.
 * Filled values survive an update where block_id, action_id and type stay the same.
 */
export function stateValues(blocks: Json[], before: Json = {}): Json {
  const values: Record<string, Json> = {};
  for (const shown of shownElements(blocks)) {
    const kind = VALUE_KINDS[shown.type];
    if (!kind || shown.type === 'overflow') continue;
    const blockBefore = before[shown.blockId];
    const kept = isJson(blockBefore) ? blockBefore[shown.actionId] : undefined;
    const opening = { type: shown.type, [kind.field]: shown.element[kind.initial] ?? kind.empty };
    values[shown.blockId] = {
      ...values[shown.blockId],
      [shown.actionId]: isJson(kept) && kept['type'] === shown.type ? kept : opening,
    };
  }
  return values;
}

/** The element that has this action_id, or the input block's element that has this block_id. */
export function findElement(
  blocks: Json[],
  wanted: { actionId: string; blockId?: string; value?: string },
): ShownElement {
  const shown = shownElements(blocks);
  const fits = shown.filter(
    (entry) =>
      entry.actionId === wanted.actionId &&
      (wanted.blockId === undefined || entry.blockId === wanted.blockId) &&
      (wanted.value === undefined || entry.type !== 'button' || entry.element['value'] === wanted.value),
  );
  const [found] = fits;
  if (!found) {
    const there = shown.map((entry) => entry.actionId).join(', ');
    throw new ImpossibleAct(`${wanted.actionId} is not shown; there are: ${there || 'no elements'}`);
  }
  if (fits.length > 1) {
    throw new ImpossibleAct(`${wanted.actionId} is shown ${fits.length} times; say which block_id or value`);
  }
  return found;
}

// --- What Slack's own client says before it sends a form ---------------------------------------------------

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Complaint = (value: string, element: Json) => string | undefined;

const COMPLAINTS: Record<string, Complaint> = {
  plain_text_input: (value, element) => {
    const min = element['min_length'];
    const max = element['max_length'] ?? 3000;
    if (typeof min === 'number' && value.length < min) return `Must be at least ${min} characters.`;
    return value.length > Number(max) ? `Must be at most ${textIn(max)} characters.` : undefined;
  },
  email_text_input: (value) => (EMAIL.test(value) ? undefined : 'Please enter a valid email.'),
  url_text_input: (value) => (URL.canParse(value) ? undefined : 'Please enter a valid URL.'),
  number_input: (value, element) => {
    const entered = Number(value);
    const { min_value: min, max_value: max, is_decimal_allowed: decimals } = element;
    if (value.trim() === '' || !Number.isFinite(entered)) return 'Please enter a number.';
    if (decimals !== true && !Number.isInteger(entered)) return 'Please enter a whole number.';
    if (min !== undefined && entered < Number(min)) return `Must be at least ${textIn(min)}.`;
    return max !== undefined && entered > Number(max) ? `Must be at most ${textIn(max)}.` : undefined;
  },
};

/** Errors by block_id that keep the client from submitting a modal; empty when it would be sent. */
export function formErrors(blocks: Json[], values: Json): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const shown of shownElements(blocks)) {
    if (!shown.isInput) continue;
    const kind = VALUE_KINDS[shown.type];
    const inBlock = values[shown.blockId];
    const state = isJson(inBlock) ? inBlock[shown.actionId] : undefined;
    const value = kind && isJson(state) ? state[kind.field] : undefined;
    if (isEmpty(value)) {
      if (!shown.isOptional) errors[shown.blockId] = 'Please complete this required field.';
      continue;
    }
    const complaint = COMPLAINTS[shown.type]?.(String(value), shown.element);
    if (complaint !== undefined) errors[shown.blockId] = complaint;
  }
  return errors;
}
