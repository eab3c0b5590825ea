import type { AccountId, AccountRecord } from '../accounts';
import type { AwsAccount } from '../aws';
import type { AccountToSave } from './import-accounts';
import type { AccountWish } from './save-account';

/** What has to be saved so that the register follows what AWS lists. */
export interface SyncPlan {
  /** Accounts that AWS lists and nobody has registered, and registered ones of which AWS says something new. */
  readonly accounts: readonly AccountToSave[];
  /** Registered accounts that AWS lists, and of which there is nothing to say. */
  readonly unchanged: number;
  /** Registered and not closed, but not in AWS's list. They are reported, and stay. */
  readonly gone: readonly AccountId[];
}

/**
 * Compares AWS's list with the register. New accounts come in without an owner. Of known ones people have the last word:
 * AWS gives a name or a mail address only to those that have none. Whether an account is closed AWS knows best.
 */
export function planSync(listed: readonly AwsAccount[], registered: readonly AccountRecord[]): SyncPlan {
  const known = new Map(registered.map((record) => [record.id, record]));
  // An account may come in two pages when the list moves while it is read.
  const found = [...new Map(listed.map((account) => [account.id, account])).values()];
  const accounts = found.flatMap((account): readonly AccountToSave[] => {
    const record = known.get(account.id);
    const fields = record === undefined ? said(account) : missing(account, record);
    return record !== undefined && Object.keys(fields).length === 0 ? [] : [{ id: account.id, fields }];
  });
  const ids = new Set(found.map(({ id }) => id));
  return {
    accounts,
    unchanged: found.length - accounts.length,
    gone: registered.filter(({ id, status }) => status !== 'closed' && !ids.has(id)).map(({ id }) => id),
  };
}

function said({ id: _, ...fields }: AwsAccount): AccountWish {
  return fields;
}

function missing({ name, mail, status }: AwsAccount, record: AccountRecord): AccountWish {
  return {
    ...(record.name === undefined && name !== undefined && { name }),
    ...(record.mail === undefined && mail !== undefined && { mail }),
    ...(record.status !== status && { status }),
  };
}
