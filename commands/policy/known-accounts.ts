import { join } from 'node:path';
import {
  type AccountLookup,
  loadAccounts,
  registeredAccount,
  tableAccounts,
  unregisteredAccount,
} from '../../src/accounts';
import type { Table } from '../../src/store';
import { dataAccess, NoBotError } from '../data-access';
import type { WhichBot } from '../which-bot';

/** Of an account, a policy sees the kind; no mode is looked at here. */
const DEFAULTS = { kind: 'production', mode: 'observe' } as const;

/** The same for a command that needs no bot: without one, the accounts of the file. */
export async function accountsWithoutBot(bot: WhichBot, configDir: string): Promise<AccountLookup> {
  try {
    return await knownAccounts((await dataAccess(bot, 'read')).table, configDir);
  } catch (error) {
    if (error instanceof NoBotError) return loadAccounts(join(configDir, 'accounts.yml'), DEFAULTS).lookup;
    throw error;
  }
}

/** The accounts as they are registered; those of the file while the bot has not imported it yet. Writes nothing. */
export async function knownAccounts(table: Table, configDir: string): Promise<AccountLookup> {
  const file = loadAccounts(join(configDir, 'accounts.yml'), DEFAULTS);
  const registered = await tableAccounts(table).all();
  if (registered.length === 0) return file.lookup;
  const accounts = new Map(registered.map((record) => [record.id, registeredAccount(record, DEFAULTS.mode)]));
  return (id) => accounts.get(id) ?? unregisteredAccount(id, DEFAULTS);
}
