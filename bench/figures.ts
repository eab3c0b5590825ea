/** One message a channel is what a morning may bring. */
export const MORNING_CHANNELS = 3;

/** One figure and the bar it is held to. */
export interface Figure {
  readonly key: string;
  readonly bar: 'at most' | 'at least';
  readonly limit: number;
  /** What it is, with its unit. */
  readonly about: string;
}

/** What the JSON line always holds. Measurements may add figures of their own beside these. */
export const FIGURES: readonly Figure[] = [
  { key: 'startReadyMs', bar: 'at most', limit: 5_000, about: 'ms from npm start to "is running"' },
  {
    key: 'slackBundleGzipKB',
    bar: 'at most',
    limit: 250,
    about: 'kB of the function that answers Slack, compressed',
  },
  { key: 'slackLoadMs', bar: 'at most', limit: 150, about: 'ms to load it in a fresh process, median' },
  { key: 'findingsLoadMs', bar: 'at most', limit: 150, about: 'ms to load the one that takes findings in' },
  { key: 'ackWarmP99Ms', bar: 'at most', limit: 100, about: 'ms to the answer of a press or command, p99' },
  {
    key: 'ackColdMs',
    bar: 'at most',
    limit: 1_000,
    about: 'ms to it from the start of a process that loads the function, median',
  },
  { key: 'synthSeconds', bar: 'at most', limit: 30, about: 's for the CDK app, rules checked' },
  { key: 'findingToMessageMs', bar: 'at most', limit: 1_000, about: 'ms from queue to Slack message, p95' },
  { key: 'readDecidePerSecond', bar: 'at least', limit: 5_000, about: 'messages read and decided a second' },
  { key: 'renderPostPerSecond', bar: 'at least', limit: 0, about: 'cards drawn and posted a second' },
  { key: 'renderPostRatio', bar: 'at least', limit: 0.8, about: 'of what a bare WebClient posts' },
  { key: 'burstPosts', bar: 'at most', limit: 20, about: 'channel messages for 1,000 findings' },
  { key: 'burstLost', bar: 'at most', limit: 0, about: 'issues that nobody was told of' },
  { key: 'burstDoubled', bar: 'at most', limit: 0, about: 'cards or thread entries posted twice' },
  {
    key: 'refreshReads',
    bar: 'at most',
    limit: 1,
    about: 'table reads that a finding delivered again adds to its batch',
  },
  { key: 'refreshWrites', bar: 'at most', limit: 0, about: 'table writes for it' },
  { key: 'refreshSlackCalls', bar: 'at most', limit: 0, about: 'Slack calls for it' },
  {
    key: 'reconcileCalls',
    bar: 'at most',
    limit: 250,
    about: 'GetFindings calls a night, 500 accounts with 20,000 failing of 1,000,000 findings',
  },
  {
    key: 'digestPosts1000',
    bar: 'at most',
    limit: 3,
    about: 'channel messages for 1,000 findings of a new account, CRITICAL ones aside',
  },
  { key: 'digestReplies', bar: 'at most', limit: 0, about: 'replies in their threads' },
  { key: 'digestUntold', bar: 'at most', limit: 0, about: 'of its issues that nobody was told of' },
  {
    key: 'morningCards',
    bar: 'at most',
    limit: MORNING_CHANNELS,
    about: `channel messages for a night of MEDIUM and LOW findings in ${MORNING_CHANNELS} channels`,
  },
  {
    key: 'homeMs',
    bar: 'at most',
    limit: 500,
    about: 'ms to draw Home with 500 accounts and 5,000 open requests',
  },
  { key: 'scoreOneMs', bar: 'at most', limit: 100, about: 'ms to one account’s score, of 500 controls' },
  { key: 'scoreAllMs', bar: 'at most', limit: 300, about: 'ms to the scores of 500 accounts, for a lead' },
  { key: 'rankingMs', bar: 'at most', limit: 1_000, about: 'ms to their ranking, with its pictures' },
  {
    key: 'scoreWritesPerControlDay',
    bar: 'at most',
    limit: 2,
    about: 'table writes of scores a day for a control that does not change',
  },
  {
    key: 'scoreMemoryMb',
    bar: 'at most',
    limit: 10,
    about: 'MB more held while 5,000 accounts are ranked than with 500',
  },
  {
    key: 'stormLost',
    bar: 'at most',
    limit: 0,
    about: 'findings of a storm not stored, or told to nobody; dead letters',
  },
  { key: 'stormDoubled', bar: 'at most', limit: 0, about: 'messages or thread entries of it posted twice' },
  { key: 'stormDrainSeconds', bar: 'at most', limit: 900, about: 's until all of it is told and settled' },
  { key: 'stormPeakMB', bar: 'at most', limit: 512, about: 'MB resident in the process of the handlers' },
  {
    key: 'stormAckP99Ms',
    bar: 'at most',
    limit: 1_000,
    about: 'ms to the answer of a button or command, p99',
  },
  {
    key: 'perItemRefreshAgainWrites',
    bar: 'at most',
    limit: 0,
    about: 'table writes of a finding delivered again within 12 hours, counted at the SDK',
  },
  {
    key: 'callsBatchUpdatesPer100',
    bar: 'at most',
    limit: 1,
    about: 'BatchUpdateFindings calls for 100 findings of one note in a burst, its end aside',
  },
  { key: 'importPerSecond', bar: 'at least', limit: 100, about: 'rows of a CSV registered a second' },
];

/** Measured values by key: numbers, or how many of what; null where the measurement failed. */
export type Measured = Readonly<Record<string, number | Readonly<Record<string, number>> | null>>;

export function isMet({ bar, limit }: Figure, value: number): boolean {
  return bar === 'at most' ? value <= limit : value >= limit;
}

/** The middle value, or the mean of the two in the middle. @throws RangeError when there is none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (lower === undefined || upper === undefined) throw new RangeError('nothing was measured');
  return (lower + upper) / 2;
}

/** Nearest-rank quantile: the smallest value that is not exceeded by more than `1 - q` of them. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/** To so many decimals, as a number. */
export function rounded(value: number, decimals = 0): number {
  return Number(value.toFixed(decimals));
}

/** Name, value, bar, verdict and what it is. */
function row(key: string, value: number | null): readonly string[] {
  const figure = FIGURES.find((known) => known.key === key);
  const shown = value === null ? '-' : value.toLocaleString('en-US');
  if (figure === undefined) return [key, shown, '', '', ''];
  const verdict = value === null ? 'NOT MEASURED' : isMet(figure, value) ? 'ok' : 'MISSED';
  const bar = `${figure.bar === 'at most' ? '<=' : '>='} ${figure.limit.toLocaleString('en-US')}`;
  return [key, shown, bar, verdict, figure.about];
}

/** The table for people: every figure that was asked for, with its bar. */
export function table(measured: Measured): string {
  const rows = Object.entries(measured).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([part, count]) => row(`${key} ${part}`, count))
      : [row(key, value)],
  );
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 1 || column === 2 ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
