export * from './account';
export * from './find-accounts';
export { type AccountDefaults, type AccountRegister, loadAccounts } from './load-accounts';
