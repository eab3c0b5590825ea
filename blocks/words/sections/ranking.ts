import type { AccountKind } from '../../../src/accounts';
import { mrk, type SafeMrkdwn } from '../../kit';

/** Hours as people say them: in days once they are many. */
const daysOf = (hours: number): string => String(Math.round((hours / 24) * 10) / 10);
const MANY_HOURS = 48;

const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '±0');
/** Before and now, where they differ. */
const moved = (before: number | undefined, now: number): string =>
  before === undefined || before === now ? `${now} %` : `${before} → ${now} %`;

const plural = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`;

const kind: Record<AccountKind, string> = {
  production: '本番アカウントのスコアランキング',
  'non-production': '本番以外のアカウントのスコアランキング',
};

/** The ranking of scores. What begins and ends it goes round by the week. */
export const ja = {
  title: 'スコアランキング',
  /** @param day as `bulletin.day` says it */
  titleOn: (day: string): string => `${day} のスコアランキング`,
  kind,
  project: (name: string): string => `${name} のスコアランキング`,

  /** Somebody has climbed: their names follow. */
  moved: [
    mrk`この 7 日間でスコアが伸びたアカウントを紹介します。地道なご対応、ありがとうございます。`,
    mrk`うれしいお知らせから始めます。スコアを伸ばしたみなさん、おめでとうございます。`,
    mrk`みなさんのご対応が、スコアに表れています。まずは、伸びたアカウントをご紹介します。`,
    mrk`一つひとつの修正が積み重なりました。この 7 日間の成果をご覧ください。`,
    mrk`忙しい中でのご対応、ありがとうございます。この 7 日間で伸びたアカウントに拍手をお願いします。 👏`,
    mrk`また少し、安全な環境に近づきました。立役者のみなさんを紹介します。`,
    mrk`日々のご対応が、数字になっています。今回の主役はこちらのアカウントです。`,
    mrk`今回の注目アカウントです。手を動かしてくださったみなさん、ありがとうございます。`,
    mrk`こつこつ続けてくださったおかげで、スコアが伸びました。ぜひ、声をかけてあげてください。`,
  ],
  /** Nobody has: nobody is told so. */
  steady: [
    mrk`最新のスコアランキングです。日々のご対応、いつもありがとうございます。`,
    mrk`いまの順位をお届けします。よい状態を守り続けることも、立派な成果です。`,
    mrk`スコアの現在地です。次の一歩のきっかけになれば、うれしいです。`,
    mrk`いつもの運用を支えてくださり、ありがとうございます。現在のスコアです。`,
    mrk`スコアは、みなさんの毎日の積み重ねです。現在のランキングをご覧ください。`,
    mrk`目立たないところで守ってくださっているみなさんに、感謝します。現在のスコアです。`,
    mrk`上位のアカウントを紹介します。安定した運用に、拍手を送ります。 👏`,
    mrk`スコアランキングをお届けします。無理なく、できるところから進めていきましょう。`,
  ],
  closings: [
    mrk`直したコントロールの一つひとつが、スコアになります。できるところから、ひとつずつ進めましょう。`,
    mrk`困っていることがあれば、依頼のスレッドで気軽にご相談ください。`,
    mrk`順位よりも、これまでの自分たちから一歩前へ。応援しています。`,
    mrk`安全な環境は、安心して開発に打ち込むための土台です。これからもよろしくお願いします。`,
    mrk`小さな修正の一つひとつが、攻撃の入口を減らしています。いつもありがとうございます。`,
    mrk`うまくいった直し方は、ぜひ、ほかのチームにも教えてあげてください。`,
    mrk`スコアを上げる近道は、一人で探さなくて大丈夫です。セキュリティチームもお手伝いします。`,
    mrk`次のランキングで、みなさんのチームを紹介できるのを楽しみにしています。`,
    mrk`急がなくて大丈夫です。続けることが、いちばんの近道です。`,
    mrk`守る人がいるから、安心して使えます。ご協力、本当にありがとうございます。`,
  ],

  newcomers: '*🎉 100 % に届いたアカウント*',
  newcomer: (account: SafeMrkdwn, controls: number): SafeMrkdwn =>
    mrk`*${account}* — ${controls} 件のコントロールすべてに合格`,
  moreNewcomers: (n: number): SafeMrkdwn => mrk`ほかに ${n} アカウントが 100 % に届きました。`,
  climbers: '*📈 大きく伸びたアカウント*',
  climber: (account: SafeMrkdwn, points: number, score: string): SafeMrkdwn =>
    mrk`*${account}* — 7 日間で *+${points} ポイント* (いま ${score})`,

  best: (shown: number, all: number): SafeMrkdwn =>
    shown >= all ? mrk`*🏅 ${all} アカウントの順位*` : mrk`*🏅 ${all} アカウントのうち、上位 ${shown}*`,
  columns: ['順位', 'アカウント', 'スコア', '7 日間', '合格'],
  passed: (passed: number, all: number): string => `${passed} / ${all}`,
  isNew: '新規',
  row: (rank: string, account: SafeMrkdwn, score: string, change: string, passed: string): SafeMrkdwn =>
    mrk`${rank}. *${score}* ${account} (7 日間 ${change}、合格 ${passed})`,
  small: (n: number, few: number): SafeMrkdwn =>
    mrk`*🌱 リソースが ${few} 個未満のアカウント (${n})* — 別に順位を付けています。`,
  smallBest: (rank: number, account: SafeMrkdwn, score: string): SafeMrkdwn =>
    mrk`${rank} 位 ${account} ${score}`,
  noData: (n: number): SafeMrkdwn =>
    mrk`${n} アカウントは、結果のあるコントロールがまだないため、順位を付けていません。`,
  nobody: mrk`順位を付けられるアカウントは、まだありません。Security Hub の検出結果が届くと、1 日以内にスコアが表示されます。`,

  organisation: '*🏢 組織全体*',
  median: (before: number | undefined, now: number): string => `スコアの中央値 ${moved(before, now)}`,
  perfect: (perfect: number, more: number | undefined): string =>
    `100 %: ${perfect} アカウント${more === undefined || more === 0 ? '' : ` (${signed(more)})`}`,
  requests: (opened: number, closed: number): string =>
    `この 7 日間の依頼: ${opened} 件開始・${closed} 件完了`,
  toFix: (hours: number): string =>
    `修正までの時間の中央値 ${hours < 1 ? '1 時間未満' : hours < MANY_HOURS ? `${Math.round(hours)} 時間` : `${daysOf(hours)} 日`}`,
  weeks: (line: string, n: number): string => `中央値の推移 (${n} 週) ${line}`,
  fresh: (n: number, accounts: number): SafeMrkdwn =>
    mrk`*🆕 コントロールが新しく ${n} 件加わりました。* ${accounts} アカウントのスコアに影響しています。スコアが下がっていても、これまでの取り組みが後退したわけではありません。`,

  rule: mrk`スコアは、結果のあるコントロールのうち合格したものの割合です。AWS が公開している計算方法によるもので、AWS コンソールの表示とは違うことがあります。100 % どうしでは、すべてのコントロールに合格したアカウントを上にしています。`,
  asOf: (at: SafeMrkdwn): SafeMrkdwn => mrk`${at} 時点`,
  hint: mrk`自分のアカウントのスコアと、スコアを上げる近道: \`/secops score\``,
};

export const en: typeof ja = {
  title: 'Score ranking',
  titleOn: (day) => `Score ranking of ${day}`,
  kind: {
    production: 'Score ranking of production accounts',
    'non-production': 'Score ranking of non-production accounts',
  },
  project: (name) => `Score ranking of ${name}`,

  moved: [
    mrk`These accounts have climbed in the last seven days. Thank you for the steady work behind it.`,
    mrk`Good news first: congratulations to everybody whose score went up.`,
    mrk`Your work shows in the scores. Here is who has climbed.`,
    mrk`Fix by fix it adds up. Here is what came of the last seven days.`,
    mrk`Thank you for finding the time. A round of applause for those who have climbed in the last seven days. 👏`,
    mrk`We are a little safer again. Here is to whom we owe it.`,
    mrk`Everyday work has turned into numbers. The stage belongs to these accounts.`,
    mrk`These accounts stand out this time. Thank you to everybody who has lent a hand.`,
    mrk`Patience has paid off, and scores have gone up. Do say a kind word when you meet them.`,
  ],
  steady: [
    mrk`Here is the latest score ranking. Thank you for the work that you do every day.`,
    mrk`Here is where we stand. Keeping things in good order is an achievement too.`,
    mrk`Here are the scores as they are now. May they be the start of a next step.`,
    mrk`Thank you for keeping things running safely. Here are the scores as they are now.`,
    mrk`A score is made of what you do day by day. Here is the ranking as it is now.`,
    mrk`Much good work is never seen. Thank you for it; here are the scores as they are now.`,
    mrk`Here are the accounts at the top. Applause for running them so reliably. 👏`,
    mrk`Here is the score ranking. No rush: let us go on from wherever it is easiest.`,
  ],
  closings: [
    mrk`Every control that you fix counts. Let us take them one at a time, the easy ones first.`,
    mrk`If something is in your way, please say so in the thread of the request.`,
    mrk`Never mind the rank: one step ahead of where you were is what counts. We are rooting for you.`,
    mrk`A safe environment is what lets you build with peace of mind. Thank you for looking after it.`,
    mrk`Every small fix is one way in less for an attacker. Thank you, as always.`,
    mrk`If you have found a good way to fix something, please tell the other teams about it.`,
    mrk`You need not look for the quickest way up alone: the security team is glad to help.`,
    mrk`We look forward to naming your team in one of the next rankings.`,
    mrk`There is no hurry. Keeping at it is the quickest way of all.`,
    mrk`Things can be relied on because somebody looks after them. Thank you so much for doing so.`,
  ],

  newcomers: '*🎉 Accounts that have reached 100 %*',
  newcomer: (account, controls) => mrk`*${account}* — all of ${plural(controls, 'control')} passed`,
  moreNewcomers: (n) => mrk`${plural(n, 'more account has', 'more accounts have')} reached 100 %.`,
  climbers: '*📈 Accounts that have climbed most*',
  climber: (account, points, score) =>
    mrk`*${account}* — *+${plural(points, 'point')}* in 7 days, now ${score}`,

  best: (shown, all) =>
    shown >= all
      ? mrk`*🏅 ${all === 1 ? 'One account' : `All ${all} accounts`}*`
      : mrk`*🏅 The top ${shown} of ${all} accounts*`,
  columns: ['Rank', 'Account', 'Score', '7 days', 'Passed'],
  passed: (passed, all) => `${passed} / ${all}`,
  isNew: 'new',
  row: (rank, account, score, change, passed) =>
    mrk`${rank}. *${score}* ${account} (7 days ${change}, passed ${passed})`,
  small: (n, few) =>
    mrk`*🌱 ${plural(n, 'account')} with fewer than ${plural(few, 'resource')}* ${n === 1 ? 'is' : 'are'} ranked apart.`,
  smallBest: (rank, account, score) => mrk`${rank}. ${account} ${score}`,
  noData: (n) =>
    mrk`${plural(n, 'account has', 'accounts have')} no rank, because no control has a result there yet.`,
  nobody: mrk`There is no account to rank yet. Once Security Hub’s findings arrive, scores are here within a day.`,

  organisation: '*🏢 The organisation*',
  median: (before, now) => `Median score ${moved(before, now)}`,
  perfect: (perfect, more) =>
    `100 %: ${plural(perfect, 'account')}${more === undefined || more === 0 ? '' : ` (${signed(more)})`}`,
  requests: (opened, closed) => `requests in 7 days: ${opened} opened, ${closed} done`,
  toFix: (hours) =>
    `median time to fix ${hours < 1 ? 'less than an hour' : hours < MANY_HOURS ? plural(Math.round(hours), 'hour') : `${daysOf(hours)} days`}`,
  weeks: (line, n) => `Median over ${plural(n, 'week')} ${line}`,
  fresh: (n, accounts) =>
    mrk`*🆕 ${plural(n, 'control is', 'controls are')} new.* The scores of ${plural(accounts, 'account')} are affected; a lower score does not mean that anybody has let up.`,

  rule: mrk`A score is the share of controls with a result that have passed. It is computed by the rule that AWS documents, and the AWS console may differ. Of accounts at 100 %, those where really every control has passed come first.`,
  asOf: (at) => mrk`As of ${at}`,
  hint: mrk`Your own accounts’ scores, and the quickest way up: \`/secops score\``,
};
