export * from './account-sources';
export * from './caller-identity';
export * from './clients';
export { type ControlSwitches, controlSwitches } from './disabled-controls';
export * from './member-role';
export * from './objects';
export { AwsRefused } from './refusal';
export * from './security-hub';
