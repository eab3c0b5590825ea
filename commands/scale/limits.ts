import { AT_ONCE, BATCH, CLOCK_SECONDS, JOB_SECONDS, MEMORY_MB } from './deployment';
import { checksOf, type Load, MONTH_SECONDS, REMINDED } from './load';
import { monthOf, overhead, runMs } from './month';
import type { FunctionName, ItemName, PerItemFile, Work } from './per-item-file';

export const LIMITS = [
  'concurrency',
  'registerImport',
  'reconcileRecord',
  'registerReads',
  'ownersLooked',
  'findingsFirstDay',
  'channelsAsked',
  'enforcedFirst',
  'reconcileNight',
  'listedRecord',
  'observedLines',
  'findingsBusy',
  'changesBusy',
  'firstDigests',
  'dayEnds',
  'reminders',
  'scoresRead',
  'knownRead',
  'tableWrites',
  'reconcilePiece',
  'reconcileMemory',
  'cardsMorning',
] as const;
export type LimitName = (typeof LIMITS)[number];

/** How near a load comes to a limit. */
export interface Limit {
  readonly name: LimitName;
  /** What the load asks for, and what there is, in the limit's unit. */
  readonly use: number;
  readonly limit: number;
  /** The number of accounts at which it is reached, all else the same; none below ten million. */
  readonly reachedAt?: number;
}

const ITEM_LIMIT = 400 * 1_024;
const READ_UNIT_BYTES = 4_096;
const WRITE_UNITS_BEFORE_IT_GROWS = 4_000;
const PARTITION_READS = 3_000;
/** Accounts that one message of the comparison reads: as many as one filter of GetFindings takes. */
const PIECE = 20;
const FINDINGS_A_CALL = 100;
/** The space that the bot leaves between calls of GetFindings. */
const CALL_SECONDS = 0.334;
/** From three in the night to eight: who comes to work finds it done. */
const NIGHT_SECONDS = 5 * 3_600;
/** Slack's tier 3, a minute: `conversations.info`. */
const TIER_3 = 50;
/** People that the clock looks at each minute, in the hour before a working day's morning. */
const OWNERS_A_MINUTE = 50;
const LOOK_MINUTES = 60;
/** How far a morning's cards may trail behind. */
const MORNING_MINUTES = 30;
/** Posts a second of all channels together, as many as ten workers manage at a second and more each. */
const POST_SECONDS = 1.75;
/** People may wait so long on the first day for all digests. */
const DIGEST_MINUTES = 60;
const WORKING_DAYS = 5;
/** A worker that shows cards begins no post later. */
const POST_BEFORE_SECONDS = 40;
/** Of a function's memory, what the program itself takes. */
const PROGRAM_MB = 200;
const MB = 1_000_000;
/** What is suppressed at once when an account is first enforced: most of what fails in a usual policy. */
const SUPPRESSED_AT_FIRST = 0.6;
/** How long a batch for Security Hub may wait to become full. */
const WORKFLOW_WINDOW_SECONDS = 5;
/** AWS's updates do not come evenly: some hours bring twice the average. */
const PEAK = 2;

type Use = (load: Load, perItem: PerItemFile) => number;

interface Known {
  readonly use: Use;
  readonly limit: number;
}

function secondsOf(name: FunctionName, item: ItemName, { items }: PerItemFile): number {
  const work = items[item][name];
  return work === undefined ? 0 : runMs(name, work) / 1_000;
}

const units = (name: FunctionName, item: ItemName, what: keyof Work, { items }: PerItemFile): number =>
  items[item][name]?.[what] ?? 0;

/** Seconds in which a function takes one message among ten of a batch. */
function inBatch(item: ItemName, perItem: PerItemFile): number {
  const work = perItem.items[item].findings;
  if (work === undefined) return 0;
  // They wait side by side and compute one after the other.
  const { cpuMs, waitMs } = work;
  return (
    runMs('findings', {
      cpuMs: Math.max(0, cpuMs - overhead(perItem).cpuMs),
      waitMs: waitMs / BATCH.findings,
    }) / 1_000
  );
}

const busy = (name: keyof typeof AT_ONCE, load: Load, perItem: PerItemFile) =>
  monthOf(load, perItem).seconds[name] / MONTH_SECONDS;

/** Reading all accounts of the register once, in read units. */
const registerUnits: Use = ({ accounts }, perItem) =>
  accounts * units('changes', 'registerAccount', 'readUnits', perItem);

/** Seconds that twenty accounts take in the comparison. */
const pieceSeconds: Use = (load, perItem) => {
  const { failing, controls } = load;
  const checks = checksOf(load);
  const accounts = PIECE * secondsOf('changes', 'reconcileAccount', perItem);
  const all = PIECE * checks * secondsOf('changes', 'reconcileCheck', perItem);
  const pages = Math.max(0, Math.ceil((PIECE * checks * failing) / FINDINGS_A_CALL) - 1) * CALL_SECONDS;
  const { latencyMs } = perItem;
  const asked = (latencyMs.sts + Math.ceil(controls / FINDINGS_A_CALL) * latencyMs.securityHub) / 1_000;
  return accounts + all + pages + PIECE * asked;
};

const channels = ({ accounts, accountsPerChannel }: Load) => accounts / accountsPerChannel;

const KNOWN: Readonly<Record<LimitName, Known>> = {
  // A new AWS account has ten; the usual quota is a thousand. What event sources may use, the clock, and Slack.
  concurrency: {
    use: () => Object.values(AT_ONCE).reduce((sum, atOnce) => sum + atOnce, 0) + 1 + 5,
    limit: 1_000,
  },
  // While a list is imported every invocation reads the register again.
  registerImport: {
    use: (load, perItem) => {
      const { work } = monthOf(load, perItem);
      const invocations = Object.values(work).reduce((sum, { invocations: some }) => sum + some, 0);
      return (invocations / MONTH_SECONDS) * registerUnits(load, perItem);
    },
    limit: PARTITION_READS,
  },
  registerReads: {
    use: (load, perItem) => monthOf(load, perItem).environments * registerUnits(load, perItem),
    // A partition saves up what it was not asked for in the last five minutes; ten seconds of it are taken for granted.
    limit: 10 * PARTITION_READS,
  },
  reconcileRecord: {
    use: ({ accounts }, { sizes }) => accounts * sizes.reconciled,
    limit: ITEM_LIMIT,
  },
  listedRecord: { use: ({ accounts }, { sizes }) => accounts * sizes.listed, limit: ITEM_LIMIT },
  reconcileNight: {
    use: (load, perItem) => (load.accounts / PIECE) * pieceSeconds(load, perItem),
    limit: NIGHT_SECONDS,
  },
  reconcilePiece: { use: pieceSeconds, limit: JOB_SECONDS },
  reconcileMemory: {
    use: (load, { sizes }) => PROGRAM_MB + (PIECE * checksOf(load) * sizes.issueInMemory) / MB,
    limit: MEMORY_MB.changes,
  },
  ownersLooked: {
    use: ({ accounts, accountsPerOwner }) => accounts / accountsPerOwner / OWNERS_A_MINUTE,
    limit: LOOK_MINUTES,
  },
  channelsAsked: { use: (load) => channels(load) / TIER_3, limit: MORNING_MINUTES },
  findingsBusy: { use: (load, perItem) => PEAK * busy('findings', load, perItem), limit: AT_ONCE.findings },
  findingsFirstDay: {
    use: (load) => (load.accounts * checksOf(load)) / (load.refreshHours * 3_600),
    limit: Number.NaN,
  },
  enforcedFirst: {
    use: (load, perItem) => {
      const findings = load.accounts * checksOf(load) * load.failing * SUPPRESSED_AT_FIRST;
      const one = secondsOf('workflow', 'ignored', perItem) - perItem.latencyMs.securityHub / 1_000;
      const batch = WORKFLOW_WINDOW_SECONDS + BATCH.workflow * one;
      return ((findings / BATCH.workflow) * batch) / AT_ONCE.workflow / 3_600;
    },
    limit: 24,
  },
  changesBusy: { use: (load, perItem) => PEAK * busy('changes', load, perItem), limit: AT_ONCE.changes },
  // All accounts in one channel, which is the case until they are registered with one.
  firstDigests: { use: ({ accounts }) => (accounts * POST_SECONDS) / 60, limit: DIGEST_MINUTES },
  cardsMorning: {
    use: (load) => (channels(load) * POST_SECONDS) / AT_ONCE.cards / 60,
    limit: MORNING_MINUTES,
  },
  dayEnds: {
    use: ({ accounts }, perItem) => (accounts * secondsOf('changes', 'countAccount', perItem)) / 3_600,
    limit: AT_ONCE.changes,
  },
  reminders: {
    use: ({ accounts, requests }, perItem) =>
      ((accounts * requests * REMINDED) / WORKING_DAYS) * secondsOf('clock', 'reminded', perItem),
    limit: CLOCK_SECONDS,
  },
  observedLines: {
    use: (load, { sizes }) =>
      (load.accounts * checksOf(load) * load.failing * sizes.observedLine) /
      READ_UNIT_BYTES /
      PARTITION_READS,
    limit: POST_BEFORE_SECONDS,
  },
  // Whoever asks for all scores reads one partition; twice a second must be possible.
  scoresRead: {
    use: ({ accounts }, { sizes }) => (2 * accounts * sizes.accountScore) / READ_UNIT_BYTES,
    limit: PARTITION_READS,
  },
  knownRead: {
    use: ({ accounts }, perItem) => accounts * units('clock', 'clockMinuteAccount', 'readUnits', perItem),
    limit: PARTITION_READS,
  },
  tableWrites: {
    use: (load, { items }) => {
      const work = items.firstPassed.findings;
      const each = (work?.writeUnits ?? 0) + (work?.indexWriteUnits ?? 0);
      return ((load.accounts * checksOf(load)) / (load.refreshHours * 3_600)) * each;
    },
    limit: WRITE_UNITS_BEFORE_IT_GROWS,
  },
};

function limitOf(name: LimitName, perItem: PerItemFile): number {
  // What ten batches at a time get done of findings that are all new.
  return name === 'findingsFirstDay' ? AT_ONCE.findings / inBatch('firstPassed', perItem) : KNOWN[name].limit;
}

const MOST_ACCOUNTS = 10_000_000;

/** The smallest number of accounts at which the limit is reached: use never falls when accounts are added. */
function reached(name: LimitName, load: Load, perItem: PerItemFile): number | undefined {
  const limit = limitOf(name, perItem);
  const over = (accounts: number) => KNOWN[name].use({ ...load, accounts }, perItem) >= limit;
  if (!over(MOST_ACCOUNTS)) return undefined;
  let [below, above] = [0, MOST_ACCOUNTS];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (over(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** How near a load comes to every limit, the nearest first. */
export function limitsOf(load: Load, perItem: PerItemFile): readonly Limit[] {
  return LIMITS.map((name): Limit => {
    const at = reached(name, load, perItem);
    return {
      name,
      use: KNOWN[name].use(load, perItem),
      limit: limitOf(name, perItem),
      ...(at !== undefined && { reachedAt: at }),
    };
  }).sort((a, b) => b.use / b.limit - a.use / a.limit);
}
