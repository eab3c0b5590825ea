/** A 12-digit AWS account id. Made by `accountId()` only. */
export type AccountId = string & { readonly __brand: 'AccountId' };

export const ACCOUNT_KINDS = ['production', 'non-production'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/**
 * What the bot may do for an account: `observe` posts nothing to owners and writes nothing to AWS,
 * `notify` posts but writes nothing to Security Hub, `enforce` does both.
 */
export const MODES = ['observe', 'notify', 'enforce'] as const;
export type Mode = (typeof MODES)[number];

/** A Slack user (`U…`, `W…`) or user group (`S…`) id. */
export type Principal = string & { readonly __brand: 'Principal' };

/** `closed`: AWS says that it is suspended or gone. Its issues are closed, and nobody is asked any more. */
export const ACCOUNT_STATUSES = ['active', 'closed'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** Where the register first heard of an account. */
export type AccountSource = 'file' | 'csv' | 'slack' | 'organizations' | 'security-hub';

export interface Account {
  readonly id: AccountId;
  /** The name people use; absent for an account nobody has registered. */
  readonly name?: string;
  readonly kind: AccountKind;
  readonly mode: Mode;
  /** Who answers for the account; absent means the security team is asked. */
  readonly owner?: Principal;
  readonly deputy?: Principal;
  /** The registered owner, who has left Slack: until there is a new one the deputy is the owner, or nobody. */
  readonly leftOwner?: Principal;
  /** Slack channel id for its requests; absent means the deployment's default channel. */
  readonly channel?: string;
  /** The project, product or cost centre it belongs to, in the company's own words. */
  readonly project?: string;
  /** Contact mail address; the root user's, where a person gave it with a request for the account. */
  readonly mail?: string;
  readonly status: AccountStatus;
  /** Absent for an account that is not in the register. */
  readonly source?: AccountSource;
  /** False for an account that is not in the register. */
  readonly registered: boolean;
}

/** Resolves an account id to its record; an unregistered one gets the deployment's defaults. */
export type AccountLookup = (id: AccountId) => Account;

const ACCOUNT_ID = /^\d{12}$/;

/** The id when `text` is exactly twelve digits, else undefined. */
export function accountId(text: string): AccountId | undefined {
  return ACCOUNT_ID.test(text) ? (text as AccountId) : undefined;
}

const PRINCIPAL = /^[UWS][A-Z0-9]{2,20}$/;

/** The id when `text` has the form of a Slack user or user group id, else undefined. */
export function principal(text: string): Principal | undefined {
  return PRINCIPAL.test(text) ? (text as Principal) : undefined;
}

/** True for a user group (`S…`), false for a user. */
export function isUserGroup(id: Principal): boolean {
  return id.startsWith('S');
}
