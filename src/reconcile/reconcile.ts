import type { Account, AccountId } from '../accounts';
import { addToBulletin, type BulletinTarget } from '../bulletins';
import type { Log } from '../log';
import type { Intake } from '../requests';
import { amend, settleBy } from '../store';
import { type Counting, countPiece } from './count-piece';
import { mendPiece } from './mend-piece';
import { nextNight } from './night';
import { pace } from './pace';
import { advance, nextPiece, split } from './piece';
import { type Drift, NO_DRIFT, type OutsideCounts, RESTING, type ReconcileRun } from './run';
import type { ReconcileRuns } from './runs';

/** What the nightly comparison with Security Hub needs. */
export interface Reconcile extends Intake, Counting {
  readonly runs: ReconcileRuns;
  /** The accounts of the register. */
  readonly registered: () => readonly Account[];
  /** Whether it begins by itself every night. */
  readonly nightly: boolean;
  readonly pause: (ms: number) => Promise<void>;
  readonly log: Log;
}

/** The message that moves a run on; its version says which state of the run it was sent for. */
export interface ReconcileMessage {
  readonly job: 'reconcile';
  readonly version: number;
}

const GROUP = 'reconcile';

async function enqueue({ version }: ReconcileRun, { queues }: Reconcile): Promise<void> {
  const body: ReconcileMessage = { job: 'reconcile', version };
  await queues.change({ id: GROUP, version, group: GROUP, body });
}

/** Sees to it that the clock begins one every night. Cheap, and idempotent: called at every tick. */
export async function scheduleReconcile(reconcile: Reconcile): Promise<void> {
  if (!reconcile.nightly) return;
  const due = nextNight(reconcile.now(), reconcile.calendar.timeZone).toISOString();
  const run = await reconcile.runs.load('run');
  if (run === undefined) await reconcile.runs.create({ ...RESTING, due });
  else if (run.due === undefined) {
    await amend(reconcile.runs, 'run', (now) => (now.due === undefined ? { ...now, due } : undefined), run);
  }
}

/** Begins a run now; one that is under way is left to go on. */
export async function startReconcile(reconcile: Reconcile): Promise<void> {
  await reconcile.runs.create(RESTING);
  await begin(reconcile, ({ status }) => status === 'resting');
}

/** The clock has come to the record: a run is to begin, or one has died and is taken up again. */
export async function wakeReconcile(reconcile: Reconcile): Promise<void> {
  const now = reconcile.now();
  const { record, changed } = await amend(reconcile.runs, 'run', (run) => {
    if (run.status === 'running') {
      // The index may lag behind a run that goes on.
      const left = run.unsettled !== undefined && isPast(settleBy(run.unsettled), now);
      return left ? { ...run, unsettled: now.toISOString() } : undefined;
    }
    const { due: _, ...rest } = run;
    return reconcile.nightly || run.due === undefined ? undefined : rest;
  });
  if (record?.status === 'running') {
    if (changed) await enqueue(record, reconcile);
    return;
  }
  await begin(reconcile, ({ status, due }) => status === 'resting' && isPast(due, now));
}

function isPast(due: string | undefined, now: Date): boolean {
  return due !== undefined && Date.parse(due) <= now.getTime();
}

async function begin(reconcile: Reconcile, may: (run: ReconcileRun) => boolean): Promise<void> {
  const now = reconcile.now();
  const { record, changed } = await amend(reconcile.runs, 'run', (run): ReconcileRun | undefined => {
    if (!may(run)) return undefined;
    const { finishedAt: _, ...before } = run;
    return {
      ...before,
      ...RESTING,
      ...(reconcile.nightly && { due: nextNight(now, reconcile.calendar.timeZone).toISOString() }),
      status: 'running',
      startedAt: now.toISOString(),
      unsettled: now.toISOString(),
      version: run.version,
    };
  });
  if (changed && record) await enqueue(record, reconcile);
}

/**
 * Does one piece of the run and queues the next. Every message of a run is for one state of it: one that comes twice,
 * or late, does nothing but see to it that the present state has its message.
 * @throws the store's, queue's or Security Hub's error: the message is to be delivered again
 */
export async function reconcileNext(version: number, reconcile: Reconcile): Promise<void> {
  const run = await reconcile.runs.load('run');
  if (run === undefined || run.status === 'resting') return;
  if (run.version !== version) return enqueue(run, reconcile);
  const known = (await reconcile.known.accounts()).map(({ account }) => account);
  const piece = nextPiece(run, [...reconcile.registered().map(({ id }) => id), ...known]);
  if (piece === undefined) return finishRun(run, reconcile);

  const calls = pace(reconcile);
  const mended = await mendPiece(piece, reconcile, calls);
  if (mended.implausible) {
    reconcile.log.error(
      'Security Hub holds nothing of what it held; nothing is closed: check the credentials and that it is on',
      { accounts: piece.accounts.length },
    );
  }
  const scores = await countPiece(piece, mended, reconcile);
  const next: ReconcileRun = {
    ...run,
    ...advance(run, piece, mended.whole ? [] : split(piece)),
    read: run.read + Number(mended.whole),
    counts: {
      calls: run.counts.calls + calls.calls,
      findings: run.counts.findings + mended.findings,
      unreadable: run.counts.unreadable + mended.unreadable,
    },
    drift: sum(sum(run.drift, mended.drift), scores),
    outside: added(run.outside, mended.outside),
    unsettled: reconcile.now().toISOString(),
    version: run.version + 1,
  };
  // Whoever has moved the run meanwhile has queued its next step.
  if (await reconcile.runs.replace(next, run.version)) await enqueue(next, reconcile);
}

function sum(so: ReconcileRun['drift'], more: ReconcileRun['drift']): ReconcileRun['drift'] {
  const drift: Record<AccountId, Drift> = { ...so };
  for (const [account, mended] of Object.entries(more) as [AccountId, Drift][]) {
    const before = drift[account] ?? NO_DRIFT;
    drift[account] = {
      opened: before.opened + mended.opened,
      closed: before.closed + mended.closed,
      adopted: before.adopted + mended.adopted,
      lifted: before.lifted + mended.lifted,
      rewritten: before.rewritten + mended.rewritten,
      changed: before.changed + mended.changed,
      scores: before.scores + mended.scores,
    };
  }
  return drift;
}

/** Of a large account every severity comes with its own count. */
function added(so: OutsideCounts, more: OutsideCounts): OutsideCounts {
  const counts: Record<AccountId, number> = { ...so };
  for (const [account, count] of Object.entries(more) as [AccountId, number][]) {
    counts[account] = (counts[account] ?? 0) + count;
  }
  return counts;
}

async function finishRun(run: ReconcileRun, reconcile: Reconcile): Promise<void> {
  await tell(run, reconcile);
  const { unsettled: _, ...rest } = run;
  const resting: ReconcileRun = {
    ...rest,
    status: 'resting',
    finishedAt: reconcile.now().toISOString(),
    drift: {},
    outside: {},
    toldOutside: run.outside,
    version: run.version + 1,
  };
  await reconcile.runs.replace(resting, run.version);
}

/**
 * Tells the security team what was mended, and what rests suppressed outside of the bot: nobody may question that, so
 * nobody shall overlook it. What is the same as last time is not told again.
 */
async function tell(run: ReconcileRun, reconcile: Reconcile): Promise<void> {
  const { calendar, log, now } = reconcile;
  const before = run.toldOutside ?? {};
  const outsideOf = (account: AccountId) => run.outside[account] ?? 0;
  const accounts = [...Object.keys({ ...run.drift, ...run.outside, ...before })] as AccountId[];
  const begun = new Date(run.startedAt ?? now());
  const drifted = Object.keys(run.drift).length;
  log.info('reconciled with Security Hub', {
    details: { pieces: run.read, ...run.counts, accounts: drifted },
    seconds: Math.round((now().getTime() - begun.getTime()) / 1_000),
  });
  const news = accounts.some((account) => outsideOf(account) !== (before[account] ?? 0));
  if (drifted === 0 && !news) return;
  const { findings, calls } = run.counts;
  const target: BulletinTarget = {
    key: { kind: 'drift', subject: 'all', day: calendar.dayOf(begun) },
    channel: reconcile.securityChannel,
    postAt: calendar.quiet ? calendar.nextMorning(now()) : now(),
  };
  for (const account of accounts) {
    await reconcile.bulletins.putLine(target.key, {
      ref: account,
      about: 'account',
      facts: {
        account,
        ...(run.drift[account] ?? NO_DRIFT),
        outside: outsideOf(account),
        outsideBefore: before[account] ?? 0,
      },
    });
  }
  // The last line brings the bulletin to its channel: with it, all of them are there.
  await addToBulletin(target, { ref: 'total', about: 'account', facts: { findings, calls } }, reconcile);
}
