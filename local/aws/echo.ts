import { randomUUID } from 'node:crypto';
import { type AsffFinding, keyOf } from './finding';

const ATTEMPTS = 5;
const RETRY_MS = 100;

export interface EchoSettings {
  readonly account: string;
  readonly region: string;
  readonly delayMs: number;
  readonly now: () => Date;
  readonly emit: (eventBody: object) => Promise<void>;
}

/** Sends what EventBridge would: one `Security Hub Findings - Imported` event for each finding touched. */
export class Echo {
  private readonly waiting = new Map<NodeJS.Timeout, () => void>();
  private readonly sending = new Set<Promise<void>>();

  constructor(private readonly settings: EchoSettings) {}

  /** Emits the finding as it is now, after the delay. */
  of(finding: AsffFinding): void {
    const { account, region, delayMs, now } = this.settings;
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      account,
      time: `${now().toISOString().slice(0, 19)}Z`,
      region,
      resources: [keyOf(finding)],
      detail: { findings: [structuredClone(finding)] },
    };
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      this.send(event);
    }, delayMs);
    this.waiting.set(timer, () => this.send(event));
  }

  /** Events that are on their way. */
  get pending(): number {
    return this.waiting.size + this.sending.size;
  }

  /** Drops what has not been sent. */
  drop(): void {
    for (const timer of this.waiting.keys()) clearTimeout(timer);
    this.waiting.clear();
  }

  /** Sends what is waiting at once; resolves when all is sent. */
  async flush(): Promise<void> {
    for (const [timer, send] of this.waiting) {
      clearTimeout(timer);
      send();
    }
    this.waiting.clear();
    await Promise.all(this.sending);
  }

  private send(event: object): void {
    const sent = this.deliver(event).finally(() => this.sending.delete(sent));
    this.sending.add(sent);
  }

  /** EventBridge repeats what its target did not take; here a few times, then says so. */
  private async deliver(event: object): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.settings.emit(event);
        return;
      } catch (error) {
        if (attempt === ATTEMPTS) {
          console.error(`AWS stand-in: an event was not taken in ${ATTEMPTS} attempts: ${String(error)}`);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }
}
