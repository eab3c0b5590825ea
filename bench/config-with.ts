import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAccounts } from '../src/accounts';

/** An account as `accounts.yml` takes it. */
interface GivenAccount {
  readonly id: string;
  readonly name: string;
  readonly kind: 'production' | 'non-production';
  readonly owner?: string;
  readonly channel?: string;
  readonly project?: string;
}

/**
 * A copy of `config/` with more accounts: what nobody has registered is observed only, so nothing of it would be told.
 * It is there until this process ends.
 * @param alone without those that come with the program
 */
export function configWith(accounts: readonly GivenAccount[], alone?: 'alone'): string {
  const folder = mkdtempSync(join(tmpdir(), 'secops-bench-config-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync('config', folder, { recursive: true });
  const file = join(folder, 'accounts.yml');
  const { entries } = loadAccounts(file, { kind: 'production', mode: 'enforce' });
  const own = entries.map(({ status: _, source: __, ...entry }) => entry);
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify({ accounts: [...(alone ? [] : own), ...accounts] }));
  return folder;
}
