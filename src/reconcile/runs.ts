import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AccountId } from '../accounts';
import { type Amendable, type Item, type Key, recordType, type Table } from '../store';
import type { Drift, ReconcileRun } from './run';

/** There is one record: a run, or the time between two. */
export interface ReconcileRuns extends Amendable<'run', ReconcileRun> {
  /** False when there is one already. */
  create(run: ReconcileRun): Promise<boolean>;
}

type ByAccount = Pick<ReconcileRun, 'drift' | 'outside' | 'toldOutside'>;

/**
 * What a run says of each account is packed: as attributes it would fill DynamoDB's 400 KB with fewer than four thousand
 * accounts, and then the run could not go on. Security Hub's administrator has ten thousand members at most.
 */
type StoredRun = Omit<ReconcileRun, keyof ByAccount> & { readonly byAccount?: Uint8Array };

const KEY: Key = { pk: 'RECONCILE', sk: 'RUN' };
const runItems = recordType<StoredRun>('reconcile');

/** The order in which they are written. */
const DRIFT = [
  'opened',
  'closed',
  'adopted',
  'lifted',
  'rewritten',
  'changed',
  'scores',
] as const satisfies readonly (keyof Drift)[];

/** A line an account, in order, so that neighbours share their first digits: account, outside, told, drift. */
function pack({ drift, outside, toldOutside = {} }: ByAccount): Uint8Array {
  const accounts = Object.keys({ ...drift, ...outside, ...toldOutside }).sort() as AccountId[];
  const lines = accounts.map((account) => {
    const mended = DRIFT.map((what) => drift[account]?.[what] ?? 0);
    return [account, outside[account] ?? 0, toldOutside[account] ?? 0, ...mended].join(' ');
  });
  return deflateRawSync(lines.join('\n'));
}

function unpack(packed: Uint8Array): Required<ByAccount> {
  const drift: Record<AccountId, Drift> = {};
  const outside: Record<AccountId, number> = {};
  const toldOutside: Record<AccountId, number> = {};
  const text = inflateRawSync(packed).toString('utf8');
  for (const line of text === '' ? [] : text.split('\n')) {
    const [id = '', ...numbers] = line.split(' ');
    const account = id as AccountId;
    const [now = 0, told = 0, ...mended] = numbers.map(Number);
    if (now > 0) outside[account] = now;
    if (told > 0) toldOutside[account] = told;
    if (mended.some((count) => count > 0)) {
      drift[account] = Object.fromEntries(DRIFT.map((what, index) => [what, mended[index] ?? 0])) as Record<
        keyof Drift,
        number
      >;
    }
  }
  return { drift, outside, toldOutside };
}

function toItem({ drift, outside, toldOutside, ...run }: ReconcileRun): Item {
  const byAccount = pack({ drift, outside, ...(toldOutside && { toldOutside }) });
  return runItems.toItem(KEY, { ...run, byAccount }, { dueAt: run.due });
}

function fromItem(item: Item): ReconcileRun {
  const { byAccount, ...run } = runItems.fromItem(item);
  // A run that was written before they were packed has them as they are.
  return byAccount === undefined ? (run as ReconcileRun) : { ...run, ...unpack(byAccount) };
}

export function tableReconcileRuns(table: Table): ReconcileRuns {
  return {
    async load() {
      const item = await table.get(KEY);
      return item && fromItem(item);
    },
    create: (run) => table.create(toItem(run)),
    replace: (run, version) => table.replace(toItem(run), version),
  };
}
