import type { Issues, Known } from '../requests';

/**
 * When the bot last saw a finding, ISO 8601; undefined when it never has.
 * @param recent one that is not older is new enough: then no more is read
 */
export async function lastFinding(
  { known, issues }: { readonly known: Known; readonly issues: Pick<Issues, 'of'> },
  recent: Date,
): Promise<string | undefined> {
  let newest: string | undefined;
  for (const { account } of await known.accounts()) {
    for (const request of await known.requestsOf(account)) {
      for (const { lastSeen } of await issues.of(request)) {
        if (newest === undefined || lastSeen > newest) newest = lastSeen;
      }
      if (newest !== undefined && newest >= recent.toISOString()) return newest;
    }
  }
  return newest;
}
