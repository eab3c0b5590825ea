/** What a deployment has to do with. Weeks and days are those of an ordinary month. */
export interface Load {
  readonly accounts: number;
  /** Findings of Security Hub's controls in one Region of an account, whatever they say. */
  readonly checks: number;
  /** Controls that the findings of an account belong to. */
  readonly controls: number;
  /** Of the findings, those that fail: 0 to 1. */
  readonly failing: number;
  /** Regions of an account in which it has so many. */
  readonly regions: number;
  /** Hours after which Security Hub updates a finding of which nothing has changed: 12 to 24. */
  readonly refreshHours: number;
  /** New requests an account and week; half of them get a card at once, the others wait for the morning. */
  readonly requests: number;
  /** Failing findings an account and week that join a request that is open. */
  readonly joins: number;
  /** Failing findings an account and week that policy suppresses at once. */
  readonly ignored: number;
  /** Findings an account and week that were not there before, and pass. */
  readonly firstSeen: number;
  /** Suppressions by people, an account and week. */
  readonly suppressions: number;
  /** Accounts whose requests go to the same channel. */
  readonly accountsPerChannel: number;
  /** Accounts of the same owner. */
  readonly accountsPerOwner: number;
  /** Changes of the register (owners, channels, new accounts) a day and thousand accounts. */
  readonly registerChanges: number;
  /** Findings that the findings function gets in a batch; 0: as they come. */
  readonly findingsInBatch: number;
  /** Custom metrics, and alarms, that the stack makes. */
  readonly metrics: number;
  readonly alarms: number;
}

export const USUAL: Load = {
  accounts: 1_000,
  checks: 500,
  controls: 150,
  failing: 0.05,
  regions: 2,
  refreshHours: 18,
  requests: 1,
  joins: 1,
  ignored: 2,
  firstSeen: 10,
  suppressions: 0.5,
  accountsPerChannel: 5,
  accountsPerOwner: 3,
  registerChanges: 5,
  findingsInBatch: 0,
  metrics: 40,
  alarms: 40,
};

/** By what option the command takes what may be said about a load. */
export const LOAD_OPTIONS: readonly {
  readonly option: string;
  readonly of: Exclude<keyof Load, 'accounts'>;
}[] = [
  { option: 'findings-per-account', of: 'checks' },
  { option: 'controls-per-account', of: 'controls' },
  { option: 'failing', of: 'failing' },
  { option: 'regions', of: 'regions' },
  { option: 'refresh-hours', of: 'refreshHours' },
  { option: 'requests', of: 'requests' },
  { option: 'joins', of: 'joins' },
  { option: 'ignored', of: 'ignored' },
  { option: 'first-seen', of: 'firstSeen' },
  { option: 'suppressions', of: 'suppressions' },
  { option: 'accounts-per-channel', of: 'accountsPerChannel' },
  { option: 'accounts-per-owner', of: 'accountsPerOwner' },
  { option: 'register-changes', of: 'registerChanges' },
  { option: 'findings-in-batch', of: 'findingsInBatch' },
  { option: 'metrics', of: 'metrics' },
  { option: 'alarms', of: 'alarms' },
];

export const DAYS = 365 / 12;
export const WEEKS = DAYS / 7;
const DAY_SECONDS = 86_400;
export const MONTH_SECONDS = DAYS * DAY_SECONDS;

/** Of requests, those that are reminded of, once. */
export const REMINDED = 0.5;

/** The bot notes that it has seen a finding at most so often (`LAST_SEEN_EVERY` in `src/requests/decide.ts`). */
const SEEN_EVERY_HOURS = 12;
/** A control is counted anew when a finding of it comes after so long (`RETURNS_AFTER_MS` in `src/scores/marks.ts`). */
const RETURNS_AFTER_HOURS = 47;

/** How many hours lie between two refreshes of which the bot takes note, with refreshes every so many hours. */
const noted = (every: number, refreshHours: number) => Math.ceil(every / refreshHours) * refreshHours;

/** Findings of controls in one account, all its Regions together. */
export const checksOf = ({ checks, regions }: Pick<Load, 'checks' | 'regions'>): number => checks * regions;

/** Times a day. */
export interface Days {
  readonly refreshes: number;
  /** Of these, the ones that are written down. */
  readonly seen: number;
  /** Of these, the ones that have a control counted. */
  readonly marks: number;
  /** Counts of accounts: one for each of these, and one when the day ends. */
  readonly counts: number;
}

/**
 * What an ordinary day brings. The findings of one control in one account are taken to be updated together, as AWS's
 * rule for them runs.
 */
export function dayOf(load: Load): Days {
  const { accounts, controls, refreshHours } = load;
  const all = accounts * checksOf(load);
  const marks =
    (accounts * Math.min(controls, checksOf(load)) * 24) / noted(RETURNS_AFTER_HOURS, refreshHours);
  return {
    refreshes: (all * 24) / refreshHours,
    seen: (all * 24) / noted(SEEN_EVERY_HOURS, refreshHours),
    marks,
    counts: marks + accounts,
  };
}
