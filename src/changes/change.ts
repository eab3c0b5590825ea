import type { Ruling } from '../access';
import type { Principal } from '../accounts';
import type { HistoryEntry } from '../store';

export type ChangeStatus =
  | 'proposed'
  | 'approved'
  | 'applying'
  | 'applied'
  | 'failed'
  | 'unknown'
  | 'denied'
  | 'expired'
  | 'undone';

/** The person behind a change: the Slack id counts, the name is for readers outside Slack. */
export interface Actor {
  readonly id: Principal;
  readonly name: string;
}

/** Anything a person wants the bot to do. */
export interface Change {
  readonly id: string;
  readonly kind: string;
  readonly actor: Actor;
  /** What it is about, e.g. a request's reference; changes of one target are applied one after the other. */
  readonly target: string;
  /** Frozen: parsed by the kind's schema when proposed, never altered. */
  readonly payload: unknown;
  /** sha-256 of kind, target and payload: what an approval approves. */
  readonly hash: string;
  readonly proposedAt: string;
  readonly status: ChangeStatus;
  readonly ruling?: Ruling;
  /** What stood there before, saved before anything is done. */
  readonly before?: unknown;
  /** Why it failed, as a code that can be said in any language. */
  readonly failure?: string;
  /** An applied change that ends by itself. */
  readonly until?: string;
  /** Set when an applied change is to be ended, until it is. */
  readonly ending?: { readonly as: 'undone' | 'expired'; readonly by?: Actor };
  /** Where the person who asked can be answered. */
  readonly replyTo?: { readonly channel: string; readonly thread?: string };

  readonly version: number;
  readonly seq: number;
  readonly uncopied: readonly HistoryEntry[];
  readonly unsettled?: string;
  readonly nextAt?: string;
}

/** A change that cannot be done, for a reason that trying again will not mend. */
export class ChangeFailed extends Error {
  override readonly name = 'ChangeFailed';
  /** @param code said to the person in their language, e.g. `nothing-open` */
  constructor(readonly code: string) {
    super(code);
  }
}
