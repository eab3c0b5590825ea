import { applyPlan, type ByHand, planSetup, type StepOutcome } from '../../src/hub-setup';
import { printable } from '../printable';
import { progressBar } from '../progress-bar';
import type { OpenSetup } from './open-setup';
import { sayStep, stepLines } from './say-step';

function printByHand(byHand: readonly ByHand[]): void {
  if (byHand.length === 0) return;
  console.log('\nLeft to people:');
  for (const { what, accounts, region, why, commands } of byHand) {
    console.log(printable(`- ${what} (${region}): ${accounts.join(', ')}`));
    console.log(printable(`  ${why}`));
    for (const command of commands) console.log(printable(`    ${command}`));
  }
}

interface ApplyOptions {
  readonly yes: boolean;
  readonly json: boolean;
  /** Turn controls off that policy ignores everywhere. */
  readonly controls: boolean;
}

/**
 * Shows what would be done and, with `yes`, does it.
 * @param json the plan and what came of it once more as JSON, in the last line
 * @returns the exit code: 1 when something is left to do
 */
export async function applySetup({ yes, json, controls }: ApplyOptions, open: OpenSetup): Promise<number> {
  const reading = await open.read();
  const { steps, byHand } = planSetup(reading, { members: open.mayChangeMembers, controls });
  console.log(steps.length === 0 ? 'There is nothing to do here.' : 'What is done here:');
  for (const line of stepLines(steps)) console.log(printable(`- ${line}`));
  let outcomes: readonly StepOutcome[] = [];
  if (yes && steps.length > 0) {
    const bar = progressBar('setting up');
    bar.start(steps.length, 0);
    try {
      outcomes = await applyPlan(steps, { ...open, hub: reading.hub }, () => bar.increment());
    } finally {
      bar.stop();
    }
  }
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  for (const { step, why = '' } of failed) {
    const { where, does } = sayStep(step);
    console.log(printable(`could not: ${where}: ${does} (${why})`));
  }
  printByHand(byHand);
  if (json) console.log(JSON.stringify({ applied: yes, steps, outcomes, byHand }));
  if (!yes && steps.length > 0) console.error('Nothing has been changed: run it again with --yes.');
  if (yes)
    console.error(
      `${outcomes.length - failed.length} of ${steps.length} done. See with: npm run setup -- check`,
    );
  const undone = yes ? failed.length : steps.length;
  return undone + byHand.length > 0 ? 1 : 0;
}
