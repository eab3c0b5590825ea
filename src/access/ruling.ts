import type { Severity } from '../controls';

export const ROLES = ['member', 'owner', 'analyst', 'lead'] as const;
/**
 * What a person is towards one account: `owner` means its owner or deputy, `analyst` and `lead` are the
 * security team's groups, `member` everybody else of the workspace. One person may be several.
 */
export type Role = (typeof ROLES)[number];

export const APPROVER_ROLES = ['analyst', 'lead'] as const satisfies readonly Role[];
/** Somebody who can approve: an analyst, or, where it takes a lead, a lead. A lead counts as an analyst too. */
export type ApproverRole = (typeof APPROVER_ROLES)[number];

/** So many people of one role have to approve; one person counts once, and nobody for a change of their own. */
export interface Need {
  readonly of: ApproverRole;
  readonly count: number;
}

/** Why something is refused, in a form that can be said in any language. */
export type DenyReason =
  | { readonly code: 'outsider' }
  /** A guest may do what they are listed for, and nothing else. */
  | { readonly code: 'guest' }
  /** They have left Slack. */
  | { readonly code: 'left' }
  | { readonly code: 'not-allowed'; readonly who: readonly Role[] }
  | { readonly code: 'too-long'; readonly maxDays: number; readonly severity: Severity }
  /** Only an account without an owner can be claimed. */
  | { readonly code: 'owned' }
  | { readonly code: 'gone' };

/** The access rules' answer to a change. */
export type Ruling =
  | {
      readonly effect: 'allow';
      readonly as: Role;
      /** The change whose approvals hold for this one as well. */
      readonly under?: string;
    }
  | {
      readonly effect: 'needs approval';
      /** Who has to approve: all of these, by different people. */
      readonly needs: readonly Need[];
      /** Whoever asks has a role that could approve: it takes somebody else of it. For the words; nobody approves their own. */
      readonly other: boolean;
    }
  | {
      readonly effect: 'deny';
      readonly reason: DenyReason;
      /** Which of several things it is about, as people call it. Untrusted text. */
      readonly about?: string;
    };

/** A ruling by which something can be done, at once or when it is approved. */
export type OpenRuling = Exclude<Ruling, { effect: 'deny' }>;
