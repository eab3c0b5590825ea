import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { AccountId } from '../../src/accounts';
import type { Day } from '../../src/calendar';
import { spreadsheetCsv, spreadsheetDigits, spreadsheetRows, spreadsheetText } from '../../src/registry';
import { KEPT_DAYS, type Snapshot, scoreOf, type Tally } from '../../src/scores';
import type { OpenScores, ScoredAccount } from './open-scores';

const COLUMNS = [
  'date',
  'account',
  'name',
  'project',
  'kind',
  'standard',
  'score',
  'passed',
  'failed',
  'unknown',
  'noData',
  'disabled',
  'exceptions',
  'resources',
];
/** Stands for the whole account in the column of the standards. */
const ALL = 'all';

/** Which days of which accounts. */
export interface ExportScope {
  /** Absent: since there have been any. */
  readonly from?: Day;
  /** The last day; absent: until yesterday. */
  readonly to?: Day;
  readonly account?: AccountId;
}

/**
 * Writes how days have ended as CSV: account after account, the oldest day first, a row for the account and for each of
 * its standards. No more than one account's days are held at once.
 * @param file standard output when undefined
 * @returns how many rows below the head
 */
export async function exportScores(
  scope: ExportScope,
  file: string | undefined,
  open: OpenScores,
): Promise<number> {
  const out = file === undefined ? process.stdout : createWriteStream(file);
  // Not in the middle of a write, where it would belong to nobody.
  const failed = new Promise<never>((_, reject) => out.once('error', reject));
  failed.catch(() => undefined);
  const write = (text: string) =>
    Promise.race([failed, new Promise<void>((resolve) => out.write(text, () => resolve()))]);
  let count = 0;
  await write(spreadsheetCsv([COLUMNS]));
  for await (const account of accountsOf(scope, open)) {
    const days = await open.scores.snapshots(account, KEPT_DAYS);
    const rows = days
      .filter(({ day }) => isIn(day, scope))
      .flatMap((day) => rowsOf(day, open.about(account)));
    if (rows.length > 0) await write(spreadsheetRows(rows));
    count += rows.length;
  }
  if (file !== undefined) {
    out.end();
    await finished(out);
  }
  return count;
}

async function* accountsOf({ account }: ExportScope, { scores }: OpenScores): AsyncIterable<AccountId> {
  if (account !== undefined) {
    yield account;
    return;
  }
  for await (const page of scores.ofAccounts.pages()) for (const one of page) yield one.account;
}

function isIn(day: Day, { from, to }: ExportScope): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

function rowsOf(snapshot: Snapshot, { name, project, kind }: ScoredAccount): readonly string[][] {
  const { day, account, counts, exceptions, resources, standards } = snapshot;
  const row = (standard: string, tally: Tally, rest: readonly (number | undefined)[]) => [
    day,
    spreadsheetDigits(account),
    spreadsheetText(name ?? ''),
    spreadsheetText(project ?? ''),
    kind ?? '',
    spreadsheetText(standard),
    ...[scoreOf(tally), tally.passed, tally.failed, tally.unknown, ...rest].map((cell) => String(cell ?? '')),
  ];
  const { noData, disabled } = counts;
  return [
    row(ALL, counts, [noData, disabled, exceptions, resources]),
    // What has no data, exceptions and resources are counted for the whole account alone.
    ...Object.entries(standards)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([standard, tally]) => row(standard, tally, [undefined, undefined, undefined, undefined])),
  ];
}
