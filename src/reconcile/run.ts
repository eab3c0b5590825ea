import type { AccountId } from '../accounts';
import type { Severity } from '../controls';

/** What one message reads: accounts, or of a single large one the findings of one severity. */
export interface Piece {
  readonly accounts: readonly AccountId[];
  readonly severities?: readonly Severity[];
}

/** What was mended in one account; every issue counts once. */
export interface Drift {
  /** Issues that fail and were not known to. */
  readonly opened: number;
  /** Issues that were thought to fail and do not any more. */
  readonly closed: number;
  /** SUPPRESSED in Security Hub and not here: taken over as suppressed outside. */
  readonly adopted: number;
  /** Suppressed here, and lifted there by somebody else: open again. */
  readonly lifted: number;
  /** Security Hub said otherwise than was decided here, and nobody has decided otherwise since: written again. */
  readonly rewritten: number;
  /** Issues about which something else had been missed. */
  readonly changed: number;
  /** Controls whose part of the score was not what their issues say. */
  readonly scores: number;
}

export const NO_DRIFT: Drift = {
  opened: 0,
  closed: 0,
  adopted: 0,
  lifted: 0,
  rewritten: 0,
  changed: 0,
  scores: 0,
};

/** How many issues rest suppressed outside of the bot, by account; none where there are none. */
export type OutsideCounts = Readonly<Record<AccountId, number>>;

/** What a run has cost and seen so far. */
export interface ReconcileCounts {
  /** GetFindings calls, refused ones included. */
  readonly calls: number;
  /** Findings read. */
  readonly findings: number;
  readonly unreadable: number;
}

/** The nightly comparison with Security Hub: one record, moved on by one message a piece. */
export interface ReconcileRun {
  readonly status: 'resting' | 'running';
  /** When the next one begins by itself; absent where none does. */
  readonly due?: string;
  /** When the present run, or the last one, began. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** Accounts up to this one have been read. */
  readonly after: AccountId | '';
  /** What is left of a chunk that was too large, next first. */
  readonly pieces: readonly Piece[];
  /** Pieces that have been read completely. */
  readonly read: number;
  readonly counts: ReconcileCounts;
  /** By account, where anything was mended. What a worker mended before it was killed is not counted. */
  readonly drift: Readonly<Record<AccountId, Drift>>;
  /** What is suppressed outside, as far as this run has come. */
  readonly outside: OutsideCounts;
  /** The same as the security team was told last. */
  readonly toldOutside?: OutsideCounts;

  readonly version: number;
  readonly unsettled?: string;
  readonly nextAt?: string;
}

/** Before the first run. */
export const RESTING = {
  status: 'resting',
  after: '',
  pieces: [],
  read: 0,
  counts: { calls: 0, findings: 0, unreadable: 0 },
  drift: {},
  outside: {},
  version: 1,
} as const satisfies ReconcileRun;
