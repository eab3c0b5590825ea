export * from './describe-suppress';
export { describeSuppressMany } from './describe-suppress-many';
export { endingReminder } from './ending-reminder';
export * from './live-exceptions';
export {
  SUPPRESSION_KINDS,
  type SuppressionKind,
  type Suppressions,
  SuppressPayload,
  suppress,
  suppressByDesign,
  worstOf,
} from './suppress';
export {
  type ManySuppressions,
  nameOfOne,
  type SuppressedMany,
  suppressMany,
} from './suppress-many';
export { MOST_ISSUES, MOST_REQUESTS, SuppressManyPayload } from './suppress-many-payload';
