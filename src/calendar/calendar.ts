/** A day of the deployment's time zone, `YYYY-MM-DD`. */
export type Day = string;

/** When people are at work: which days are theirs, and when a working day begins. */
export interface Calendar {
  /** False: nothing waits for a morning, whatever its severity. */
  readonly quiet: boolean;
  readonly timeZone: string;
  dayOf(at: Date): Day;
  /** True on weekends, public holidays and the days that the deployment names. */
  isRestDay(day: Day): boolean;
  /** The moment at which a day's digest and reminders are posted. */
  morningOf(day: Day): Date;
  /** The first morning of a working day that is not before `at`. */
  nextMorning(at: Date): Date;
  /** The working day next to `day` in this direction, `day` itself excluded. */
  workingDay(day: Day, direction: 'before' | 'after'): Day;
  /** `hours` after `from`; where that falls on a rest day, the same time of the next working day. */
  dueAfter(from: Date, hours: number): Date;
}

/** How many new issues of one account within ten minutes are told as one digest. */
export interface Flood {
  /** More than so many. */
  readonly issues: number;
}
