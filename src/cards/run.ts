/** One delivery of a refresh, as far as its posts go. */
export interface Run {
  /** Reference of the record that is shown. */
  readonly ref: string;
  /** The revision that was asked for; notices have none. */
  readonly revision?: number;
  readonly startedAt: number;
  lastPostAt: number;
  posts: number;
}
