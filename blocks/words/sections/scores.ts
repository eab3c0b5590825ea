import type { Tally } from '../../../src/scores';
import { mrk, type SafeMrkdwn } from '../../kit';

const percent = (score: number): string => `${score} %`;

/** With the direction before it: seen before it is read. */
const signed = (points: number): string => {
  if (points === 0) return '→ ±0';
  return points > 0 ? `↗︎ +${points}` : `↘︎ −${-points}`;
};

const tenths = (points: number): string => `+${Math.max(points, 0.1).toFixed(1)}`;

const plural = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`;

type Missing = Pick<Tally, 'failed' | 'unknown'>;

/** What `/secops score` says. */
export const ja = {
  percent,
  signed,
  tenths,
  none: '–',
  /** Rounding hides that some did not pass. */
  almost: ({ failed, unknown }: Missing): string =>
    `100 %（${[...(failed > 0 ? [`不合格 ${failed} 件`] : []), ...(unknown > 0 ? [`確認不能 ${unknown} 件`] : [])].join('、')}）`,
  title: (score: string, account: string): string => `${score}　${account}`,
  noScore: 'スコアはまだありません',
  perfect: mrk`🎉 *すべてのコントロールに合格しています。*`,
  notCounted: mrk`まだ集計していません。Security Hub の検出結果が届くと、1 日以内にスコアが表示されます。`,
  neverHeard: mrk`このアカウントの検出結果は、まだ届いていません。ID をご確認ください。正しければ、検出結果が届いてから 1 日以内にスコアが表示されます。`,
  noData: mrk`いまは、結果のあるコントロールがありません。検出結果が新しくなると、1 日以内にスコアが表示されます。`,
  change: (days: number, change: string): string => `${days} 日間 ${change}`,
  isNew: '新規',
  newcomer: '比べられる記録がまだありません。7 日分たまると、変化も表示されます。',
  counts: (tally: Tally): string =>
    `合格 ${tally.passed} · 不合格 ${tally.failed} · 確認不能 ${tally.unknown}`,
  leftOut: (noData: number, disabled: number): string =>
    `データなし ${noData} · 無効 ${disabled}（スコアに含みません）`,
  weeks: (line: string, first: number, last: number): string =>
    `12 週間の推移 ${line} ${percent(first)} → ${percent(last)}`,
  streak: (days: number, longest: number): string =>
    days >= longest
      ? `100 % を ${days} 日続けています。これまでの最長です。`
      : `100 % を ${days} 日続けています（最長 ${longest} 日）。`,
  streakBegins: (longest: number): string =>
    longest > 0 ? `100 % に届きました（これまでの最長 ${longest} 日）。` : '100 % に届きました。',
  streakBest: (longest: number): string => `これまでの最長記録は、100 % を ${longest} 日です。`,
  asOf: (at: SafeMrkdwn): SafeMrkdwn => mrk`${at} 時点`,
  reconciled: (at: SafeMrkdwn): SafeMrkdwn => mrk`Security Hub との照合 ${at}`,
  notReconciled: mrk`Security Hub との照合はまだです`,
  rule: mrk`AWS が公開している計算方法によるスコアです。AWS コンソールの表示とは、最大で 1 日ほど違うことがあります。`,

  holding: '*スコアを上げる近道*',
  holdingEach: (points: string): string =>
    `どのコントロールも、合格すると ${points} ポイントです。重要度の高いもの、その中では直すリソースの少ないものから並べています。`,
  failing: (n: number): string => `不合格のリソース ${n} 件`,
  unchecked: (n: number): string => `確認できないリソース ${n} 件`,
  uncheckedDo: mrk`AWS が確認できていません。AWS Config がこの種類のリソースを記録しているか、必要な権限があるかをご確認ください。`,
  openRequest: '依頼を開く',
  remediation: 'AWS の手順を見る',
  lifted: (n: number, from: number, to: number): string =>
    n === 1
      ? `この 1 件を直すと ${percent(from)} → ${percent(to)}`
      : `この ${n} 件を直すと ${percent(from)} → ${percent(to)}`,
  more: (n: number): string => `ほかに ${n} 件あります。`,

  standards: '*標準ごと*',
  categories: '*分類ごと*',
  row: (bar: SafeMrkdwn, score: number, passed: number, all: number, name: SafeMrkdwn): SafeMrkdwn =>
    mrk`${bar} ${percent(score)} ${name} (${passed}/${all})`,
  exceptions: (n: number, command: SafeMrkdwn): SafeMrkdwn =>
    n === 0
      ? mrk`理由をつけて抑制しているものはありません。`
      : mrk`理由をつけて抑制しているもの: ${n} 件。一覧は ${command}`,

  list: {
    mine: '自分のアカウントのスコア',
    person: 'アカウントのスコア',
    ofPerson: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}が責任者または代理のアカウント`,
    project: (name: string): string => `${name} のスコア`,
    all: 'すべてのアカウントのスコア',
    median: (score: number): string => `中央値 ${percent(score)}`,
    week: (change: string): string => `7 日間 ${change}`,
    perfect: (perfect: number, accounts: number): string => `100 % のアカウント ${perfect} / ${accounts}`,
    accounts: (n: number): string => `${n} アカウント`,
    best: (shown: number): string => `*上位 ${shown} アカウント*`,
    projects: '*プロジェクトごと*',
    moreProjects: (n: number): string => `ほかに ${n} プロジェクト`,
    kinds: '*種別ごと*',
    more: (n: number): string => `ほかに ${n} アカウントあります。`,
    lineUncounted: 'まだ集計していません',
    lineNoData: '結果のあるコントロールがありません',
    uncounted: (n: number): string =>
      `まだ集計していないアカウントが ${n} 件あります。検出結果が届くと、1 日以内に表示されます。`,
    noData: (n: number): string => `結果のあるコントロールがないアカウントが ${n} 件あります。`,
    one: mrk`1 つのアカウントを詳しく見るには \`/secops score アカウント名\` と入力してください。`,
  },

  problems: {
    mine: mrk`責任者または代理になっているアカウントは、まだないようです。\`/secops score アカウント名\` で、どのアカウントのスコアも見られます。担当しているアカウントに責任者がいなければ、\`/secops owner アカウント名\` で申し出られます。`,
    mineGuest: mrk`責任者または代理になっているアカウントは、まだないようです。担当しているアカウントがあれば、セキュリティチームにお知らせください。`,
    person: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}が責任者または代理のアカウントは、まだないようです。`,
    project: (name: SafeMrkdwn): SafeMrkdwn =>
      mrk`${name} というプロジェクトのアカウントは、いまはありません。`,
    all: mrk`アカウントはまだ登録されていません。`,
  },
};

export const en: typeof ja = {
  percent,
  signed,
  tenths,
  none: '–',
  almost: ({ failed, unknown }) =>
    `100 % (${[...(failed > 0 ? [`${failed} failing`] : []), ...(unknown > 0 ? [`${unknown} unknown`] : [])].join(', ')})`,
  title: (score, account) => `${score}  ${account}`,
  noScore: 'No score yet',
  perfect: mrk`🎉 *Every control has passed.*`,
  notCounted: mrk`Not counted yet. Once Security Hub’s findings arrive, the score is here within a day.`,
  neverHeard: mrk`No finding of this account has arrived yet. Please check the id; if it is right, the score is here within a day of the first findings.`,
  noData: mrk`At present no control has a result. Once findings are updated, the score is here within a day.`,
  change: (days, change) => `${days} days ${change}`,
  isNew: 'new',
  newcomer: 'Nothing to compare with yet: changes are shown once there are seven days.',
  counts: (tally) => `passed ${tally.passed} · failed ${tally.failed} · unknown ${tally.unknown}`,
  leftOut: (noData, disabled) => `no data ${noData} · disabled ${disabled} (not in the score)`,
  weeks: (line, first, last) => `12 weeks ${line} ${percent(first)} → ${percent(last)}`,
  streak: (days, longest) =>
    days >= longest
      ? `At 100 % for ${plural(days, 'day')}: your longest time ever.`
      : `At 100 % for ${plural(days, 'day')} (longest: ${longest}).`,
  streakBegins: (longest) =>
    longest > 0
      ? `It has reached 100 % (longest time so far: ${plural(longest, 'day')}).`
      : 'It has reached 100 %.',
  streakBest: (longest) => `Longest time at 100 % so far: ${plural(longest, 'day')}.`,
  asOf: (at) => mrk`As of ${at}`,
  reconciled: (at) => mrk`compared with Security Hub ${at}`,
  notReconciled: mrk`not compared with Security Hub yet`,
  rule: mrk`Computed by the rule that AWS documents. The AWS console may differ for up to a day.`,

  holding: '*The quickest way up*',
  holdingEach: (points) =>
    `Each control that passes is worth ${points} points. The most severe come first, and among them those with the fewest resources to fix.`,
  failing: (n) => plural(n, 'failing resource'),
  unchecked: (n) => `${plural(n, 'resource')} that cannot be checked`,
  uncheckedDo: mrk`AWS cannot check it. Please see whether AWS Config records this type of resource, and has the permissions that it needs.`,
  openRequest: 'Open the request',
  remediation: 'See AWS’s steps',
  lifted: (n, from, to) =>
    n === 1
      ? `Fix this one: ${percent(from)} → ${percent(to)}`
      : `Fix these ${n}: ${percent(from)} → ${percent(to)}`,
  more: (n) => `There ${n === 1 ? 'is 1 more' : `are ${n} more`}.`,

  standards: '*By standard*',
  categories: '*By category*',
  row: (bar, score, passed, all, name) => mrk`${bar} ${percent(score)} ${name} (${passed}/${all})`,
  exceptions: (n, command) =>
    n === 0
      ? mrk`Nothing is suppressed with a reason.`
      : mrk`Suppressed with a reason: ${plural(n, 'resource')}. See ${command}`,

  list: {
    mine: 'Scores of your accounts',
    person: 'Scores of accounts',
    ofPerson: (who) => mrk`Accounts that ${who} owns or is deputy of`,
    project: (name) => `Scores of ${name}`,
    all: 'Scores of all accounts',
    median: (score) => `median ${percent(score)}`,
    week: (change) => `7 days ${change}`,
    perfect: (perfect, accounts) => `${perfect} of ${plural(accounts, 'account')} at 100 %`,
    accounts: (n) => plural(n, 'account'),
    best: (shown) => (shown === 1 ? '*The top account*' : `*The top ${shown} accounts*`),
    projects: '*By project*',
    moreProjects: (n) => `and ${plural(n, 'more project', 'more projects')}`,
    kinds: '*By kind*',
    more: (n) => `There ${n === 1 ? 'is 1 more account' : `are ${n} more accounts`}.`,
    lineUncounted: 'not counted yet',
    lineNoData: 'no control has a result',
    uncounted: (n) =>
      `${plural(n, 'account')} ${n === 1 ? 'has' : 'have'} not been counted yet: within a day once findings arrive.`,
    noData: (n) => `${plural(n, 'account')} ${n === 1 ? 'has' : 'have'} no control with a result.`,
    one: mrk`To see one account in detail, type \`/secops score ACCOUNT\`.`,
  },

  problems: {
    mine: mrk`You do not seem to own an account yet, or to be anybody’s deputy. \`/secops score ACCOUNT\` shows the score of any account. If one that you look after has no owner, claim it with \`/secops owner ACCOUNT\`.`,
    mineGuest: mrk`You do not seem to own an account yet, or to be anybody’s deputy. If you look after one, please tell the security team.`,
    person: (who) => mrk`${who} does not seem to own an account yet, or to be anybody’s deputy.`,
    project: (name) => mrk`No account belongs to the project ${name} at present.`,
    all: mrk`No account has been registered yet.`,
  },
};
