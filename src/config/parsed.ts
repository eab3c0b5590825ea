import type { Problem } from './config-error';

export type Path = readonly PropertyKey[];

/** What a data file says, and where in the file each part of it stands. */
export interface Parsed<T> {
  readonly value: T;
  /** The 1-based line on which the value at `path` starts. */
  lineOf(path: Path): number;
  /** A problem with the value at `path`, for a rule that the schema cannot express. */
  problemAt(path: Path, text: string): Problem;
}
