import { judgeSetup, type Verdict } from '../../src/hub-setup';
import type { OpenSetup } from './open-setup';
import { printVerdicts } from './print-verdicts';

function exitCode(verdicts: readonly Verdict[]): number {
  if (verdicts.some(({ state }) => state === 'wrong')) return 1;
  return verdicts.some(({ state }) => state === 'unread') ? 2 : 0;
}

/**
 * Prints how Security Hub is set up, and changes nothing.
 * @param json all of it once more as JSON, in the last line
 * @returns the exit code: 0 all right, 1 something is wrong, 2 something could not be read
 */
export async function checkSetup(json: boolean, open: OpenSetup): Promise<number> {
  const verdicts = judgeSetup(await open.read(), open.now());
  printVerdicts(verdicts);
  if (json) console.log(JSON.stringify({ verdicts }));
  return exitCode(verdicts);
}
