import type { AccountId, AccountKind, Principal } from '../accounts';
import type { Actor } from '../changes';
import type { HistoryEntry } from '../store';
import type { AccountCheck } from './check-account';

/** Where a new account stands, in this order; `ready`: it is registered, and Security Hub speaks of it. */
export const ACCOUNT_STEPS = ['requested', 'approved', 'created', 'baseline', 'registered', 'ready'] as const;
export type AccountStep = (typeof ACCOUNT_STEPS)[number];

/** A step that has been reached. */
export interface StepReached {
  readonly at: string;
  /** Who took it; absent where it came by itself. */
  readonly by?: readonly Principal[];
  /** Why it was taken although checks were missing. */
  readonly unchecked?: string;
}

/** What is wanted of the account, as far as it is shown or registered. */
export interface WantedAccount {
  readonly name: string;
  readonly kind: AccountKind;
  readonly purpose?: string | undefined;
  readonly owner?: Principal | undefined;
  readonly deputy?: Principal | undefined;
  readonly project?: string | undefined;
  /** Of the root user. */
  readonly mail?: string | undefined;
  readonly channel?: string | undefined;
  readonly newChannel?: string | undefined;
  readonly cost?: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

/** How a request ended without an account. `denied` without a person is the access rules' word. */
export interface RequestEnd {
  readonly as: 'denied' | 'withdrawn' | 'expired' | 'failed';
  readonly at: string;
  readonly by?: Principal;
  /** Untrusted; of `failed` a code. */
  readonly reason?: string;
}

/** The timeline's message. Written by its publisher, but for `queuedAt`. */
export interface TimelineCard {
  readonly channel: string;
  readonly ts?: string;
  readonly shownRevision: number;
  /** When the refresh that is still to be shown was queued; absent once the newest revision is shown. */
  readonly queuedAt?: string;
  readonly shownHash?: string;
  readonly posting?: { readonly key: string; readonly at: string };
  /** Keys of what its thread has been told. */
  readonly told?: readonly string[];
  /** The channel that could not be used, when the card stands in another one. */
  readonly insteadOf?: string;
}

/** One account on its way into the register: asked for and to be made, or there already and to be taken in. */
export interface AccountRequest {
  readonly id: string;
  /** `new`: somebody asked for it. `existing`: it was there before, so its way begins with `created`. */
  readonly origin: 'new' | 'existing';
  readonly wanted: WantedAccount;
  readonly asker: Actor;
  readonly steps: Readonly<Partial<Record<AccountStep, StepReached>>>;
  readonly end?: RequestEnd;
  /** From `created` on. */
  readonly account?: AccountId;
  /** What was looked at last; undefined while nothing has been. */
  readonly check?: AccountCheck;
  /** What could not be registered of what was wanted, because it is gone. */
  readonly dropped?: readonly ('owner' | 'deputy' | 'channel')[];
  /** Steps that took longer than their limit, as far as it has been noticed. */
  readonly late: readonly AccountStep[];
  /** When the next step is late; recomputed at every step. */
  readonly dueAt?: string;
  /** When the clock looks whether Security Hub speaks of it. */
  readonly lookAt?: string;

  readonly card: TimelineCard;
  /** Raised by everybody who wants the card shown anew. */
  readonly revision: number;
  readonly version: number;
  readonly seq: number;
  readonly uncopied: readonly HistoryEntry[];
  readonly unsettled?: string;
  readonly nextAt?: string;
}

/** The way that a request goes. */
export function stepsOf({ origin }: Pick<AccountRequest, 'origin'>): readonly AccountStep[] {
  return origin === 'new' ? ACCOUNT_STEPS : ACCOUNT_STEPS.slice(ACCOUNT_STEPS.indexOf('created'));
}

/** The first step that has not been reached; undefined when there is none left, or the request has ended. */
export function nextStep(request: Pick<AccountRequest, 'origin' | 'steps' | 'end'>): AccountStep | undefined {
  return request.end ? undefined : stepsOf(request).find((step) => request.steps[step] === undefined);
}

/** The reference by which a timeline is queued, found again in Slack, and that its buttons carry. */
export function accountRequestRef(id: string): string {
  return `account-request/${id}`;
}

const REF = /^account-request\/([0-9a-z]{1,64})$/;

/** The id in a reference; undefined when it is none. That it exists is for the caller to see. */
export function parseAccountRequestRef(ref: string): string | undefined {
  return REF.exec(ref)?.[1];
}
