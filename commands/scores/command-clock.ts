import { join } from 'node:path';
import { openMovedClock } from '../../local/moved-clock';
import { dataFolder, type RunFile } from '../../local/run-file';

/** What time it is for the bot: one that runs here may have had its clock moved. */
export async function commandClock(run: RunFile | undefined): Promise<() => Date> {
  if (run === undefined) return () => new Date();
  const clock = await openMovedClock(join(dataFolder(), 'data', 'clock.json'), []);
  return () => clock.now();
}
