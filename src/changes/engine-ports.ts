import type { Asker, Ruling } from '../access';
import type { AccountId, Principal } from '../accounts';
import type { Audit } from '../audit';
import type { Calendar } from '../calendar';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import type { Queues } from '../queues';
import type { History } from '../store';
import type { Actor, Change } from './change';
import type { Changes } from './changes';
import type { ChangeKind } from './kind';

/** What the person who asked, or pressed, hears when the card does not say it. */
export interface Verdict {
  readonly change: Change;
  /**
   * `waiting`: asked for approval. `stale`: what was approved is no longer what stands there. `own`: nobody approves
   * their own. `no-approver`: somebody who cannot approve. `refused`, `withdrawn`, `expired`: it will not be done.
   * `already`: it is over.
   */
  readonly outcome:
    | 'denied'
    | 'failed'
    | 'unknown'
    | 'already'
    | 'waiting'
    | 'stale'
    | 'own'
    | 'no-approver'
    | 'refused'
    | 'withdrawn'
    | 'expired';
  readonly ruling?: Ruling;
  readonly to: Actor;
  readonly replyTo?: Change['replyTo'];
}

export interface Engine {
  readonly changes: Changes;
  readonly history: History;
  readonly audit: Audit;
  readonly queues: Queues;
  readonly kinds: ReadonlyMap<string, ChangeKind<unknown>>;
  /** Who somebody is towards an account, or towards none in particular, asked afresh. */
  readonly askerFor: (person: Principal, account: AccountId | undefined) => Promise<Asker>;
  readonly tell: (verdict: Verdict) => Promise<void>;
  readonly calendar: Calendar;
  /** Where approvals are asked for. */
  readonly approvalChannel: string;
  readonly now: () => Date;
  readonly log: Log;
  readonly metrics: Metrics;
}
