export { type MessageKind, openEnvelope, type SentByHand } from './envelope';
export * from './finding';
export { sameContent } from './fingerprint';
export { findingKey } from './key';
export { type ProductArn, productArn } from './product-arn';
export { type Reading, readFindings } from './read';
export { isRegion, issueRegion } from './region';
export * from './threat';
