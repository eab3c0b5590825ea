import * as fc from 'fast-check';
import type { Account, AccountId, AccountLookup } from '../../src/accounts';
import type { RankedView } from '../../src/bulletins';
import type { ControlId } from '../../src/controls';
import {
  type AccountScore,
  isPerfect,
  lastWeek,
  newControls,
  Ranking,
  type RankingOf,
  type RankingRules,
  rankingChoices,
  rankingOf,
  readRanking,
  scoreOf,
  total,
} from '../../src/scores';
import { account } from '../blocks/records';
import { accountScore, counts, NOW, recent } from './records';

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS).toISOString();
const idOf = (n: number) => String(100_000_000_000 + n) as AccountId;
const lookup =
  (accounts: readonly Account[]): AccountLookup =>
  (id) =>
    accounts.find((one) => one.id === id) ?? account({ id, registered: false });
const rules = (accounts: readonly Account[], over: Partial<RankingRules> = {}): RankingRules => ({
  size: 10,
  fewResources: 10,
  accounts: lookup(accounts),
  dayOf: (at) => at.toISOString().slice(0, 10),
  now: NOW,
  newControls: new Set(),
  ...over,
});

/** Accounts a, b, c … with these scores. */
type Given = Partial<AccountScore> & { readonly as?: Partial<Account> };
function rank(given: Readonly<Record<string, Given>>, over: Partial<RankingRules> = {}) {
  const all = Object.entries(given).map(([name, { as, ...score }], n) => ({
    account: account({ id: idOf(n), name, ...as }),
    score: accountScore({ resources: 50, ...score, account: idOf(n) }),
  }));
  const ranking = new Ranking(
    rules(
      all.map((one) => one.account),
      over,
    ),
  );
  for (const { score } of all) ranking.add(score);
  return ranking;
}
const places = (ranked: readonly RankedView[]) =>
  ranked.map((one) => `${one.rank} ${one.account.name} ${one.score}`);

describe('the order', () => {
  test('by the rounded score, ties share a rank; among them more controls first, then the name', () => {
    const { view } = rank({
      low: { counts: counts(1, 1) },
      few: { counts: counts(9, 1) },
      zebra: { counts: counts(90, 10) },
      ant: { counts: counts(90, 10) },
      best: { counts: counts(95, 5) },
    });
    expect(places(view.top)).toEqual(['1 best 95', '2 ant 90', '2 zebra 90', '2 few 90', '5 low 50']);
    expect(view.accounts).toBe(5);
  });

  test('really all passed stands above what is 100 only when rounded', () => {
    const { view } = rank({
      almost: { counts: counts(999, 1) },
      unchecked: { counts: counts(999, 0, 1) },
      all: { counts: counts(10) },
    });
    expect(places(view.top)).toEqual(['1 all 100', '2 almost 100', '2 unchecked 100']);
    expect(view.top.map(({ perfect }) => perfect)).toEqual([true, false, false]);
    expect(view.top[2]).toMatchObject({ passed: 999, failed: 0, unknown: 1 });
  });

  test('never more than are asked for, and never the last ones alone', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`a${n}`, { counts: counts(n + 1, 40 - n) }]),
    );
    const { view } = rank(many, { size: 3 });
    expect(places(view.top)).toEqual(['1 a39 98', '2 a38 95', '3 a37 93']);
    expect(view.accounts).toBe(40);
  });
});

describe('who takes part', () => {
  test('registered accounts in use, those that are only observed too', () => {
    const { view, organisation } = rank({
      stray: { counts: counts(5), as: { registered: false } },
      gone: { counts: counts(5), as: { status: 'closed' } },
      watched: { counts: counts(4, 1), as: { mode: 'observe' } },
      empty: { counts: counts(0, 0, 0, 7, 3) },
    });
    expect(places(view.top)).toEqual(['1 watched 80']);
    expect(organisation.line('2026-11-23')).toMatchObject({ accounts: 1, perfect: 0, median: 80 });
  });

  test('those with few resources are ranked among themselves, the best three are named that are above the others', () => {
    const { view } = rank({
      large: { counts: counts(9, 1), resources: 10 },
      s1: { counts: counts(10), resources: 9 },
      s2: { counts: counts(10), resources: 0 },
      s3: { counts: counts(9, 1), resources: 3 },
      s4: { counts: counts(8, 2), resources: 3 },
    });
    expect(places(view.top)).toEqual(['1 large 90']);
    expect(places(view.small)).toEqual(['1 s1 100', '1 s2 100', '3 s3 90']);
    expect(view).toMatchObject({ smallAccounts: 4, accounts: 5, fewResources: 10 });
  });

  test('where all have few, there is no class beside another', () => {
    const { view } = rank({
      s1: { counts: counts(10), resources: 9 },
      s2: { counts: counts(9, 1), resources: 0, recent: recent(50, 50, 50, 50, 50, 50, 50) },
    });
    expect(places(view.top)).toEqual(['1 s1 100', '2 s2 90']);
    expect(view).toMatchObject({ small: [], smallAccounts: 0, accounts: 2 });
    expect(places(view.climbers)).toEqual(['2 s2 90']);
  });

  test.each<[RankingOf, readonly string[]]>([
    [{ kind: 'production' }, ['1 p1 95', '2 p2 80']],
    [{ kind: 'non-production' }, ['1 n1 90']],
    [{ project: 'SHOP' }, ['1 p1 95', '2 n1 90']],
    [{ project: 'sho' }, []],
  ])('only those of %j; the organisation stays whole', (of, expected) => {
    const { view, organisation } = rank(
      {
        p1: { counts: counts(95, 5), as: { project: 'Shop' } },
        n1: { counts: counts(9, 1), as: { kind: 'non-production', project: 'shop ' } },
        p2: { counts: counts(8, 2), as: { project: 'Blog' } },
      },
      { of },
    );
    expect(places(view.top)).toEqual(expected);
    expect(organisation.line('2026-11-23').accounts).toBe(3);
  });
});

const week = (score: number) => recent(score, 0, 0, 0, 0, 0, 0);

describe('climbers', () => {
  test('the three who gained most in seven days, the better score first; a point at least', () => {
    const { view } = rank({
      same: { counts: counts(90, 10), recent: week(90) },
      fell: { counts: counts(80, 20), recent: week(90) },
      one: { counts: counts(91, 9), recent: week(90) },
      ten: { counts: counts(50, 50), recent: week(40) },
      five: { counts: counts(75, 25), recent: week(70) },
      alsoFive: { counts: counts(85, 15), recent: week(80) },
      unknown: { counts: counts(99, 1) },
    });
    expect(view.climbers.map((one) => [one.account.name, one.change])).toEqual([
      ['ten', 10],
      ['alsoFive', 5],
      ['five', 5],
    ]);
  });

  test('nobody has climbed: nobody is named', () => {
    expect(rank({ same: { counts: counts(9, 1), recent: week(90) } }).view.climbers).toEqual([]);
  });
});

describe('newcomers to 100 %', () => {
  const climb = (over: Partial<AccountScore['climb']>) => ({ times: 0, longestDays: 0, ...over });
  test.each<[string, Given, boolean]>([
    [
      'came from below yesterday, and waits for its celebration',
      { climb: climb({ perfectSince: ago(1), wasBelow: true }) },
      true,
    ],
    ['has been celebrated', { climb: climb({ perfectSince: ago(2), celebratedAt: ago(1), times: 1 }) }, true],
    [
      'is only observed, and its days were below',
      { climb: climb({ perfectSince: ago(2) }), recent: recent(80, 80, 100, 100) },
      true,
    ],
    ['began there', { climb: climb({ perfectSince: ago(2) }), recent: recent(100, 100) }, false],
    ['has only just been counted', { climb: climb({ perfectSince: ago(0) }) }, false],
    [
      'has been there for longer',
      { climb: climb({ perfectSince: ago(8), wasBelow: true }), recent: recent(80, 100) },
      false,
    ],
    [
      'was interrupted within a day, three weeks after its celebration',
      {
        climb: climb({ perfectSince: ago(1), celebratedAt: ago(21), times: 1 }),
        recent: recent(90, ...Array.from({ length: 20 }, () => 100)),
      },
      false,
    ],
    [
      'is 100 only when rounded',
      { counts: counts(999, 1), climb: climb({ perfectSince: ago(1), wasBelow: true }) },
      false,
    ],
    [
      'has almost no controls',
      { counts: counts(4), climb: climb({ perfectSince: ago(1), wasBelow: true }) },
      false,
    ],
  ])('%s', (_what, given, isNew) => {
    const { view } = rank({ it: { counts: counts(20), ...given } });
    expect(view.newcomers).toHaveLength(isNew ? 1 : 0);
    expect(view.top[0]?.perfectDays).toBeGreaterThanOrEqual(0);
  });

  test('are not named as climbers once more; ten are named, the others counted', () => {
    const many = Object.fromEntries(
      Array.from({ length: 13 }, (_, n) => [
        `a${n}`,
        {
          counts: counts(20),
          recent: week(50),
          climb: climb({ perfectSince: ago(1), wasBelow: true }),
        },
      ]),
    );
    const { view } = rank(many);
    expect(view.newcomers).toHaveLength(10);
    expect(view).toMatchObject({ moreNewcomers: 3, climbers: [] });
  });
});

describe('new controls', () => {
  const seen = (control: string, days: number) => ({ control: control as ControlId, at: ago(days) });

  test('are those that nobody had before this week, once the organisation is known for longer', () => {
    expect(newControls([seen('S3.1', 15), seen('EC2.1', 6), seen('EC2.2', 8)], NOW)).toEqual(
      new Set(['ec2.1']),
    );
    expect(newControls([seen('S3.1', 13), seen('EC2.1', 6)], NOW)).toEqual(new Set());
    expect(newControls([], NOW)).toEqual(new Set());
  });

  test('count where they have cost somebody points', () => {
    const fresh = (...controls: string[]) => ({ counts: counts(9, 1), fresh: controls as ControlId[] });
    const given = {
      a: fresh('EC2.1', 'S3.7'),
      b: fresh('ec2.1', 'EC2.9'),
      c: fresh('S3.7'),
      stray: { ...fresh('EC2.9'), as: { registered: false } },
    };
    const over = { newControls: new Set(['ec2.1', 'ec2.9', 'ec2.10']) };
    expect(rank(given, over).newControls).toEqual({ count: 2, accounts: 2 });
    expect(rank(given).newControls).toBeUndefined();
  });
});

test('the organisation’s line: medians, 100 %, requests', () => {
  const { organisation } = rank({
    a: { counts: counts(10), week: { opened: 3, closed: 1, fixHours: [10, 2] } },
    b: { counts: counts(85, 15), week: { opened: 0, closed: 2, fixHours: [4, 100] } },
    c: { counts: counts(80, 20), recent: recent(70) },
    d: { counts: counts(1, 1), week: { opened: 1, closed: 0, fixHours: [] } },
  });
  expect(organisation.line('2026-11-23')).toEqual({
    week: '2026-11-23',
    accounts: 4,
    perfect: 1,
    median: 83,
    opened: 4,
    closed: 3,
    medianFixHours: 7,
  });
  expect(organisation.settled).toBe(true);
  expect(rank({ a: { counts: counts(10) } }).organisation.settled).toBe(false);
  expect(rank({}).organisation.line('2026-11-23')).toEqual({
    week: '2026-11-23',
    accounts: 0,
    perfect: 0,
    opened: 0,
    closed: 0,
  });
});

test('the week before is the one before, or none', () => {
  const past = (week: string) => ({ week, accounts: 1, perfect: 0, median: 1, opened: 0, closed: 0 });
  const weeks = [past('2026-11-09'), past('2026-11-16')];
  expect(lastWeek({ organisation: past('2026-11-23'), weeks })).toEqual(past('2026-11-16'));
  expect(lastWeek({ organisation: past('2026-11-30'), weeks })).toBeUndefined();
});

describe('what it can be narrowed down to', () => {
  const all = [
    account({ id: idOf(1), project: 'Shop' }),
    account({ id: idOf(2), project: 'shop', kind: 'non-production' }),
    account({ id: idOf(3), project: 'Web Blog' }),
    account({ id: idOf(4), project: 'Closed', status: 'closed' }),
  ];
  test.each([
    ['production', { kind: 'production' }],
    ['本番', { kind: 'production' }],
    ['Non-Production', { kind: 'non-production' }],
    ['開発', { kind: 'non-production' }],
    ['ＳＨＯＰ', { project: 'Shop' }],
    ['web  blog', { project: 'Web Blog' }],
    ['closed', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%p', (typed, of) => {
    expect(rankingOf(typed, all)).toEqual(of);
  });

  test('says what is near, and what there is', () => {
    expect(rankingChoices('produktion', all).near).toEqual([{ kind: 'production' }]);
    expect(rankingChoices('blog', all).near).toEqual([{ project: 'Web Blog' }]);
    expect(rankingChoices('shpo', all).near).toEqual([{ project: 'shop' }]);
    expect(rankingChoices('nothing like it', all)).toEqual({
      near: [],
      all: [{ kind: 'production' }, { kind: 'non-production' }, { project: 'Web Blog' }, { project: 'shop' }],
      more: 0,
    });
    const many = Array.from({ length: 25 }, (_, n) => account({ id: idOf(n), project: `p${n}` }));
    expect(rankingChoices('x', many)).toMatchObject({ more: 15 });
  });
});

test('whatever the pages hold, it is what sorting all of them comes to', async () => {
  const one = fc.record({
    passed: fc.nat(30),
    failed: fc.nat(3),
    unknown: fc.nat(1),
    resources: fc.nat(20),
    kind: fc.constantFrom('production' as const, 'non-production' as const),
    project: fc.constantFrom('Shop', 'shop', 'Blog'),
    registered: fc.boolean(),
    closed: fc.boolean(),
    before: fc.option(fc.nat(100), { nil: undefined }),
  });
  const scopes: readonly (RankingOf | undefined)[] = [undefined, { kind: 'production' }, { project: 'shop' }];
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { maxLength: 40 }),
      fc.constantFrom(...scopes),
      fc.integer({ min: 1, max: 6 }),
      async (given, of, size) => {
        const accounts = given.map(({ kind, project, registered, closed }, n) =>
          account({
            id: idOf(n),
            name: `n${n % 7}`,
            kind,
            project,
            registered,
            status: closed ? 'closed' : 'active',
          }),
        );
        const scores = given.map(({ passed, failed, unknown, resources, before }, n) =>
          accountScore({
            account: idOf(n),
            counts: counts(passed, failed, unknown),
            resources,
            recent: before === undefined ? [] : week(before),
          }),
        );
        const view = await readRanking(of, '2026-11-23', {
          accounts: lookup(accounts),
          registered: () => accounts.filter(({ registered }) => registered),
          calendar: { dayOf: (at) => at.toISOString().slice(0, 10) },
          rules: { weekly: { weekday: 1, time: 0 }, size, fewResources: 10 },
          now: () => NOW,
          scores: {
            weeks: async () => [],
            firstSeen: async () => [],
            ofAccounts: {
              async *pages() {
                for (let at = 0; at < scores.length; at += 7) yield scores.slice(at, at + 7);
              },
            },
          },
        });

        const asked = accounts.filter(
          ({ registered, status, kind, project }) =>
            registered &&
            status === 'active' &&
            (of === undefined || ('kind' in of ? kind === of.kind : project?.toLowerCase() === of.project)),
        );
        const ids = new Set(asked.map(({ id }) => id));
        const inScope = scores.filter((score) => ids.has(score.account) && total(score.counts) > 0);
        const large = inScope.filter(({ resources }) => resources >= 10);
        const main = large.length > 0 ? large : inScope;
        const standing = ({ counts: c }: AccountScore) => (isPerfect(c) ? 101 : (scoreOf(c) ?? -1));
        const sorted = main.toSorted(
          (a, b) =>
            standing(b) - standing(a) ||
            total(b.counts) - total(a.counts) ||
            (Number(a.account.slice(-3)) % 7) - (Number(b.account.slice(-3)) % 7) ||
            (a.account < b.account ? -1 : 1),
        );
        expect(view.top.map((ranked) => ranked.account.id)).toEqual(
          sorted.slice(0, size).map((score) => score.account),
        );
        expect(view.top.map((ranked) => ranked.rank)).toEqual(
          sorted
            .slice(0, size)
            .map((score) => 1 + main.filter((other) => standing(other) > standing(score)).length),
        );
        expect(view.accounts).toBe(inScope.length);
        expect(view.smallAccounts).toBe(inScope.length - main.length);
        expect(view.small.length).toBeLessThanOrEqual(Math.min(3, view.smallAccounts));
        for (const { score } of view.small) {
          expect(main.filter((other) => (scoreOf(other.counts) ?? 0) > score).length).toBeLessThanOrEqual(
            main.length / 2,
          );
        }
        expect(view.noData).toBe(asked.length - inScope.length);
        expect(view.climbers.length).toBeLessThanOrEqual(3);
        expect(view.climbers.every(({ change = 0 }) => change >= 1)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
