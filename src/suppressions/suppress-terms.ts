import * as z from 'zod';

/** What every suppression says. */
export const SuppressTerms = z.object({
  reason: z.string().trim().min(10).max(500),
  days: z.int().min(1).max(366),
  ticket: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
  /** ISO 8601: when it was asked, and when it ends. */
  asOf: z.iso.datetime(),
  until: z.iso.datetime(),
});
