import * as z from 'zod';

const Price = z.strictObject({
  usd: z.number().nonnegative(),
  /** What costs that. */
  unit: z.string(),
  /** AWS's page of it. */
  page: z.url(),
  lookedUp: z.iso.date(),
  /** Where the figure was seen beside AWS's page, or `not verified`. */
  checked: z.string(),
});

/** Public list prices of one Region, before tiers, free tiers, discounts and taxes. */
const Prices = z.strictObject({
  lambdaGbSecond: Price,
  lambdaRequest: Price,
  sqsStandard: Price,
  sqsFifo: Price,
  dynamodbRead: Price,
  dynamodbWrite: Price,
  dynamodbStorage: Price,
  dynamodbPitr: Price,
  s3Storage: Price,
  s3Put: Price,
  kmsKey: Price,
  kmsRequest: Price,
  logsIngestion: Price,
  logsStorage: Price,
  metric: Price,
  alarm: Price,
  schedule: Price,
  httpApi: Price,
  secret: Price,
  secretCall: Price,
});
export type Prices = z.infer<typeof Prices>;

/** By Region. */
export const PriceFile = z.record(z.string(), Prices);
export type PriceFile = z.infer<typeof PriceFile>;

/** Names of the prices that nobody has compared with another source. */
export function unverified(prices: Prices): readonly string[] {
  return Object.entries(prices).flatMap(([name, { checked }]) => (checked === 'not verified' ? [name] : []));
}
