import { AT_ONCE, BATCH, slowness } from './deployment';
import { checksOf, DAYS, dayOf, type Load, MONTH_SECONDS, REMINDED, WEEKS } from './load';
import {
  type ByFunction,
  FUNCTIONS,
  type FunctionName,
  type ItemName,
  MEASURED,
  NO_WORK,
  type PerItemFile,
  type Work,
} from './per-item-file';

/** What the functions do in a month, and how much of them is at work for it. */
export interface Month {
  readonly work: Readonly<Record<FunctionName, Work>>;
  /** Seconds that each function runs, all of its environments together. */
  readonly seconds: Readonly<Record<FunctionName, number>>;
  /** Environments of all functions that are warm on average. */
  readonly environments: number;
  /** Findings in a batch on average. */
  readonly findingsInBatch: number;
}

const COUNTERS = Object.keys(NO_WORK) as readonly (keyof Work)[];
const READ_UNIT_BYTES = 4_096;

/** Milliseconds that a function runs for a work. */
export const runMs = (name: FunctionName, { cpuMs, waitMs }: Pick<Work, 'cpuMs' | 'waitMs'>): number =>
  cpuMs * slowness(name) + waitMs;

/** How often each item comes in a month. */
export function itemsOf(load: Load): Readonly<Partial<Record<ItemName, number>>> {
  const { accounts, requests, joins, ignored, firstSeen, suppressions } = load;
  const { refreshes, seen, marks, counts } = dayOf(load);
  const weekly = (each: number) => each * accounts * WEEKS;
  const minutes = 1_440 * DAYS;
  return {
    refreshAgain: (refreshes - seen) * DAYS,
    refreshSeen: Math.max(0, seen - marks) * DAYS,
    refreshMarks: marks * DAYS,
    newCard: weekly(requests / 2),
    newInBulletin: weekly(requests / 2),
    joins: weekly(joins),
    passes: weekly(requests),
    ignored: weekly(ignored),
    firstPassed: weekly(firstSeen),
    suppressed: weekly(suppressions),
    reminded: weekly(requests * REMINDED),
    reconcileAccount: accounts * DAYS,
    reconcileCheck: accounts * checksOf(load) * DAYS,
    countAccount: counts * DAYS,
    countControl: marks * DAYS,
    clockMinute: minutes,
    clockMinuteAccount: minutes * accounts,
    weekly: WEEKS,
    weeklyAccount: WEEKS * accounts,
  };
}

/** Read units that a count takes beyond those that were measured, where an account has more to be read. */
function furtherReads(load: Load, { sizes }: PerItemFile): number {
  const { marks, counts } = dayOf(load);
  const controls = load.controls - MEASURED.controlsOfAccount;
  const checks = checksOf(load) / load.controls - MEASURED.checksOfControl;
  const bytes = counts * controls * sizes.controlScore + marks * checks * sizes.issue;
  return Math.max(0, (bytes * DAYS) / READ_UNIT_BYTES);
}

function times(work: ByFunction | undefined, count: number, into: Record<FunctionName, Work>): void {
  for (const [name, one] of Object.entries(work ?? {}) as [FunctionName, Work][]) {
    const so = into[name];
    into[name] = Object.fromEntries(
      COUNTERS.map((counter) => [counter, so[counter] + one[counter] * count]),
    ) as Work;
  }
}

/** What an invocation of the findings function takes beside its messages: ten of them came in one, and alone. */
export function overhead({ items }: PerItemFile): Work {
  const [alone, among] = [items.refreshAgain.findings ?? NO_WORK, items.refreshInBatch.findings ?? NO_WORK];
  const shares = BATCH.findings / (BATCH.findings - 1);
  return Object.fromEntries(
    COUNTERS.map((counter) => [counter, Math.max(0, alone[counter] - among[counter]) * shares]),
  ) as Work;
}

/**
 * How full batches of findings get by themselves. Lambda takes what there is at once, so a batch holds several messages
 * only where they come faster than the invocations that are allowed at a time can take them one by one.
 */
function fill(messages: number, ms: number, extraMs: number): number {
  const perSecond = messages / MONTH_SECONDS;
  let batch = 1;
  for (let step = 0; step < 20; step += 1) {
    const took = (ms + (batch - 1) * extraMs) / 1_000;
    batch = Math.min(BATCH.findings, Math.max(1, (perSecond * took) / AT_ONCE.findings));
  }
  return batch;
}

/** What a month of this load comes to. */
export function monthOf(load: Load, perItem: PerItemFile): Month {
  const work = Object.fromEntries(FUNCTIONS.map((name) => [name, NO_WORK])) as Record<FunctionName, Work>;
  for (const [name, count] of Object.entries(itemsOf(load)) as [ItemName, number][]) {
    times(perItem.items[name], count, work);
  }
  work.changes = { ...work.changes, readUnits: work.changes.readUnits + furtherReads(load, perItem) };

  const beside = overhead(perItem);
  const { invocations: messages } = work.findings;
  const one = messages > 0 ? runMs('findings', work.findings) / messages : 0;
  const findingsInBatch =
    load.findingsInBatch > 0
      ? Math.min(BATCH.findings, Math.max(1, load.findingsInBatch))
      : fill(messages, one, Math.max(0, one - runMs('findings', beside)));
  const saved = messages * (1 - 1 / findingsInBatch);
  work.findings = Object.fromEntries(
    COUNTERS.map((counter) => [
      counter,
      counter === 'invocations'
        ? messages / findingsInBatch
        : Math.max(0, work.findings[counter] - beside[counter] * saved),
    ]),
  ) as Work;

  const seconds = Object.fromEntries(
    FUNCTIONS.map((name) => [name, runMs(name, work[name]) / 1_000]),
  ) as Record<FunctionName, number>;
  const environments = FUNCTIONS.reduce(
    (sum, name) => sum + Math.max(1, Math.ceil(seconds[name] / MONTH_SECONDS)),
    0,
  );
  // Whoever changes the register has every warm environment read it again.
  const readAgain = (load.registerChanges / 1_000) * load.accounts * DAYS * environments * load.accounts;
  times(perItem.items.registerAccount, readAgain, work);
  return { work, seconds, environments, findingsInBatch };
}
