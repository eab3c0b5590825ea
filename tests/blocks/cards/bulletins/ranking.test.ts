import { drawBulletin, drawBulletinPicture, plainBulletin } from '../../../../blocks/cards/bulletin';
import { organisationLine } from '../../../../blocks/cards/bulletins/ranking';
import { LIMITS } from '../../../../blocks/kit';
import { checkMessage } from '../../../../blocks/kit/check';
import { shownWords } from '../../../../blocks/words/shown';
import type { RankingView, WeekView } from '../../../../src/bulletins';
import { addDays } from '../../../../src/calendar';
import { LANGUAGES, type Language } from '../../../../src/playbooks';
import { ranked, ranking } from '../../bulletin-records';
import { intruders, NAMED } from '../../hostile';
import { readAloud } from '../../read-aloud';
import { account } from '../../records';

type View = ReturnType<typeof ranking>;

const [ja, en] = [shownWords('ja'), shownWords('en')];
const draw = (view: View, language: Language) => {
  for (const drawn of [drawBulletin(view, language), plainBulletin(view, language)]) {
    expect(checkMessage(drawn)).toEqual([]);
    expect(intruders(drawn)).toEqual([]);
    expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(LIMITS.messageJson);
  }
  return drawBulletin(view, language);
};
const read = (view: View, language: Language = 'ja') => readAloud(draw(view, language).blocks);
const picture = { file: 'F0RANKING1', alt: 'the ranking' };

test('people first, then the picture, the table, the organisation, and how it is counted', () => {
  const view = { ...ranking(), picture };
  expect(read(view).split('\n')).toEqual([
    '🏆 11月24日(火) のスコアランキング',
    expect.stringMatching(/。$/),
    '*🎉 100 % に届いたアカウント*',
    '• *payments-prod (111122223333)* — 74 件のコントロールすべてに合格 · @U0OWNER01 さん',
    '*📈 大きく伸びたアカウント*',
    '• *payments-4 (100000000004)* — 7 日間で *+9 ポイント* (いま 95 %) · @U0OWNER01 さん',
    '• *payments-staging (444455556666)* — 7 日間で *+6 ポイント* (いま 94 %) · @S0SECTEAM のみなさん',
    '*🏅 10 アカウントのうち、上位 5*',
    '順位 | アカウント | スコア | 7 日間 | 合格',
    '🥇 1 | payments-prod (111122223333) | 100 % | ↗︎ +2 | 74 / 74',
    '🥈 2 | payments-2 (100000000002) | 98 % | ↘︎ −1 | 78 / 80',
    '🥉 3 | payments-3 (100000000003) | 96 % | ↗︎ +2 | 77 / 80',
    '4 | payments-4 (100000000004) | 95 % | ↘︎ −1 | 76 / 80',
    '5 | payments-5 (100000000005) | 94 % | ↗︎ +2 | 75 / 80',
    '*🌱 リソースが 10 個未満のアカウント (4)* — 別に順位を付けています。',
    '1 位 payments-staging (444455556666) 100 %',
    '2 アカウントは、結果のあるコントロールがまだないため、順位を付けていません。',
    '*🏢 組織全体*',
    'スコアの中央値 84 → 86 % · 100 %: 3 アカウント (+2) · この 7 日間の依頼: 18 件開始・25 件完了 · 修正までの時間の中央値 2.3 日',
    '中央値の推移 (3 週) ▄▇█',
    '*🆕 コントロールが新しく 2 件加わりました。* 5 アカウントのスコアに影響しています。スコアが下がっていても、これまでの取り組みが後退したわけではありません。',
    expect.stringMatching(/。$/),
    '自分のアカウントのスコアと、スコアを上げる近道: `/secops score`',
    expect.stringMatching(/^2026-11-24 01:00 UTC 時点 · スコアは、.*AWS コンソールの表示とは違う/),
  ]);
  const english = read(view, 'en');
  expect(english).toContain('• *payments-prod (111122223333)* — all of 74 controls passed · @U0OWNER01');
  expect(english).toContain('*🏅 The top 5 of 10 accounts*');
  expect(english).toContain(
    'Median score 84 → 86 % · 100 %: 3 accounts (+2) · requests in 7 days: 18 opened, 25 done · median time to fix 2.3 days',
  );
  const types = draw(view, 'ja').blocks.map(({ type }) => type);
  expect(types.slice(0, 7)).toEqual(['header', 'section', 'section', 'section', 'image', 'section', 'table']);
});

test('in plain blocks the table is lines, and there is no picture', () => {
  const drawn = plainBulletin({ ...ranking(), picture }, 'ja');
  expect(drawn.blocks.every(({ type }) => type === 'section')).toBe(true);
  expect(readAloud(drawn.blocks)).toContain(
    '🥈 2. *98 %* payments-2 (100000000002) (7 日間 ↘︎ −1、合格 78 / 80)',
  );
});

test('what rounding hides is said', () => {
  const almost = ranking({ top: [ranked(1, { score: 100, passed: 799, failed: 1 })] });
  expect(read(almost)).toContain('| 100 %（不合格 1 件） |');
  expect(read(almost, 'en')).toContain('| 100 % (1 failing) |');
});

test('who has no past is new, and who has no owner is named alone', () => {
  const { change: _, ...fresh } = ranked(1);
  const { owner: __, ...nobodys } = account();
  const text = read(ranking({ top: [fresh], newcomers: [ranked(1, { account: nobodys, passed: 1 })] }), 'en');
  expect(text).toContain('| new |');
  expect(text).toContain('all of 1 control passed\n');
});

test('parts without anything to say are left out', () => {
  const { newControls: _, ...rest } = ranking().ranking;
  const { medianFixHours: __, ...organisation } = rest.organisation;
  const bare = ranking({
    climbers: [],
    newcomers: [],
    small: [],
    smallAccounts: 0,
    noData: 0,
    weeks: [],
    organisation,
  });
  const view: View = { ...bare, ranking: { ...bare.ranking } };
  delete (view.ranking as { newControls?: unknown }).newControls;
  const text = read(view, 'en');
  for (const left of ['🎉', '📈', '🌱', '🆕', 'no rank', 'time to fix', 'Median over', '→', '(+']) {
    expect(text).not.toContain(left);
  }
  expect(text).toContain('🏅 The top 5 of 14 accounts');
});

test('of a kind or a project the title says so; nobody is ranked: a friendly word', () => {
  expect(read(ranking({ of: { kind: 'production' } }))).toContain('🏆 本番アカウントのスコアランキング');
  expect(read(ranking({ of: { project: '<!channel>' } }), 'en')).toContain('Score ranking of ‹!channel>');
  const none = { accounts: 0, top: [], climbers: [], newcomers: [], small: [], smallAccounts: 0 };
  expect(read(ranking({ ...none, of: { kind: 'production' } }))).toContain('まだありません');
  expect(read(ranking({ ...none }), 'en')).toContain('There is no account to rank yet.');
});

describe('week after week', () => {
  const { organisation } = ranking().ranking;
  const inWeek = (n: number, over: Partial<RankingView>) =>
    ranking({ organisation: { ...organisation, week: addDays('2026-11-23', 7 * n) }, ...over });
  const said = (n: number, language: Language, over: Partial<RankingView> = {}) => {
    const lines = read(inWeek(n, over), language).split('\n');
    return `${lines[1]} … ${lines.at(-3)}`;
  };

  test.each(LANGUAGES)(
    'in %s no two weeks in a row begin or end alike, and a year has no repeats',
    (language) => {
      for (const over of [{}, { climbers: [], newcomers: [] }]) {
        const year = Array.from({ length: 40 }, (_, n) => said(n, language, over));
        expect(new Set(year).size).toBe(40);
        const [first, second] = year.map((text) => text.split(' … '));
        expect(first?.[0]).not.toBe(second?.[0]);
        expect(first?.[1]).not.toBe(second?.[1]);
        expect(said(3, language, over)).toBe(year[3]);
      }
    },
  );

  test('there are enough ways to say it, as many in both languages', () => {
    for (const list of ['moved', 'steady', 'closings'] as const) {
      expect(ja.ranking[list].length).toBeGreaterThanOrEqual(8);
      expect(en.ranking[list]).toHaveLength(ja.ranking[list].length);
      expect(new Set(ja.ranking[list].map(({ markup }) => markup)).size).toBe(ja.ranking[list].length);
    }
  });
});

describe('the organisation’s line', () => {
  const week = (over: Partial<WeekView> = {}): WeekView => ({
    week: '2026-11-23',
    accounts: 5,
    perfect: 1,
    median: 80,
    opened: 0,
    closed: 0,
    ...over,
  });
  const line = (now: WeekView, weeks: readonly WeekView[], language: Language = 'en') =>
    organisationLine(now, weeks, shownWords(language))?.markup;

  test('is compared with the week before only, not with an older one', () => {
    expect(line(week(), [week({ week: '2026-11-09', median: 70 })])).toContain('Median score 80 %');
    expect(line(week(), [week({ week: '2026-11-16', median: 85, perfect: 2 })])).toContain(
      'Median score 85 → 80 % · 100 %: 1 account (−1)',
    );
    expect(line(week(), [week({ week: '2026-11-16' })])).toContain('Median score 80 % · 100 %: 1 account ·');
  });

  test.each([
    [0.4, 'less than an hour', '1 時間未満'],
    [1, '1 hour', '1 時間'],
    [30.4, '30 hours', '30 時間'],
    [55, '2.3 days', '2.3 日'],
    [240, '10 days', '10 日'],
  ])('%p hours: %s, %s', (medianFixHours, english, japanese) => {
    expect(line(week({ medianFixHours }), [])).toContain(`median time to fix ${english}`);
    expect(line(week({ medianFixHours }), [], 'ja')).toContain(`中央値 ${japanese}`);
  });

  test('is nothing where no account has a score', () => {
    const { median: _, ...none } = week({ accounts: 0 });
    expect(line(none, [week({ week: '2026-11-16' })])).toBeUndefined();
  });
});

test.each(NAMED)('an account called %s', (_label, name) => {
  const hostile = account({ name, project: name });
  const view = ranking({
    of: { project: name },
    top: Array.from({ length: 20 }, (_, n) => ranked(n + 1, { account: hostile })),
    climbers: [ranked(1, { account: hostile }), ranked(2, { account: hostile })],
    newcomers: Array.from({ length: 10 }, (_, n) => ranked(n + 1, { account: hostile })),
    moreNewcomers: 500,
    small: [ranked(1, { account: hostile })],
  });
  for (const language of LANGUAGES) {
    expect(draw({ ...view, picture }, language).blocks.length).toBeLessThanOrEqual(50);
  }
});

test('its picture says the ranking in words too', async () => {
  const drawn = await drawBulletinPicture(ranking(), 'ja');
  expect(drawn?.alt).toContain('1 位 payments-prod 100 %');
  expect(drawn?.png.subarray(1, 4)).toEqual(new Uint8Array(Buffer.from('PNG')));
});
