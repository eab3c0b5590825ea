import { join } from 'node:path';
import { openWalk, stops } from '../../../local/page/walk';
import { loadCalendar } from '../../../src/calendar';

const calendar = loadCalendar(join(__dirname, '../../../config/calendar.yml'), {
  timeZone: 'Asia/Tokyo',
  quiet: false,
});
const at = (text: string) => new Date(`${text}+09:00`);
const shown = (dates: readonly Date[]) =>
  dates.map((date) => new Date(date.getTime() + 9 * 3_600_000).toISOString().slice(5, 16));

test('a day is passed by its morning, midnight and what lies between', () => {
  expect(shown(stops(at('2026-11-24T10:00'), at('2026-11-25T10:00'), calendar))).toEqual([
    '11-24T12:00',
    '11-24T18:00',
    '11-25T00:01',
    '11-25T08:30',
    '11-25T09:00',
    '11-25T09:03',
    '11-25T10:00',
  ]);
});

test('ends where it was to end, and stops nowhere twice', () => {
  expect(shown(stops(at('2026-11-24T08:59'), at('2026-11-24T09:00'), calendar))).toEqual(['11-24T09:00']);
  expect(stops(at('2026-11-24T09:00'), at('2026-11-24T09:00'), calendar)).toEqual([]);
  const week = stops(at('2026-11-24T10:00'), at('2026-12-01T10:00'), calendar);
  expect(week).toHaveLength(7 * 6 + 1);
  expect(new Set(week.map(Number)).size).toBe(week.length);
});

function openStill(start: Date, settle: () => Promise<void> = async () => undefined) {
  let time = start.getTime();
  const done: string[] = [];
  const refreshed: string[] = [];
  const clock = {
    now: () => new Date(time),
    offsetMs: 0,
    advance: async () => undefined,
    set: async (to: Date) => {
      time = to.getTime();
    },
  };
  const tick = async () => void done.push(...shown([clock.now()]));
  const refresh = async () => void refreshed.push(...shown([clock.now()]));
  return {
    clock,
    done,
    refreshed,
    walk: openWalk({ clock, calendar, refresh, tick, settle, woken: settle }),
  };
}

test('wakes what is due at every stop, and lets it end before the next', async () => {
  let settled = 0;
  const { clock, done, refreshed, walk } = openStill(at('2026-11-24T08:00'), async () => {
    settled += 1;
  });
  const walking = walk.to(at('2026-11-24T09:30'));
  expect(walk.moving).toBe(true);
  await walking;
  expect(walk.moving).toBe(false);
  expect(done).toEqual(['11-24T08:30', '11-24T09:00', '11-24T09:03', '11-24T09:30']);
  // AWS has had its time as well, before anything that looks at it.
  expect(refreshed).toEqual(done);
  expect(settled).toBe(done.length + 1);
  expect(clock.now()).toEqual(at('2026-11-24T09:30'));
});

test('whoever comes second waits; a moment that has gone by is where it stays', async () => {
  const { clock, done, walk } = openStill(at('2026-11-24T10:00'));
  await Promise.all([
    walk.to(at('2026-11-24T13:00')),
    walk.to(at('2026-11-24T11:00')),
    walk.to(at('2026-11-24T14:00')),
  ]);
  expect(done).toEqual(['11-24T12:00', '11-24T13:00', '11-24T14:00']);
  expect(clock.now()).toEqual(at('2026-11-24T14:00'));
});

test('a walk that fails tells its own caller, and the next one goes on', async () => {
  let fails = true;
  const { done, walk } = openStill(at('2026-11-24T10:00'), async () => {
    if (fails) throw new Error('the queues do not answer');
  });
  const failing = walk.to(at('2026-11-24T11:00'));
  await expect(failing).rejects.toThrow('do not answer');
  fails = false;
  await walk.to(at('2026-11-24T11:00'));
  expect(done).toEqual(['11-24T11:00']);
  expect(walk.moving).toBe(false);
});
