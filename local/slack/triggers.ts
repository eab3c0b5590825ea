import { Refusal } from './refusal';

const LIFETIME_MS = 3000;
/** Spent triggers are remembered this long, so that a late second use still says why it is refused. */
const REMEMBERED_MS = 60_000;

interface Trigger {
  user: string;
  issuedAt: number;
  used: boolean;
}

/** Trigger ids: each interaction gets one; it opens one modal within three seconds. */
export class Triggers {
  private readonly triggers = new Map<string, Trigger>();
  private count = 0;

  constructor(
    private readonly now: () => number,
    private readonly teamId: string,
  ) {}

  issue(user: string): string {
    for (const [id, trigger] of this.triggers) {
      if (this.now() - trigger.issuedAt > REMEMBERED_MS) this.triggers.delete(id);
    }
    this.count += 1;
    const id = `${Math.floor(this.now())}.${this.count}.${this.teamId}`;
    this.triggers.set(id, { user, issuedAt: this.now(), used: false });
    return id;
  }

  /** Finds whom a trigger belongs to without spending it. */
  check(id: string): string {
    const trigger = this.triggers.get(id);
    if (!trigger) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (this.now() - trigger.issuedAt > LIFETIME_MS) throw new Refusal('expired_trigger_id');
    return trigger.user;
  }

  spend(id: string): void {
    const trigger = this.triggers.get(id);
    if (trigger) trigger.used = true;
  }
}
