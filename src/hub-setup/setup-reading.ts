import type { AccountId } from '../accounts';
import type { Delegation, EnabledStandard, FindingAggregation, HubPlace, HubSettings } from '../aws';
import type { ControlId } from '../controls';

/** What was asked for, or why it could not be read. */
export type Read<T> =
  | { readonly value: T }
  /** `closed`: the account does not let the caller in at all. */
  | { readonly unread: string; readonly closed?: true };

/** The value, where there is one. */
export function known<T>(read: Read<T> | undefined): T | undefined {
  return read !== undefined && 'value' in read ? read.value : undefined;
}

/** Security Hub in one account and Region, as it is. */
export interface PlaceReading extends HubPlace {
  /** Undefined where it is off. */
  readonly settings: Read<HubSettings | undefined>;
  /** None where it is off. */
  readonly standards: Read<readonly EnabledStandard[]>;
  /** Undefined where nobody administers the account. */
  readonly administrator: Read<string | undefined>;
  /** Of the controls that policy wants off, the ones that are on. */
  readonly controlsOn: Read<readonly ControlId[]>;
}

/** An account whose Security Hub the bot depends on. */
export interface SetupAccount {
  readonly id: AccountId;
  readonly mail?: string;
}

/** One Region as the administrator sees it. */
export interface RegionReading {
  readonly region: string;
  readonly members: Read<ReadonlyMap<AccountId, string>>;
  /** Undefined where the hub's account is not the delegated administrator. */
  readonly delegation: Read<Delegation | undefined>;
}

/** How Security Hub is set up, all that is known of it. */
export interface SetupReading {
  readonly hub: AccountId;
  readonly home: string;
  /** Regions that somebody has asked to be looked at. */
  readonly asked: readonly string[];
  /** The home Region first. */
  readonly regions: readonly RegionReading[];
  readonly accounts: readonly SetupAccount[];
  readonly inOrganization: Read<boolean>;
  /** The delegated administrator, where it is another account and may be asked for. */
  readonly otherAdministrator?: string;
  readonly aggregation: Read<FindingAggregation | undefined>;
  /** The hub's own places first. */
  readonly places: readonly PlaceReading[];
  /** Member accounts that do not let the caller in. */
  readonly closed: readonly AccountId[];
  /** Controls that policy ignores everywhere. */
  readonly unwanted: readonly ControlId[];
  /** When a finding was last seen, ISO 8601; undefined for never. */
  readonly lastSeen: Read<string | undefined>;
}
