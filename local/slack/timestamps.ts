/** Slack's message timestamps: unique, increasing, `seconds.microseconds`. */
export class Timestamps {
  private lastMicros = 0;

  /** @param now milliseconds since the epoch */
  constructor(private readonly now: () => number) {}

  next(): string {
    this.lastMicros = Math.max(Math.floor(this.now() * 1000), this.lastMicros + 1);
    const seconds = Math.floor(this.lastMicros / 1_000_000);
    const micros = this.lastMicros % 1_000_000;
    return `${seconds}.${String(micros).padStart(6, '0')}`;
  }
}
