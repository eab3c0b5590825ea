import * as fc from 'fast-check';
import {
  drawClosedHome,
  drawHome,
  HOME_SHOWN,
  type HomeApproval,
  type HomeException,
  type HomeNewAccount,
  type HomePage,
  type HomeRequest,
  type HomeScore,
  type Listed,
} from '../../blocks/home';
import { ACTIONS } from '../../blocks/ids';
import { LIMITS } from '../../blocks/kit';
import { checkView } from '../../blocks/kit/check';
import { drawProblemHome } from '../../blocks/problem-home';
import { shownWords } from '../../blocks/words/shown';
import { ACCOUNT_STEPS } from '../../src/account-requests';
import { SEVERITIES } from '../../src/controls';
import { LANGUAGES, type Language } from '../../src/playbooks';
import { CARD_URL } from './bulletin-records';
import { hostile, intruders, NAMED } from './hostile';
import { readAloud } from './read-aloud';
import { account, HELPER, OWNER } from './records';

const AT = '2026-11-24T00:10:00.000Z';
const SAID_AT = '2026-11-24 00:10 UTC';

const none = { shown: [], total: 0 };
const empty: HomePage = {
  at: AT,
  team: false,
  approvals: none,
  asked: none,
  requests: { ...none, page: 1, pages: 1, more: false },
  taken: none,
  exceptions: none,
  newAccounts: none,
  accounts: none,
  ownerless: none,
  scores: [],
  weeks: [],
};

const request = (n: number, over: Partial<HomeRequest> = {}): HomeRequest => ({
  ref: `111122223333/control/ec2.${n}`,
  title: 'A high-risk port is open to the whole internet',
  severity: 'CRITICAL',
  account: account(),
  open: 2,
  due: AT,
  overdue: false,
  permalink: CARD_URL,
  ...over,
});
const approval = (n: number, over: Partial<HomeApproval> = {}): HomeApproval => ({
  change: `change${n}`,
  kind: 'suppress',
  asker: OWNER,
  account: account(),
  about: 'EC2.19',
  until: AT,
  permalink: CARD_URL,
  ...over,
});
const exception = (n: number, over: Partial<HomeException> = {}): HomeException => ({
  change: `change${n}`,
  account: account(),
  control: 'EC2.19',
  reason: 'Needed until the migration is over.',
  until: AT,
  ...over,
});
const newAccount = (over: Partial<HomeNewAccount> = {}): HomeNewAccount => ({
  name: 'shop-staging',
  next: 'created',
  permalink: CARD_URL,
  ...over,
});
const score = (n: number, over: Partial<HomeScore> = {}): HomeScore => ({
  account: account({ id: String(100_000_000_000 + n) as never }),
  counts: { passed: 9, failed: 1, unknown: 0 },
  change: 2,
  ...over,
});
const weeks: HomePage['weeks'] = [
  { week: '2026-11-16', accounts: 14, perfect: 1, median: 84, opened: 20, closed: 12, medianFixHours: 70 },
  { week: '2026-11-23', accounts: 14, perfect: 3, median: 86, opened: 18, closed: 25, medianFixHours: 55 },
];
const many = <T>(one: (n: number) => T, total: number): Listed<T> => ({
  shown: Array.from({ length: Math.min(total, HOME_SHOWN) }, (_, n) => one(n)),
  total,
});
const full = (total: number, team = false): HomePage => ({
  at: AT,
  team,
  approvals: many(approval, total),
  asked: many(approval, total),
  requests: { ...many((n) => request(n), total), page: 2, pages: 13, more: true },
  taken: many((n) => request(n), total),
  exceptions: many(exception, total),
  newAccounts: many(() => newAccount(), total),
  accounts: many((n) => account({ id: String(100_000_000_000 + n) as never }), total),
  ownerless: many((n) => account({ id: String(200_000_000_000 + n) as never }), total),
  scores: Array.from({ length: Math.min(total, 5) }, (_, n) => score(n)),
  weeks,
});

function draw(page: HomePage, language: Language) {
  const view = drawHome(page, language);
  expect(checkView(view)).toEqual([]);
  expect(intruders(view)).toEqual([]);
  expect(view.blocks.length).toBeLessThanOrEqual(LIMITS.viewBlocks);
  expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThanOrEqual(LIMITS.viewBytes);
  return view;
}
const read = (page: HomePage, language: Language) => readAloud(draw(page, language));

test('of somebody for whom there is nothing it says so, and offers a new account', () => {
  expect(read(empty, 'ja').split('\n')).toEqual([
    'あなたの状況',
    `${SAID_AT} 時点`,
    '[ 最新の表示にする ]',
    '[ 新しいアカウントを申請… ]',
    'いま、あなたを待っているものはありません。',
    '未対応の依頼はありません。ありがとうございます。',
    'あなたが責任者または代理になっているアカウントはありません。',
  ]);
  expect(read(empty, 'en').split('\n')).toEqual([
    'What is yours, and what waits for you',
    `As of ${SAID_AT}`,
    '[ Refresh ]',
    '[ Request a new account… ]',
    'Nothing waits for you right now.',
    'No open requests. Thank you.',
    'You are no account’s owner or deputy.',
  ]);
});

test('says what waits first, then the requests, what ends, and whose accounts they are', () => {
  const page: HomePage = {
    ...empty,
    approvals: many(approval, 1),
    asked: many((n) => approval(n, { kind: 'claim-account' }), 1),
    requests: { ...many((n) => request(n, { takenBy: HELPER }), 1), page: 1, pages: 1, more: false },
    taken: many((n) => request(n, { overdue: true, takenBy: OWNER }), 1),
    exceptions: many(exception, 1),
    newAccounts: many(() => newAccount(), 1),
    accounts: many(() => account(), 1),
  };
  expect(read(page, 'ja').split('\n').slice(4)).toEqual([
    'あなたの承認を待っています (1 件)',
    '*抑制* · payments-prod (111122223333) · `EC2.19`',
    `申請した人: @U0OWNER01 さん / ${SAID_AT} まで`,
    'カードを開く',
    'あなたが対応中の依頼 (1 件)',
    '🔴 *A high-risk port is open to the whole internet*',
    `payments-prod (111122223333) · 未対応 2 件、期限 ${SAID_AT} (期限を過ぎています)`,
    'カードを開く',
    '[ 詳細 ]',
    '承認待ちの申請 (1 件)',
    '*責任者になる申し出* · payments-prod (111122223333) · `EC2.19`',
    `${SAID_AT} までに承認されないと、申請は終わります`,
    'カードを開く',
    '[ 取り下げる ]',
    'アカウントの申請 (1 件)',
    '*shop-staging*',
    '⏳ アカウントの作成と ID の入力を待っています',
    'カードを開く',
    'あなたのアカウントの依頼 (1 件)',
    '🔴 *A high-risk port is open to the whole internet*',
    `payments-prod (111122223333) · 未対応 2 件、期限 ${SAID_AT}`,
    '🙋 対応中: @U0HELPER1 さん',
    'カードを開く',
    '[ 詳細 ]',
    '30 日以内に終わる抑制 (1 件)',
    `*\`EC2.19\`* payments-prod (111122223333) · ${SAID_AT} まで`,
    '>Needed until the migration is over.',
    '[ 延長する… ]',
    'あなたのアカウント (1 件)',
    '*payments-prod (111122223333)* — 本番',
    '[ 責任者を変更… ]',
  ]);
  const en = read(page, 'en');
  for (const part of [
    'Waiting for your approval (1)',
    'What you have taken (1)',
    'Your requests for approval (1)',
    'Accounts asked for (1)',
    'Requests of your accounts (1)',
    'Suppressions that end within 30 days (1)',
    'Your accounts (1)',
    '[ Withdraw ]',
    '[ Change the owner… ]',
    '[ Extend… ]',
    '⏳ waits for somebody to create it and enter its id',
  ]) {
    expect(en).toContain(part);
  }
});

test.each(LANGUAGES)(
  'with everything there is (%s) it stays within Slack’s limits, and says what is left out',
  (language) => {
    for (const team of [true, false]) {
      const view = draw(full(1_000, team), language);
      expect(view.blocks.length).toBeGreaterThan(70);
      const text = readAloud(view);
      const { home } = shownWords(language);
      expect(text).toContain(home.more(992).markup);
      expect(text).toContain('/secops exceptions');
      expect(text).toContain('/secops account list');
      expect(text).toContain((team ? home.teamRequests : home.requests)(home.orMore(1_000)));
      expect(text).toContain(shownWords(language).answers.page(2, 13).markup);
    }
  },
);

test('shows scores, what rounding hides, and the organisation’s last week', () => {
  const page: HomePage = {
    ...empty,
    accounts: many((n) => account({ id: String(100_000_000_000 + n) as never }), 3),
    scores: [score(0), score(1, { counts: { passed: 799, failed: 1, unknown: 0 }, change: undefined })],
    weeks,
  };
  expect(read(page, 'ja')).toContain(
    [
      'スコア',
      '*90 %* payments-prod (100000000000) — 7 日間 ↗︎ +2',
      '*100 %（不合格 1 件）* payments-prod (100000000001) — 7 日間 新規',
      '*🏢 組織全体*',
      'スコアの中央値 84 → 86 % · 100 %: 3 アカウント (+2) · この 7 日間の依頼: 18 件開始・25 件完了 · 修正までの時間の中央値 2.3 日',
      '中央値の推移 (2 週) ▇█',
      'ほかのアカウントのスコアは `/secops score`、ランキングは `/secops ranking` でご覧いただけます。',
    ].join('\n'),
  );
  const lead = read({ ...empty, team: true, weeks }, 'en');
  expect(lead).toContain('Scores\n*🏢 The organisation*\nMedian score 84 → 86 %');
  expect(lead).toContain('Details: `/secops score`');
  expect(read(empty, 'en')).not.toContain('Scores');
});

test('leads to the pages before and behind, where there are any', () => {
  const values = (page: number, pages: number) =>
    JSON.stringify(
      draw({ ...empty, requests: { ...many((n) => request(n), 40), page, pages, more: false } }, 'en').blocks,
    ).match(/"secops\.home\.(previous|next)"[^}]*}[^}]*"value":"\d"/g)?.length ?? 0;
  expect([values(1, 1), values(1, 5), values(3, 5), values(5, 5)]).toEqual([0, 1, 2, 1]);
});

test('its buttons carry nothing but references', () => {
  const json = JSON.stringify(draw(full(1), 'en'));
  for (const [action, value] of [
    [ACTIONS.details, '111122223333/control/ec2.0'],
    [ACTIONS.setOwner, '100000000000'],
    [ACTIONS.extend, 'change0'],
    [ACTIONS.withdraw, 'change0'],
    [ACTIONS.requestAccount, 'home'],
  ]) {
    expect(json).toMatch(new RegExp(`"action_id":"${action}"[^{]*{[^}]*},"value":"${value}"`));
  }
});

test('a card of nobody’s Slack gets no link', () => {
  const permalink = 'https://evil.example/archives/C0/p1';
  const page = {
    ...empty,
    approvals: many((n) => approval(n, { permalink }), 1),
    newAccounts: many(() => newAccount({ permalink }), 1),
    taken: many((n) => request(n, { permalink: `${CARD_URL}${'x'.repeat(400)}` }), 1),
  };
  for (const language of LANGUAGES) {
    expect(read(page, language)).not.toContain(shownWords(language).home.openCard);
    expect(JSON.stringify(draw(page, language))).not.toContain('evil.example');
  }
});

test('to those who do not belong here, and of a failure, it says so in a line', () => {
  for (const language of LANGUAGES) {
    const closed = drawClosedHome(language);
    expect(checkView(closed)).toEqual([]);
    expect(readAloud(closed)).toBe(shownWords(language).home.outsider.markup);
    const problem = drawProblemHome('ab12cd34', language);
    expect(checkView(problem)).toEqual([]);
    expect(readAloud(problem)).toContain('ab12cd34');
  }
});

describe('hostile texts', () => {
  const page = (text: string): HomePage => {
    const name = account({ name: text });
    return {
      ...full(HOME_SHOWN),
      approvals: many(
        (n) => approval(n, { kind: text, asker: HELPER, account: name, about: text, permalink: text }),
        20,
      ),
      asked: many((n) => approval(n, { account: name, about: text, permalink: text }), 20),
      requests: {
        ...many((n) => request(n, { title: text, account: name, permalink: text }), 20),
        page: 1,
        pages: 3,
        more: false,
      },
      taken: many((n) => request(n, { title: text, account: name, permalink: text }), 20),
      exceptions: many((n) => exception(n, { account: name, control: text, reason: text }), 20),
      newAccounts: many(() => newAccount({ name: text, permalink: text }), 20),
      accounts: many((n) => account({ name: text, id: String(100_000_000_000 + n) as never }), 20),
      ownerless: many((n) => account({ name: text, id: String(200_000_000_000 + n) as never }), 20),
    };
  };

  test.each(NAMED)('%s', (_, text) => {
    for (const language of LANGUAGES) expect(draw(page(text), language).type).toBe('home');
  });

  test('whatever they are', () => {
    fc.assert(
      fc.property(
        hostile(),
        fc.constantFrom(...LANGUAGES),
        fc.constantFrom(...SEVERITIES),
        fc.constantFrom(...ACCOUNT_STEPS, undefined),
        (text, language, severity, next) => {
          const drawn = page(text);
          draw(
            {
              ...drawn,
              taken: many((n) => request(n, { title: text, severity, overdue: true }), 3),
              newAccounts: many(() => ({ name: text, ...(next && { next }) }), 3),
            },
            language,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
