import { isJson, type Json, jsonList, textIn } from '../../../slack/json';

/** Something that can be chosen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly group?: string;
}

interface Fields {
  /** The field of `state.values` that holds what was chosen or typed. */
  readonly state: string;
  /** The element's own field with what it opens with. */
  readonly initial: string;
}

const FIELDS: Readonly<Record<string, Fields>> = {
  plain_text_input: { state: 'value', initial: 'initial_value' },
  email_text_input: { state: 'value', initial: 'initial_value' },
  url_text_input: { state: 'value', initial: 'initial_value' },
  number_input: { state: 'value', initial: 'initial_value' },
  static_select: { state: 'selected_option', initial: 'initial_option' },
  external_select: { state: 'selected_option', initial: 'initial_option' },
  radio_buttons: { state: 'selected_option', initial: 'initial_option' },
  checkboxes: { state: 'selected_options', initial: 'initial_options' },
  multi_static_select: { state: 'selected_options', initial: 'initial_options' },
  multi_external_select: { state: 'selected_options', initial: 'initial_options' },
  users_select: { state: 'selected_user', initial: 'initial_user' },
  channels_select: { state: 'selected_channel', initial: 'initial_channel' },
  conversations_select: { state: 'selected_conversation', initial: 'initial_conversation' },
  multi_users_select: { state: 'selected_users', initial: 'initial_users' },
  multi_channels_select: { state: 'selected_channels', initial: 'initial_channels' },
  multi_conversations_select: { state: 'selected_conversations', initial: 'initial_conversations' },
  datepicker: { state: 'selected_date', initial: 'initial_date' },
  timepicker: { state: 'selected_time', initial: 'initial_time' },
  datetimepicker: { state: 'selected_date_time', initial: 'initial_date_time' },
};

/** Several may be chosen, and are sent as a list. */
export function takesSeveral(type: string): boolean {
  return type === 'checkboxes' || type.startsWith('multi_');
}

/**
 * What an element holds before anybody touches it here: what was chosen earlier, else what it opens with.
 * @param state its entry in `state.values`; undefined in messages, which show none
 */
export function heldBy(element: Json, state: unknown): string[] {
  return choicesHeld(element, state).map(({ value }) => value);
}

/** The same with labels, which only options have. */
export function choicesHeld(element: Json, state: unknown): Choice[] {
  const fields = FIELDS[textIn(element['type'])];
  if (!fields) return [];
  const held = isJson(state) ? state[fields.state] : element[fields.initial];
  const list: unknown[] = Array.isArray(held) ? held : held === null || held === undefined ? [] : [held];
  return list.map((entry) => (isJson(entry) ? choiceOf(entry) : { value: textIn(entry), label: '' }));
}

export function choiceOf(option: Json, group?: string): Choice {
  const label = (text: unknown) => (isJson(text) ? textIn(text['text']) : '');
  const description = label(option['description']);
  return {
    value: textIn(option['value']),
    label: label(option['text']),
    ...(description === '' ? {} : { description }),
    ...(group === undefined ? {} : { group }),
  };
}

/** What a menu offers by itself, in groups or without. */
export function choicesOffered(element: Json): Choice[] {
  return [
    ...jsonList(element['options']).map((option) => choiceOf(option)),
    ...jsonList(element['option_groups']).flatMap((group) => {
      const name = isJson(group['label']) ? textIn(group['label']['text']) : '';
      return jsonList(group['options']).map((option) => choiceOf(option, name));
    }),
  ];
}

/** What is sent for what is held: a list, one value, or null for none. */
export function sentFor(type: string, held: readonly string[]): unknown {
  if (takesSeveral(type)) return held;
  const [only = ''] = held;
  if (only === '') return null;
  return type === 'datetimepicker' ? Number(only) : only;
}
