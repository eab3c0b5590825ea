import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClockMove, ClockState, PageLanguage } from '../../api';
import { ask, problemOf } from './ask';
import { showTime } from './bot-time';
import { onChange, somethingChanged } from './changes';
import { useStart } from './use-start';
import { sideWords } from './words';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How often the clock is read while it moves, and otherwise. */
const MOVING_MS = 400;
const RESTING_MS = 15_000;

interface Walk {
  readonly from: number;
  readonly by: number;
}

/** The bot's clock, and what moves it. `now` is what the server said at first (ISO 8601). */
export function ClockControls({ language, now }: { language: PageLanguage; now: string }) {
  const w = sideWords(language);
  const zone = useStart()?.timeZone;
  const [clock, setClock] = useState<ClockState>({ now, offsetMs: 0, moving: false });
  const [walk, setWalk] = useState<Walk>();
  const [said, setSaid] = useState('');
  const [refused, setRefused] = useState('');
  const moving = clock.moving || walk !== undefined;
  useClock(moving, setClock);

  const move = async (by: number) => {
    setWalk({ from: Date.parse(clock.now), by });
    setSaid(w.clock.moving);
    setRefused('');
    try {
      const body: ClockMove = { by };
      const arrived = await ask<ClockState>('/api/clock', body);
      setClock(arrived);
      setSaid(w.clock.arrived(showTime(arrived.now, language, zone)));
      somethingChanged();
    } catch (error) {
      setSaid('');
      setRefused(w.clock.refused(problemOf(error)));
    } finally {
      setWalk(undefined);
    }
  };

  return (
    <fieldset class="side-clock">
      <legend class="side-hidden">{w.clock.label}</legend>
      <span class="side-clock-now">
        <span class="side-clock-label">{w.clock.label}</span>
        <time dateTime={clock.now}>{showTime(clock.now, language, zone)}</time>
      </span>
      {[DAY_MS, 7 * DAY_MS].map((by) => (
        <button
          key={by}
          type="button"
          class="side-button"
          title={w.clock.hint}
          // Not `disabled`: focus would be lost while the clock walks.
          aria-disabled={moving}
          onClick={() => {
            if (!moving) void move(by);
          }}
        >
          {by === DAY_MS ? w.clock.day : w.clock.week}
        </button>
      ))}
      {moving && (
        <progress
          class="side-clock-progress"
          aria-label={w.clock.moving}
          {...(walk && { max: walk.by, value: Math.max(0, Date.parse(clock.now) - walk.from) })}
        />
      )}
      {/* Whoever sees the time sees it arrive. */}
      <span role="status" class="side-hidden">
        {said}
      </span>
      <span role="alert" class="side-clock-refused">
        {refused}
      </span>
    </fieldset>
  );
}

/** Reads the clock often while it moves, seldom otherwise, and after every change. */
function useClock(moving: boolean, take: (clock: ClockState) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    let stopped = false;
    const read = async () => {
      try {
        const clock = await ask<ClockState>('/api/clock');
        if (!stopped) latest.current(clock);
      } catch {
        // The time that is shown grows old; the next reading is soon.
      }
    };
    const readAgain = () => void read();
    readAgain();
    const timer = setInterval(readAgain, moving ? MOVING_MS : RESTING_MS);
    const stop = onChange(readAgain);
    return () => {
      stopped = true;
      clearInterval(timer);
      stop();
    };
  }, [moving]);
}
