/**
 * What the score is, told a second time and as plainly as possible: the last state of every finding, and Security Hub's
 * rule over all of them. Shares no code with the product.
 */

export type Status = 'passed' | 'failed' | 'unknown' | 'no-data';

/** One finding as it was delivered last. */
export interface ModelFinding {
  readonly account: string;
  readonly control: string;
  /** Findings of one resource are one issue, and are seen together. */
  readonly issue: string;
  readonly compliance: string;
  readonly archived: boolean;
  readonly suppressed: boolean;
  /** It has never come as ASFF: nothing but the bot can suppress it. */
  readonly direct: boolean;
}

const HOUR = 3_600_000;
const SILENT_AFTER = 48 * HOUR;
/** "The same again" moves an issue's last seen at most this often; the model remembers in the same way. */
const SEEN_EVERY = 12 * HOUR;

export class Model {
  private readonly findings = new Map<string, ModelFinding>();
  private readonly lastSeen = new Map<string, number>();
  /** Findings of which a refresh came too early to move the last seen: whatever comes of them next may do so. */
  private readonly refreshed = new Set<string>();

  /** @param isSuppressedHere whether the bot has suppressed an issue, which is the requests' matter */
  constructor(private readonly isSuppressedHere: (issue: string) => boolean) {}

  /** A finding has been delivered. */
  take(id: string, finding: ModelFinding, now: number): void {
    const before = this.findings.get(id);
    const direct = finding.direct && before?.direct !== false;
    const suppressed = finding.direct && before !== undefined ? before.suppressed : finding.suppressed;
    const next = { ...finding, direct, suppressed };
    this.findings.set(id, next);
    const seen = this.lastSeen.get(finding.issue) ?? Number.NEGATIVE_INFINITY;
    const isNew = JSON.stringify(before) !== JSON.stringify(next);
    if (isNew || now - seen >= SEEN_EVERY) {
      this.lastSeen.set(finding.issue, now);
      this.refreshed.delete(id);
    } else this.refreshed.add(id);
  }

  /** Security Hub holds this workflow now, because the bot has written it. */
  wrote(id: string, suppressed: boolean, now: number): void {
    const before = this.findings.get(id);
    if (before === undefined || before.suppressed === suppressed) return;
    this.findings.set(id, { ...before, suppressed });
    // Its echo brings the time of the last refresh with it.
    const seen = this.lastSeen.get(before.issue) ?? 0;
    if (this.refreshed.has(id) && now - seen >= SEEN_EVERY) this.lastSeen.set(before.issue, now);
  }

  controls(): readonly { readonly account: string; readonly control: string }[] {
    const all = new Map([...this.findings.values()].map((one) => [`${one.account} ${one.control}`, one]));
    return [...all.values()].map(({ account, control }) => ({ account, control }));
  }

  /** When something falls silent, in this time. */
  silences(from: number, through: number): readonly number[] {
    return [...this.lastSeen.values()]
      .map((seen) => seen + SILENT_AFTER)
      .filter((silent) => from <= silent && silent <= through);
  }

  status(account: string, control: string, now: number): Status {
    const said = [...this.findings.values()]
      .filter((one) => one.account === account && one.control === control)
      .filter((one) => !one.archived && !one.suppressed)
      .filter((one) => !(one.direct && this.isSuppressedHere(one.issue)))
      .filter((one) => now < (this.lastSeen.get(one.issue) ?? 0) + SILENT_AFTER)
      .map(({ compliance }) => compliance);
    if (said.length === 0) return 'no-data';
    if (said.includes('FAILED')) return 'failed';
    return said.every((one) => one === 'PASSED') ? 'passed' : 'unknown';
  }
}
