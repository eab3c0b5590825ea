import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on standard error; none where that is no terminal. */
export function progressBar(what: string): SingleBar {
  const format = `${what} {bar} {value}/{total}`;
  return new SingleBar({ format, stream: process.stderr, noTTYOutput: false }, Presets.shades_classic);
}
