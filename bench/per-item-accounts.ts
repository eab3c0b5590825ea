import { type ByFunction, type ItemName, MEASURED, type Sizes } from '../commands/scale/per-item-file';
import { runScoreCount } from '../handlers/jobs/score-count';
import { type AccountId, type Principal, principal } from '../src/accounts';
import { awsClients } from '../src/aws';
import { issueRegion, readFindings } from '../src/findings';
import { startReconcile } from '../src/reconcile';
import { decide, type Issue, requestKeyOf, requestRef, tableIssues, treatmentOf } from '../src/requests';
import { followWeek } from '../src/scores';
import { dynamoTable } from '../src/store';
import { configWith } from './config-with';
import { type Document, document } from './documents';
import { each } from './each';
import { combine } from './per-item-meter';
import { runAbout } from './per-item-run';
import { itemBytes } from './per-item-size';
import { openWorld, storedBytes, type World } from './per-item-world';
import { accountScore, benchAccount, snapshot } from './score-records';
import { trackedControls } from './tracked-controls';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** A Tuesday afternoon in Tokyo. */
const START = new Date('2026-11-24T05:00:00.000Z');
/** A Monday at the hour of the ranking. */
const RANKING = new Date('2026-11-30T01:00:00.000Z');
const RUNS = 5;

/** One more of what a cost depends on, from two costs with so many of it. Measured costs waver: never below nothing. */
function slope(few: readonly [ByFunction, number], many: readonly [ByFunction, number]): ByFunction {
  const step = many[1] - few[1];
  return positive(
    combine([
      [many[0], 1 / step],
      [few[0], -1 / step],
    ]),
  );
}

/** What is left of a cost without so many of what it depends on. */
function without(cost: ByFunction, each: ByFunction, count: number): ByFunction {
  return positive(
    combine([
      [cost, 1],
      [each, -count],
    ]),
  );
}

function positive(cost: ByFunction): ByFunction {
  return Object.fromEntries(
    Object.entries(cost).map(([name, work]) => [
      name,
      Object.fromEntries(Object.entries(work).map(([what, amount]) => [what, Math.max(0, amount)])),
    ]),
  );
}

interface AccountCosts {
  readonly items: Partial<Record<ItemName, ByFunction>>;
  readonly sizes: Partial<Sizes>;
}

const FEW = 20;
const MANY = 1_020;

/** What there is once for all accounts: the clock's minute, the register, the ranking; with few accounts and many. */
export async function registerCosts(): Promise<AccountCosts> {
  const accounts = Array.from({ length: FEW }, (_, number) => ({
    id: benchAccount(number),
    name: `bench-${number}`,
    kind: 'production' as const,
    owner: 'U0OWNER1',
    channel: 'C0SHOPPRD',
    project: 'shop',
  }));
  const world = await openWorld({ CONFIG_DIR: configWith(accounts, 'alone') }, START);
  try {
    const { bot, clock, meter } = world;
    let monday = RANKING.getTime();
    const measured = async (from: number, to: number) => {
      await each(to - from, (number) => add(from + number, world));
      await bot.registry.accounts.stamp();
      clock.set(START);
      await world.tick();
      await world.drain();
      const minute = await world.cost(RUNS, async () => {
        clock.advance(MINUTE_MS);
        await bot.policies.refresh();
        await world.tick();
      });
      const read = await world.cost(RUNS, async () => {
        await bot.registry.accounts.stamp();
        await meter.run('changes', () => bot.accounts.refresh());
      });
      const weekly = await world.cost(2, async () => {
        // Each week has its ranking once.
        monday += 7 * DAY_MS;
        clock.set(new Date(monday));
        await bot.policies.refresh();
        await meter.run('clock', () => followWeek(bot.weekly));
        await world.drain();
      });
      return { minute, read, weekly };
    };
    const few = await measured(0, FEW);
    const many = await measured(FEW, MANY);
    const one = (what: 'minute' | 'read' | 'weekly') => slope([few[what], FEW], [many[what], MANY]);
    const [minute, weekly] = [one('minute'), one('weekly')];
    const account = benchAccount(MANY - 1);
    return {
      items: {
        clockMinute: without(few.minute, minute, FEW),
        clockMinuteAccount: minute,
        registerAccount: one('read'),
        weekly: without(few.weekly, weekly, FEW),
        weeklyAccount: weekly,
      },
      sizes: {
        account: await storedBytes({ pk: 'ACCOUNTS', sk: account }, world),
        knownAccount: await storedBytes({ pk: 'KNOWN', sk: account }, world),
        accountScore: await storedBytes({ pk: 'SCORES', sk: account }, world),
      },
    };
  } finally {
    await world.close();
  }
}

const [OWNER, DEPUTY] = ['U0OWNER1', 'U0MEMBER'].map(principal) as [Principal, Principal];

/** An account in the register that the bot has heard of, with a score. */
async function add(number: number, { bot }: World): Promise<void> {
  const id = benchAccount(number);
  const at = START.toISOString();
  await bot.registry.accounts.create({
    id,
    name: `bench-${number}`,
    kind: 'production',
    mode: 'enforce',
    owner: OWNER,
    deputy: DEPUTY,
    channel: 'C0SHOPPRD',
    project: 'shop',
    mail: `aws-${number}@example.com`,
    status: 'active',
    source: 'csv',
    registeredAt: at,
    updatedAt: at,
    version: 1,
    seq: 1,
    uncopied: [],
  });
  await bot.intake.known.note({ account: id, kind: 'control', subject: 'ec2.19' }, at);
  await bot.scores.ofAccounts.create(accountScore(number, bot.config.calendar.dayOf(START), FAR));
}

/** Scores that the clock does not come to while something else is measured. */
const FAR = new Date(START.getTime() + 365 * DAY_MS);

const COMPARED = 10;
const CONTROLS = MEASURED.controlsOfAccount;
/** Checks of a control in an account, at first and then. */
const CHECKS = [2, MEASURED.checksOfControl] as const;
/** Of ten checks of every fourth control one fails. */
const FAILING_EVERY = 4;

/** The nightly comparison and the counts of scores, of accounts with few checks and with many. */
export async function comparisonCosts(): Promise<AccountCosts> {
  const accounts = Array.from({ length: COMPARED }, (_, number) => ({
    id: benchAccount(number),
    name: `bench-${number}`,
    kind: 'production' as const,
    owner: 'U0OWNER1',
    channel: 'C0SHOPPRD',
  }));
  const world = await openWorld(
    { CONFIG_DIR: configWith(accounts, 'alone'), RECONCILE: 'on', MEMBER_EXTERNAL_ID: 'bench' },
    START,
  );
  try {
    const { bot, clock, meter } = world;
    /** Two nights: the first counts what it has never seen, the second finds nothing to mend. */
    const night = async (): Promise<ByFunction> => {
      for (let turn = 0; turn < 2; turn += 1) {
        clock.advance(13 * HOUR_MS);
        await touch(world);
        meter.take();
        await startReconcile(bot.reconcile);
        await world.drain();
      }
      const cost = meter.take();
      const run = await bot.reconcile.runs.load('run');
      if (run?.status !== 'resting') throw new Error('the comparison has not come to its end');
      return combine([[cost, 1 / COMPARED]]);
    };
    const [fewChecks, manyChecks] = CHECKS;
    await fill(0, fewChecks, world);
    const few = await night();
    await fill(fewChecks, manyChecks, world);
    const many = await night();
    const check = slope([few, fewChecks * CONTROLS], [many, manyChecks * CONTROLS]);

    const account = benchAccount(1);
    const marked = async (count: number) => {
      const stored = await bot.scores.ofControls.of(account);
      return world.cost(RUNS, async () => {
        clock.advance(2 * MINUTE_MS);
        for (const { control } of stored.slice(0, count)) {
          const score = await bot.scores.ofControls.load({ account, control });
          if (score === undefined) throw new Error(`${control} has not been counted`);
          const at = new Date(clock.now().getTime() - MINUTE_MS).toISOString();
          await bot.scores.ofControls.replace(
            { ...score, marked: at, version: score.version + 1 },
            score.version,
          );
        }
        await meter.run('changes', async () => {
          await bot.accounts.refresh();
          await runScoreCount({ job: 'score-count', account }, bot);
        });
      });
    };
    const [one, all] = [await marked(1), await marked(CONTROLS / 2)];
    const control = slope([one, 1], [all, CONTROLS / 2]);
    const [scored] = await bot.scores.ofControls.of(account);
    const today = bot.config.calendar.dayOf(clock.now());
    return {
      items: {
        reconcileAccount: without(few, check, fewChecks * CONTROLS),
        reconcileCheck: check,
        countAccount: without(one, control, 1),
        countControl: control,
      },
      sizes: {
        controlScore: await storedBytes(
          { pk: `SCORE#${account}`, sk: `C#${scored?.control.toLowerCase()}` },
          world,
        ),
        snapshot: itemBytes({
          pk: `SCORE#${account}`,
          sk: `D#${today}`,
          type: 'score-snapshot',
          ...snapshot(account, today, 1),
        }),
        issueInMemory: await issueInMemory(world),
        reconciled: await reconciledBytes(world),
        ...recordSizes(account),
      },
    };
  } finally {
    await world.close();
  }
}

function checks(from: number, to: number, { bot, clock }: World): readonly Document[] {
  const controls = trackedControls(bot.config, benchAccount(0)).slice(0, CONTROLS);
  if (controls.length < CONTROLS) throw new Error('the policy tracks too few controls');
  return Array.from({ length: COMPARED }, (_, number) => benchAccount(number)).flatMap((account) =>
    controls.flatMap(({ id: control, severity }, index) =>
      Array.from({ length: to - from }, (__, resource) =>
        document({
          account,
          control,
          severity,
          resource: from + resource,
          status: from + resource === 0 && index % FAILING_EVERY === 0 ? 'FAILED' : 'PASSED',
          updatedAt: new Date(clock.now().getTime() - HOUR_MS),
        }),
      ),
    ),
  );
}

/** Puts the issues of these checks into the table as they are once everything about them is settled. */
async function fill(from: number, to: number, world: World): Promise<void> {
  const { bot, clock } = world;
  const issues = tableIssues(bot.ports.table);
  const documents = checks(from, to, world);
  await each(documents.length, async (number) => {
    const [finding] = readFindings(JSON.stringify(documents[number]), bot.config.catalogue).findings;
    if (finding === undefined) throw new Error('a finding cannot be read');
    const region = issueRegion(finding, bot.config.catalogue);
    const treat = (severity: Issue['severity']) => treatmentOf(finding, severity, bot.intake);
    const { next } = decide({ finding, region, issue: undefined, treat, now: clock.now() });
    if (next === undefined) throw new Error('a check makes no issue');
    const { unsettled: _, news: __, ...settled } = next;
    await bot.intake.known.note(requestKeyOf(next), clock.now().toISOString());
    await issues.create({ ...settled, uncopied: [] });
  });
  const failing = documents.filter(({ Compliance }) => Compliance?.Status === 'FAILED');
  // What has passed is never asked for.
  if (failing.length > 0) await world.hub.putFindings(failing);
}

/** Security Hub has updated its findings, and the bot has seen it. */
async function touch(world: World): Promise<void> {
  const now = new Date(world.clock.now().getTime() - HOUR_MS).toISOString();
  const held = await world.hub.findings();
  await world.hub.putFindings(held.map((finding) => ({ ...finding, UpdatedAt: now })));
}

/** By how much the heap grows with each issue that is held. */
async function issueInMemory({ bot }: World): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('run it with node --expose-gc');
  // Through a client of its own: the meter holds what the bot's client has read.
  const { dynamodb } = awsClients();
  const issues = tableIssues(dynamoTable(dynamodb, bot.settings.TABLE_NAME));
  const read = async () => {
    const held: Issue[] = [];
    for (let number = 0; number < COMPARED; number += 1) {
      for (const key of await bot.intake.known.requestsOf(benchAccount(number))) {
        held.push(...(await issues.of(key)));
      }
    }
    return held;
  };
  gc();
  gc();
  const before = process.memoryUsage().heapUsed;
  const held = await read();
  gc();
  gc();
  const grown = process.memoryUsage().heapUsed - before;
  dynamodb.destroy();
  return grown / held.length;
}

/** By how much each account lengthens the record of a comparison in which something was mended in all of them. */
async function reconciledBytes(world: World): Promise<number> {
  const { runs } = world.bot.reconcile;
  const before = await runs.load('run');
  if (before === undefined) throw new Error('there has been no comparison');
  const key = { pk: 'RECONCILE', sk: 'RUN' };
  const empty = await storedBytes(key, world);
  const accounts = 10_000;
  await runs.replace({ ...before, ...runAbout(accounts), version: before.version + 1 }, before.version);
  return ((await storedBytes(key, world)) - empty) / accounts;
}

/** How much one account takes in records that hold all of them, and a line in the summary of what was observed. */
function recordSizes(account: AccountId): Pick<Sizes, 'listed' | 'observedLine'> {
  const ids = Array.from({ length: 100 }, (_, number) => benchAccount(number));
  const per = (value: unknown) =>
    (itemBytes({ value }) - itemBytes({ value: Array.isArray(value) ? [] : {} })) / ids.length;
  const ref = `${requestRef({ account, kind: 'control', subject: 'ec2.19' })}#ap-northeast-1#${'x'.repeat(22)}`;
  return {
    listed: per(ids.map((id) => `unregistered ${id}`)),
    observedLine: itemBytes({
      pk: 'B#observed#2026-11-24#all',
      sk: `L#${ref}`,
      type: 'line',
      ref,
      about: 'issue',
      facts: { account, control: 'EC2.19', what: 'suppress' },
    }),
  };
}
