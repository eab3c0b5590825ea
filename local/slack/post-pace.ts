const BURST = 4;
const REFILL_PER_MS = 1 / 1000;

/** Slack's pace for posts: about one a second and channel, with a small burst. */
export class PostPace {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly now: () => number) {}

  /** Seconds to wait, or 0 when the post may go. */
  take(channel: string): number {
    const at = this.now();
    const bucket = this.buckets.get(channel) ?? { tokens: BURST, at };
    const tokens = Math.min(BURST, bucket.tokens + (at - bucket.at) * REFILL_PER_MS);
    const allowed = tokens >= 1;
    this.buckets.set(channel, { tokens: allowed ? tokens - 1 : tokens, at });
    return allowed ? 0 : Math.max(1, Math.ceil(1 - tokens));
  }
}
