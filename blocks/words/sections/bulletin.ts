import type { BulletinKind } from '../../../src/bulletins';
import type { Treatment } from '../../../src/policy';
import { mrk, type SafeMrkdwn } from '../../kit';

/** What a press on one of the four buttons would do. */
const effect: Record<Treatment, (what: string) => string> = {
  track: (what) => `${what}について責任者に依頼を届け、直るまで追いかけます。`,
  notify: (what) => `${what}を責任者に知らせ、そのあと Security Hub で抑制します。`,
  ignore: (what) => `${what}を、誰にも知らせずに Security Hub で抑制します。スコアからも外れます。`,
  leave: (what) => `${what}は、ほかの担当に任せます。投稿も Security Hub への書き込みもしません。`,
};

const decide: Record<Treatment, string> = {
  track: '追いかける',
  notify: '知らせてから抑制する',
  ignore: '知らせずに抑制する',
  leave: '扱わない',
};

const listTitle: Record<BulletinKind, string> = {
  digest: '依頼の一覧',
  morning: '朝のまとめの一覧',
  reminder: 'リマインドの一覧',
  overdue: '期限を過ぎた依頼',
  observed: '依頼の一覧',
  undecided: '依頼の一覧',
  drift: '依頼の一覧',
  accounts: 'アカウントの一覧',
  ranking: 'スコアランキング',
  celebration: '100 % 達成',
};

/** The Japanese words of messages about several records. */
export const ja = {
  /** A day of the calendar; `at` is its midnight in UTC. */
  day: (at: Date): string =>
    new Intl.DateTimeFormat('ja-JP', {
      month: 'long',
      day: 'numeric',
      weekday: 'short',
      timeZone: 'UTC',
    }).format(at),
  listed: (all: readonly string[]): string => all.join('、'),
  issues: (n: number): string => `${n} 件`,
  progress: (done: number, all: number): SafeMrkdwn => mrk`${all} 件中 ${done} 件が片付きました。`,
  open: (n: number): string => `未対応 ${n} 件`,
  due: (when: SafeMrkdwn): SafeMrkdwn => mrk`期限 ${when}`,
  overdueSince: (when: SafeMrkdwn): SafeMrkdwn => mrk`期限 ${when} (過ぎています)`,
  taken: '対応中',
  takenBy: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}が対応中`,
  openCard: 'カードを開く',
  hasCard: mrk`この依頼のカードは、もう届いています。`,
  show: 'カードを出す',
  showList: '一覧を見る',
  more: (n: number): SafeMrkdwn => mrk`ほか ${n} 件は「一覧を見る」でご覧ください。`,
  moreCommand: (n: number): SafeMrkdwn =>
    mrk`ほか ${n} 件は、「一覧を見る」か \`/secops requests\` でご覧ください。`,
  restAccounts: (n: number): string => `ほか ${n} アカウント`,
  howToAnswer: mrk`「カードを出す」を押すと、その依頼のカードが届きます。対応や抑制は、カードから行えます。`,
  howToAnswerList: mrk`「一覧を見る」から依頼を選ぶと、そのカードが届きます。対応や抑制は、カードから行えます。`,
  insteadOf: (channel: SafeMrkdwn): SafeMrkdwn =>
    mrk`${channel} に投稿できなかったため、こちらに届けています。ボットが招待されているか、アカウントのチャンネルの登録が正しいかを確認してください。`,
  bySeverity: (level: string, n: number): string => `${level} ${n} 件`,

  digest: {
    title: (account: string, n: number): string => `${account}: 依頼が ${n} 件あります`,
    done: (account: string, n: number): string => `${account}: 依頼 ${n} 件がすべて片付きました`,
    flood: (who: SafeMrkdwn, requests: number, issues: number): SafeMrkdwn =>
      mrk`${who}、新しい依頼が一度に ${requests} 件 (未対応の項目は計 ${issues} 件) 見つかったため、1 つにまとめました。上から順にご確認をお願いします。`,
    floodNobody: (requests: number, issues: number): SafeMrkdwn =>
      mrk`新しい依頼が一度に ${requests} 件 (未対応の項目は計 ${issues} 件) 見つかったため、1 つにまとめました。`,
    young: mrk`新しいアカウントへようこそ。作りたてのアカウントで項目がまとめて見つかるのは、よくあることです。まずは上のものから、ひとつずつ見ていきましょう。`,
    youngAsk: (who: SafeMrkdwn, requests: number, issues: number): SafeMrkdwn =>
      mrk`${who}、依頼は ${requests} 件 (未対応の項目は計 ${issues} 件) です。急ぎのものから順に並べました。`,
    ownerless: mrk`このアカウントには責任者が登録されていません。代わりにご確認をお願いします。`,
    ownerlessNobody: mrk`このアカウントには責任者が登録されていません。お心当たりの方は、ご確認をお願いします。`,
    thanks: mrk`すべて片付きました。たくさんのご対応、ありがとうございました。`,
    first: (shown: number): string => `急ぎの ${shown} 件`,
    all: '依頼',
  },

  morning: {
    title: (day: string, n: number): string => `${day} 朝のまとめ: 新しい依頼 ${n} 件`,
    titleUndated: (n: number): string => `朝のまとめ: 新しい依頼 ${n} 件`,
    done: (day: string, n: number): string => `${day} 朝のまとめ: ${n} 件がすべて片付きました`,
    doneUndated: (n: number): string => `朝のまとめ: ${n} 件がすべて片付きました`,
    calm: (who: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who}、急ぎのものはありません。お手すきのときにご確認をお願いします。`,
    calmNobody: mrk`急ぎのものはありません。お手すきのときにご確認をお願いします。`,
    ask: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}、ご確認をお願いします。`,
    askNobody: mrk`ご確認をお願いします。`,
    thanks: mrk`すべて片付きました。ご対応ありがとうございました。`,
  },

  reminder: {
    title: (n: number): string => `期限のお知らせ: ${n} 件`,
    done: (n: number): string => `期限のお知らせ: ${n} 件がすべて片付きました`,
    ask: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}、次の依頼について、状況をご確認ください。`,
    overdue: (n: number): string => `期限を過ぎています (${n} 件)`,
    today: (n: number): string => `今日が期限です (${n} 件)`,
    coming: (n: number): string => `もうすぐ期限です (${n} 件)`,
    finished: (n: number): string => `片付きました (${n} 件)`,
    talk: mrk`もし時間が必要でしたら、スレッドでご相談ください。`,
    thanks: mrk`すべて片付きました。ご対応ありがとうございました。`,
  },

  overdue: {
    title: (n: number): string => `期限を過ぎた依頼: ${n} 件`,
    none: '期限を過ぎた依頼はありません',
    noneText: mrk`期限を過ぎた依頼は、すべて片付きました。`,
    about: mrk`期限の古いものから並べています。責任者には、アカウントのチャンネルで別に知らせています。`,
    set: '責任者: 登録済み',
    unset: '責任者: 未登録 (引き受ける方を決めてください)',
    group: (accounts: SafeMrkdwn, n: number, owner: string): SafeMrkdwn =>
      mrk`*${accounts}* — ${n} 件 · ${owner}`,
  },

  observed: {
    title: (day: string): string => `${day} 様子見 (observe) のまとめ`,
    titleUndated: '様子見 (observe) のまとめ',
    about: mrk`次のアカウントは、様子見のモード (observe) です。責任者には何も知らせず、AWS にも何も書き込んでいません。動かしていたら、次のようにしていました。`,
    total: (asked: number, told: number, suppressed: number): SafeMrkdwn =>
      mrk`*合計*: 依頼 ${asked} 件、お知らせ ${told} 件、抑制 ${suppressed} 件`,
    counts: (asked: number, told: number, suppressed: number): SafeMrkdwn =>
      mrk`依頼 ${asked} 件、お知らせ ${told} 件、抑制 ${suppressed} 件`,
    top: (controls: SafeMrkdwn): SafeMrkdwn => mrk`多いもの: ${controls}`,
    one: (control: SafeMrkdwn, n: number): SafeMrkdwn => mrk`${control} ${n} 件`,
    next: mrk`この内容でよければ、\`npm run accounts -- import\` でアカウントの \`mode\` を \`notify\` (投稿だけ) または \`enforce\` (抑制も行う) にしてください。`,
    none: mrk`新しく見つかったものはありません。`,
  },

  undecided: {
    title: (control: string): string => `${control} の扱いを決めてください`,
    decided: (control: string): string => `${control} の扱いが決まりました`,
    about: mrk`このコントロールをどう扱うかは、まだ誰も決めていません。決まるまでは、責任者に知らせず、Security Hub にも書き込みません。`,
    proposal: 'いまのポリシーに当てはめた場合の案',
    touches: (accounts: number, issues: number): string =>
      `影響の範囲 (${accounts} アカウント、${issues} 件)`,
    nowhere: mrk`いま当てはまる項目はありません。`,
    decide,
    affected: (accounts: number, issues: number): string => `${accounts} アカウントの ${issues} 件`,
    whatever: '見つかったもの',
    effect,
    confirmTitle: (control: string): string => `${control} の扱い`,
    confirmText: (what: string): string =>
      `${what}今後見つかるものも同じ扱いです。モードが observe や notify のアカウントでは、そのモードの範囲で行います。`,
    confirm: '決める',
    back: '戻る',
    answered: (who: SafeMrkdwn, what: string, when: SafeMrkdwn): SafeMrkdwn =>
      mrk`✅ ${who}が「${what}」に決めました (${when})。`,
    keep: (line: SafeMrkdwn): SafeMrkdwn =>
      mrk`この決定を git に残すには、\`policy.yml\` の \`lines\` に次の行を加えてください。\n${line}`,
  },

  drift: {
    title: (day: string): string => `${day} 夜間の照合`,
    titleUndated: '夜間の照合',
    about: (findings: number, calls: number): SafeMrkdwn =>
      mrk`Security Hub の検出結果 ${findings} 件を、${calls} 回の呼び出しで照合しました。`,
    none: mrk`記録とのずれはありませんでした。`,
    mended: (n: number): SafeMrkdwn => mrk`次の ${n} アカウントで、記録とのずれを直しました。`,
    opened: (n: number): string => `未対応に追加 ${n} 件`,
    closed: (n: number): string => `終了 ${n} 件`,
    adopted: (n: number): string => `ボットの外での抑制を記録 ${n} 件`,
    lifted: (n: number): string => `ボットの外で抑制が解除され、未対応に戻したもの ${n} 件`,
    rewritten: (n: number): string => `Security Hub に書き直し ${n} 件`,
    changed: (n: number): string => `内容を更新 ${n} 件`,
    scores: (n: number): string => `スコアの数え直し ${n} 件`,
    outside: (n: number): SafeMrkdwn =>
      n === 0
        ? mrk`*ボットの外で抑制されているもの*: なくなりました。`
        : mrk`*ボットの外で抑制されているもの*: ${n} 件`,
    outsideCount: (n: number): string => `${n} 件`,
    outsideMoved: (n: number, before: number): string => `${n} 件 (前回は ${before} 件)`,
    outsideNote: mrk`ボットの外での抑制には、理由も期限も、承認の記録もありません。必要なものは、Security Hub でいったん抑制を解除し、ボットから抑制し直してください。`,
  },

  list: {
    title: listTitle,
    page: (page: number, pages: number, n: number): SafeMrkdwn => mrk`全 ${n} 件 (${page} / ${pages} ページ)`,
    empty: mrk`表示できる依頼はありません。`,
    how: mrk`「カードを出す」を押すと、その依頼のカードがチャンネルに届きます。`,
  },
};

/** "1 request", "3 requests". */
function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

const where = (accounts: number, issues: number): string =>
  `${count(issues, 'issue')} in ${count(accounts, 'account')}`;

/** The English ones. */
export const en: typeof ja = {
  day: (at) =>
    new Intl.DateTimeFormat('en-GB', {
      month: 'long',
      day: 'numeric',
      weekday: 'short',
      timeZone: 'UTC',
    }).format(at),
  listed: (all) => all.join(', '),
  issues: (n) => count(n, 'issue'),
  progress: (done, all) => mrk`${done} of ${all} done.`,
  open: (n) => `${n} open`,
  due: (when) => mrk`by ${when}`,
  overdueSince: (when) => mrk`by ${when} (this has passed)`,
  taken: 'taken',
  takenBy: (who) => mrk`taken by ${who}`,
  openCard: 'Open the card',
  hasCard: mrk`This request already has a card.`,
  show: 'Show card',
  showList: 'Show the list',
  more: (n) => mrk`“Show the list” has ${n} more.`,
  moreCommand: (n) => mrk`“Show the list” and \`/secops requests\` have ${n} more.`,
  restAccounts: (n) => `and ${count(n, 'more account')}`,
  howToAnswer: mrk`“Show card” brings the request’s own card, from which you can take it, report it fixed or suppress it.`,
  howToAnswerList: mrk`“Show the list” lets you bring a request’s own card, from which you can take it, report it fixed or suppress it.`,
  insteadOf: (channel) =>
    mrk`This is shown here because ${channel} could not be reached. Please check that the bot is invited there, or register another channel for the account.`,
  bySeverity: (level, n) => `${level} ${n}`,

  digest: {
    title: (account, n) => `${account}: ${count(n, 'request')}`,
    done: (account, n) => `${account}: all of ${count(n, 'request')} done`,
    flood: (who, requests, issues) =>
      mrk`${who}, ${count(requests, 'new request')} (${count(issues, 'open issue')}) came at once, so they are gathered here. Please start at the top.`,
    floodNobody: (requests, issues) =>
      mrk`${count(requests, 'new request')} (${count(issues, 'open issue')}) came at once, so they are gathered here.`,
    young: mrk`Welcome to your new account. It is quite normal that much is found in one at first. Simply begin at the top, one by one.`,
    youngAsk: (who, requests, issues) =>
      mrk`${who}, there ${requests === 1 ? 'is' : 'are'} ${count(requests, 'request')} (${count(issues, 'open issue')}), the most urgent first.`,
    ownerless: mrk`This account has no owner yet. Could you please take a look in their place?`,
    ownerlessNobody: mrk`This account has no owner yet. If it is yours, please take a look.`,
    thanks: mrk`All done. Thank you for taking care of so much.`,
    first: (shown) => (shown === 1 ? 'The most urgent one' : `The ${shown} most urgent ones`),
    all: 'Requests',
  },

  morning: {
    title: (day, n) => `Morning summary, ${day}: ${count(n, 'new request')}`,
    titleUndated: (n) => `Morning summary: ${count(n, 'new request')}`,
    done: (day, n) => `Morning summary, ${day}: all of ${count(n, 'request')} done`,
    doneUndated: (n) => `Morning summary: all of ${count(n, 'request')} done`,
    calm: (who) => mrk`${who}, nothing here is urgent. Please take a look when you have a moment.`,
    calmNobody: mrk`Nothing here is urgent. Please take a look when you have a moment.`,
    ask: (who) => mrk`${who}, please take a look.`,
    askNobody: mrk`Please take a look.`,
    thanks: mrk`All done. Thank you for taking care of it.`,
  },

  reminder: {
    title: (n) => `Deadlines: ${count(n, 'request')}`,
    done: (n) => `Deadlines: all of ${count(n, 'request')} done`,
    ask: (who) => mrk`${who}, please see how these stand.`,
    overdue: (n) => `Past their date (${n})`,
    today: (n) => `Due today (${n})`,
    coming: (n) => `Due soon (${n})`,
    finished: (n) => `Done (${n})`,
    talk: mrk`If you need more time, please just say so in the thread.`,
    thanks: mrk`All done. Thank you for taking care of it.`,
  },

  overdue: {
    title: (n) => `Past their date: ${count(n, 'request')}`,
    none: 'No request is past its date',
    noneText: mrk`Everything that was past its date has been dealt with.`,
    about: mrk`The oldest come first. Owners are reminded separately, in the channels of their accounts.`,
    set: 'owner: set',
    unset: 'owner: none (please find somebody to take them on)',
    group: (accounts, n, owner) => mrk`*${accounts}* — ${count(n, 'request')} · ${owner}`,
  },

  observed: {
    title: (day) => `Mode observe, ${day}`,
    titleUndated: 'Mode observe',
    about: mrk`These accounts are in mode observe: owners were told nothing, and nothing was written to AWS. Otherwise, this is what would have been done.`,
    total: (asked, told, suppressed) =>
      mrk`*In all*: ${asked} asked about, ${told} told, ${suppressed} suppressed`,
    counts: (asked, told, suppressed) => mrk`${asked} asked about, ${told} told, ${suppressed} suppressed`,
    top: (controls) => mrk`most often: ${controls}`,
    one: (control, n) => mrk`${control} ${n}`,
    next: mrk`If this looks right, set the account’s \`mode\` to \`notify\` (posts only) or \`enforce\` (suppresses as well) with \`npm run accounts -- import\`.`,
    none: mrk`Nothing new was found.`,
  },

  undecided: {
    title: (control) => `Please decide how ${control} is treated`,
    decided: (control) => `How ${control} is treated is decided`,
    about: mrk`Nobody has decided on this control yet. Until then, owners are not told and nothing is written to Security Hub.`,
    proposal: 'What the present policy would propose',
    touches: (accounts, issues) => `What it touches (${where(accounts, issues)})`,
    nowhere: mrk`At the moment it fails nowhere.`,
    decide: {
      track: 'Follow until fixed',
      notify: 'Tell, then suppress',
      ignore: 'Suppress silently',
      leave: 'Leave alone',
    },
    affected: where,
    whatever: 'whatever is found',
    effect: {
      track: (what) => `Asks owners about ${what} and reminds them until fixed.`,
      notify: (what) => `Tells owners about ${what}, then suppresses them in Security Hub.`,
      ignore: (what) =>
        `Suppresses ${what} in Security Hub and tells nobody; the score no longer counts them.`,
      leave: (what) => `Leaves ${what} to others: nothing is posted, nothing is written to Security Hub.`,
    },
    confirmTitle: (control) => `How ${control} is treated`,
    confirmText: (what) =>
      `${what} The same holds for what is found later. Accounts in mode observe or notify keep to their mode.`,
    confirm: 'Decide',
    back: 'Back',
    answered: (who, what, when) => mrk`✅ ${who} decided: “${what}” (${when}).`,
    keep: (line) =>
      mrk`To keep this decision in git, please add this line to \`lines\` of \`policy.yml\`:\n${line}`,
  },

  drift: {
    title: (day) => `Nightly reconcile, ${day}`,
    titleUndated: 'Nightly reconcile',
    about: (findings, calls) =>
      mrk`${count(findings, 'finding')} of Security Hub ${findings === 1 ? 'was' : 'were'} compared, in ${count(calls, 'call')}.`,
    none: mrk`Everything agreed with the records.`,
    mended: (n) => mrk`The records of ${count(n, 'account')} had drifted and were mended.`,
    opened: (n) => `${n} opened`,
    closed: (n) => `${n} closed`,
    adopted: (n) => `${n} noted as suppressed outside of the bot`,
    lifted: (n) => `${n} open again, lifted outside of the bot`,
    rewritten: (n) => `${n} written to Security Hub again`,
    changed: (n) => `${n} updated`,
    scores: (n) => `${n === 1 ? '1 control' : `${n} controls`} counted anew for the score`,
    outside: (n) =>
      n === 0
        ? mrk`*Suppressed outside of the bot*: nothing any more.`
        : mrk`*Suppressed outside of the bot*: ${count(n, 'issue')}`,
    outsideCount: (n) => count(n, 'issue'),
    outsideMoved: (n, before) => `${count(n, 'issue')} (${before} last time)`,
    outsideNote: mrk`What is suppressed outside of the bot has no reason, no end and no approval on record. For what has to stay so, lift it in Security Hub, and suppress it through the bot.`,
  },

  list: {
    title: {
      digest: 'Requests',
      morning: 'Morning summary',
      reminder: 'Deadlines',
      overdue: 'Past their date',
      observed: 'Requests',
      undecided: 'Requests',
      drift: 'Requests',
      accounts: 'Accounts',
      ranking: 'Score ranking',
      celebration: '100 % reached',
    },
    page: (page, pages, n) => mrk`${n} in all (page ${page} of ${pages})`,
    empty: mrk`There are no requests to show.`,
    how: mrk`“Show card” brings the request’s own card to the channel.`,
  },
};
