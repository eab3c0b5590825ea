/** What a deployment has to do with. Weeks and days are those of an ordinary month. */
export interface Load {
  readonly accounts: number;
  /** Findings of Security Hub's controls in one account, all its Regions together, whatever they say. */
  readonly checks: number;
  /** Controls that these belong to. */
  readonly controls: number;
  /** Of the findings, those that fail: 0 to 1. */
  readonly failing: number;
  /** Regions in which an account has findings. */
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
  /** Custom metrics, and alarms, that the stack makes. */
  readonly metrics: number;
  readonly alarms: number;
}

export const USUAL: Load = {
  accounts: 1_000,
  checks: 1_000,
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
  metrics: 40,
  alarms: 40,
};

export const DAYS = 365 / 12;
export const WEEKS = DAYS / 7;
export const DAY_SECONDS = 86_400;
export const MONTH_SECONDS = DAYS * DAY_SECONDS;

/** Of requests, those that are reminded of, once. */
export const REMINDED = 0.5;

/** The bot notes that it has seen a finding at most so often (`LAST_SEEN_EVERY` in `src/requests/decide.ts`). */
const SEEN_EVERY_HOURS = 12;
/** A control is counted anew when a finding of it comes after so long (`RETURNS_AFTER_MS` in `src/scores/marks.ts`). */
const RETURNS_AFTER_HOURS = 47;

/** How many hours lie between two refreshes of which the bot takes note, with refreshes every so many hours. */
const noted = (every: number, refreshHours: number) => Math.ceil(every / refreshHours) * refreshHours;

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
export function dayOf({ accounts, checks, controls, refreshHours }: Load): Days {
  const all = accounts * checks;
  const marks = (accounts * Math.min(controls, checks) * 24) / noted(RETURNS_AFTER_HOURS, refreshHours);
  return {
    refreshes: (all * 24) / refreshHours,
    seen: (all * 24) / noted(SEEN_EVERY_HOURS, refreshHours),
    marks,
    counts: marks + accounts,
  };
}
