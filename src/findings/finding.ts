import type { AccountId } from '../accounts';
import type { ControlId, Severity } from '../controls';
import type { Threat } from './threat';

/** `ProductArn` (with `productv2/` written `product/`) + `|` + `Id`: the same thing in every format has the same key. */
export type FindingKey = string & { readonly __brand: 'FindingKey' };

export type ComplianceStatus = 'PASSED' | 'FAILED' | 'WARNING' | 'NOT_AVAILABLE';
export type WorkflowStatus = 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';
export type RecordState = 'ACTIVE' | 'ARCHIVED';

/** Whose finding it is: a Security Hub control's, GuardDuty's, or another product's. */
export type Product = 'control' | 'guardduty' | 'other';

/** ASFF (Security Hub CSPM), OCSF (Security Hub V2), or GuardDuty's own. */
export type FindingFormat = 'asff' | 'ocsf' | 'guardduty';

export interface Resource {
  /** `Resources[0].Id` as received. */
  readonly id: string;
  readonly type: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Note {
  readonly text: string;
  readonly updatedBy: string;
  readonly updatedAt: string;
}

/**
 * One Security Hub or GuardDuty finding, normalised. Holds what the bot uses and nothing else
 * (at most 8 KB); the original is kept in S3.
 */
export interface Finding {
  readonly key: FindingKey;
  /**
   * How it was delivered. Only `asff` carries Security Hub CSPM's workflow and notes; of the others they are what is
   * known already.
   */
  readonly format: FindingFormat;
  readonly id: string;
  readonly productArn: string;
  readonly product: Product;
  readonly productName: string;
  readonly account: AccountId;
  /** Where the finding lives (never the envelope's region, which is where it was delivered). */
  readonly region: string;
  /**
   * What groups issues into a request: the control id for controls (canonical spelling when the catalogue
   * knows it, else as received), the finding type for GuardDuty, `Types[0]` or the generator for others.
   */
  readonly control: ControlId;
  readonly title: string;
  readonly description: string;
  /** AWS's own page on how to fix it, https only. */
  readonly remediationUrl?: string;
  readonly severity: Severity;
  /** Absent for products without compliance (GuardDuty): an ACTIVE one of these is failing. */
  readonly compliance?: ComplianceStatus;
  readonly workflow: WorkflowStatus;
  readonly recordState: RecordState;
  /** `ProductFields["ArchivalReasons:0/ReasonCode"]` when AWS gave one. */
  readonly archivalReason?: string;
  readonly resource: Resource;
  /** ISO 8601, milliseconds, UTC. */
  readonly updatedAt: string;
  readonly createdAt: string;
  readonly firstObservedAt?: string;
  readonly note?: Note;
  /** GuardDuty only. */
  readonly threat?: Threat;
  /** Controls only: what it says of its resource, comparable within one format; see `fingerprintOf`. */
  readonly fingerprint?: string;
  /** Standards that the control counts for, e.g. `aws-foundational-security-best-practices/v/1.0.0`. */
  readonly standards: readonly string[];
}

/** Why a message or a finding could not be read: the field at fault and what is wrong with it. */
export interface Refusal {
  /** Dotted path from the body's root, e.g. `detail.findings.0.Resources`; `body` for the whole. */
  readonly field: string;
  readonly problem: string;
}
