import * as z from 'zod';
import type { Language } from '../../src/playbooks';
import { clean } from '../kit';
import { words } from '../words';
import type { SubmittedView } from './read-suppress';

export type TextInput =
  | { readonly ok: true; readonly text: string }
  /** Messages by block id, as `response_action: errors` wants them. */
  | { readonly ok: false; readonly errors: Record<string, string> };

const Text = z.object({ value: z.string().nullish() });

/**
 * Reads the one text that a submitted dialog asks for.
 * @param length characters (code points) that it must and may have
 * @param language the person's, for the messages
 */
export function readText(
  view: Pick<SubmittedView, 'state'>,
  input: { readonly block: string; readonly action: string },
  length: { readonly min: number; readonly max: number },
  language: Language,
): TextInput {
  const parsed = Text.safeParse(view.state.values[input.block]?.[input.action]);
  const text = clean(parsed.success ? (parsed.data.value ?? '') : '').trim();
  const has = [...text].length;
  const { errors } = words(language).questions;
  if (has < length.min) return { ok: false, errors: { [input.block]: errors.short(length.min) } };
  if (has > length.max) return { ok: false, errors: { [input.block]: errors.long(length.max) } };
  return { ok: true, text };
}
