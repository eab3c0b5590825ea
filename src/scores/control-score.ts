import type { AccountId } from '../accounts';
import type { ControlId } from '../controls';
import type { ControlReading } from './control-reading';

/** How one control of one account counts; recounted from its issues, never counted up or down. */
export interface ControlScore extends ControlReading {
  readonly account: AccountId;
  readonly control: ControlId;
  /** When the account first had a finding of it, ISO 8601. */
  readonly firstSeen: string;
  /** Since when it has had this status. */
  readonly since: string;
  /** An issue of it has been written since it was counted last. */
  readonly marked?: string;
  readonly version: number;
}

/** A control of an account that has never been counted. */
export function newControlScore(account: AccountId, control: ControlId, at: string): ControlScore {
  return {
    account,
    control,
    status: 'no-data',
    standards: {},
    failing: 0,
    unchecked: 0,
    exceptions: 0,
    resources: 0,
    firstSeen: at,
    since: at,
    version: 1,
  };
}
