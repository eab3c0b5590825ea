/** A Security Hub control id in the catalogue's own spelling (`EC2.19`); compared without regard to case. */
export type ControlId = string & { readonly __brand: 'ControlId' };

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 for CRITICAL … 4 for INFORMATIONAL: a smaller number is worse. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** The worse of two severities. */
export function worse(a: Severity, b: Severity): Severity {
  return severityRank(a) <= severityRank(b) ? a : b;
}

export const CATEGORIES = [
  'required',
  'availability',
  'logging',
  'encryption-in-transit',
  'encryption-at-rest',
  'other',
] as const;
/** The bot's own grouping of controls, which the default policy treats alike. */
export type Category = (typeof CATEGORIES)[number];

export interface Control {
  readonly id: ControlId;
  readonly title: string;
  readonly severity: Severity;
  readonly category: Category;
  /** `global`: one issue whatever the region that reports it (IAM, CloudFront …). */
  readonly scope: 'regional' | 'global';
  /** When AWS evaluates it: on a timetable, when the resource changes, or both. */
  readonly schedule: 'periodic' | 'change' | 'both';
}

/** The control catalogue: every control the bot knows, and the ids that older standards use for them. */
export interface Catalogue {
  /** The control of this id, whatever its case; undefined when the catalogue does not hold it. */
  find(id: string): Control | undefined;
  /**
   * The control that a standard's own rule id means.
   * @param standard the standard's path, e.g. `cis-aws-foundations-benchmark/v/1.2.0`, `pci-dss/v/3.2.1`
   * @param rule the rule's id inside it, e.g. `1.14`, `PCI.IAM.8`
   */
  fromStandard(standard: string, rule: string): ControlId | undefined;
  all(): readonly Control[];
  /** True for a control that AWS has withdrawn: findings of it may still come. */
  isRetired(id: string): boolean;
}
