export {
  type AccountListSources,
  followAccountList,
  ownerlessAccounts,
  unregisteredAccounts,
  viewAccountList,
} from './account-list';
export { checkOwners, type OwnerCheck } from './check-owners';
export { claimAccount } from './claim-account';
export { describeClaimAccount, describeRegisterOwner } from './describe-owner';
export {
  type AccountToSave,
  type ImportedAccount,
  type ImportReport,
  importAccounts,
  previewImport,
} from './import-accounts';
export { type OwnerWatch, ownerWatch } from './owner-watch';
export type { PersonByMail } from './read-account-cell';
export { type AccountRow, type AccountsFile, type RowProblem, readAccountsCsv } from './read-accounts-csv';
export { OwnerPayload, ownerRight, registerOwner } from './register-owner';
export {
  aboutAccount,
  type RegistryChanges,
  targetAccount,
  tellOwners,
  type WishProblem,
  wishProblem,
} from './registry-changes';
export { type RegistryEffects, registryEffects } from './registry-effects';
export { type AccountWish, type SaveCause, type SavedAccount, saveAccount } from './save-account';
export { settleAccount } from './settle-account';
export { spreadsheetCsv, spreadsheetDigits, spreadsheetRows, spreadsheetText } from './spreadsheet-csv';
export { planSync, type SyncPlan } from './sync-accounts';
export { type ListedAccount, writeAccountsCsv } from './write-accounts-csv';
