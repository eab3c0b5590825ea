import type { AccountId, Principal } from '../accounts';
import type { ControlId, Severity } from '../controls';
import type {
  ComplianceStatus,
  FindingFormat,
  FindingKey,
  Product,
  RecordState,
  Resource,
  Threat,
  WorkflowStatus,
} from '../findings';
import type { Treatment } from '../policy';
import type { HistoryEntry } from '../store';

const ISSUE_STATES = [
  'open',
  'notifying',
  'suppressing',
  'suppressed',
  'resolved',
  'closed',
  'left',
  'held',
  'unknown',
] as const;
/**
 * Where one problem on one resource stands. `left`, `held` and `unknown` are kept for the score only: policy leaves
 * it to others, nobody has decided on its control yet, or it has so far only been seen as one that cannot be checked.
 */
export type IssueState = (typeof ISSUE_STATES)[number];

/** Fingerprints of one finding id by the format they came in: those of two formats cannot be compared. */
export type Prints = Readonly<Partial<Record<FindingFormat, string>>>;

/** Why an issue is, or is being, suppressed. */
export type Cause =
  | {
      readonly by: 'policy';
      readonly treatment: Treatment;
      /** The deciding line of `policy.yml`, and the version of the file it stood in. */
      readonly line: string;
      readonly policyVersion: string;
    }
  | {
      readonly by: 'exception';
      /** The change that made the exception; `undo` and the expiry find their issues by it. */
      readonly change: string;
      readonly who: Principal;
      /** Their name when they did it: what a reader of Security Hub understands. */
      readonly name: string;
      readonly reason: string;
      readonly ticket?: string;
      readonly until: string;
      /** The worst that was ruled on: the exception does not hold for anything more severe. */
      readonly severity?: Severity;
      /** "It is meant to be so": what each finding said when that was decided; void when one says something else. */
      readonly design?: Readonly<Record<FindingKey, Prints>>;
    }
  | {
      readonly by: 'outside';
      /** The AWS identity that did it, when Security Hub's history names it. */
      readonly who?: string;
    };

/** What is known of one finding id of an issue. Order is judged per key. */
export interface Seen {
  readonly id: string;
  readonly productArn: string;
  /** Where Security Hub holds it; the issue's own region may say `global`. */
  readonly region: string;
  readonly updatedAt: string;
  /** Identity of its content; see `contentHash`. */
  readonly hash: string;
  readonly compliance?: ComplianceStatus;
  readonly workflow: WorkflowStatus;
  readonly recordState: RecordState;
  readonly severity: Severity;
  /** True while it has not come as ASFF: Security Hub CSPM need not hold it. */
  readonly direct?: true;
  /** How often GuardDuty has seen it. */
  readonly count?: number;
  /** What it says of its resource; see `Finding.fingerprint`. */
  readonly prints?: Prints;
  /** When somebody else last left a note; `ours` for the bot's own. */
  readonly note?: string;
  /** The bot's own last confirmed write, and what stood there before it. */
  readonly wrote?: { readonly status: WorkflowStatus; readonly before: WorkflowStatus; readonly at: string };
}

/**
 * Something about an issue that its request's thread has to be told. The publisher gives it a number
 * (`seq` of the request's history); with the thread told through that number it has been told.
 */
export interface News {
  readonly kind:
    | 'joined'
    | 'back'
    | 'adopted'
    | 'lifted'
    | 'claimed'
    | 'failed'
    | 'sent'
    /** An exception is void: the resource is no longer what it was, or it is more severe than what was accepted. */
    | 'changed'
    | 'worsened';
  readonly at: string;
  /**
   * Who did it outside, why Security Hub refused, the custom action by which it was sent, or whose exception is void.
   */
  readonly detail?: string;
  readonly seq?: number;
}

/** One problem on one resource. It outlives the finding ids that AWS gives it. */
export interface Issue {
  readonly account: AccountId;
  readonly control: ControlId;
  readonly product: Product;
  readonly region: string;
  readonly resource: Resource;
  readonly title: string;
  readonly description: string;
  readonly remediationUrl?: string;
  readonly productName: string;
  /** Standards that the control counts for, over all its findings. */
  readonly standards: readonly string[];
  /** That of its worst live finding. */
  readonly severity: Severity;
  readonly state: IssueState;
  readonly since: string;
  readonly openedAt?: string;
  readonly due?: string;
  /** How often it has opened; 2 and more means that it came back. */
  readonly episodes: number;
  readonly resolvedAt?: string;
  readonly cause?: Cause;
  /** True while our own SUPPRESSED must still be taken back in Security Hub (written as NEW). */
  readonly lift?: boolean;
  readonly findings: Readonly<Record<FindingKey, Seen>>;
  /** What GuardDuty says beyond the title. */
  readonly threat?: Threat;
  readonly news?: News;
  /** An exception that has just become void: its change is still to hear of it. */
  readonly voided?: { readonly change: string; readonly why: 'changed' | 'worsened' };
  /** Open, and listed in a bulletin that is still to be posted: nothing is left to do until then. */
  readonly waiting?: true;
  readonly lastSeen: string;
  /** What it said for the score when it was last written; see `countsAs`. */
  readonly counts?: string;
  /** When a person last sent it by hand, whatever policy says. */
  readonly sentAt?: string;

  readonly version: number;
  /** Number of the newest history entry. */
  readonly seq: number;
  /** History entries not yet copied to items of their own. */
  readonly uncopied: readonly HistoryEntry[];
  /** Set by the write that moved the record, cleared when its last effect is done. */
  readonly unsettled?: string;
  /** When the clock has to look at this record. */
  readonly nextAt?: string;
}

/** True while people are asked to do something about it. */
export function isOpen(issue: Pick<Issue, 'state'>): boolean {
  return issue.state === 'open' || issue.state === 'notifying';
}
