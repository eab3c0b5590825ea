import type { AccountId } from '../accounts';
import type { Day } from '../calendar';
import type { Counts, Tally } from './tally';

/** How one day of an account ended. */
export interface Snapshot {
  readonly account: AccountId;
  readonly day: Day;
  readonly counts: Counts;
  readonly exceptions: number;
  readonly resources: number;
  /** By standard, e.g. `aws-foundational-security-best-practices/v/1.0.0`. */
  readonly standards: Readonly<Record<string, Tally>>;
}

/** One week of the organisation. */
export interface OrganisationWeek {
  /** Its Monday. */
  readonly week: Day;
  readonly accounts: number;
  readonly perfect: number;
  /** Of the accounts' scores; absent where none has data. */
  readonly median?: number;
  readonly opened: number;
  readonly closed: number;
  /** Median hours from a request's beginning to its fix; absent where nothing was fixed. */
  readonly medianFixHours?: number;
}
