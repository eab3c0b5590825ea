import * as fc from 'fast-check';
import type { Account, AccountId } from '../../src/accounts';
import { type AccountScore, LISTED_ACCOUNTS, LISTED_PROJECTS, listScores, scoreOf } from '../../src/scores';
import { account } from '../blocks/records';
import { accountScore, counts, recent } from './records';

const idOf = (n: number) => String(100_000_000_000 + n) as AccountId;
const named = (n: number, over: Partial<Account> = {}) =>
  account({ id: idOf(n), name: `account-${String(n).padStart(4, '0')}`, ...over });
const scored = (n: number, passed: number, failed: number, week?: number): AccountScore =>
  accountScore({
    account: idOf(n),
    counts: counts(passed, failed),
    recent: week === undefined ? [] : recent(week, 0, 0, 0, 0, 0, 0),
  });

async function* paged(scores: readonly AccountScore[], size = 3) {
  for (let from = 0; from < scores.length; from += size) yield scores.slice(from, from + size);
}
const list = (scores: readonly AccountScore[], accounts: readonly Account[]) =>
  listScores(paged(scores), accounts, (id) => accounts.find((known) => known.id === id));

test('the best come first; really all passed before a rounded 100; of equal ones the one with more controls', async () => {
  const accounts = [1, 2, 3, 4, 5].map((n) => named(n));
  const scores = [scored(1, 1, 1), scored(2, 995, 5), scored(3, 4, 0), scored(4, 40, 0), scored(5, 996, 4)];
  const { lines } = await list(scores, accounts);
  expect(lines.map((line) => [line.account.name, line.score])).toEqual([
    ['account-0004', 100],
    ['account-0003', 100],
    ['account-0002', 100],
    ['account-0005', 100],
    ['account-0001', 50],
  ]);
});

test('accounts without a score come last, and are told apart', async () => {
  const { asOf: _, ...uncounted } = scored(3, 0, 0);
  const found = await list(
    [scored(2, 1, 1), uncounted, scored(4, 0, 0)],
    [1, 2, 3, 4].map((n) => named(n)),
  );
  expect(found.lines.map((line) => [line.account.name, line.score, line.counted])).toEqual([
    ['account-0002', 50, true],
    ['account-0003', undefined, false],
    ['account-0004', undefined, true],
    ['account-0001', undefined, false],
  ]);
  expect(found).toMatchObject({ accounts: 4, uncounted: 2, noData: 1, median: 50, perfect: 0 });
});

test('others’ scores are passed over', async () => {
  expect(await list([scored(1, 1, 0), scored(2, 0, 1)], [named(2)])).toMatchObject({
    accounts: 1,
    median: 0,
    perfect: 0,
  });
});

test('by project, without regard to case, and by kind, with the change of the median', async () => {
  const accounts = [
    named(1, { project: 'Shop' }),
    named(2, { project: 'ｓｈｏｐ', kind: 'non-production' }),
    named(3, { project: 'Blog' }),
    named(4, { project: ' ' }),
  ];
  const scores = [scored(1, 9, 1, 80), scored(2, 8, 2, 80), scored(3, 1, 0, 90), scored(4, 0, 1)];
  const found = await list(scores, accounts);
  expect(found.projects).toEqual([
    { project: 'Blog', accounts: 1, median: 100, week: 10, perfect: 1 },
    { project: 'Shop', accounts: 2, median: 85, week: 5, perfect: 0 },
  ]);
  expect(found.kinds).toEqual([
    { kind: 'production', accounts: 3, median: 90, week: 5, perfect: 1 },
    { kind: 'non-production', accounts: 1, median: 80, week: 0, perfect: 0 },
  ]);
});

test('the median is the middle one, or between the two middle ones to the nearest whole number', async () => {
  const shares = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(shares, async (given) => {
      const scores = given.map(([passed, failed], n) => scored(n, passed, failed));
      const found = await list(
        scores,
        scores.map((_, n) => named(n)),
      );
      const sorted = scores.flatMap((score) => scoreOf(score.counts) ?? []).sort((a, b) => a - b);
      const [low = Number.NaN, high = Number.NaN] = [
        sorted[Math.floor((sorted.length - 1) / 2)],
        sorted[Math.floor(sorted.length / 2)],
      ];
      expect(found.median).toBe(sorted.length === 0 ? undefined : Math.round((low + high) / 2));
      expect(found.lines.map(({ score }) => score).filter((score) => score !== undefined)).toEqual(
        sorted.toReversed().slice(0, LISTED_ACCOUNTS),
      );
    }),
    { numRuns: 50 },
  );
});

test('of many, no more is kept than is shown', async () => {
  const accounts = Array.from({ length: 300 }, (_, n) => named(n, { project: `Project ${n % 15}` }));
  const scores = accounts.slice(0, 250).map((_, n) => scored(n, n + 1, 0));
  const found = await listScores(
    paged(scores, 100),
    accounts,
    (id) => accounts[Number(id) - 100_000_000_000],
  );
  expect(found.lines.map(({ account: { name } }) => name)).toEqual(
    Array.from({ length: LISTED_ACCOUNTS }, (_, n) => `account-0${249 - n}`),
  );
  expect(found).toMatchObject({ accounts: 300, uncounted: 50, moreProjects: 5 });
  expect(found.projects).toHaveLength(LISTED_PROJECTS);
});
