import { addToBulletin, bulletinRef } from '../../src/bulletins';
import { publishBulletin } from '../../src/cards';
import { runChange } from '../../src/changes';
import { sweep } from '../../src/clock';
import type { ControlId } from '../../src/controls';
import type { Finding } from '../../src/findings';
import { giveNotice } from '../../src/notices';
import { type Issue, issueKeyOf, settleIssue } from '../../src/requests';
import { type Desk, EC2_19, group, openDesk } from '../requests/desk';
import { type Counted, counting } from '../setup/counting';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await cursorAt(desk.spine.clock.now().toISOString());
});
afterEach(() => desk.close());

const CURSOR = { pk: 'CLOCK', sk: 'CURSOR' };
/** Where the last sweep has been; without it, a sweep looks through a whole day. */
const cursorAt = (through: string | undefined) => desk.spine.ports.table.put({ ...CURSOR, through });
/** Without the account's score, which has a clock of its own; see the test that is about it. */
const wake = async () => {
  const { 'account-score': _, ...swept } = await sweep(desk.bot.clock);
  const { changes } = desk.queues;
  const others = changes.filter(({ id }) => !id.startsWith('score#'));
  changes.splice(0, changes.length, ...others);
  return swept;
};
function forget(): void {
  for (const list of [desk.queues.cards, desk.queues.workflows, desk.queues.changes]) list.length = 0;
}
const shift = (ms: number) => desk.spine.clock.advance(ms);

async function taken(n = 1): Promise<Finding> {
  const finding = await desk.held({ resource: group(n) });
  await desk.take(finding);
  forget();
  return finding;
}

describe('what a crash has left behind', () => {
  it('an issue: its effects are started again, ten minutes later and no earlier', async () => {
    const finding = await taken();
    await desk.suppressing(finding);
    shift(10 * MINUTE - 1);
    expect(await wake()).toEqual({});
    expect(desk.queues.workflows).toEqual([]);
    shift(1);
    expect(await wake()).toMatchObject({ issue: 1 });
    expect(desk.queues.workflows).toHaveLength(1);
    expect(desk.queues.cards.length).toBeGreaterThan(0);
  });

  it('a request: its card is asked for again', async () => {
    const finding = await taken();
    await settleIssue(await desk.issueOf(finding), desk.bot.intake);
    shift(10 * MINUTE);
    expect(await wake()).toEqual({ request: 1 });
    expect(desk.queues.cards).toEqual([expect.objectContaining({ revision: 2, channel: 'C0SHOPPRD' })]);
  });

  it("an account's score: it is queued to be counted, a minute after its first issue", async () => {
    await taken();
    expect(await sweep(desk.bot.clock)).toEqual({});
    shift(MINUTE);
    expect(await sweep(desk.bot.clock)).toEqual({ 'account-score': 1 });
    expect(desk.queues.changes).toEqual([
      expect.objectContaining({ body: { job: 'score-count', account: '111122223333' } }),
    ]);
  });

  it('a notice: it is queued again', async () => {
    const { notices, queues, now } = desk.bot.clock;
    const at = now().toISOString();
    const control = 'EC2.19' as ControlId;
    const about = { kind: 'unchecked', control, title: 'x', region: 'ap-northeast-1' } as const;
    const notice = { ...about, subject: 'EC2.19', account: EC2_19.account, channel: 'C1', at };
    await giveNotice(notice, notices, queues);
    forget();
    shift(10 * MINUTE);
    expect(await wake()).toEqual({ notice: 1 });
    expect(desk.queues.cards).toMatchObject([{ record: 'notice/unchecked/EC2.19', channel: 'C1' }]);
  });

  it('a bulletin: it is queued at its time, and again until it has been shown', async () => {
    const key = { kind: 'overdue', subject: 'all', day: '2026-11-24' } as const;
    const postAt = new Date(desk.spine.clock.now().getTime() + 20 * MINUTE);
    const line = { ref: '111122223333/control/ec2.19', about: 'request' } as const;
    await addToBulletin({ key, channel: 'C0SECURITY', postAt }, line, desk.bot.clock);
    shift(20 * MINUTE - 1);
    expect(await wake()).toEqual({});
    shift(1);
    expect(await wake()).toEqual({ bulletin: 1 });
    const asked = { record: bulletinRef(key), revision: 1, channel: 'C0SECURITY' };
    expect(desk.queues.cards).toEqual([asked]);
    shift(9 * MINUTE);
    expect(await wake()).toEqual({});
    shift(MINUTE);
    expect(await wake()).toEqual({ bulletin: 1 });
    await publishBulletin(asked, desk.bot.bulletinPublisher);
    shift(20 * MINUTE);
    expect(await wake()).toEqual({});
  });

  it('nothing is woken twice in one go, nor again before ten minutes have passed', async () => {
    const finding = await taken();
    await desk.suppressing(finding);
    shift(10 * MINUTE);
    await wake();
    const { version } = await desk.issueOf(finding);
    forget();
    shift(MINUTE);
    expect(await wake()).toEqual({});
    expect((await desk.issueOf(finding)).version).toBe(version);
    shift(9 * MINUTE);
    expect(await wake()).toMatchObject({ issue: 1 });
  });

  it('is measured: what is unfinished, what Slack does not show, and not what is merely due', async () => {
    const counted: Counted = {};
    const measuredSweep = () => sweep({ ...desk.bot.clock, metrics: counting(counted) });
    // Due for its own sake: a bulletin whose time has come.
    const key = { kind: 'overdue', subject: 'all', day: '2026-11-24' } as const;
    const postAt = new Date(desk.spine.clock.now().getTime() + 10 * MINUTE);
    const line = { ref: '111122223333/control/ec2.19', about: 'request' } as const;
    await addToBulletin({ key, channel: 'C0SECURITY', postAt }, line, desk.bot.clock);
    await desk.suppressing(await taken());
    await measuredSweep();
    shift(10 * MINUTE);
    await measuredSweep();
    // The bulletin has not been shown in the ten minutes that it has been due.
    shift(10 * MINUTE);
    await measuredSweep();
    expect(counted).toEqual({ RecordsUnsettled: [0, 1, 1], CardsBehind: [0, 1, 2] });
  });

  it('two sweeps at once wake it once', async () => {
    const finding = await taken();
    await desk.suppressing(finding);
    shift(10 * MINUTE);
    await Promise.all([wake(), wake()]);
    expect(desk.queues.workflows).toHaveLength(1);
  });

  it('what has been settled meanwhile is left alone', async () => {
    const finding = await taken();
    const { unsettled: _, ...settled } = await desk.issueOf(finding);
    await desk.bot.intake.issues.replace({ ...settled, version: settled.version + 1 }, settled.version);
    shift(10 * MINUTE);
    expect(await wake()).toEqual({ request: 1 });
  });

  it('many shards and hours later, after a long downtime, everything is found', async () => {
    const findings: Finding[] = [];
    for (let n = 0; n < 5; n += 1) {
      findings.push(await taken(n));
      shift(HOUR);
    }
    shift(6 * HOUR);
    expect(await wake()).toMatchObject({ issue: 5 });
    for (const finding of findings) {
      expect((await desk.issueOf(finding)).unsettled).toBe(desk.spine.clock.now().toISOString());
    }
  });

  it('a first sweep looks back a day', async () => {
    await taken();
    await cursorAt(undefined);
    shift(23 * HOUR);
    expect(await wake()).toMatchObject({ issue: 1 });
  });

  it('a clock that ran ahead for a while leaves nothing behind when it is put right', async () => {
    await taken();
    shift(10 * MINUTE);
    await cursorAt('2027-01-01T00:00:00.000Z');
    expect(await wake()).toMatchObject({ issue: 1 });
  });

  it('a record written ten minutes late into an hour gone by is not passed over', async () => {
    // The hour ends at 02:00; a worker with a slow clock writes at 02:05 what was due at 01:59.
    shift(59 * MINUTE + 30_000);
    await wake();
    const finding = await taken();
    const issue = await desk.issueOf(finding);
    shift(5 * MINUTE);
    await wake();
    const late: Issue = { ...(await desk.issueOf(finding)), unsettled: '2026-11-24T01:49:00.000Z' };
    await desk.bot.intake.issues.replace({ ...late, version: late.version + 1 }, late.version);
    expect(issue.unsettled).toBe('2026-11-24T01:59:30.000Z');
    shift(MINUTE);
    expect(await wake()).toMatchObject({ issue: 1 });
  });

  it('a record it does not know is named and passed over', async () => {
    const now = desk.spine.clock.now().toISOString();
    await desk.spine.ports.table.put({
      pk: 'x',
      sk: 'x',
      type: 'dragon',
      clockPk: `${now.slice(0, 13)}#0`,
      nextAt: now,
    });
    expect(await wake()).toEqual({ dragon: 1 });
    expect(desk.spine.logged.join()).toContain('dragon');
  });

  it('trouble keeps the sweep where it was, so that the next one begins there', async () => {
    const finding = await taken();
    await desk.suppressing(finding);
    shift(10 * MINUTE);
    const broken = {
      ...desk.bot.clock,
      queues: { ...desk.queues, card: () => Promise.reject(new Error('SQS is away')) },
    };
    await expect(sweep(broken)).rejects.toThrow('SQS is away');
    expect(await desk.spine.ports.table.get(CURSOR)).toMatchObject({ through: '2026-11-24T01:00:00.000Z' });
    shift(10 * MINUTE);
    await wake();
    expect(await desk.bot.intake.issues.load(issueKeyOf(finding))).toMatchObject({
      unsettled: desk.spine.clock.now().toISOString(),
    });
  });
});

describe('a change', () => {
  const propose = {
    type: 'propose',
    id: 'change-1',
    kind: 'suppress',
    actor: { id: 'U0ANALYST', name: 'Analyst' },
    target: '111122223333/control/s3.8',
    payload: {
      scope: 'all',
      issues: [],
      reason: 'Needed until the migration is over.',
      days: 1,
      asOf: '2026-11-24T01:00:00.000Z',
      until: '2026-11-25T01:59:30.000Z',
    },
    at: '2026-11-24T01:00:00.000Z',
  } as const;
  const change = async () => (await desk.bot.changes.load('change-1'))!;
  const apply = async () => {
    await desk.take(await desk.held({ control: 'S3.8' }));
    await runChange(propose, desk.bot.engine, false);
    expect(await change()).toMatchObject({ status: 'applied', until: propose.payload.until });
    forget();
  };
  /** Serves what the clock has queued. */
  const serve = async () => {
    for (const { body } of desk.queues.changes.splice(0))
      await runChange(body as never, desk.bot.engine, false);
  };

  it('that nobody has finished is resumed', async () => {
    await desk.take(await desk.held({ control: 'S3.8' }));
    const away = {
      ...desk.bot.engine,
      history: { ...desk.bot.engine.history, copy: () => Promise.reject(new Error('away')) },
    };
    await expect(runChange(propose, away, false)).rejects.toThrow('away');
    expect((await change()).unsettled).toBeDefined();
    forget();
    shift(10 * MINUTE);
    expect(await wake()).toMatchObject({ change: 1 });
    expect(desk.queues.changes).toEqual([
      {
        id: 'change-1',
        version: (await change()).version,
        group: propose.target,
        body: { type: 'resume', id: 'change-1' },
      },
    ]);
    await serve();
    expect(await change()).not.toHaveProperty('unsettled');
  });

  it('whose time has come is ended, once', async () => {
    await apply();
    shift(25 * HOUR - 31_000);
    // Its reminder is due by then, and nothing else.
    await wake();
    await serve();
    forget();
    expect((await change()).status).toBe('applied');
    shift(MINUTE);
    expect(await wake()).toMatchObject({ change: 1 });
    expect(desk.queues.changes).toMatchObject([{ body: { type: 'resume', id: 'change-1' } }]);
    await serve();
    expect((await change()).status).toBe('expired');
    shift(MINUTE);
    await wake();
    expect(desk.queues.changes).toEqual([]);
  });

  it('whose end was lost on its way is ended all the same', async () => {
    await apply();
    shift(25 * HOUR);
    // Nothing that is queued arrives, until the hour in which it was due has long been passed.
    for (let n = 0; n < 5; n += 1) {
      forget();
      await wake();
      shift(30 * MINUTE);
    }
    expect(desk.queues.changes.length).toBeGreaterThan(0);
    await serve();
    expect((await change()).status).toBe('expired');
  });
});
