import { type Issue, liveFindings, type Request, type Seen } from '../requests';
import type { ControlStatus } from './tally';

const HOUR = 3_600_000;
/**
 * Security Hub updates each finding of an enabled control within a day. What has not been seen for so long is no
 * longer checked, and says nothing any more.
 */
export const SILENT_AFTER_MS = 48 * HOUR;
/** A control whose findings have all fallen silent is looked at again so often. */
const LOOK_AGAIN_MS = 24 * HOUR;

/** What one control of one account comes to, read from all its issues at one moment. */
export interface ControlReading {
  readonly status: ControlStatus;
  /** Its status in each standard that it counts for; equal to `status` where no finding says otherwise. */
  readonly standards: Readonly<Record<string, ControlStatus>>;
  /** Issues that fail, or cannot be checked, and count. */
  readonly failing: number;
  readonly unchecked: number;
  /** Issues that somebody has suppressed with a reason. */
  readonly exceptions: number;
  /** Resources that have findings, accounts themselves left out. */
  readonly resources: number;
  /** When it may read otherwise though nothing has happened: findings fall silent. */
  readonly recheckAt?: string;
  /** The latest time that people were asked about it. */
  readonly asked?: {
    readonly openedAt: string;
    readonly doneAt?: string;
    /** Done because it was fixed, not because it was suppressed. */
    readonly fixed?: true;
  };
}

export interface ReadingContext {
  readonly now: Date;
  /** True where the control is known to be switched off in a Region. */
  readonly isDisabledIn: (region: string) => boolean;
  /** The request about this control, where there is one. */
  readonly request?: Pick<Request, 'openedAt' | 'doneAt' | 'phase'> | undefined;
}

type Verdict = 'passed' | 'failed' | 'unknown';

/** `arn:…:subscription/pci-dss/v/3.2.1/PCI.IAM.8/finding/…`: a finding of one standard, not a consolidated one */
const OF_STANDARD = /:subscription\/([a-z0-9-]+\/v\/[^/]+)\//;

/** The standards that one finding counts for. */
export function standardsOf(seen: Pick<Seen, 'id'>, issue: Pick<Issue, 'standards'>): readonly string[] {
  const own = OF_STANDARD.exec(seen.id)?.[1];
  return own === undefined ? issue.standards : [own];
}

/** True where a finding is in no score: archived, or suppressed by whomever. */
function isLeftOut(seen: Seen, issue: Issue): boolean {
  if (seen.recordState === 'ARCHIVED' || seen.workflow === 'SUPPRESSED') return true;
  // Security Hub CSPM does not hold it, so nothing there can say that it is suppressed.
  return seen.direct === true && issue.state === 'suppressed';
}

function verdictOf({ compliance }: Pick<Seen, 'compliance'>): Verdict {
  if (compliance === 'PASSED') return 'passed';
  return compliance === undefined || compliance === 'FAILED' ? 'failed' : 'unknown';
}

/** Failed if anything fails, else unknown if anything is unknown. */
function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  if (verdicts.includes('failed')) return 'failed';
  return verdicts.includes('unknown') ? 'unknown' : verdicts[0];
}

function lastSeen(issue: Issue): number {
  return Date.parse(issue.lastSeen);
}

/**
 * The status of a control, by Security Hub's rule: what is archived or suppressed is left out; of the rest one failure
 * makes it failed, one that cannot be checked unknown.
 * @param issues all issues of the control in the account, whatever their state
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/controls-overall-status.html
 */
export function readControl(issues: readonly Issue[], context: ReadingContext): ControlReading {
  const now = context.now.getTime();
  const all: Verdict[] = [];
  const byStandard = new Map<string, Verdict[]>();
  const standards = new Set<string>();
  const resources = new Set<string>();
  let [failing, unchecked, exceptions, disabled, silent] = [0, 0, 0, 0, 0];
  let silentAt = Number.POSITIVE_INFINITY;
  for (const issue of issues) {
    const live = liveFindings(issue.findings);
    if (issue.cause?.by === 'exception' && (issue.state === 'suppressed' || issue.state === 'suppressing')) {
      exceptions += 1;
    }
    for (const seen of live) for (const standard of standardsOf(seen, issue)) standards.add(standard);
    if (live.length > 0 && issue.resource.type !== 'AwsAccount') resources.add(issue.resource.id);
    const counted = live.filter((seen) => !isLeftOut(seen, issue));
    if (counted.length === 0) continue;
    const enabled = counted.filter(({ region }) => !context.isDisabledIn(region));
    disabled += counted.length - enabled.length;
    if (enabled.length === 0) continue;
    if (lastSeen(issue) + SILENT_AFTER_MS <= now) {
      silent += 1;
      continue;
    }
    silentAt = Math.min(silentAt, lastSeen(issue) + SILENT_AFTER_MS);
    const verdicts = enabled.map(verdictOf);
    all.push(...verdicts);
    const verdict = worst(verdicts);
    if (verdict === 'failed') failing += 1;
    if (verdict === 'unknown') unchecked += 1;
    for (const [index, seen] of enabled.entries()) {
      for (const standard of standardsOf(seen, issue)) {
        byStandard.set(standard, [...(byStandard.get(standard) ?? []), verdicts[index] ?? 'unknown']);
      }
    }
  }
  const empty: ControlStatus = disabled > 0 && silent === 0 ? 'disabled' : 'no-data';
  const status = worst(all) ?? empty;
  if (silent > 0) silentAt = Math.min(silentAt, now + LOOK_AGAIN_MS);
  const asked = askedOf(issues, context.request);
  return {
    status,
    standards: Object.fromEntries(
      [...standards].sort().map((name) => [name, worst(byStandard.get(name) ?? []) ?? empty]),
    ),
    failing,
    unchecked,
    exceptions,
    resources: resources.size,
    ...(Number.isFinite(silentAt) && { recheckAt: new Date(silentAt).toISOString() }),
    ...(asked && { asked }),
  };
}

function askedOf(issues: readonly Issue[], request: ReadingContext['request']): ControlReading['asked'] {
  if (request?.openedAt === undefined) return undefined;
  const { openedAt, doneAt, phase } = request;
  if (phase !== 'done' || doneAt === undefined) return { openedAt };
  const suppressed = issues.some(({ state }) => state === 'suppressed' || state === 'suppressing');
  return { openedAt, doneAt, ...(!suppressed && { fixed: true }) };
}
