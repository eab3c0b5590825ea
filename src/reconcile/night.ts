import { addDays, zoneOf } from '../calendar';

/** When a reconcile begins: at three in the night changes and other jobs are few. */
const BEGINS_AT_MS = 3 * 3_600_000;

/** The next 03:00 of the time zone after `now`. */
export function nextNight(now: Date, timeZone: string): Date {
  const zone = zoneOf(timeZone);
  const { day } = zone.localTime(now);
  const tonight = zone.instant({ day, time: BEGINS_AT_MS });
  return tonight.getTime() > now.getTime()
    ? tonight
    : zone.instant({ day: addDays(day, 1), time: BEGINS_AT_MS });
}
