import type { AccountId, Principal } from '../accounts';
import type { ControlId, Severity } from '../controls';
import type { Product } from '../findings';

/** Names one request: the open issues of one account and one control, or one threat. */
export interface RequestKey {
  readonly account: AccountId;
  /** Lower-case control id for controls, the hash for threats: the part behind `C#` or `T#`. */
  readonly subject: string;
  readonly kind: 'control' | 'threat';
}

/** What the thread of a request is told, one reply an entry. `opened` is told by the card itself. */
export type EntryKind =
  | 'opened'
  | 'joined'
  | 'back'
  | 'suppressed'
  | 'undone'
  | 'expired'
  /** An exception ends soon; it has been extended; or it is void, see `News`. */
  | 'ending'
  | 'extended'
  | 'changed'
  | 'worsened'
  | 'taken'
  | 'fixed'
  | 'resolved'
  | 'settled'
  | 'adopted'
  | 'lifted'
  | 'claimed'
  | 'failed'
  | 'sent'
  | 'asked'
  | 'answered'
  /** What became of the question whether a change about this request may be made. */
  | 'approval-asked'
  | 'approval-refused'
  | 'approval-withdrawn'
  | 'approval-expired';

export interface Entry {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly at: string;
  /** A person (Slack id) or, for outside events, an AWS identity. */
  readonly who?: string;
  /** The change behind it; at most one entry a change and kind. */
  readonly change?: string;
  readonly reason?: string;
  readonly ticket?: string;
  readonly until?: string;
  /** How many issues it is about, and the first ten of their resources. */
  readonly count?: number;
  readonly resources?: readonly string[];
  readonly detail?: string;
  /** Who approved the change behind it. */
  readonly approvedBy?: readonly Principal[];
  /** Whom the reply calls, where it is not the owners. */
  readonly mentions?: readonly Principal[];
  /** Reference of the question that can be answered here. */
  readonly question?: string;
}

/** The Slack message that shows the request. Written by the publisher only. */
export interface CardState {
  readonly channel?: string;
  readonly ts?: string;
  readonly shownRevision: number;
  readonly shownHash?: string;
  /** How far the thread has been told. */
  readonly toldThrough: number;
  /** Written before every post; found again, it means that nobody knows whether the post went out. */
  readonly posting?: { readonly key: string; readonly at: string };
  /** The card of an earlier episode, when a relapse came too late for its thread. */
  readonly previous?: { readonly channel: string; readonly ts: string };
  /** The channel that could not be reached, when the card stands in another one. */
  readonly insteadOf?: { readonly channel: string; readonly because: string };
}

/** What is asked of people: the open issues of one account and one control; one message, one thread. */
export interface Request {
  readonly account: AccountId;
  readonly control: ControlId;
  readonly product: Product;
  readonly kind: 'control' | 'threat';
  readonly subject: string;
  /** Where its card belongs now: the group its refreshes are queued in. */
  readonly channel: string;
  /** Raised by everybody who wants the card shown anew. */
  readonly revision: number;
  /** `new`: no card yet; `open`: somebody is asked; `done`: nothing open any more. */
  readonly phase: 'new' | 'open' | 'done';
  /** When it last became open, and when nothing was open any more. */
  readonly openedAt?: string;
  readonly doneAt?: string;
  readonly takenBy?: { readonly who: Principal; readonly at: string };
  readonly fixedBy?: {
    readonly who: Principal;
    readonly at: string;
    /** How many of the open issues Security Hub still reported as failing when it was asked. */
    readonly stillFailing: number;
  };
  /** What lists read; written by the publisher. */
  readonly summary?: {
    readonly open: number;
    readonly severity: Severity;
    readonly title: string;
    readonly due?: string;
  };
  readonly card: CardState;
  /** It waits to be told in this bulletin, which has not been posted yet. */
  readonly held?: { readonly bulletin: string };
  /** It has been told in this bulletin and has no card of its own yet. */
  readonly listed?: { readonly bulletin: string; readonly at: string };
  /** It was told in this bulletin before it got its own card, and the bulletin goes on showing how it stands. */
  readonly toldIn?: string;
  /** Its own card is wanted, whatever bulletin could tell it. */
  readonly own?: true;
  /** When its owner, or the security team, is to be reminded next. */
  readonly wakeAt?: string;

  readonly version: number;
  /** Number of the newest entry. */
  readonly seq: number;
  /** Entries not yet told, or told and not yet copied to items of their own. */
  readonly outbox: readonly Entry[];
  readonly unsettled?: string;
  readonly nextAt?: string;
}
