import * as z from 'zod';
import { accountId } from '../accounts';
import { instant } from './instant';
import { productArn } from './product-arn';
import { hasUnsafe } from './text';

/** The Security Finding Format allows 512. */
export const MAX_ID = 512;
const MAX_PRODUCT_ARN = 256;
/** Long enough for the longest ARN there is; never cut, because it tells one issue from another. */
export const MAX_RESOURCE_ID = 2_048;

/** The last instant whose ISO text still compares as a date, in ms: 9999-12-31T23:59:59.999Z. */
const LAST_INSTANT = 253_402_300_799_999;

/** Text of a certain form, taken over as what it means. */
const parsed = <T>(parse: (text: string) => T | undefined, problem: string) =>
  z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

/** ISO 8601, taken over as UTC with milliseconds. */
export const when = parsed(instant, 'Expected an ISO 8601 date and time.');

/** Milliseconds since 1970, taken over as ISO 8601, UTC. */
export const epoch = z
  .number()
  .refine((ms) => ms >= 0 && ms <= LAST_INSTANT, 'Expected milliseconds since 1970.')
  .transform((ms) => new Date(ms).toISOString());

export const account = parsed(accountId, 'Expected an account id of 12 digits.');

export const product = parsed((text) => {
  const parts = text.length <= MAX_PRODUCT_ARN ? productArn(text) : undefined;
  return parts && { text, ...parts };
}, 'Expected the ARN of a Security Hub product, such as arn:aws:securityhub:us-east-1::product/aws/guardduty.');

/** Text that tells one thing from another: never cleaned and never cut, so it must be clean and short. */
export const identifier = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !hasUnsafe(text), 'Control characters and broken characters are not allowed here.');

export const optionalText = z.string().nullish();
