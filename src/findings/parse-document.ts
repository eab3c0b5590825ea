import type * as z from 'zod';
import type { Refusal } from './finding';
import { sentence } from './problem';

/**
 * A document as its format has it.
 * @param field where the document stands in its message, ending in a dot; empty for the message itself
 * @returns what the schema takes over, or the first thing that is wrong with the document
 */
export function parseDocument<T>(
  schema: z.ZodType<T>,
  document: unknown,
  field: string,
): { readonly data: T } | Refusal {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return { field: field.slice(0, -1) || 'body', problem: 'Expected a finding, that is a JSON object.' };
  }
  const parsed = schema.safeParse(document, { error: sentence });
  if (parsed.success) return { data: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    field: field + (issue?.path.join('.') ?? ''),
    problem: issue?.message ?? 'The finding does not have the form of its format.',
  };
}
