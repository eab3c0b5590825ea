import { type Measured, median, rounded } from './figures';
import { startBot } from './running-bot';
import { say } from './say';

const STARTS = 3;

/** How long `npm start` takes on an empty data folder. */
export async function startReady(): Promise<Measured> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const bot = await startBot();
    times.push(bot.readyMs);
    say(`  start ${start + 1}: ${rounded(bot.readyMs)} ms`);
    await bot.stop();
  }
  return { startReadyMs: rounded(median(times)) };
}
