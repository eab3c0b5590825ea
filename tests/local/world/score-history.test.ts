import { LOCAL_WORKSPACE } from '../../../local/slack/fixtures';
import { NEIGHBOURS, neighbourChecks } from '../../../local/world/neighbours';
import { writeScoreHistory } from '../../../local/world/score-history';
import { standingChecks } from '../../../local/world/standing-checks';
import type { AccountId } from '../../../src/accounts';
import { addDays } from '../../../src/calendar';
import { loadCatalogue } from '../../../src/controls';
import { loadPolicy } from '../../../src/policy';
import { countAccount, type Snapshot, scoreOf, total } from '../../../src/scores';
import { openSpine, type Spine } from '../../setup/spine';

const PROD = '111122223333' as AccountId;
const DEV = '444455556666' as AccountId;
const DAY_MS = 86_400_000;

// On a busy machine the embedded table takes its time.
jest.setTimeout(60_000);

const catalogue = loadCatalogue('config');
const checks = [
  ...[PROD, DEV].flatMap((account) => standingChecks(account, catalogue)),
  ...neighbourChecks(catalogue),
];

describe('the neighbours', () => {
  test('have controls that there are, and owners who are there', () => {
    for (const { id, owner, failing } of NEIGHBOURS) {
      const own = neighbourChecks(catalogue).filter(({ checked }) => checked.account === id);
      expect(own.length).toBeGreaterThanOrEqual(7);
      expect(
        own.filter(({ status }) => status === 'FAILED').map(({ checked }) => checked.control.id),
      ).toEqual(expect.arrayContaining([...failing]));
      expect(LOCAL_WORKSPACE.users.find((user) => user.id === owner)).toBeDefined();
    }
    expect(new Set(NEIGHBOURS.map(({ id }) => id)).size).toBe(NEIGHBOURS.length);
  });

  test('have nothing that anybody would be told about', () => {
    const policy = loadPolicy('config/policy.yml', catalogue);
    for (const { checked, status } of neighbourChecks(catalogue)) {
      if (status === 'PASSED') continue;
      const { account, control } = checked;
      const kind = NEIGHBOURS.find(({ id }) => id === account)?.kind ?? 'production';
      const { treatment } = policy.treat({
        control: control.id,
        product: 'control',
        severity: control.severity,
        category: control.category,
        account: account as never,
        kind,
        region: 'ap-northeast-1',
        tags: {},
      });
      expect({ account, control: control.id, treatment }).toMatchObject({ treatment: 'ignore' });
    }
  });
});

describe('the history of their scores', () => {
  let spine: Spine;
  // Two thousand records: once for all of these, the test that moves the clock is the last one.
  beforeAll(async () => {
    spine = await openSpine();
    await write();
  }, 60_000);
  afterAll(() => spine.close());

  const write = () => {
    const { scores, config } = spine.bot;
    return writeScoreHistory({ scores, calendar: config.calendar }, checks, spine.clock.now());
  };
  const points = (days: readonly Snapshot[]) => days.map(({ counts }) => scoreOf(counts));
  const today = () => spine.bot.config.calendar.dayOf(spine.clock.now());

  test('is months of days without a gap, ending where the account stands', async () => {
    const { scores } = spine.bot;
    const prod = await scores.snapshots(PROD, 400);
    expect(prod.map(({ day }) => day)).toEqual(
      Array.from({ length: 200 }, (_, index) => addDays(today(), index - 200)),
    );
    expect(Math.abs((points(prod)[0] ?? 0) - 58)).toBeLessThan(2);
    const release = points(prod).findIndex(
      (score, index) => (points(prod)[index - 2] ?? 0) - (score ?? 0) > 8,
    );
    expect(release).toBeGreaterThan(100);
    expect(prod.at(-1)?.counts).toMatchObject({ failed: 0, unknown: 1 });
    for (const { counts, standards } of prod) {
      const fsbp = standards['aws-foundational-security-best-practices/v/1.0.0'];
      expect(fsbp && total(fsbp)).toBeGreaterThan(0);
      expect(fsbp?.passed).toBeLessThanOrEqual(counts.passed);
    }
    const weeks = await scores.weeks(100);
    expect(weeks.length).toBeGreaterThan(26);
    expect(weeks.at(-1)).toMatchObject({ accounts: 8 });
    expect(weeks.every(({ week }) => new Date(week).getUTCDay() === 1)).toBe(true);
  });

  test('shop-dev was at 100 % for 23 days, and fell', async () => {
    const { scores } = spine.bot;
    const days = points(await scores.snapshots(DEV, 400));
    expect(days.filter((score) => score === 100)).toHaveLength(23);
    expect(days.slice(days.indexOf(100), days.indexOf(100) + 23)).toEqual(Array(23).fill(100));
    const score = await scores.ofAccounts.load(DEV);
    expect(score?.climb).toMatchObject({ times: 1, longestDays: 23, wasBelow: true });
    expect(score?.recent.map((day) => day.score)).toEqual(days.slice(-30));
  });

  test('written twice it is the same', async () => {
    const { scores } = spine.bot;
    const all = async () => [
      await scores.snapshots(DEV, 400),
      await scores.ofControls.of(DEV),
      await scores.ofAccounts.load(DEV),
      await scores.weeks(100),
      await scores.firstSeen(),
    ];
    const once = await all();
    await write();
    expect(await all()).toEqual(once);
  });

  test('goes on from there: the next counts find what it says, and keep its days', async () => {
    const { bot, clock } = spine;
    const before = await bot.scores.ofAccounts.load(PROD);
    const { score } = await countAccount(PROD, bot.counts);
    expect(score.counts).toEqual(before?.counts);
    expect(score.recent).toEqual(before?.recent);
    expect(score.fresh).toEqual([]);

    clock.advance(DAY_MS);
    const next = await countAccount(PROD, bot.counts);
    expect(next.score.recent.at(-1)).toEqual({ day: before?.day, score: scoreOf(score.counts) });
    expect(await bot.scores.snapshots(PROD, 2)).toMatchObject([
      { day: addDays(today(), -2), counts: before?.counts },
      { day: addDays(today(), -1), counts: before?.counts },
    ]);
  });
});
