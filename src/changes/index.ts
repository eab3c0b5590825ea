export { approvalHash, changeRef, parseChangeRef } from './approval';
export * from './change';
export * from './changes';
export { ChangeCommand } from './commands';
export { runChange } from './engine';
export type { Engine, Verdict } from './engine-ports';
export type { ChangeFacts, DescribeChange, Fact, FactKind, FactLabel } from './facts';
export { type Announcement, type Applied, type ChangeKind, kindRegister, registered } from './kind';
