import type { Principal } from '../accounts';
import type { Severity } from '../controls';

const ROLES = ['member', 'owner', 'analyst', 'lead'] as const;
/**
 * What a person is towards one account: `owner` means its owner or deputy, `analyst` and `lead` are the
 * security team's groups, `member` everybody else of the workspace. One person may be several.
 */
export type Role = (typeof ROLES)[number];

/** Why something is refused, in a form that can be said in any language. */
export type DenyReason =
  | { readonly code: 'outsider' }
  | { readonly code: 'not-allowed'; readonly who: readonly Role[] }
  | { readonly code: 'too-long'; readonly maxDays: number; readonly severity: Severity }
  | { readonly code: 'gone' };

/** The access rules' answer to a change. */
export type Ruling =
  | { readonly effect: 'allow'; readonly as: Role }
  | {
      readonly effect: 'needs approval';
      /** Who has to approve, how many of them; `other` means: not the person who asks. */
      readonly of: Role;
      readonly count: number;
      readonly other: boolean;
    }
  | { readonly effect: 'deny'; readonly reason: DenyReason };

/** What one person may choose in the suppress dialog. */
export interface SuppressOffer {
  /** Days on offer, shortest first; empty when this person may not suppress it without approval. */
  readonly days: readonly number[];
  /** Why `days` is empty. */
  readonly refused?: Exclude<Ruling, { effect: 'allow' }>;
  /** User groups to ask, for the words "who could do it". */
  readonly askGroups: readonly Principal[];
}
