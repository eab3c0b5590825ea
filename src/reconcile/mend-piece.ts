import type { AccountId } from '../accounts';
import { type FindingFilter, type FindingName, type FindingPage, VALUES_PER_FILTER } from '../aws';
import { type Finding, type FindingKey, issueRegion } from '../findings';
import type { Log } from '../log';
import {
  emitEffects,
  type Intake,
  type Issue,
  issueKeyOf,
  issueRef,
  liveFailing,
  noteTaken,
  requestKeyOf,
  requestRef,
  type Seen,
  takeIn,
  WRITE_SETTLES,
} from '../requests';
import { amend } from '../store';
import { compareIssue, FAILING, isOutside } from './compare-issue';
import { dropFindings, type Stale } from './drop-findings';
import { liftAgain } from './lift-again';
import type { Pace } from './pace';
import { split } from './piece';
import { type Drift, NO_DRIFT, type OutsideCounts, type Piece } from './run';

const HOUR = 3_600_000;
/** AWS updates every finding of an enabled control within a day; one that is older than this is nobody's any more. */
const SILENT_AFTER = 48 * HOUR;
/** A piece that needs more calls, or more time, is split: its message must be through before the queue repeats it. */
const MOST_CALLS = 40;
const MOST_MS = 90_000;
const PARALLEL = 8;
/**
 * So many issues of several accounts gone at once, and nothing else there, is no good news: credentials of another
 * account, or Security Hub switched off, look just the same.
 */
const IMPLAUSIBLE = { issues: 10, accounts: 2 } as const;

export interface Mended {
  /** False: it was too large and has to be read again in parts. */
  readonly whole: boolean;
  /** Security Hub holds nothing at all of what it held: none of it has been closed. */
  readonly implausible: boolean;
  readonly findings: number;
  readonly unreadable: number;
  readonly drift: Readonly<Record<AccountId, Drift>>;
  /** What rests suppressed outside, where the piece is whole. */
  readonly outside: OutsideCounts;
  /** All issues of its accounts as they are now, whatever their severity. */
  readonly issues: readonly Issue[];
}

/**
 * Compares the issues of a piece with what Security Hub holds, and mends them: what fails is taken in, what was thought
 * to fail and is not among it is asked for by its id. Done again after a crash it goes on where it was.
 * @throws the store's, queue's or Security Hub's error: the message is to be delivered again
 */
export async function mendPiece(
  piece: Piece,
  intake: Intake & { readonly log: Log },
  pace: Pace,
): Promise<Mended> {
  const mending = new Mending(piece, intake, pace);
  const whole = (await mending.readFailing()) && (await mending.askForMissing());
  const compared = await mending.compare();
  return {
    whole,
    ...mending.counts,
    implausible: mending.implausible,
    drift: compared.drift,
    outside: whole ? compared.outside : {},
    issues: compared.issues,
  };
}

class Mending {
  private readonly begun: number;
  private readonly calledBefore: number;
  private readonly splits: boolean;
  /** Issues as they were when the piece was begun; none that fails may be overlooked, so they are read first. */
  private issues: readonly Issue[] = [];
  /** The issue that a finding id belongs to. */
  private readonly byFinding = new Map<string, Issue>();
  /** Ids that Security Hub has shown. */
  private readonly shown = new Set<string>();
  /** Issues that may have moved, by reference. */
  private readonly touched = new Map<
    string,
    Pick<Issue, 'account' | 'control' | 'product' | 'region' | 'resource'>
  >();
  /** Of these, the ones that Security Hub is to be told once more. */
  private readonly rewritten = new Set<string>();
  private read = 0;
  private unreadable = 0;
  /** Nothing was shown where much was known. */
  implausible = false;

  constructor(
    private readonly piece: Piece,
    private readonly intake: Intake & { readonly log: Log },
    private readonly pace: Pace,
  ) {
    this.begun = intake.now().getTime();
    this.calledBefore = pace.calls;
    this.splits = split(piece).length > 0;
  }

  get counts(): Pick<Mended, 'findings' | 'unreadable'> {
    return { findings: this.read, unreadable: this.unreadable };
  }

  /** True while there is room for another call. */
  private hasRoom(): boolean {
    return (
      !this.splits ||
      (this.pace.calls - this.calledBefore < MOST_CALLS && this.intake.now().getTime() - this.begun < MOST_MS)
    );
  }

  /** False when it is too much for one piece. */
  async readFailing(): Promise<boolean> {
    await this.loadIssues();
    const { accounts, severities } = this.piece;
    for (const failing of ['control', 'guardduty'] as const) {
      const filter: FindingFilter = { failing, accounts, ...(severities && { severities }) };
      let token: string | undefined;
      do {
        if (!this.hasRoom()) return false;
        const page = await this.pace.call(() => this.intake.hub.scan(filter, token));
        await this.takePage(page);
        token = page.next;
      } while (token !== undefined);
    }
    return true;
  }

  /** False when it is too much for one piece. */
  async askForMissing(): Promise<boolean> {
    const failing = this.issues.filter(({ state }) => FAILING.includes(state));
    const missing = failing.flatMap((issue) =>
      liveFailing(issue.findings).filter((seen) => this.isMissing(seen)),
    );
    const gone: Seen[] = [];
    for (let from = 0; from < missing.length; from += VALUES_PER_FILTER) {
      if (!this.hasRoom()) return false;
      const asked = missing.slice(from, from + VALUES_PER_FILTER);
      const names: FindingName[] = asked.map(({ id, productArn, region }) => ({ id, productArn, region }));
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const page = await this.pace.call(() => this.intake.hub.scan({ names }, token));
        await this.takePage(page);
        token = page.next;
      }
      gone.push(...asked.filter(({ id }) => !this.shown.has(id)));
    }
    const accounts = new Set(failing.map(({ account }) => account)).size;
    if (this.shown.size === 0 && gone.length >= IMPLAUSIBLE.issues && accounts >= IMPLAUSIBLE.accounts) {
      this.implausible = true;
      return true;
    }
    await inParallel(gone, (seen) =>
      this.drop(seen.id, 'gone', (now) => now.updatedAt === seen.updatedAt && now.hash === seen.hash),
    );
    return true;
  }

  /** What was mended, and what rests suppressed outside, by account: the issues as they were and as they are. */
  async compare(): Promise<Pick<Mended, 'drift' | 'outside' | 'issues'>> {
    const before = new Map(this.issues.map((issue) => [refOf(issue), issue]));
    const now = new Map(before);
    const drift: Record<AccountId, Drift> = {};
    await inParallel([...this.touched], async ([ref, named]) => {
      const after = await this.intake.issues.load(issueKeyOf(named));
      if (after === undefined) return;
      now.set(ref, after);
      const so = drift[after.account] ?? NO_DRIFT;
      const what = this.rewritten.has(ref) ? 'rewritten' : compareIssue(before.get(ref), after);
      drift[after.account] = { ...so, [what]: so[what] + 1 };
    });
    const outside: Record<AccountId, number> = {};
    for (const issue of now.values()) {
      if (!isOutside(issue) || !this.isAbout(issue)) continue;
      outside[issue.account] = (outside[issue.account] ?? 0) + 1;
    }
    return { drift, outside, issues: [...now.values()] };
  }

  private async loadIssues(): Promise<void> {
    const requests = await inParallel(this.piece.accounts, (account) =>
      this.intake.known.requestsOf(account),
    );
    const issues = await inParallel(requests.flat(), (key) => this.intake.issues.of(key));
    this.issues = issues.flat();
    for (const issue of this.issues) {
      for (const { id } of Object.values<Seen>(issue.findings)) this.byFinding.set(id, issue);
    }
  }

  /** GuardDuty's direct findings need not be in Security Hub at all. */
  private isMissing(seen: Seen): boolean {
    return !this.shown.has(seen.id) && seen.direct === undefined && this.isAbout(seen);
  }

  /** A large account is read by severity. */
  private isAbout({ severity }: Pick<Seen, 'severity'>): boolean {
    return this.piece.severities?.includes(severity) ?? true;
  }

  private async takePage({ findings, unreadable }: FindingPage): Promise<void> {
    for (const id of [...unreadable, ...findings.map((finding) => finding.id)]) this.shown.add(id);
    this.read += findings.length;
    this.unreadable += unreadable.length;
    await inParallel(findings, (finding) => this.take(finding));
  }

  private async take(finding: Finding): Promise<void> {
    if (isSilent(finding, this.intake.now())) {
      await this.drop(finding.id, 'silent', (seen) => seen.updatedAt <= finding.updatedAt);
      return;
    }
    const known = this.byFinding.get(finding.id);
    if (known && (await this.isBeingWritten(known, finding))) return;
    const taken = await takeIn(finding, this.intake, { confirmed: true });
    const { outcome } = taken;
    if (known) await this.takeBack(known, finding);
    if (outcome !== 'moved' && outcome !== 'recorded') return;
    noteTaken(finding, taken, this.intake.log, { because: 'reconcile' });
    if (known) this.touch(known);
    else {
      const settled =
        finding.product === 'guardduty' ? await this.intake.identities.settle(finding) : finding;
      this.touch({ ...settled, region: issueRegion(settled, this.intake.catalogue) });
    }
  }

  /**
   * True when a finding is suppressed where it was not thought to be, or the other way round, and the bot has written
   * it within a quarter of an hour: what was read may be older than that.
   */
  private async isBeingWritten(known: Issue, { id, workflow, compliance }: Finding): Promise<boolean> {
    const seenIn = (issue: Issue | undefined) =>
      Object.values<Seen>(issue?.findings ?? {}).find((seen) => seen.id === id);
    const then = seenIn(known)?.workflow;
    if (compliance === 'PASSED' || (then === 'SUPPRESSED') === (workflow === 'SUPPRESSED')) return false;
    const wrote = seenIn(await this.intake.issues.load(issueKeyOf(known)))?.wrote;
    return wrote !== undefined && this.intake.now().getTime() - Date.parse(wrote.at) < WRITE_SETTLES;
  }

  /** Has the bot's own SUPPRESSED taken back where that did not happen. */
  private async takeBack(known: Issue, finding: Finding): Promise<void> {
    const now = this.intake.now();
    if (this.intake.accounts(known.account).mode !== 'enforce') return;
    if (liftAgain(known, finding, now) === undefined) return;
    const { record, changed } = await amend(this.intake.issues, issueKeyOf(known), (issue) =>
      liftAgain(issue, finding, now),
    );
    if (!changed || record === undefined) return;
    this.touch(record);
    this.rewritten.add(refOf(record));
    await emitEffects(record, this.intake);
  }

  /** @param still whether what the record says of the finding id now is still what was compared */
  private async drop(id: string, why: Stale, still: (seen: Seen) => boolean): Promise<void> {
    const known = this.byFinding.get(id);
    if (known === undefined) return;
    const now = this.intake.now();
    const { record, changed } = await amend(
      this.intake.issues,
      issueKeyOf(known),
      (issue) => {
        const keys = Object.entries<Seen>(issue.findings)
          .filter(([, seen]) => seen.id === id && still(seen))
          .map(([key]) => key as FindingKey);
        return dropFindings(issue, new Set(keys), why, now);
      },
      known,
    );
    if (!changed || record === undefined) return;
    this.touch(record);
    await emitEffects(record, this.intake);
  }

  private touch(issue: Pick<Issue, 'account' | 'control' | 'product' | 'region' | 'resource'>): void {
    this.touched.set(refOf(issue), issue);
  }
}

/** A disabled control's findings stay active and failing for months; nothing updates them. */
function isSilent({ product, recordState, updatedAt }: Finding, now: Date): boolean {
  return (
    product === 'control' && recordState === 'ACTIVE' && now.getTime() - Date.parse(updatedAt) > SILENT_AFTER
  );
}

function refOf(issue: Pick<Issue, 'account' | 'control' | 'product' | 'region' | 'resource'>): string {
  return `${requestRef(requestKeyOf(issue))}#${issueRef(issue)}`;
}

/** Some at a time, the results in order. */
async function inParallel<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += PARALLEL) {
    results.push(...(await Promise.all(items.slice(from, from + PARALLEL).map(act))));
  }
  return results;
}
