import type { Account, Principal } from '../accounts';
import type { Control, ControlId, Severity } from '../controls';
import type { Playbook, ThreatPlaybook } from '../playbooks';
import type { Cause, Issue } from './issue';
import type { CardState, Request } from './request';

/** Issues of one request that are suppressed for the same cause. */
export interface SuppressedGroup {
  readonly cause: Cause;
  readonly count: number;
  /** How many of them Security Hub has not confirmed yet. */
  readonly pending: number;
  readonly resources: readonly string[];
}

/**
 * Everything a request's card shows, read at one moment. Pure data: made by `viewRequest`, drawn by
 * `blocks/cards/request`. Two equal views draw equal cards, so `now` is not part of it; the deadline's
 * being over is (`overdue`), because the card says so.
 */
export interface RequestView {
  /** Opaque reference that buttons carry; see `requestRef`. */
  readonly ref: string;
  readonly account: Account;
  readonly control: ControlId;
  readonly kind: Request['kind'];
  /** The catalogue's record of the control; undefined for threats and unknown controls. */
  readonly catalogued: Control | undefined;
  readonly playbook: Playbook | undefined;
  /** The same for a threat. */
  readonly threatPlaybook: ThreatPlaybook | undefined;
  /** Security Hub's own words, used where there is no playbook. Untrusted text. */
  readonly title: string;
  readonly description: string;
  readonly remediationUrl?: string;
  /** The worst of the open issues (of all when none is open). */
  readonly severity: Severity;
  readonly phase: 'open' | 'done';
  /** The nearest deadline of the open issues. */
  readonly due?: string;
  readonly overdue: boolean;
  /** The first ten open issues, nearest deadline first; `openCount` counts all. */
  readonly open: readonly Issue[];
  readonly openCount: number;
  /** Open issues that will be suppressed once told (treatment notify). */
  readonly notifyOnly: boolean;
  readonly suppressed: readonly SuppressedGroup[];
  readonly resolvedCount: number;
  readonly closedCount: number;
  /** Open issues whose suppression Security Hub refused, with its reason. */
  readonly failed: readonly { readonly resource: string; readonly detail: string }[];
  /** Mode notify: what the bot would write to Security Hub is withheld. */
  readonly withheld: boolean;
  /** Mode observe: shown to the security team alone. */
  readonly observed?: true;
  readonly takenBy?: Request['takenBy'];
  readonly fixedBy?: Request['fixedBy'];
  /** Whom the card mentions: the account's owner, else the security team's groups. */
  readonly mentions: readonly Principal[];
  readonly ownerless: boolean;
  readonly previous?: CardState['previous'];
  readonly insteadOf?: CardState['insteadOf'];
}
