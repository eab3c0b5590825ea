import { type AccountId, type AccountRegister, type AccountStore, tableAccounts } from '../accounts';
import { type Audit, tableAudit } from '../audit';
import type { Queues } from '../queues';
import { tableRequests } from '../requests';
import { type History, type Table, tableHistory } from '../store';
import { refreshCardsOf } from './refresh-cards-of';

/** What follows from an account's moved record, and what that takes. */
export interface RegistryEffects {
  readonly accounts: AccountStore;
  /** This process's view, which is to show what it has just written itself. */
  readonly register: Pick<AccountRegister, 'lookup' | 'remember'>;
  readonly history: History;
  readonly audit: Pick<Audit, 'record'>;
  readonly queues: Queues;
  readonly refreshCardsOf: (account: AccountId) => Promise<void>;
}

/** The effects over the table and the queues. */
export function registryEffects(sources: {
  readonly table: Table;
  readonly queues: Queues;
  readonly register: RegistryEffects['register'];
  readonly now: () => Date;
}): RegistryEffects {
  const { table, queues, register, now } = sources;
  const requests = tableRequests(table, (account) => register.lookup(account).owner);
  return {
    accounts: tableAccounts(table),
    register,
    history: tableHistory(table),
    audit: tableAudit(table),
    queues,
    refreshCardsOf: (account) => refreshCardsOf(account, { requests, queues, now }),
  };
}
