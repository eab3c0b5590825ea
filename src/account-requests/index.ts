export { type AccountForm, type FormField, loadAccountForm } from './account-form';
export * from './account-request';
export * from './account-requests';
export * from './account-wish';
export { type AccountCheck, isComplete, MISSING_OF_ACCOUNT, type MissingOfAccount } from './check-account';
export { describeRegisterAccount, describeRequestAccount } from './describe-account-request';
export { isMailInUse } from './mail-in-use';
export {
  type AccountRegistration,
  existingRequestId,
  isTaken,
  isUnderWay,
  registerAccount,
  registerPayload,
} from './register-account';
export { REQUEST_KINDS, requestAccount } from './request-account';
export { type AccountRequestClock, wakeAccountRequest } from './wake-account-request';
