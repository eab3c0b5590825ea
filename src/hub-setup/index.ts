export { applyPlan, type StepOutcome } from './apply-plan';
export * from './judge-setup';
export { lastFinding } from './last-finding';
export * from './plan-setup';
export { readSetup } from './read-setup';
export type { SetupAccount, SetupReading } from './setup-reading';
export { unwantedControls } from './unwanted-controls';
