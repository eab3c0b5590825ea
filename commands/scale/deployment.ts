import { POLLING } from '../../infra/resources';
import type { FunctionName } from './per-item-file';

/** Memory of each function in MB, as `infra/functions.ts` gives it. */
export const MEMORY_MB: Readonly<Record<FunctionName, number>> = {
  findings: 512,
  changes: 1024,
  cards: 1024,
  workflow: 512,
  clock: 512,
  slack: 1769,
};

/** A function with so much memory has a whole processor; one with less has its part of one. */
const WHOLE_PROCESSOR_MB = 1_769;

/** How much longer a function computes than a whole processor would. */
export const slowness = (name: FunctionName): number => Math.max(1, WHOLE_PROCESSOR_MB / MEMORY_MB[name]);

export const AT_ONCE = {
  findings: POLLING.findings.atOnce,
  cards: POLLING.cards.atOnce,
  changes: POLLING.changes.atOnce,
  workflow: POLLING.workflow.atOnce,
} as const;

export const BATCH = { findings: POLLING.findings.batch, workflow: POLLING.workflow.batch } as const;

/** Seconds that the clock and a job may take. */
export const CLOCK_SECONDS = 300;
export const JOB_SECONDS = 170;
