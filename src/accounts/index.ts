export * from './account';
export { type AccountDefaults, type AccountRegister, loadAccounts } from './load-accounts';
