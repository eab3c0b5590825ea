import { memoryTable } from '../../bench/memory-table';
import type { AccountId } from '../../src/accounts';
import { issuePartition, requestRef } from '../../src/requests';
import { type ControlScore, type Counts, countAccount, scoreOf, tableScores } from '../../src/scores';
import { derivedId } from '../../src/store';
import {
  type AsffDocument,
  asff,
  type ControlFinding,
  controlOcsf,
  FSBP,
  imported,
  importedV2,
  PCI,
} from '../fixtures/findings';
import { LEAD, type MemoryBot, openMemoryBot } from '../setup/memory-bot';
import { Model, type Status } from './model';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** AWS looks at what it checks again so often. */
const REFRESHED_EVERY = 18 * HOUR;
/** That something has fallen silent may be noticed so much later: six hours, and an hour between two looks here. */
const SILENCE_MAY_LAST = 7 * HOUR + 10 * MINUTE;

type Compliance = 'PASSED' | 'FAILED' | 'WARNING' | 'NOT_AVAILABLE';
export const COMPLIANCE: readonly Compliance[] = ['PASSED', 'FAILED', 'FAILED', 'WARNING', 'NOT_AVAILABLE'];

const A = '111122223333';
const B = '444455556666';

interface Slot {
  readonly account: string;
  readonly control: string;
  readonly resource: string;
  readonly region?: string;
  readonly standard?: string;
  /** AWS has one resource for all Regions. */
  readonly global?: true;
  /** Security Hub V2 sends it: alone, or beside ASFF. */
  readonly v2?: 'alone' | 'beside';
}

/**
 * What is checked: tracked, ignored by policy and undecided controls; several Regions; one finding a standard;
 * Security Hub V2; a control whose name comes in two spellings.
 */
export const SLOTS: readonly Slot[] = [
  { account: A, control: 'S3.5', resource: 'arn:aws:s3:::example-a' },
  { account: A, control: 'S3.5', resource: 'arn:aws:s3:::example-b' },
  { account: A, control: 'S3.5', resource: 'arn:aws:s3:::example-b', region: 'us-east-1' },
  { account: A, control: 'EC2.8', resource: 'arn:aws:ec2:::instance/i-1', standard: FSBP },
  { account: A, control: 'EC2.8', resource: 'arn:aws:ec2:::instance/i-1', standard: PCI },
  { account: A, control: 'EC2.8', resource: 'arn:aws:ec2:::instance/i-2', standard: FSBP },
  { account: A, control: 'IAM.3', resource: `arn:aws:iam::${A}:user/x`, global: true },
  { account: A, control: 'IAM.3', resource: `arn:aws:iam::${A}:user/x`, region: 'us-east-1', global: true },
  { account: A, control: 'EC2.6', resource: 'arn:aws:ec2:::vpc/vpc-1' },
  { account: A, control: 'EC2.6', resource: 'arn:aws:ec2:::vpc/vpc-2', v2: 'alone' },
  { account: A, control: 'EC2.9', resource: 'arn:aws:ec2:::instance/i-1', v2: 'alone' },
  { account: A, control: 'EC2.9', resource: 'arn:aws:ec2:::instance/i-2', v2: 'beside' },
  { account: A, control: 'S3.990', resource: 'arn:aws:s3:::example-a' },
  { account: A, control: 's3.990', resource: 'arn:aws:s3:::example-b' },
  { account: B, control: 'S3.5', resource: 'arn:aws:s3:::example-c' },
  { account: B, control: 'EC2.6', resource: 'arn:aws:ec2:::vpc/vpc-3' },
];

export type Op =
  | { readonly op: 'check'; readonly slot: number; readonly as: number; readonly resets: boolean }
  | { readonly op: 'archive'; readonly slot: number }
  | { readonly op: 'recreate'; readonly slot: number; readonly as: number; readonly archived: boolean }
  | { readonly op: 'suppress outside' | 'lift outside'; readonly slot: number }
  | { readonly op: 'suppress here'; readonly slot: number; readonly hours: number }
  | { readonly op: 'deliver twice' | 'reorder' | 'fall silent' | 'speak again'; readonly slot: number }
  | { readonly op: 'reconcile' }
  | { readonly op: 'wait'; readonly minutes: number };

/** What AWS knows of a slot. */
interface Checked {
  readonly about: ControlFinding;
  readonly generation: number;
  readonly silent: boolean;
  readonly at: number;
  /** Every event there has been of it, the last one last. */
  readonly sent: readonly string[];
}

const issueOf = ({ account, control, resource, region = 'ap-northeast-1', global }: Slot) =>
  [account, control.toLowerCase(), global ? 'global' : region, resource].join(' ');

/** Plays a history against the bot and against the model, and compares them after every minute's count. */
export class History {
  private readonly checked = new Map<Slot, Checked>();
  private readonly suppressedHere = new Set<string>();
  private readonly model = new Model((issue) => this.suppressedHere.has(issue));
  /** How each day of an account stood when it was last counted on it. */
  private readonly days = new Map<string, Counts>();
  private proposals = 0;

  constructor(private readonly memory: MemoryBot = openMemoryBot()) {}

  async play(ops: readonly Op[]): Promise<void> {
    for (const op of ops) {
      await this.do(op);
      await this.minute();
    }
    await this.reconcile();
    await this.compareDays();
  }

  private get now(): number {
    return this.memory.clock.now().getTime();
  }

  private async do(op: Op): Promise<void> {
    if (op.op === 'wait') return this.wait(op.minutes);
    if (op.op === 'reconcile') return this.reconcile();
    const slot = SLOTS[op.slot % SLOTS.length];
    if (slot === undefined) return;
    const known = this.checked.get(slot);
    if (op.op === 'check') this.check(slot, COMPLIANCE[op.as % COMPLIANCE.length] ?? 'FAILED', op.resets);
    else if (known === undefined) return;
    else {
      switch (op.op) {
        case 'archive':
          this.update(slot, { ...known.about, recordState: 'ARCHIVED' });
          this.checked.set(slot, { ...(this.checked.get(slot) ?? known), silent: true });
          break;
        case 'recreate':
          if (op.archived) this.update(slot, { ...known.about, recordState: 'ARCHIVED' });
          this.checked.set(slot, { ...known, generation: known.generation + 1, sent: [] });
          this.update(slot, {
            status: COMPLIANCE[op.as % COMPLIANCE.length] ?? 'FAILED',
            workflow: 'NEW',
            recordState: 'ACTIVE',
          });
          break;
        case 'suppress outside':
        case 'lift outside':
          await this.moveOutside(slot, op.op === 'suppress outside' ? 'SUPPRESSED' : 'NEW');
          break;
        case 'suppress here':
          this.suppressHere(slot, op.hours);
          break;
        case 'deliver twice':
          for (const event of known.sent.slice(-2)) this.memory.send(event);
          break;
        case 'reorder':
          this.reorder(slot, known);
          break;
        case 'fall silent':
          this.checked.set(slot, { ...known, silent: true });
          break;
        case 'speak again':
          this.update(slot, known.about);
          break;
      }
    }
    await this.drained();
  }

  private check(slot: Slot, status: Compliance, resets: boolean): void {
    const workflow = this.workflowOf(slot);
    // AWS begins anew with what changes; whether it lifts a suppression by that depends.
    const kept =
      workflow === 'SUPPRESSED' && !resets ? 'SUPPRESSED' : status === 'PASSED' ? 'RESOLVED' : 'NEW';
    this.update(slot, { status, workflow: kept, recordState: 'ACTIVE' });
  }

  private namesOf(slot: Slot): ControlFinding {
    const { account, control, resource, region, standard } = slot;
    return {
      account,
      control,
      resource,
      severity: 'MEDIUM',
      ...(region !== undefined && { region }),
      ...(standard !== undefined && { standard }),
      generation: this.checked.get(slot)?.generation ?? 0,
    };
  }

  private documentOf(slot: Slot, about: ControlFinding = {}): AsffDocument {
    return asff({ ...this.namesOf(slot), ...about });
  }

  private workflowOf(slot: Slot): string | undefined {
    return this.memory.hub.documents.get(this.documentOf(slot).Id)?.Workflow?.Status;
  }

  /** AWS has looked again, a second after whatever was before. */
  private update(slot: Slot, said: ControlFinding, delivers = true): void {
    const { clock, hub, send } = this.memory;
    clock.advance(1_000);
    const about = { ...said, updatedAt: clock.now().toISOString() };
    const document = this.documentOf(slot, about);
    const known = this.checked.get(slot);
    const sendsV2 = slot.v2 === 'alone' || (slot.v2 === 'beside' && (known?.sent.length ?? 0) % 2 === 0);
    const held = hub.documents.get(document.Id);
    // Of what it does not send as ASFF, Security Hub CSPM keeps the workflow that it has.
    const workflow = sendsV2 ? held?.Workflow : document.Workflow;
    if (!sendsV2 || held !== undefined) {
      hub.documents.set(document.Id, { ...document, ...(workflow && { Workflow: workflow }) });
    }
    const sent = { ...this.namesOf(slot), ...about };
    const event = sendsV2 ? importedV2(controlOcsf(sent)) : imported(document);
    if (delivers) send(event);
    this.checked.set(slot, {
      about,
      generation: known?.generation ?? 0,
      silent: false,
      at: this.now,
      sent: [...(known?.sent ?? []), event],
    });
    this.model.take(
      document.Id,
      {
        account: slot.account,
        control: slot.control.toLowerCase(),
        issue: issueOf(slot),
        compliance: about.status ?? 'FAILED',
        archived: about.recordState === 'ARCHIVED',
        suppressed: !sendsV2 && document.Workflow?.Status === 'SUPPRESSED',
        direct: sendsV2,
      },
      this.now,
    );
  }

  /** Somebody uses the console: the finding's time of update stays as it is. */
  private async moveOutside(slot: Slot, status: 'SUPPRESSED' | 'NEW'): Promise<void> {
    const { clock, hub, send } = this.memory;
    const held = hub.documents.get(this.documentOf(slot).Id);
    if (held === undefined || held.Workflow?.Status === status) return;
    // Not within the quarter of an hour in which it may be the bot's own write that comes back.
    clock.advance(16 * MINUTE);
    const at = clock.now().toISOString();
    const document = {
      ...held,
      Workflow: { Status: status },
      Note: { Text: 'by hand', UpdatedBy: 'console', UpdatedAt: at },
    };
    hub.documents.set(document.Id, document);
    hub.movedBy.set(document.Id, 'arn:aws:sts::444455556666:assumed-role/Console/somebody');
    send(imported(document));
    this.model.take(
      document.Id,
      {
        account: slot.account,
        control: slot.control.toLowerCase(),
        issue: issueOf(slot),
        compliance: document.Compliance?.Status ?? 'FAILED',
        archived: document.RecordState === 'ARCHIVED',
        suppressed: status === 'SUPPRESSED',
        direct: false,
      },
      this.now,
    );
  }

  private suppressHere({ account, control }: Slot, hours: number): void {
    const { clock, command } = this.memory;
    const target = requestRef({
      account: account as AccountId,
      kind: 'control',
      subject: control.toLowerCase(),
    });
    this.proposals += 1;
    const at = clock.now();
    command({
      type: 'propose',
      id: derivedId(target, String(this.proposals)),
      kind: 'suppress',
      actor: LEAD,
      target,
      payload: {
        scope: 'all',
        issues: [],
        reason: 'meant to be so for a while',
        days: 7,
        asOf: at.toISOString(),
        until: new Date(at.getTime() + hours * HOUR).toISOString(),
      },
      at: at.toISOString(),
    });
  }

  /** Two looks of AWS whose events come the wrong way round. */
  private reorder(slot: Slot, { about, sent }: Checked): void {
    const later = about.status === 'PASSED' ? 'FAILED' : 'PASSED';
    this.update(slot, { ...about, recordState: 'ACTIVE' }, false);
    this.check(slot, later, false);
    const [older] = (this.checked.get(slot)?.sent ?? []).slice(sent.length);
    if (older !== undefined) this.memory.send(older);
  }

  private async drained(): Promise<void> {
    await this.memory.drain();
    await this.look();
  }

  /** What the bot has written to Security Hub, and what it has suppressed by itself. */
  private async look(): Promise<void> {
    for (const [id, document] of this.memory.hub.documents) {
      this.model.wrote(id, document.Workflow?.Status === 'SUPPRESSED', this.now);
    }
    this.suppressedHere.clear();
    for (const slot of this.checked.keys()) {
      const key = {
        account: slot.account as AccountId,
        kind: 'control',
        subject: slot.control.toLowerCase(),
      } as const;
      const items = await this.memory.table.all(issuePartition(key), 'I#');
      const own = items.find(
        (item) =>
          (item['resource'] as { id: string }).id === slot.resource &&
          item['region'] === (slot.global ? 'global' : (slot.region ?? 'ap-northeast-1')),
      );
      if (own?.['state'] === 'suppressed') this.suppressedHere.add(issueOf(slot));
    }
  }

  /** The next minute's count, after which the score has to be right: what the clock itself moves, a minute later. */
  private async minute(): Promise<void> {
    for (let more = true, times = 0; more && times < 5; times += 1) {
      this.memory.clock.advance(61_000);
      await this.ticked();
      more = [...(await this.countedControls()).values()].some(({ marked }) => marked !== undefined);
    }
    await this.compare(this.now - SILENCE_MAY_LAST);
  }

  private async ticked(): Promise<void> {
    await this.memory.tick();
    await this.look();
    for (const account of [A, B]) {
      const score = await this.memory.bot.scores.ofAccounts.load(account as AccountId);
      if (score?.asOf !== undefined) this.days.set(`${account} ${score.day}`, score.counts);
    }
  }

  private async wait(minutes: number): Promise<void> {
    const until = this.now + minutes * MINUTE;
    while (this.now < until) {
      this.memory.clock.advance(Math.min(HOUR, until - this.now));
      for (const [slot, { about, silent, at }] of this.checked) {
        if (!silent && this.now - at >= REFRESHED_EVERY) this.update(slot, this.refreshed(slot, about));
      }
      await this.drained();
      await this.minute();
    }
  }

  private refreshed(slot: Slot, about: ControlFinding): ControlFinding {
    const workflow = this.workflowOf(slot) as ControlFinding['workflow'];
    return { ...about, ...(workflow !== undefined && { workflow }) };
  }

  /** What is counted lies between what the model says now, and what it said before the last silence. */
  private async compare(from: number): Promise<void> {
    const counted = await this.countedControls();
    const moments = [from, ...this.model.silences(from, this.now), this.now];
    for (const { account, control } of this.model.controls()) {
      const possible = new Set<Status>(moments.map((now) => this.model.status(account, control, now)));
      const status = counted.get(`${account} ${control}`)?.status;
      if (!possible.has(status as Status)) {
        throw new Error(`${account} ${control} is ${status}, and should be ${[...possible].join(' or ')}`);
      }
    }
    for (const account of [A, B]) await this.compareSum(account, counted);
  }

  private async countedControls(): Promise<ReadonlyMap<string, ControlScore>> {
    const all = await Promise.all(
      [A, B].map((account) => this.memory.bot.scores.ofControls.of(account as AccountId)),
    );
    return new Map(all.flat().map((one) => [`${one.account} ${one.control.toLowerCase()}`, one]));
  }

  /** The account says what its controls say. */
  private async compareSum(account: string, counted: ReadonlyMap<string, ControlScore>): Promise<void> {
    const own = [...counted.values()].filter((one) => one.account === account).map(({ status }) => status);
    if (own.length === 0) return;
    const count = (status: string) => own.filter((one) => one === status).length;
    const score = await this.memory.bot.scores.ofAccounts.load(account as AccountId);
    expect(score?.counts).toEqual({
      passed: count('passed'),
      failed: count('failed'),
      unknown: count('unknown'),
      noData: count('no-data'),
      disabled: 0,
    });
  }

  /** Nothing was lost, so nothing is mended; afterwards all is as if it were counted for the first time. */
  private async reconcile(): Promise<void> {
    const { bot } = this.memory;
    const scope = { all: { reconciled: true } };
    for (const account of [A, B] as AccountId[]) {
      if ((await bot.scores.ofControls.of(account)).length === 0) continue;
      expect(await countAccount(account, bot.counts, scope)).toMatchObject({ mended: 0 });
      await this.compare(this.now);
      const stored = await bot.scores.ofControls.of(account);
      const { score } = await countAccount(account, bot.counts, scope);
      // Done twice it changes nothing.
      expect(await bot.scores.ofControls.of(account)).toEqual(stored);
      const scores = tableScores(memoryTable());
      const scratch = await countAccount(account, { ...bot.counts, scores }, { all: { reconciled: false } });
      expect(score.counts).toEqual(scratch.score.counts);
      expect(scoreOf(score.counts)).toBe(scoreOf(scratch.score.counts));
    }
  }

  /** Every day that an account was counted on has its snapshot, as it stood at the end. */
  private async compareDays(): Promise<void> {
    for (const account of [A, B]) {
      const score = await this.memory.bot.scores.ofAccounts.load(account as AccountId);
      if (score?.asOf === undefined) continue;
      const kept = await this.memory.bot.scores.snapshots(account as AccountId, 400);
      const days = [...this.days].filter(([day]) => day.startsWith(account) && !day.endsWith(score.day));
      expect(kept.map(({ day, counts }) => [`${account} ${day}`, counts])).toEqual(days);
      const recent = score.recent.slice(-days.length).map((day) => day.score);
      if (days.length > 0) expect(recent).toEqual(days.slice(-30).map(([, counts]) => scoreOf(counts)));
    }
  }
}
