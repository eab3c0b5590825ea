import type { AccountId, AccountKind } from '../accounts';
import type { Category, ControlId, Severity } from '../controls';
import type { Product } from '../findings';

export const TREATMENTS = ['track', 'notify', 'ignore', 'leave'] as const;
/**
 * What is done with a failing finding: `track` chases it until it is fixed, `notify` tells and then suppresses,
 * `ignore` suppresses at once, `leave` never posts and never writes.
 */
export type Treatment = (typeof TREATMENTS)[number];

/** What a policy line can be matched against. */
export interface Subject {
  readonly control: ControlId;
  readonly product: Product;
  readonly severity: Severity;
  /** Undefined when the catalogue does not hold the control. */
  readonly category: Category | undefined;
  readonly account: AccountId;
  readonly kind: AccountKind;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The policy's answer, and what to point to when somebody asks why. */
export interface Treated {
  readonly treatment: Treatment;
  /** The id of the deciding line in `policy.yml`, or `answer` where it was answered in Slack. */
  readonly line: string;
  /** First 12 characters of a sha-256 of the policy's text, and of the answers given in Slack. */
  readonly version: string;
  /** Nobody has decided on this control: `treatment` is what the general lines propose. */
  readonly undecided?: true;
  /** Hours from opening to the deadline. */
  readonly deadlineHours: number;
}

export interface Policy {
  readonly version: string;
  /** The first matching line decides; a file without a catch-all is refused at load, so there always is one. */
  treat(subject: Subject): Treated;
}
