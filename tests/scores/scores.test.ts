import { memoryTable } from '../../bench/memory-table';
import type { AccountId } from '../../src/accounts';
import type { ControlId } from '../../src/controls';
import {
  type AccountScore,
  changeOver,
  KEPT_DAYS,
  newAccountScore,
  newControlScore,
  type OrganisationWeek,
  type Scores,
  type Snapshot,
  scoreDaysAgo,
  scoredAccount,
  tableScores,
} from '../../src/scores';
import { dynamoTable, type Table } from '../../src/store';
import { openWorld } from '../setup/world';
import { ACCOUNT } from './example-issue';

const OTHER = '444455556666' as AccountId;
const AT = '2026-11-24T01:00:00.000Z';
const COUNTS = { passed: 3, failed: 1, unknown: 0, noData: 2, disabled: 1 };

const snapshotOf = (day: string, account = ACCOUNT): Snapshot => ({
  account,
  day,
  counts: COUNTS,
  exceptions: 1,
  resources: 9,
  standards: { 'pci-dss/v/3.2.1': { passed: 1, failed: 0, unknown: 0 } },
});

const accountScore = (about: Partial<AccountScore> = {}): AccountScore => ({
  ...newAccountScore(ACCOUNT, '2026-11-24', new Date(AT)),
  ...about,
});

let table: Table;
let scores: Scores;
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, world.environment['TABLE_NAME'] ?? '');
  scores = tableScores(table);
});

describe("an account's score", () => {
  test('comes back as it was written', async () => {
    const score = accountScore({
      counts: COUNTS,
      asOf: AT,
      reconciledAt: AT,
      recent: [
        { day: '2026-11-22', score: 0 },
        { day: '2026-11-23', score: undefined },
      ],
      fresh: ['EC2.8' as ControlId],
      week: { opened: 1, closed: 2, fixHours: [3, 4] },
      climb: { times: 1, longestDays: 2, wasBelow: true, belowSince: AT, notBefore: AT },
    });
    expect(await scores.ofAccounts.create(score)).toBe(true);
    expect(await scores.ofAccounts.create(score)).toBe(false);
    expect(await scores.ofAccounts.load(ACCOUNT)).toMatchObject(score);
    expect(await scores.ofAccounts.load(OTHER)).toBeUndefined();
  });

  test.each([
    [[]],
    [[undefined]],
    [[undefined, undefined]],
    [[0]],
    [[100, undefined, 0]],
    [Array.from({ length: 30 }, (_, day) => (day % 3 === 0 ? undefined : day))],
  ])('keeps its recent days, those without data too: %j', async (points) => {
    const recent = points.map((score, index) => ({
      day: `2026-10-${String(index + 2 + (30 - points.length)).padStart(2, '0')}`,
      score,
    }));
    await scores.ofAccounts.create(accountScore({ day: '2026-11-01', recent }));
    expect((await scores.ofAccounts.load(ACCOUNT))?.recent).toEqual(recent);
  });

  test('is replaced only where it still stands as it was read', async () => {
    await scores.ofAccounts.create(accountScore());
    expect(await scores.ofAccounts.replace(accountScore({ version: 2 }), 1)).toBe(true);
    expect(await scores.ofAccounts.replace(accountScore({ version: 2 }), 1)).toBe(false);
  });

  test("is found by the clock when its time has come, as the account's", async () => {
    await scores.ofAccounts.create(accountScore({ wakeAt: AT }));
    const shards = await Promise.all(
      Array.from({ length: 8 }, (_, shard) =>
        table.index('clock', `${AT.slice(0, 13)}#${shard}`, { through: AT }),
      ),
    );
    const items = shards.flatMap((page) => page.items);
    expect(items.map((item) => [item['type'], scoredAccount(item), item['nextAt']])).toEqual([
      ['account-score', ACCOUNT, AT],
    ]);
  });

  test('is read with all others, page by page', async () => {
    const accounts = Array.from({ length: 30 }, (_, index) => String(111_122_223_300 + index) as AccountId);
    for (const account of accounts) await scores.ofAccounts.create(accountScore({ account }));
    const read: AccountId[] = [];
    for await (const page of scores.ofAccounts.pages()) read.push(...page.map(({ account }) => account));
    expect(read).toEqual(accounts);
  });

  test('says how it has changed, where both days had data', () => {
    const recent = [
      { day: '2026-11-21', score: 50 },
      { day: '2026-11-22', score: undefined },
      { day: '2026-11-23', score: 80 },
    ];
    const score = accountScore({ counts: COUNTS, recent });
    expect([1, 2, 3, 4].map((days) => scoreDaysAgo(score, days))).toEqual([80, undefined, 50, undefined]);
    expect([1, 2, 3, 4].map((days) => changeOver(score, days))).toEqual([-5, undefined, 25, undefined]);
    expect(changeOver(accountScore({ recent }), 1)).toBeUndefined();
  });
});

describe('a control', () => {
  const control = newControlScore(ACCOUNT, 'EC2.19' as ControlId, AT);

  test('is the same however its name is spelt', async () => {
    expect(await scores.ofControls.create(control)).toBe(true);
    expect(await scores.ofControls.create({ ...control, control: 'ec2.19' as ControlId })).toBe(false);
    expect(await scores.ofControls.load({ account: ACCOUNT, control: 'Ec2.19' })).toEqual(control);
    expect(await scores.ofControls.of(ACCOUNT)).toEqual([control]);
  });

  test('is its own account only, and no snapshot', async () => {
    await scores.ofControls.create(control);
    await scores.ofControls.create({ ...control, account: OTHER });
    await scores.keepSnapshot(snapshotOf('2026-11-24'));
    expect(await scores.ofControls.of(ACCOUNT)).toEqual([control]);
  });

  test('is dated by its first finding in the organisation', async () => {
    await scores.noteControl('EC2.19' as ControlId, AT);
    await scores.noteControl('ec2.19' as ControlId, '2026-12-01T00:00:00.000Z');
    await scores.noteControl('S3.5' as ControlId, '2026-12-01T00:00:00.000Z');
    expect(await scores.firstSeen()).toEqual([
      { control: 'EC2.19', at: AT },
      { control: 'S3.5', at: '2026-12-01T00:00:00.000Z' },
    ]);
  });
});

describe('snapshots', () => {
  test('are the last so many, oldest first, across months and years', async () => {
    const days = ['2026-09-30', '2026-12-31', '2027-01-01', '2027-02-28'];
    for (const day of days.toReversed()) await scores.keepSnapshot(snapshotOf(day));
    await scores.keepSnapshot(snapshotOf('2027-03-01', OTHER));
    expect(await scores.snapshots(ACCOUNT, 3)).toEqual(days.slice(1).map((day) => snapshotOf(day)));
    expect(await scores.snapshots(ACCOUNT, 400)).toEqual(days.map((day) => snapshotOf(day)));
  });

  test('written again are the same, and end after 400 days', async () => {
    await scores.keepSnapshot(snapshotOf('2026-11-24'));
    await scores.keepSnapshot(snapshotOf('2026-11-24'));
    expect(await scores.snapshots(ACCOUNT, 10)).toHaveLength(1);
    const [item] = await table.all(`SCORE#${ACCOUNT}`, 'D#');
    const ends = Date.parse('2026-11-24T00:00:00Z') / 1_000 + KEPT_DAYS * 86_400;
    expect(item?.['expiresAt']).toBe(ends);
    expect(KEPT_DAYS).toBe(400);
  });
});

test('weeks of the organisation are the last so many, oldest first', async () => {
  const memory = tableScores(memoryTable());
  for (const scores of [memory, tableScores(table)]) {
    const week = (monday: string): OrganisationWeek => ({
      week: monday,
      accounts: 3,
      perfect: 1,
      median: 80,
      opened: 2,
      closed: 1,
      medianFixHours: 5,
    });
    const weeks = ['2026-12-21', '2026-12-28', '2027-01-04'].map(week);
    for (const one of weeks.toReversed()) await scores.keepWeek(one);
    expect(await scores.weeks(2)).toEqual(weeks.slice(1));
  }
});
