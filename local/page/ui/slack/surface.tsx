import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { isJson, type Json, textIn } from '../../../slack/json';
import { askWhetherSure } from '../store';
import { act, type Spot, suggest } from './act';
import { type Choice, choiceOf, heldBy, sentFor } from './element-value';
import { useReading } from './text';

/** What has been chosen or typed here, by block_id and action_id. */
export type Fields = Readonly<Record<string, readonly string[]>>;

/** Where elements stand, and what they hold. */
export interface Surface {
  readonly spot: Spot;
  readonly blocks: readonly Json[];
  /** `state.values` of a view. */
  readonly values: Json;
  readonly fields: Fields;
  readonly setField: (key: string, held: readonly string[]) => void;
  /** What the stand-in has been told of the fields. */
  readonly told: Map<string, readonly string[]>;
  /** Complaints by block_id. */
  readonly errors: Readonly<Record<string, string>>;
}

const Surface = createContext<Surface | undefined>(undefined);
export const SurfaceProvider = Surface.Provider;

/** @throws outside of a `SurfaceProvider` */
export function useSurface(): Surface {
  const surface = useContext(Surface);
  if (!surface) throw new Error('An element stands somewhere.');
  return surface;
}

/** Keeps what is chosen and typed. */
export function useFields(): Pick<Surface, 'fields' | 'setField' | 'told'> {
  const [fields, setFields] = useState<Fields>({});
  const [told] = useState(() => new Map<string, readonly string[]>());
  const setField = (key: string, held: readonly string[]) =>
    setFields((before) => ({ ...before, [key]: held }));
  return { fields, setField, told };
}

export function fieldKey(blockId: string, actionId: string): string {
  return `${blockId} ${actionId}`;
}

/** An element with the block around it. */
export interface Placed {
  readonly element: Json;
  readonly blockId: string;
  /** Using it tells the app at once; in an input block only when asked to. */
  readonly dispatches: boolean;
  /** Of its input block, where it has one. */
  readonly labelId?: string;
  readonly describedBy?: string;
  readonly isInvalid?: boolean;
  readonly isRequired?: boolean;
}

/** What an element holds and how it is used. */
export interface Used {
  readonly held: readonly string[];
  readonly state: unknown;
  readonly isBusy: boolean;
  /** Keeps it without telling the app. */
  readonly hold: (held: readonly string[]) => void;
  readonly choose: (held: readonly string[]) => Promise<void>;
  readonly press: () => Promise<void>;
  readonly suggest: (query: string) => Promise<Choice[]>;
}

/**
 * Tells the stand-in what has been filled in beside an element that is about to be used: Slack sends the app the state
 * of the whole message or view with each use.
 */
async function tellFields(me: string, { spot, blocks, fields, told }: Surface): Promise<void> {
  for (const block of blocks) {
    const { element } = block;
    if (block['type'] !== 'input' || block['dispatch_action'] === true || !isJson(element)) continue;
    const [blockId, actionId] = [textIn(block['block_id']), textIn(element['action_id'])];
    const key = fieldKey(blockId, actionId);
    const held = fields[key];
    if (held === undefined || told.get(key) === held) continue;
    const value = sentFor(textIn(element['type']), held);
    await act(me, 'choose', { ...spot, block_id: blockId, action_id: actionId, value });
    told.set(key, held);
  }
}

export function useElement({ element, blockId, dispatches }: Placed): Used {
  const surface = useSurface();
  const { spot, values, fields, setField } = surface;
  const { me } = useReading();
  const [isBusy, setBusy] = useState(false);
  const actionId = textIn(element['action_id']);
  const key = fieldKey(blockId, actionId);
  const block = values[blockId];
  const state = isJson(block) ? block[actionId] : undefined;
  const held = fields[key] ?? heldBy(element, state);
  const picked = { ...spot, action_id: actionId, block_id: blockId };

  const sure = async () => !isJson(element['confirm']) || (await askWhetherSure(element['confirm']));
  const busily = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
    } finally {
      setBusy(false);
    }
  };

  return {
    held,
    state,
    isBusy,
    hold: (next) => setField(key, next),
    choose: async (next) => {
      if (dispatches && !(await sure())) return;
      // An overflow menu holds nothing: it is a list of buttons.
      if (element['type'] !== 'overflow') setField(key, next);
      if (!dispatches) return;
      const value = sentFor(textIn(element['type']), next);
      await busily(async () => {
        await tellFields(me, surface);
        await act(me, 'choose', { ...picked, value });
      });
    },
    press: async () => {
      if (isBusy || !(await sure())) return;
      const value = textIn(element['value']);
      await busily(async () => {
        await tellFields(me, surface);
        await act(me, 'press', { ...picked, ...(value === '' ? {} : { value }) });
      });
    },
    suggest: async (query) => (await suggest(me, { ...picked, query })).map((option) => choiceOf(option)),
  };
}
