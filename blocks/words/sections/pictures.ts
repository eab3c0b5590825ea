import type { Day } from '../../../src/calendar';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthOf = (day: Day): number => Number(day.slice(5, 7));
const dateOf = (day: Day): number => Number(day.slice(8));
const yearOf = (day: Day): string => day.slice(0, 4);
/** ‘November’ as the axis has room for it. */
const monthName = (day: Day): string => MONTHS[monthOf(day) - 1] ?? '';

const percent = (score: number): string => `${score} %`;
/** A number of points with its sign, the minus as long as the plus is wide. */
const signed = (points: number): string => {
  if (points === 0) return '±0';
  return points > 0 ? `+${points}` : `−${-points}`;
};
const plural = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`;

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinal = (n: number): string => `${n}${ENDINGS[ORDINALS.select(n)] ?? 'th'}`;

/** What stands in pictures of scores, and what is read aloud instead of them. */
export const ja = {
  nameless: '(名前なし)',
  percent,
  signed,
  /** Labels of an axis. */
  day: (day: Day): string => `${monthOf(day)}/${dateOf(day)}`,
  month: (day: Day): string => `${monthOf(day)}月`,
  year: (day: Day): string => `${yearOf(day)}年`,
  date: (day: Day): string => `${yearOf(day)}/${monthOf(day)}/${dateOf(day)}`,
  asOf: (date: string): string => `${date} 時点`,
  axisFrom: (floor: number): string => `縦軸は ${floor}〜100 %`,
  points: (change: number): string => `${signed(change)} ポイント`,
  inDays: (days: number): string => `${days} 日間で`,
  joined: (parts: readonly string[]): string => parts.join(' · '),
  listed: (parts: readonly string[]): string => parts.join('、'),
  sentences: (all: readonly string[]): string => all.join(''),

  trend: {
    title: 'セキュリティスコア',
    empty: 'スコアはまだありません',
    emptyHint: '記録が始まると、ここに線が伸びていきます',
    altEmpty: (name: string): string =>
      `${name} のセキュリティスコアの推移。スコアはまだありません。記録が始まると、線が伸びていきます。`,
    altNow: (name: string, date: string, score: string): string =>
      `${name} のセキュリティスコアの推移。${date} 時点で ${score} です。`,
    altSince: (date: string, score: string, change: string): string =>
      `${date} の ${score} から ${change}です。`,
    altRange: (lowest: string, highest: string): string =>
      `この間の最低は ${lowest}、最高は ${highest} です。`,
    altGaps: (days: number): string => `データのない日が ${days} 日あります。`,
  },

  ranking: {
    title: 'スコアランキング',
    changeColumn: '7 日間',
    scoreColumn: 'スコア',
    perfect: 'すべてのコントロールに合格',
    empty: 'ランキングはまだありません',
    emptyHint: 'スコアがそろうと、ここに並びます',
    altEmpty: 'スコアランキング。ランキングはまだありません。',
    alt: (date: string, count: number): string =>
      `${date} 時点のスコアランキング、上位 ${count} アカウント。`,
    altRow: (rank: number, name: string, score: string, change: string): string =>
      `${rank} 位 ${name} ${score}${change}`,
    altChange: (change: string): string => ` (7 日間で ${change})`,
    altPerfect: ' すべて合格',
    end: '。',
  },

  celebration: {
    headline: 'おめでとうございます',
    passed: (controls: number): string => `${controls} 件のコントロールすべてに合格`,
    /** 0: nobody has counted the times before. */
    times: (times: number): string =>
      times === 0
        ? 'ふたたび 100 % です'
        : times === 1
          ? 'はじめての 100 % です'
          : `${times} 回目の 100 % です`,
    alt: (name: string, controls: number, times: string): string =>
      `紙吹雪のお祝いの絵。おめでとうございます。${name} が ${percent(100)} に届き、${controls} 件のコントロールすべてに合格しました。${times}。`,
    altClimb: (date: string, score: string): string => `${date} の ${score} からここまで上がってきました。`,
  },

  organisation: {
    title: '組織全体のスコア',
    byWeek: '週ごと',
    median: '中央値',
    perfect: '100 % のアカウント',
    /** The last week that is shown. */
    until: (date: string): string => `${date} の週まで`,
    of: (accounts: number): string => `/ ${accounts}`,
    empty: 'スコアはまだありません',
    emptyHint: '週ごとの記録が始まると、ここに線が伸びていきます',
    altEmpty: '組織全体のスコアの推移。スコアはまだありません。',
    altMedian: (date: string, score: string): string =>
      `組織全体のスコアの推移、週ごと。${date} の週のスコアの中央値は ${score} です。`,
    altNoMedian: '組織全体のスコアの推移、週ごと。スコアの中央値はまだありません。',
    altSince: (date: string, score: string): string => `${date} の週は ${score} でした。`,
    altPerfect: (date: string, perfect: number, accounts: number): string =>
      `${date} の週に 100 % のアカウントは、${accounts} アカウントのうち ${perfect} です。`,
    altPerfectSince: (date: string, perfect: number): string => `${date} の週は ${perfect} でした。`,
  },
};

export const en: typeof ja = {
  nameless: '(no name)',
  percent,
  signed,
  day: (day) => `${dateOf(day)} ${monthName(day)}`,
  month: (day) => monthName(day),
  year: (day) => yearOf(day),
  date: (day) => `${dateOf(day)} ${monthName(day)} ${yearOf(day)}`,
  asOf: (date) => `as of ${date}`,
  axisFrom: (floor) => `axis ${floor}–100 %`,
  points: (change) => `${signed(change)} ${Math.abs(change) === 1 ? 'point' : 'points'}`,
  inDays: (days) => `in ${plural(days, 'day')}`,
  joined: (parts) => parts.join(' · '),
  listed: (parts) => parts.join(', '),
  sentences: (all) => all.join(' '),

  trend: {
    title: 'Security score',
    empty: 'No score yet',
    emptyHint: 'Once scores are recorded, the line grows here',
    altEmpty: (name) =>
      `Security score of ${name} over time. There is no score yet; once scores are recorded, the line grows.`,
    altNow: (name, date, score) => `Security score of ${name} over time: ${score} as of ${date}.`,
    altSince: (date, score, change) => `That is ${change} since ${date} (${score}).`,
    altRange: (lowest, highest) => `Lowest in this time ${lowest}, highest ${highest}.`,
    altGaps: (days) => `${plural(days, 'day')} without data.`,
  },

  ranking: {
    title: 'Score ranking',
    changeColumn: '7 days',
    scoreColumn: 'Score',
    perfect: 'Every control passed',
    empty: 'No ranking yet',
    emptyHint: 'Once there are scores, they line up here',
    altEmpty: 'Score ranking. There is no ranking yet.',
    alt: (date, count) => `Score ranking as of ${date}, top ${plural(count, 'account')}:`,
    altRow: (rank, name, score, change) => `${rank}. ${name} ${score}${change}`,
    altChange: (change) => ` (${change} in 7 days)`,
    altPerfect: ' every control passed',
    end: '.',
  },

  celebration: {
    headline: 'Congratulations',
    passed: (controls) => (controls === 1 ? 'The one control passed' : `All ${controls} controls passed`),
    times: (times) =>
      times === 0
        ? '100 % once more'
        : times === 1
          ? '100 % for the first time'
          : `100 % for the ${ordinal(times)} time`,
    alt: (name, controls, times) =>
      `A festive picture with confetti. Congratulations: ${name} has reached ${percent(100)}, ${plural(controls, 'control')} passed and none left. ${times}.`,
    altClimb: (date, score) => `It climbed here from ${score} on ${date}.`,
  },

  organisation: {
    title: 'Score of the organisation',
    byWeek: 'by week',
    median: 'Median',
    perfect: 'Accounts at 100 %',
    until: (date) => `to the week of ${date}`,
    of: (accounts) => `of ${accounts}`,
    empty: 'No scores yet',
    emptyHint: 'Once weeks are recorded, the line grows here',
    altEmpty: 'Score of the organisation over time. There are no scores yet.',
    altMedian: (date, score) =>
      `Score of the organisation over time, by week. The median score in the week of ${date} is ${score}.`,
    altNoMedian: 'Score of the organisation over time, by week. There is no median score yet.',
    altSince: (date, score) => `In the week of ${date} it was ${score}.`,
    altPerfect: (date, perfect, accounts) =>
      `In the week of ${date}, ${perfect} of ${plural(accounts, 'account')} ${perfect === 1 ? 'is' : 'are'} at 100 %.`,
    altPerfectSince: (date, perfect) => `In the week of ${date} there were ${perfect}.`,
  },
};
