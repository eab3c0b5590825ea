import { type Amendable, type Item, type Key, recordType, type Table } from '../store';
import type { ReconcileRun } from './run';

/** There is one record: a run, or the time between two. */
export interface ReconcileRuns extends Amendable<'run', ReconcileRun> {
  /** False when there is one already. */
  create(run: ReconcileRun): Promise<boolean>;
}

const KEY: Key = { pk: 'RECONCILE', sk: 'RUN' };
const runItems = recordType<ReconcileRun>('reconcile');
const itemOf = (run: ReconcileRun): Item => runItems.toItem(KEY, run, { dueAt: run.due });

export function tableReconcileRuns(table: Table): ReconcileRuns {
  return {
    async load() {
      const item = await table.get(KEY);
      return item && runItems.fromItem(item);
    },
    create: (run) => table.create(itemOf(run)),
    replace: (run, version) => table.replace(itemOf(run), version),
  };
}
