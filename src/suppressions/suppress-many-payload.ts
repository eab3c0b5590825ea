import * as z from 'zod';
import { SuppressTerms } from './suppress-terms';

/** How many requests are suppressed at once at most. */
export const MOST_REQUESTS = 25;
/** How many issues these hold at most: an approval remembers every one of them, and a record has its limit. */
export const MOST_ISSUES = 5_000;

export const SuppressManyPayload = SuppressTerms.extend({
  /** References, each once. Of each it means the issues open when it was asked. */
  requests: z
    .array(z.string().max(300))
    .min(1)
    .max(MOST_REQUESTS)
    .refine((refs) => new Set(refs).size === refs.length),
});
export type SuppressManyPayload = z.infer<typeof SuppressManyPayload>;
