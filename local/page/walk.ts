import { addDays, type Calendar, zoneOf } from '../../src/calendar';
import type { MovedClock } from '../moved-clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What a morning's messages list is gathered before it; what they start follows within minutes. */
const AROUND_MORNING = [-30 * MINUTE, 0, 3 * MINUTE];
/** Other times of a day at which something may end: just after midnight, noon, the evening. */
const OF_DAY = [MINUTE, 12 * HOUR, 18 * HOUR];

/** When a clock that is moved from one moment to another has to stop in between, and at the end. */
export function stops(
  from: Date,
  to: Date,
  calendar: Pick<Calendar, 'dayOf' | 'morningOf' | 'timeZone'>,
): Date[] {
  const zone = zoneOf(calendar.timeZone);
  const times = new Set<number>();
  for (let day = calendar.dayOf(from); day <= calendar.dayOf(to); day = addDays(day, 1)) {
    const morning = calendar.morningOf(day).getTime();
    for (const distance of AROUND_MORNING) times.add(morning + distance);
    for (const time of OF_DAY) times.add(zone.instant({ day, time }).getTime());
  }
  times.add(to.getTime());
  return [...times]
    .filter((time) => time > from.getTime() && time <= to.getTime())
    .sort((a, b) => a - b)
    .map((time) => new Date(time));
}

/** Moves the clock as time would have passed. */
export interface Walk {
  readonly moving: boolean;
  /** Waits its turn; a moment that has gone by is where the clock stays. */
  to(moment: Date): Promise<void>;
}

/** What a walk does at every stop. */
export interface WalkDeps {
  readonly clock: MovedClock;
  readonly calendar: Pick<Calendar, 'dayOf' | 'morningOf' | 'timeZone'>;
  /** Lets AWS do what it does by itself as time passes. */
  readonly refresh: () => Promise<void>;
  /** Wakes what is due at the clock's time. */
  readonly tick: () => Promise<void>;
  /** Resolves when what is in hand has been done. */
  readonly settle: () => Promise<unknown>;
  /** The same for what a tick has just put on the queues, which is there to be seen. */
  readonly woken: () => Promise<unknown>;
}

export function openWalk({ clock, calendar, refresh, tick, settle, woken }: WalkDeps): Walk {
  let before: Promise<void> = Promise.resolve();
  let walking = 0;
  const walk = async (to: Date) => {
    // What is in hand ends at the hour at which it began.
    await settle();
    for (const stop of stops(clock.now(), to, calendar)) {
      if (stop > clock.now()) await clock.set(stop);
      await refresh();
      await tick();
      await woken();
    }
  };
  return {
    get moving() {
      return walking > 0;
    },
    async to(moment) {
      walking += 1;
      const mine = before
        .then(() => walk(moment))
        .finally(() => {
          walking -= 1;
        });
      // Whoever comes next waits for the end of this one, good or bad; its error is its own caller's.
      before = mine.catch(() => undefined);
      await mine;
    },
  };
}
