export * from './account-sources';
export { callSpacing } from './call-spacing';
export * from './caller-identity';
export * from './clients';
export * from './deployed-stack';
export { type ControlSwitches, controlSwitches } from './disabled-controls';
export { type HubPlace, hubAccess, NoMemberRole } from './hub-access';
export * from './hub-reader';
export * from './hub-writer';
export { type LockedObjects, lockedObjects } from './locked-objects';
export * from './member-role';
export * from './objects';
export { AwsRefused, type RoleRefusal, RoleRefused } from './refusal';
export * from './security-hub';
export type { SessionPurpose } from './session-identity';
export {
  type SlackSecret,
  type SlackSecretSource,
  slackSecretChangedAt,
  slackSecretSource,
} from './slack-secret';
