import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const Kept = z.object({ offsetMs: z.number().int() });

/** Who else has to know what time it is, such as a stand-in: milliseconds ahead of this machine's clock. */
type Told = (offsetMs: number) => Promise<void>;

/** A clock that runs like this machine's and can be set ahead of it, or back. */
export interface MovedClock {
  now(): Date;
  /** Milliseconds ahead of this machine's clock; negative where it is behind. */
  readonly offsetMs: number;
  /** Moves it by so many milliseconds; resolves when everybody has been told. */
  advance(ms: number): Promise<void>;
  /** Sets it to a moment, back as well. */
  set(to: Date): Promise<void>;
}

/**
 * Opens the clock of a local run. Everybody is told of the offset before it counts here, so that nothing that the bot
 * does looks to a stand-in as if it came from the future.
 * @param file keeps the offset, so that a restart does not go back
 * @param told hear of every move, and of the kept offset before this resolves
 * @param machineNow this machine's clock, milliseconds since the epoch
 */
export async function openMovedClock(
  file: string,
  told: readonly Told[],
  machineNow: () => number = Date.now,
): Promise<MovedClock> {
  let offsetMs = existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, 'utf8'))).offsetMs : 0;
  const tell = (ms: number) => Promise.all(told.map((hear) => hear(ms)));
  const move = async (ms: number) => {
    await tell(ms);
    offsetMs = ms;
    mkdirSync(dirname(file), { recursive: true });
    // Renamed into place, so that a crash leaves the old file or the new one and never half of it.
    writeFileSync(`${file}.new`, `${JSON.stringify({ offsetMs })}\n`);
    renameSync(`${file}.new`, file);
  };
  if (offsetMs !== 0) await tell(offsetMs);
  return {
    now: () => new Date(machineNow() + offsetMs),
    get offsetMs() {
      return offsetMs;
    },
    advance: (ms) => move(offsetMs + Math.round(ms)),
    set: (to) => move(to.getTime() - Math.round(machineNow())),
  };
}
