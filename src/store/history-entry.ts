/** One numbered step in the life of a record. Kept for good as an item of its own. */
export interface HistoryEntry {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  /** What happened, in the words of the record's own life cycle (`open → suppressing`, `applied` …). */
  readonly what: string;
  /** The person or system that did it. */
  readonly by?: string;
  readonly detail?: string;
}
