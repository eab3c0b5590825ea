import type { Policy, Subject, Treatment } from './treatment';

/** One line of `policy.yml`, for those who ask why. */
export interface PolicyLine {
  readonly id: string;
  readonly treatment: Treatment;
  /** Its reason in the file's own words. */
  readonly why?: string;
  /** 1-based line number in the file. */
  readonly lineNumber: number;
}

/** A policy read from a file. */
export interface PolicyFile extends Policy {
  readonly lines: readonly PolicyLine[];
  /**
   * Everything that lines may do with findings of a control in accounts of a kind, whatever their account, Region,
   * severity and tags are.
   */
  possibleTreatments(
    about: Pick<Subject, 'control' | 'product' | 'category' | 'kind'>,
  ): ReadonlySet<Treatment>;
  /** The file as it was read. */
  readonly text: string;
}
