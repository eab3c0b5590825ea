import type { Issues, Known } from '../requests';

/** When the bot itself last asked Security Hub for all that fails, as a reconcile's record says it. */
interface Comparison {
  readonly startedAt?: string;
  /** Absent while it is under way. */
  readonly finishedAt?: string;
}

/**
 * When a finding last came to the bot, ISO 8601; undefined when none ever has. What it has seen because it asked for it
 * at night says nothing about whether findings are delivered, so that is left out.
 * @param recent one that is not older is new enough: then no more is read
 */
export async function lastFinding(
  {
    known,
    issues,
    comparison,
  }: {
    readonly known: Known;
    readonly issues: Pick<Issues, 'of'>;
    /** The present or last one. */
    readonly comparison?: Comparison | undefined;
  },
  recent: Date,
): Promise<string | undefined> {
  const { startedAt, finishedAt } = comparison ?? {};
  const asked = (at: string) =>
    startedAt !== undefined && at >= startedAt && (finishedAt === undefined || at <= finishedAt);
  let newest: string | undefined;
  for (const { account } of await known.accounts()) {
    for (const request of await known.requestsOf(account)) {
      for (const { lastSeen } of await issues.of(request)) {
        if (!asked(lastSeen) && (newest === undefined || lastSeen > newest)) newest = lastSeen;
      }
      if (newest !== undefined && newest >= recent.toISOString()) return newest;
    }
  }
  return newest;
}
