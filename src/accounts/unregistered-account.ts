import type { Account, AccountId, AccountKind } from './account';

/** An account that nobody has registered: it is only observed, whatever the mode of registered ones is. */
export function unregisteredAccount(id: AccountId, { kind }: { readonly kind: AccountKind }): Account {
  return { id, kind, mode: 'observe', status: 'active', registered: false };
}
