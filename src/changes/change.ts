import type { Ruling } from '../access';
import type { AccountId, Principal } from '../accounts';
import type { Severity } from '../controls';
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

/** What a change touches: for the history, and for the rights of whoever may approve it. */
export interface About {
  readonly account?: AccountId;
  /** Reference of a request, see `requestRef`. */
  readonly request?: string;
}

/** What an approval is bound to, besides the change itself: the state of what it touches. */
export interface ApprovalTarget {
  readonly severity: Severity;
  /** Each thing it touches, as a word that changes when the thing does. */
  readonly parts: readonly string[];
}

/** The question to those who may approve. A change that is proposed and has been asked about waits for them. */
export interface Asked {
  /** ISO 8601, like all times here. */
  readonly at: string;
  /** Without an answer until then, it expires. */
  readonly until: string;
  /** When the approvers are reminded, once. */
  readonly remindAt: string;
  readonly remindedAt?: string;
  /** As it was when it was asked: an approval counts for nothing worse. */
  readonly target: ApprovalTarget;
  /** 1, and one more each time that the target got worse and the approvals were void. */
  readonly round: number;
}

export interface Approval {
  readonly by: Actor;
  readonly at: string;
  /** `approvalHash` of what the approver saw. */
  readonly hash: string;
}

/** The message that asks for approval and shows how it went. Written by its publisher, but for `queuedAt`. */
export interface ChangeCard {
  readonly channel: string;
  readonly ts?: string;
  readonly shownRevision: number;
  /** When the refresh that is still to be shown was queued; absent once the newest revision is shown. */
  readonly queuedAt?: string;
  readonly shownHash?: string;
  readonly posting?: { readonly key: string; readonly at: string };
  /** Keys of the replies that its thread has been told. */
  readonly told?: readonly string[];
  /** The channel that could not be used, when the card stands in another one. */
  readonly insteadOf?: { readonly channel: string; readonly because: string };
}

/** Anything a person wants the bot to do. */
export interface Change {
  readonly id: string;
  readonly kind: string;
  readonly actor: Actor;
  /** What it is about, e.g. a request's reference; changes of one target are applied one after the other. */
  readonly target: string;
  readonly about: About;
  /** Frozen: parsed by the kind's schema when proposed, never altered. */
  readonly payload: unknown;
  /** sha-256 of kind, target and payload: what an approval approves. */
  readonly hash: string;
  readonly proposedAt: string;
  readonly status: ChangeStatus;
  readonly ruling?: Ruling;
  readonly asked?: Asked;
  readonly approvals?: readonly Approval[];
  /** Who refused it, or took it back (then it is the actor), and why. */
  readonly denial?: { readonly by: Actor; readonly at: string; readonly reason: string };
  /** The card that asks for approval; there is one from the first question on. */
  readonly card?: ChangeCard;
  /** Raised by everybody who wants the card shown anew. */
  readonly revision?: number;
  /** What stood there before, saved before anything is done. */
  readonly before?: unknown;
  /** Why it failed, as a code that can be said in any language. */
  readonly failure?: string;
  /** An applied change that ends by itself, and when people are reminded of that. */
  readonly until?: string;
  readonly remindAt?: string;
  /** What it covered when it was applied and covers no longer, each told once; see the command `lapse`. */
  readonly lapsed?: readonly string[];
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

/** True while a change waits for people to approve it. */
export function isWaiting(change: Change): boolean {
  return change.status === 'proposed' && change.asked !== undefined;
}

/** A change that cannot be done, for a reason that trying again will not mend. */
export class ChangeFailed extends Error {
  override readonly name = 'ChangeFailed';
  /** @param code said to the person in their language, e.g. `nothing-open` */
  constructor(readonly code: string) {
    super(code);
  }
}
