import type { Json } from './json';
import { Ring } from './ring';

export type HappeningType =
  | 'message.posted'
  | 'message.updated'
  | 'message.deleted'
  | 'message.ephemeral'
  | 'reaction.added'
  | 'reaction.removed'
  | 'file.uploaded'
  | 'modal.opened'
  | 'modal.updated'
  | 'modal.closed'
  | 'home.published'
  | 'user.changed'
  | 'ack.timeout';

/** Something that changed in what people see. */
export interface Happening {
  seq: number;
  at: number;
  type: HappeningType;
  channel?: string;
  user?: string;
  ts?: string;
  threadTs?: string;
  /** The message or view as Slack would return it. */
  shown?: Json;
}

export interface Wanted {
  since: number;
  type?: string;
  channel?: string;
  user?: string;
}

const KEPT = 10_000;

/** What changed, in order; readers look back or are told as it happens. */
export class Journal {
  private seq = 0;
  private readonly kept = new Ring<Happening>(KEPT);
  private readonly listeners = new Set<(happening: Happening) => void>();

  constructor(private readonly now: () => number) {}

  get position(): number {
    return this.seq;
  }

  record(entry: Omit<Happening, 'seq' | 'at'>): void {
    this.seq += 1;
    const happening: Happening = { seq: this.seq, at: this.now(), ...entry };
    this.kept.add(happening);
    for (const listener of [...this.listeners]) listener(happening);
  }

  since(seq: number): Happening[] {
    return this.kept.all().filter((happening) => happening.seq > seq);
  }

  /** @returns how to stop listening */
  listen(listener: (happening: Happening) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The first happening after `since` that fits, or undefined when none came within `timeoutMs`. */
  wait(wanted: Wanted, timeoutMs: number): Promise<Happening | undefined> {
    const fits = (happening: Happening) =>
      happening.seq > wanted.since &&
      (wanted.type === undefined || happening.type === wanted.type) &&
      (wanted.channel === undefined || happening.channel === wanted.channel) &&
      (wanted.user === undefined || happening.user === wanted.user);
    const already = this.since(wanted.since).find(fits);
    if (already) return Promise.resolve(already);
    return new Promise((resolve) => {
      const finish = (happening: Happening | undefined) => {
        clearTimeout(timer);
        stop();
        resolve(happening);
      };
      const stop = this.listen((happening) => {
        if (fits(happening)) finish(happening);
      });
      const timer = setTimeout(() => finish(undefined), timeoutMs);
      timer.unref();
    });
  }
}
