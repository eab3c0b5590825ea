import type { Day } from './calendar';

/** A moment as people in one time zone read it. */
interface LocalTime {
  readonly day: Day;
  /** Milliseconds that a clock shows since midnight. */
  readonly time: number;
}

/** Moments and local times of one time zone. */
export interface Zone {
  localTime(at: Date): LocalTime;
  /**
   * The moment at which a clock shows this time. Of a time that comes twice (clocks are put back) the first; for one
   * that is skipped (clocks are put forward) the same distance after the gap: 02:30 becomes 03:30.
   */
  instant(local: LocalTime): Date;
}

const DAY_MS = 86_400_000;
/** Clocks are put forward and back at full quarters of an hour, so an offset holds for one: Intl is slow to ask. */
const SLOT_MS = 15 * 60_000;
const REMEMBERED = 10_000;

/** @param name an IANA time zone, e.g. `Asia/Tokyo` */
export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

  /** What clocks show, read as if it were UTC. */
  const read = (ms: number): number => {
    const part = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
    const seconds = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return seconds + (((ms % 1000) + 1000) % 1000);
  };
  const offsets = new Map<number, number>();
  const offset = (ms: number): number => {
    const slot = Math.floor(ms / SLOT_MS);
    const known = offsets.get(slot);
    if (known !== undefined) return known;
    if (offsets.size >= REMEMBERED) offsets.clear();
    const found = read(ms) - ms;
    offsets.set(slot, found);
    return found;
  };
  const shown = (ms: number): number => ms + offset(ms);

  return {
    localTime(at) {
      const local = shown(at.getTime());
      return { day: new Date(local).toISOString().slice(0, 10), time: ((local % DAY_MS) + DAY_MS) % DAY_MS };
    },
    instant({ day, time }) {
      const local = Date.parse(`${day}T00:00:00.000Z`) + time;
      const before = local - offset(local - DAY_MS);
      const after = local - offset(local + DAY_MS);
      const real = [before, after].filter((ms) => shown(ms) === local);
      return new Date(real.length > 0 ? Math.min(...real) : before);
    },
  };
}
