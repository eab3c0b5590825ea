import * as fc from 'fast-check';
import { drawNobody, drawScoreProblem } from '../../../blocks/cards/misread';
import {
  drawNoScores,
  drawScore,
  drawScores,
  type ScoreCard,
  type ScoresOf,
  type ShownHolding,
} from '../../../blocks/cards/score';
import { LIMITS } from '../../../blocks/kit';
import { checkMessage } from '../../../blocks/kit/check';
import { shownWords } from '../../../blocks/words/shown';
import { CATEGORIES, SEVERITIES } from '../../../src/controls';
import { LANGUAGES } from '../../../src/playbooks';
import { LISTED_ACCOUNTS, LISTED_PROJECTS, type ScoreLine, type ScoreList } from '../../../src/scores';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import { account, OWNER } from '../records';

const [ja, en] = [shownWords('ja').scores, shownWords('en').scores];
const counts = (passed: number, failed = 0, unknown = 0, noData = 0, disabled = 0) => ({
  passed,
  failed,
  unknown,
  noData,
  disabled,
});
const FSBP = 'aws-foundational-security-best-practices/v/1.0.0';
const PAGE = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19';
const PERMALINK = 'https://example.slack.com/archives/C0HOME001/p1700000000000100';

const holding = (over: Partial<ShownHolding> = {}): ShownHolding => ({
  control: 'EC2.19' as ShownHolding['control'],
  severity: 'CRITICAL',
  status: 'failed',
  title: 'A high-risk port is open to the whole internet',
  resources: 3,
  permalink: PERMALINK,
  page: PAGE,
  ...over,
});

const { permalink: _, ...unasked } = holding({ status: 'unknown', severity: 'HIGH', resources: 1 });

const view: ScoreCard['view'] = {
  score: 87,
  counts: counts(61, 7, 2, 12, 3),
  week: 3,
  month: -1,
  asOf: '2026-11-24T01:00:00.000Z',
  reconciledAt: '2026-11-23T18:00:00.000Z',
  weeks: [undefined, 70, 70, 72, undefined, 75, 78, 80, 82, 84, 86, 87],
  moreHolding: 7,
  pointsEach: 100 / 70,
  lifted: 90,
  standards: [{ standard: FSBP, tally: counts(61, 7, 2) }],
  categories: [
    { category: 'encryption-in-transit', tally: counts(9, 1) },
    { category: undefined, tally: counts(0, 0, 1) },
  ],
  exceptions: 4,
  streak: { days: 0, longest: 30 },
};
const card = (over: Partial<ScoreCard> = {}, shown: Partial<ScoreCard['view']> = {}): ScoreCard => ({
  account: account(),
  view: { ...view, ...shown },
  holding: [holding(), unasked],
  known: true,
  ...over,
});

test('says the score, its change, its counts, and the quickest way up', () => {
  const drawn = drawScore(card(), 'ja');
  expect(checkMessage(drawn)).toEqual([]);
  expect(readAloud(drawn.blocks)).toBe(
    [
      '87 %　payments-prod (111122223333)',
      '合格 61 · 不合格 7 · 確認不能 2',
      'データなし 12 · 無効 3（スコアに含みません）',
      '7 日間 ↗︎ +3 · 30 日間 ↘︎ −1',
      '12 週間の推移 ▁▁▂·▃▄▅▆▇██ 70 % → 87 %',
      'これまでの最長記録は、100 % を 30 日です。',
      '2026-11-24 01:00 UTC 時点 · Security Hub との照合 2026-11-23 18:00 UTC',
      'AWS が公開している計算方法によるスコアです。AWS コンソールの表示とは、最大で 1 日ほど違うことがあります。',
      '*スコアを上げる近道*',
      'どのコントロールも、合格すると +1.4 ポイントです。重要度の高いもの、その中では直すリソースの少ないものから並べています。',
      '🔴 *重大 (CRITICAL): A high-risk port is open to the whole internet*',
      '`EC2.19` · +1.4 · 不合格のリソース 3 件 · 依頼を開く',
      '🟠 *高 (HIGH): A high-risk port is open to the whole internet*',
      '`EC2.19` · +1.4 · 確認できないリソース 1 件 · AWS の手順を見る',
      'AWS が確認できていません。AWS Config がこの種類のリソースを記録しているか、必要な権限があるかをご確認ください。',
      '*この 2 件を直すと 87 % → 90 %*　ほかに 7 件あります。',
      '*標準ごと*',
      '■■■■■■■■■□ 87 % AWS FSBP v1.0.0 (61/70)',
      '*分類ごと*',
      '■■■■■■■■■□ 90 % 通信の暗号化 (9/10)',
      '□□□□□□□□□□ 0 % 未分類 (0/1)',
      '理由をつけて抑制しているもの: 4 件。一覧は `/secops exceptions payments-prod`',
    ].join('\n'),
  );
});

test('the same in English', () => {
  const text = readAloud(drawScore(card(), 'en').blocks);
  for (const line of [
    '87 %  payments-prod (111122223333)',
    'passed 61 · failed 7 · unknown 2',
    'no data 12 · disabled 3 (not in the score)',
    '7 days ↗︎ +3 · 30 days ↘︎ −1',
    'Longest time at 100 % so far: 30 days.',
    '`EC2.19` · +1.4 · 3 failing resources · Open the request',
    '`EC2.19` · +1.4 · 1 resource that cannot be checked · See AWS’s steps',
    '*Fix these 2: 87 % → 90 %*　There are 7 more.',
    'Suppressed with a reason: 4 resources. See `/secops exceptions payments-prod`',
  ]) {
    expect(text).toContain(line);
  }
});

test.each([
  { tally: counts(199, 1), japanese: '100 %（不合格 1 件）', english: '100 % (1 failing)' },
  {
    tally: counts(399, 1, 1),
    japanese: '100 %（不合格 1 件、確認不能 1 件）',
    english: '100 % (1 failing, 1 unknown)',
  },
  { tally: counts(200), japanese: '100 %', english: '100 %' },
])('what rounding hides is said: $english', ({ tally, japanese, english }) => {
  const drawn = card({ holding: [] }, { score: 100, counts: tally, lifted: 100 });
  expect(readAloud(drawScore(drawn, 'ja').blocks).split('\n')[0]).toBe(
    `${japanese}　payments-prod (111122223333)`,
  );
  expect(readAloud(drawScore(drawn, 'en').blocks).split('\n')[0]).toBe(
    `${english}  payments-prod (111122223333)`,
  );
});

test.each([
  { streak: { days: 0, longest: 0 }, said: ja.streakBegins(0) },
  { streak: { days: 12, longest: 12 }, said: '100 % を 12 日続けています。これまでの最長です。' },
  { streak: { days: 12, longest: 40 }, said: '100 % を 12 日続けています（最長 40 日）。' },
])('at 100 % it is glad: $said', ({ streak, said }) => {
  const drawn = drawScore(
    card({ holding: [] }, { score: 100, counts: counts(70), streak, moreHolding: 0, lifted: undefined }),
    'ja',
  );
  const text = readAloud(drawn.blocks);
  expect(text).toContain(ja.perfect.markup);
  expect(text).toContain(said);
  expect(text).not.toContain(ja.holding);
});

test.each([
  {
    about: 'a day up and none for the month',
    over: { month: undefined },
    said: '7 日間 ↗︎ +3 · 30 日間 新規',
  },
  { about: 'as it was', over: { week: 0 }, said: '7 日間 → ±0' },
  { about: 'no past at all', over: { week: undefined, month: undefined }, said: ja.newcomer },
])('the change: $about', ({ over, said }) => {
  expect(readAloud(drawScore(card({}, over), 'ja').blocks)).toContain(said);
});

test('the line of text needs two weeks, and makes no cliff of a point', () => {
  const line = (weeks: ScoreCard['view']['weeks']) =>
    /週間の推移 (\S+)/.exec(readAloud(drawScore(card({}, { weeks }), 'ja').blocks))?.[1];
  expect(line([undefined, 90])).toBeUndefined();
  expect(line([90, 90])).toBe('██');
  expect(line([91, 90, 91])).toBe('█▇█');
  expect(line([0, 50, 100])).toBe('▁▅█');
});

test('the picture stands between the numbers and the rest', () => {
  const drawn = drawScore(card({ picture: { file: 'F0PICTURE1', alt: 'The trend of <!channel>' } }), 'en');
  expect(checkMessage(drawn)).toEqual([]);
  expect(drawn.blocks.map(({ type }) => type).slice(0, 4)).toEqual(['header', 'section', 'image', 'context']);
  expect(intruders(drawn)).toEqual([]);
});

test.each([
  { about: 'nobody has heard of it', known: false, asOf: false, said: [ja.neverHeard, en.neverHeard] },
  { about: 'not counted yet', known: true, asOf: false, said: [ja.notCounted, en.notCounted] },
  { about: 'no control has a result', known: true, asOf: true, said: [ja.noData, en.noData] },
])('no score: $about', ({ known, asOf, said }) => {
  for (const [index, language] of LANGUAGES.entries()) {
    const { asOf: at, ...rest } = view;
    const shown = {
      ...rest,
      ...(asOf && at !== undefined && { asOf: at }),
      score: undefined,
      counts: counts(0),
    };
    const drawn = drawScore({ account: account(), view: shown, holding: [], known }, language);
    expect(checkMessage(drawn)).toEqual([]);
    expect(readAloud(drawn.blocks)).toContain(said[index]?.markup);
  }
});

const line = (n: number, over: Partial<ScoreLine> = {}): ScoreLine => ({
  account: account({ name: `account-${n}` }),
  score: 90,
  counts: counts(9, 1),
  week: 2,
  counted: true,
  ...over,
});
const list = (over: Partial<ScoreList> = {}): ScoreList => ({
  accounts: 3,
  median: 90,
  week: -2,
  perfect: 1,
  lines: [
    line(1, { score: 100, counts: counts(10) }),
    line(2, { week: undefined }),
    line(3, { score: undefined, counts: counts(0), counted: false }),
  ],
  uncounted: 1,
  noData: 0,
  projects: [{ project: 'Payments', accounts: 2, median: 95, week: 0, perfect: 1 }],
  moreProjects: 3,
  kinds: [{ kind: 'production', accounts: 3, median: undefined, week: undefined, perfect: 0 }],
  ...over,
});
const EVERY: readonly ScoresOf[] = [
  { kind: 'mine' },
  { kind: 'all' },
  { kind: 'person', who: OWNER },
  { kind: 'project', project: 'Payments' },
];

test('a list has the best first, and says why some have no score', () => {
  const drawn = drawScores(list(), { kind: 'mine' }, 'ja');
  expect(checkMessage(drawn)).toEqual([]);
  expect(readAloud(drawn.blocks)).toBe(
    [
      '自分のアカウントのスコア',
      '中央値 90 % · 7 日間 ↘︎ −2 · 100 % のアカウント 1 / 3',
      '• *100 %* ↗︎ +2 account-1 (111122223333) — 合格 10 · 不合格 0 · 確認不能 0',
      '• *90 %* 新規 account-2 (111122223333) — 合格 9 · 不合格 1 · 確認不能 0',
      '• account-3 (111122223333) — まだ集計していません',
      'まだ集計していないアカウントが 1 件あります。検出結果が届くと、1 日以内に表示されます。',
      '1 つのアカウントを詳しく見るには `/secops score アカウント名` と入力してください。',
      'AWS が公開している計算方法によるスコアです。AWS コンソールの表示とは、最大で 1 日ほど違うことがあります。',
    ].join('\n'),
  );
});

test('that of all accounts has kinds and projects too, and only its top', () => {
  const text = readAloud(drawScores(list({ accounts: 30 }), { kind: 'all' }, 'en').blocks);
  for (const said of [
    'median 90 % · 7 days ↘︎ −2 · 1 of 30 accounts at 100 %',
    'production: 3 accounts',
    'Payments: median 95 % · 7 days → ±0 · 1 of 2 accounts at 100 %',
    'and 3 more projects',
    '*The top 2 accounts*',
    'There are 27 more accounts.',
  ]) {
    expect(text).toContain(said);
  }
});

test.each(EVERY)('nobody’s accounts: $kind', (of) => {
  for (const language of LANGUAGES) {
    for (const guest of [true, false]) {
      const drawn = drawNoScores(of, guest, language);
      expect(checkMessage(drawn)).toEqual([]);
      expect(readAloud(drawn.blocks)).not.toBe('');
    }
    expect(checkMessage(drawNobody(language))).toEqual([]);
  }
});

test('a full card of anything stays within what Slack takes, and lets nobody be called', () => {
  fc.assert(
    fc.property(hostile(1000), fc.constantFrom(...LANGUAGES), (text, language) => {
      const everything = card(
        {
          account: { ...account(), name: text },
          holding: SEVERITIES.map((severity) =>
            holding({ control: text as ShownHolding['control'], title: text, severity, status: 'unknown' }),
          ),
          picture: { file: 'F0PICTURE1', alt: text },
        },
        {
          standards: Array.from({ length: 20 }, () => ({ standard: text, tally: counts(1, 1) })),
          categories: [...CATEGORIES, undefined].map((category) => ({ category, tally: counts(1, 1) })),
        },
      );
      const drawn = drawScore(everything, language);
      expect(checkMessage(drawn)).toEqual([]);
      expect(intruders(drawn)).toEqual([]);
      expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(LIMITS.messageJson);
    }),
    { numRuns: 40 },
  );
});

test('so does a full list, and what says that nothing was found', () => {
  fc.assert(
    fc.property(
      hostile(1000),
      fc.constantFrom(...LANGUAGES),
      fc.constantFrom(...EVERY),
      (text, language, of) => {
        const named = of.kind === 'project' ? { ...of, project: text } : of;
        const everything = list({
          accounts: 5000,
          lines: Array.from({ length: LISTED_ACCOUNTS }, (_, n) =>
            line(n, { account: account({ name: text }), counts: counts(199, 1), score: 100 }),
          ),
          projects: Array.from({ length: LISTED_PROJECTS }, () => ({
            project: text,
            accounts: 5000,
            median: 100,
            week: -100,
            perfect: 4999,
          })),
          uncounted: 4000,
          noData: 4000,
        });
        const near = Array.from({ length: 5 }, () => account({ name: text }));
        for (const drawn of [
          drawScores(everything, named, language),
          drawNoScores(named, false, language),
          drawScoreProblem(text, near, 'several', text, language),
          drawScoreProblem(text, [], 'unknown', text, language),
        ]) {
          expect(checkMessage(drawn)).toEqual([]);
          expect(intruders(drawn)).toEqual([]);
          expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(LIMITS.messageJson);
        }
      },
    ),
    { numRuns: 40 },
  );
});
