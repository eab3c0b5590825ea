import type { Policy, Treatment } from './treatment';

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
  /** The file as it was read. */
  readonly text: string;
}
