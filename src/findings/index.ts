export type { MessageKind } from './envelope';
export * from './finding';
export { findingKey } from './key';
export { type ProductArn, productArn } from './product-arn';
export { type Reading, readFindings } from './read';
export { isRegion, issueRegion } from './region';
