export * from './account';
export * from './account-record';
export * from './account-register';
export * from './account-store';
export * from './find-accounts';
export { type AccountDefaults, type AccountEntry, type AccountFile, loadAccounts } from './load-accounts';
export { type ChannelFile, loadChannels } from './load-channels';
export { unregisteredAccount } from './unregistered-account';
