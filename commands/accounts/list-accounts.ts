import type { Account } from '../../src/accounts';
import { printable } from '../printable';
import { textTable } from '../text-table';
import type { OpenRegistry } from './open-registry';

const COLUMNS: readonly { readonly title: string; readonly of: (account: Account) => string | undefined }[] =
  [
    { title: 'account', of: ({ id }) => id },
    { title: 'name', of: ({ name }) => name },
    { title: 'kind', of: ({ kind }) => kind },
    { title: 'mode', of: ({ mode }) => mode },
    { title: 'owner', of: ({ owner }) => owner },
    { title: 'deputy', of: ({ deputy }) => deputy },
    { title: 'channel', of: ({ channel }) => channel },
    { title: 'status', of: ({ status }) => status },
  ];

/** Prints the registered accounts, as a table or as JSON. */
export function listAccounts({ register }: OpenRegistry, json: boolean): void {
  const accounts = register.list();
  if (json) {
    console.log(JSON.stringify(accounts));
    return;
  }
  const rows = [
    COLUMNS.map(({ title }) => title),
    ...accounts.map((account) => COLUMNS.map(({ of }) => printable(of(account) ?? '·'))),
  ];
  for (const row of textTable(rows)) console.log(row);
  const ownerless = accounts.filter(({ owner, status }) => owner === undefined && status === 'active').length;
  console.error(`${accounts.length} registered, ${ownerless} of them without an owner.`);
}
