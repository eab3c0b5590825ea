import type { AccountId } from '../../src/accounts';
import type { BulletinView, LineView, RankedView } from '../../src/bulletins';
import type { ControlId } from '../../src/controls';
import { account, EC2_19, HELPER, OWNER, TEAM } from './records';

/** Bulletins for drawing. */

type ViewOf<Kind extends BulletinView['kind']> = Extract<BulletinView, { kind: Kind }>;

export const CARD_URL = 'https://slack.com/archives/C0HOME001/p1700000000000100';
export const STAGING = account({
  id: '444455556666' as AccountId,
  name: 'payments-staging',
  kind: 'non-production',
});

export const line = (over: Partial<LineView> = {}): LineView => ({
  ref: '111122223333/control/ec2.19',
  control: EC2_19,
  title: '危険なポートが全世界に公開されています',
  severity: 'CRITICAL',
  account: account(),
  open: 2,
  done: false,
  due: '2026-11-24T00:10:00.000Z',
  dueDay: '2026-11-24',
  overdue: false,
  ...over,
});

/** Requests of several controls, the most urgent first. */
export const lines = (n: number, over: Partial<LineView> = {}): LineView[] =>
  Array.from({ length: n }, (_, place) =>
    line({
      ref: `111122223333/control/s3.${place + 1}`,
      control: `S3.${place + 1}` as ControlId,
      title: `バケットの設定を見直してください (${place + 1})`,
      severity: place < 2 ? 'HIGH' : 'MEDIUM',
      open: place + 1,
      ...over,
    }),
  );

export const digest = (over: Partial<ViewOf<'digest'>> = {}): ViewOf<'digest'> => ({
  kind: 'digest',
  ref: 'bulletin/digest/2026-11-24/111122223333-0',
  day: '2026-11-24',
  account: account(),
  mentions: [OWNER],
  ownerless: false,
  young: false,
  lines: [line(), ...lines(14)],
  issues: 240,
  ...over,
});

export const morning = (over: Partial<ViewOf<'morning'>> = {}): ViewOf<'morning'> => ({
  kind: 'morning',
  ref: 'bulletin/morning/2026-11-24/C0HOME001',
  day: '2026-11-24',
  lines: lines(3, { severity: 'MEDIUM' }),
  mentions: [OWNER, TEAM],
  ...over,
});

export const reminder = (over: Partial<ViewOf<'reminder'>> = {}): ViewOf<'reminder'> => ({
  kind: 'reminder',
  ref: 'bulletin/reminder/2026-11-24/C0HOME001-U0OWNER01',
  day: '2026-11-24',
  owner: OWNER,
  lines: [
    line({ overdue: true, permalink: CARD_URL, due: '2026-11-20T00:10:00.000Z', dueDay: '2026-11-20' }),
    line({ control: 'S3.1' as ControlId, severity: 'HIGH', permalink: CARD_URL, takenBy: HELPER }),
    line({
      control: 'RDS.2' as ControlId,
      severity: 'HIGH',
      permalink: CARD_URL,
      due: '2026-11-25T00:10:00.000Z',
      dueDay: '2026-11-25',
      account: STAGING,
    }),
  ],
  ...over,
});

export const overdue = (over: Partial<ViewOf<'overdue'>> = {}): ViewOf<'overdue'> => ({
  kind: 'overdue',
  ref: 'bulletin/overdue/2026-11-24/all',
  day: '2026-11-24',
  owners: [
    {
      owner: OWNER,
      lines: [
        line({ overdue: true, permalink: CARD_URL, due: '2026-11-21T00:10:00.000Z', takenBy: HELPER }),
        line({ control: 'S3.1' as ControlId, overdue: true, due: '2026-11-10T00:10:00.000Z' }),
      ],
    },
    { lines: [line({ account: STAGING, overdue: true, due: '2026-11-20T00:10:00.000Z' })] },
  ],
  total: 3,
  ...over,
});

export const observed = (over: Partial<ViewOf<'observed'>> = {}): ViewOf<'observed'> => ({
  kind: 'observed',
  ref: 'bulletin/observed/2026-11-24/all',
  day: '2026-11-24',
  accounts: [
    {
      account: account({ mode: 'observe' }),
      asked: 12,
      told: 3,
      suppressed: 40,
      controls: [
        { control: EC2_19, count: 9 },
        { control: 'S3.1' as ControlId, count: 3 },
      ],
    },
    { account: STAGING, asked: 1, told: 0, suppressed: 7, controls: [] },
  ],
  ...over,
});

export const undecided = (over: Partial<ViewOf<'undecided'>> = {}): ViewOf<'undecided'> => ({
  kind: 'undecided',
  ref: 'bulletin/undecided/any/ec2.999',
  day: 'any',
  control: 'EC2.999' as ControlId,
  title: 'EC2 instances should do something that is new',
  severity: 'HIGH',
  proposals: {
    production: {
      treatment: 'track',
      line: 'other-severe',
      version: 'abc',
      deadlineHours: 72,
      undecided: true,
    },
    'non-production': {
      treatment: 'notify',
      line: 'other-moderate',
      version: 'abc',
      deadlineHours: 72,
      undecided: true,
    },
  },
  accounts: [
    { account: account(), issues: 8 },
    { account: STAGING, issues: 4 },
  ],
  ...over,
});

export const drift = (over: Partial<ViewOf<'drift'>> = {}): ViewOf<'drift'> => ({
  kind: 'drift',
  ref: 'bulletin/drift/2026-11-24/all',
  day: '2026-11-24',
  accounts: [
    { account: account(), opened: 2, closed: 1, adopted: 0, lifted: 0, rewritten: 0, changed: 0, scores: 0 },
    { account: STAGING, opened: 0, closed: 0, adopted: 3, lifted: 1, rewritten: 2, changed: 5, scores: 4 },
  ],
  outside: [
    { account: STAGING, count: 4, before: 1 },
    { account: account(), count: 2, before: 2 },
  ],
  findings: 12345,
  calls: 67,
  ...over,
});

export const accountsList = (over: Partial<ViewOf<'accounts'>> = {}): ViewOf<'accounts'> => {
  const { owner: _, ...ownerless } = STAGING;
  const { owner: __, name: ___, ...stray } = account({ id: '777788889999' as AccountId, registered: false });
  return {
    kind: 'accounts',
    ref: 'bulletin/accounts/2026-11-24/all',
    day: '2026-11-24',
    ownerless: [{ account: { ...ownerless, leftOwner: HELPER }, since: '2026-11-20T00:00:00.000Z' }],
    unregistered: [{ account: stray, since: '2026-11-23T00:00:00.000Z', waiting: 12 }],
    ...over,
  };
};

/** An account in a ranking; its name tells its place. */
export const ranked = (rank: number, over: Partial<RankedView> = {}): RankedView => ({
  account: account({ id: String(100_000_000_000 + rank) as AccountId, name: `payments-${rank}` }),
  rank,
  score: 100 - rank,
  perfect: false,
  passed: 80 - rank,
  failed: rank,
  unknown: 0,
  change: rank % 2 === 0 ? -1 : 2,
  perfectDays: 0,
  ...over,
});

export const ranking = (over: Partial<ViewOf<'ranking'>['ranking']> = {}): ViewOf<'ranking'> => ({
  kind: 'ranking',
  ref: 'bulletin/ranking/2026-11-24/all',
  day: '2026-11-24',
  ranking: {
    accounts: 14,
    top: [
      ranked(1, { account: account(), score: 100, perfect: true, passed: 74, failed: 0, perfectDays: 3 }),
      ...[2, 3, 4, 5].map((rank) => ranked(rank)),
    ],
    climbers: [
      ranked(4, { change: 9 }),
      ranked(5, { account: { ...STAGING, owner: TEAM }, score: 88, change: 6 }),
    ],
    newcomers: [ranked(1, { account: account(), score: 100, perfect: true, passed: 74, failed: 0 })],
    moreNewcomers: 0,
    small: [ranked(1, { account: STAGING, score: 100, perfect: true, failed: 0, perfectDays: 12 })],
    smallAccounts: 4,
    fewResources: 10,
    noData: 2,
    organisation: {
      week: '2026-11-23',
      accounts: 14,
      perfect: 3,
      median: 86,
      opened: 18,
      closed: 25,
      medianFixHours: 55,
    },
    weeks: [
      { week: '2026-11-09', accounts: 13, perfect: 1, median: 80, opened: 9, closed: 4 },
      {
        week: '2026-11-16',
        accounts: 14,
        perfect: 1,
        median: 84,
        opened: 20,
        closed: 12,
        medianFixHours: 70,
      },
    ],
    newControls: { count: 2, accounts: 5 },
    asOf: '2026-11-24T01:00:00.000Z',
    ...over,
  },
});

export const celebration = (over: Partial<ViewOf<'celebration'>> = {}): ViewOf<'celebration'> => ({
  kind: 'celebration',
  ref: 'bulletin/celebration/2026-11-24/111122223333/C0HOME001',
  day: '2026-11-24',
  account: account(),
  passed: 74,
  times: 1,
  longestDays: 0,
  people: [HELPER, OWNER],
  points: [
    { day: '2026-11-22', score: 91 },
    { day: '2026-11-23', score: 96 },
    { day: '2026-11-24', score: 100 },
  ],
  own: true,
  ...over,
});
