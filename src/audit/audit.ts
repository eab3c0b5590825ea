import type { AccountId, Principal } from '../accounts';

/** One thing that somebody did, tried, or was refused. Written once, never altered. */
export interface AuditEvent {
  /** ISO 8601. */
  readonly at: string;
  /** Id of the change or reference of the record it belongs to; with `seq` it names the event. */
  readonly id: string;
  readonly seq: number;
  /** Kind of the change (`suppress`, `register-owner` …), or `account` for what a command or a sync wrote. */
  readonly kind: string;
  /** What happened, in the words of the life cycle: `proposed`, `asked`, `approval`, `applied`, `denied` … */
  readonly what: string;
  /** The person behind it; absent where the bot acted by itself (expiry, a sync). */
  readonly by?: Principal;
  readonly byName?: string;
  readonly account?: AccountId;
  /** Reference of a request, see `requestRef`. */
  readonly request?: string;
  /** What was wanted or said, in plain words or codes; untrusted. */
  readonly detail?: string;
  readonly reason?: string;
  /** `Change.hash`: what exactly was asked for. */
  readonly hash?: string;
}

/** Whose events are wanted: one account's, one request's, one person's. */
export type AuditSubject =
  | { readonly account: AccountId }
  | { readonly request: string }
  | { readonly person: Principal };

export interface AuditPage {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  /** Pass it back for what is older; undefined on the last page. */
  readonly next?: string;
}

/** The audit log: every transition of every change, denials included. Append-only. */
export interface Audit {
  /** Idempotent: an event written again is the same event. */
  record(events: readonly AuditEvent[]): Promise<void>;
  of(subject: AuditSubject, options: { readonly limit: number; readonly from?: string }): Promise<AuditPage>;
  /** Every event from `from` (included) to `to` (excluded), oldest first. */
  between(from: Date, to: Date): AsyncIterable<AuditEvent>;
}
