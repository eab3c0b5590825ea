import { isJson, type Json } from './json';

let made = 0;

function nextId(): string {
  made += 1;
  return made.toString(36).padStart(5, '0');
}

const NOT_INTERACTIVE = new Set(['image', 'plain_text', 'mrkdwn', 'url']);

/** Elements sit in these fields, in blocks that hold them directly. */
function withActionIds(block: Json): Json {
  const named = (element: unknown): unknown =>
    isJson(element) && !NOT_INTERACTIVE.has(String(element['type'])) && element['action_id'] === undefined
      ? { ...element, action_id: nextId() }
      : element;
  const copy: Json = { ...block };
  const { type, elements, element, accessory, actions } = block;
  if (type === 'actions' && Array.isArray(elements)) copy['elements'] = elements.map(named);
  if (type === 'context_actions' && Array.isArray(elements)) copy['elements'] = elements.map(named);
  if (type === 'carousel' && Array.isArray(elements)) copy['elements'] = withIds(elements.filter(isJson));
  if (Array.isArray(actions)) copy['actions'] = actions.map(named);
  if (element !== undefined) copy['element'] = named(element);
  if (accessory !== undefined) copy['accessory'] = named(accessory);
  if (Array.isArray(block['child_blocks'])) {
    copy['child_blocks'] = withIds(block['child_blocks'].filter(isJson));
  }
  return copy;
}

/** Blocks with the block_id and action_id that Slack generates where the app gave none. */
export function withIds(blocks: Json[]): Json[] {
  return blocks.map((block) => ({ block_id: nextId(), ...withActionIds(block) }));
}
