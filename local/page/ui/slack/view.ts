import { isJson, type Json, jsonList, textIn } from '../../../slack/json';

/** A modal or App Home as the stand-in shows it to one person. */
export interface View {
  readonly id: string;
  readonly rootId: string;
  readonly hash: string;
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly blocks: readonly Json[];
  /** `state.values`. */
  readonly values: Json;
  /** Complaints by block_id. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What one person sees besides channels. */
export interface PersonView {
  /** As Slack says it: `ja-JP`, `en-US`. */
  readonly locale: string;
  readonly ephemerals: readonly Json[];
  /** From the bottom of the stack to its top. */
  readonly modals: readonly View[];
  readonly home: View | undefined;
}

export function readPerson(shown: Json): PersonView {
  return {
    locale: textIn(shown['locale']),
    ephemerals: jsonList(shown['ephemerals']),
    modals: jsonList(shown['modals']).map(readView),
    home: isJson(shown['home']) ? readView(shown['home']) : undefined,
  };
}

function readView(shown: Json): View {
  const { state, errors } = shown;
  return {
    id: textIn(shown['id']),
    rootId: textIn(shown['root_view_id']),
    hash: textIn(shown['hash']),
    title: label(shown['title']),
    submit: label(shown['submit']),
    close: label(shown['close']),
    blocks: jsonList(shown['blocks']),
    values: isJson(state) && isJson(state['values']) ? state['values'] : {},
    errors: Object.fromEntries(
      Object.entries(isJson(errors) ? errors : {}).map(([blockId, error]) => [blockId, textIn(error)]),
    ),
  };
}

function label(text: unknown): string {
  return isJson(text) ? textIn(text['text']) : '';
}
