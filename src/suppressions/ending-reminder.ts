import type { Calendar } from '../calendar';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const THREE_WEEKS_MS = 3 * WEEK_MS;

/**
 * When people are reminded that an exception ends: a week before, of one shorter than three weeks a third of its length
 * before. Where that is a day of rest, at the same time of the working day before, unless that was before it began.
 * @param asOf ISO 8601, when it began
 * @param until ISO 8601, when it ends
 */
export function endingReminder(
  asOf: string,
  until: string,
  calendar: Pick<Calendar, 'dayOf' | 'isRestDay' | 'workingDay'>,
): Date {
  const [begin, end] = [Date.parse(asOf), Date.parse(until)];
  const length = end - begin;
  const at = new Date(end - (length < THREE_WEEKS_MS ? length / 3 : WEEK_MS));
  const day = calendar.dayOf(at);
  if (!calendar.isRestDay(day)) return at;
  const back = Math.round((Date.parse(day) - Date.parse(calendar.workingDay(day, 'before'))) / DAY_MS);
  const before = new Date(at.getTime() - back * DAY_MS);
  return before.getTime() > begin ? before : at;
}
