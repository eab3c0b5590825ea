import { compose } from '../handlers/composition';
import { ACCOUNT_KINDS, type AccountId, type Principal } from '../src/accounts';
import { importAccounts, readAccountsCsv, writeAccountsCsv } from '../src/registry';
import { type Measured, rounded } from './figures';
import { openOutside } from './outside';
import { say } from './say';

const ACCOUNTS = 1_000;

/**
 * Rows of a CSV that become registered accounts in a second: read, checked, written to the embedded database, with all
 * that follows from each (history, audit log, the stamp that tells the bot, the job that decides its issues anew). The
 * accounts are new; the same file again, which alters nothing, is only told.
 */
export async function importCsv(): Promise<Measured> {
  const outside = await openOutside();
  try {
    const bot = compose(outside.settings, outside.ports, outside.config);
    await bot.accounts.refresh();
    const file = Buffer.from(list());
    const once = async (outcome: 'created' | 'unchanged'): Promise<number> => {
      const began = performance.now();
      const { rows, problems } = await readAccountsCsv(file, async () => undefined);
      const cause = { source: 'csv', byName: 'bench', at: new Date().toISOString() } as const;
      const { imported, failed } = await importAccounts(rows, cause, bot.registry, () => undefined);
      const seconds = (performance.now() - began) / 1_000;
      const done = imported.filter((account) => account.outcome === outcome).length;
      if (problems.length + failed.length > 0 || done !== ACCOUNTS) {
        const [first] = [...problems, ...failed];
        throw new Error(`of ${ACCOUNTS} accounts only ${done} were ${outcome}: ${first?.problem}`);
      }
      return ACCOUNTS / seconds;
    };
    const perSecond = await once('created');
    say(`  again, with nothing to alter: ${rounded(await once('unchanged'))} rows a second`);
    return { importPerSecond: rounded(perSecond) };
  } finally {
    await outside.close();
  }
}

function list(): string {
  return writeAccountsCsv(
    Array.from({ length: ACCOUNTS }, (_, number) => ({
      id: String(200_000_000_000 + number) as AccountId,
      name: `bench-${number}`,
      kind: ACCOUNT_KINDS[number % 2] ?? 'production',
      owner: `U0OWNER${number % 50}` as Principal,
      channel: `C0TEAM${number % 50}`,
      project: `project-${number % 20}`,
      mail: `aws+${number}@example.com`,
    })),
  );
}
