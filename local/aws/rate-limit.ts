import type { Caller } from './caller';

/** Calls a second, and how many may come at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

const DEFAULT_RATE: Rate = { perSecond: 10, burst: 30 };

/** Security Hub's limits an account and Region (SecurityHubClient in the SDK). */
const RATES: Readonly<Record<string, Rate>> = {
  GetFindings: { perSecond: 3, burst: 6 },
  BatchUpdateFindings: { perSecond: 10, burst: 30 },
  BatchEnableStandards: { perSecond: 1, burst: 1 },
};

/** Token buckets, one for each account, Region and operation. */
export class RateLimit {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly now: () => Date) {}

  /** Takes one call; false when there is none left. */
  take({ account, region }: Pick<Caller, 'account' | 'region'>, operation: string): boolean {
    const rate = RATES[operation] ?? DEFAULT_RATE;
    const key = `${account} ${region} ${operation}`;
    const at = this.now().getTime();
    const last = this.buckets.get(key) ?? { tokens: rate.burst, at };
    const gained = (Math.max(0, at - last.at) / 1000) * rate.perSecond;
    const tokens = Math.min(rate.burst, last.tokens + gained);
    const allowed = tokens >= 1;
    this.buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at });
    return allowed;
  }

  reset(): void {
    this.buckets.clear();
  }
}
