export { confirmAccount } from './confirm-account';
export * from './night';
export * from './piece';
export * from './reconcile';
export * from './run';
export * from './runs';
