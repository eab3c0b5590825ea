import type { ChangeOutcome, ChangeState } from '../../../src/cards';
import type { FactLabel } from '../../../src/changes';
import { mrk, type SafeMrkdwn } from '../../kit';

/** What an effect is said with: how many things it touches, and its last day. */
interface EffectFacts {
  readonly count?: number;
  readonly until?: string;
}

/** What kinds of change are called. */
const kinds: Record<string, string> = {
  suppress: '抑制',
  'suppress-by-design': '「意図した設定」としての抑制',
  'suppress-many': '依頼のまとめての抑制',
  'extend-suppression': '抑制の延長',
  'register-owner': '責任者の登録',
  'claim-account': '責任者になる申し出',
  'register-account': 'アカウントの登録',
  'request-account': '新しいアカウントの作成',
  'request-production-account': '新しい本番アカウントの作成',
  'decide-control': 'コントロールの扱いの決定',
};

const things = ({ count }: EffectFacts): string => (count === undefined ? '対象' : `対象の ${count} 件`);
const through = ({ until }: EffectFacts): string => (until === undefined ? '' : ` ${until} まで`);

/** What happens when a change is done, by its kind. */
const effects: Record<string, (facts: EffectFacts) => string> = {
  suppress: (facts) =>
    `${things(facts)}を${through(facts)} Security Hub で抑制します。その間は通知されず、スコアからも外れます。`,
  'suppress-by-design': (facts) =>
    `${things(facts)}を「意図した設定」として${through(facts)} Security Hub で抑制します。リソースが変わると無効になります。`,
  'suppress-many': (facts) =>
    `${things(facts)}を${through(facts)} Security Hub で抑制します。抑制は依頼ごとに行われ、取り消しや延長も依頼ごとに行えます。`,
  'extend-suppression': (facts) => `${things(facts)}の抑制を${through(facts)}延長します。`,
  'register-owner': () => 'アカウントの責任者が変わり、依頼は新しい責任者に届きます。',
  'claim-account': () => '申請した方がこのアカウントの責任者になり、依頼が届くようになります。',
  'register-account': () => 'アカウントが登録され、責任者とチャンネルに依頼が届くようになります。',
  'request-account': () => '新しいアカウントの作成を始めます。費用が発生します。',
  'request-production-account': () => '新しい本番アカウントの作成を始めます。費用が発生します。',
  'decide-control': () => 'このコントロールの扱いが、すべてのアカウントで変わります。',
};

const labels: Record<FactLabel, string> = {
  effect: '承認すると',
  scope: '範囲',
  count: '件数',
  resource: '対象のリソース',
  request: '対象の依頼',
  skipped: 'その間に片付いたため、抑制しなかった依頼',
  severity: '重要度 (最も高いもの)',
  reason: '理由',
  ticket: 'チケット',
  until: '抑制の期限',
  account: 'アカウント',
  name: '名前',
  kind: '種類',
  mode: 'モード',
  purpose: '用途',
  owner: '責任者',
  deputy: '代理',
  'present-owner': 'いまの責任者',
  'present-deputy': 'いまの代理',
  project: 'プロジェクト',
  mail: 'メールアドレス',
  channel: 'チャンネル',
  cost: '費用',
  note: '備考',
  field: '項目',
};

const values: Record<string, string> = {
  'all-open': '申請したときに未対応だったすべて',
  chosen: '選んだものだけ',
  production: '本番',
  'non-production': '本番以外',
  observe: '観察のみ (observe)',
  notify: 'お知らせのみ (notify)',
  enforce: 'すべて行う (enforce)',
  none: 'なし',
  'new-channel': '新しいチャンネル',
};

const states: Record<ChangeState, (kind: string) => string> = {
  waiting: (kind) => `⏳ 承認待ち: ${kind}`,
  applying: (kind) => `⚙️ 反映中: ${kind}`,
  applied: (kind) => `✅ 承認済み: ${kind}`,
  failed: (kind) => `⚠️ 反映できませんでした: ${kind}`,
  unknown: (kind) => `⚠️ 反映を確認できません: ${kind}`,
  refused: (kind) => `🚫 却下: ${kind}`,
  withdrawn: (kind) => `↩️ 取り下げ: ${kind}`,
  denied: (kind) => `🚫 権限がなく中止: ${kind}`,
  expired: (kind) => `⌛ 期限切れ: ${kind}`,
  ended: (kind) => `⌛ 期間が終了: ${kind}`,
  undone: (kind) => `↩️ 取り消し済み: ${kind}`,
};

const told: Record<ChangeOutcome, (who: SafeMrkdwn) => SafeMrkdwn> = {
  applied: (who) => mrk`${who}、申請が承認され、反映しました。`,
  refused: (who) => mrk`${who}、申請は却下されました。`,
  denied: (who) => mrk`${who}、権限が足りなくなったため、申請は反映されませんでした。`,
  withdrawn: (who) => mrk`${who}が申請を取り下げました。`,
  expired: (who) =>
    mrk`${who}、期限までに承認がそろわなかったため、申請は無効になりました。必要な場合は、もう一度申請してください。`,
  failed: (who) => mrk`${who}、申請は承認されましたが、反映できませんでした。`,
  unknown: (who) =>
    mrk`${who}、申請は承認されましたが、反映されたかどうかを確認できていません。状態を確認してください。`,
};

/** Changes that people of the security team have to approve. */
export const ja = {
  kinds,
  anyKind: (kind: string): string => `変更 (${kind})`,
  effects,
  anyEffect: '申請の内容が反映されます。',
  labels,
  values,
  states,
  told,
  call: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}、承認をお願いします。`,
  callNobody: mrk`承認をお願いします。`,
  needed: '必要な承認',
  progress: (n: number, all: number): string => `${n}/${all} 承認済み`,
  approvedBy: (who: SafeMrkdwn, when: SafeMrkdwn): SafeMrkdwn => mrk`${who} (${when})`,
  asker: '申請した人',
  asked: (who: SafeMrkdwn, when: SafeMrkdwn): SafeMrkdwn => mrk`${who} (${when})`,
  waitsUntil: '承認の期限',
  untilWhen: (when: SafeMrkdwn): SafeMrkdwn => mrk`${when} まで`,
  content: '申請の内容',
  request: '依頼',
  openCard: '依頼のカードを開く',
  round: (n: number): SafeMrkdwn =>
    mrk`申請のあとに対象が悪化したため、それまでの承認は無効になりました。内容を見て、もう一度承認してください (${n} 回目)。`,
  roundReply: (who: SafeMrkdwn): SafeMrkdwn =>
    mrk`${who}、対象が悪化したため、それまでの承認は無効になりました。カードの内容を見て、もう一度ご確認をお願いします。`,
  reminder: (who: SafeMrkdwn, until: SafeMrkdwn): SafeMrkdwn =>
    mrk`${who}、この申請は承認を待っています。期限は ${until} です。`,
  insteadOf: (channel: SafeMrkdwn): SafeMrkdwn =>
    mrk`${channel} に投稿できないため、こちらに届けています。ボットが招待されているか、社外と共有されたチャンネルでないかを確認してください。`,
  outcome: {
    applying: mrk`承認がそろいました。反映しています。`,
    applied: mrk`承認され、反映しました。`,
    failed: mrk`承認されましたが、反映できませんでした。何も変更していません。`,
    failedGone: mrk`承認されましたが、対象がもうありませんでした。何も変更していません。`,
    unknown: mrk`承認されましたが、反映されたかどうかを確認できていません。状態を確認してください。`,
    refused: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}が却下しました。`,
    withdrawn: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}が取り下げました。`,
    denied: mrk`反映する前に権限を確認したところ、申請した方には許可されていませんでした。`,
    expired: mrk`期限までに承認がそろいませんでした。`,
    ended: mrk`承認された期間が終わりました。`,
    undone: mrk`反映したあとに取り消されました。`,
  },
  because: '却下の理由',
  approve: '承認する',
  deny: '却下する…',
  withdraw: '取り下げる',
  confirmTitle: (kind: string): string => `承認しますか: ${kind}`,
  confirmWithdrawTitle: '申請を取り下げますか',
  confirmWithdraw: '取り下げると、この申請は終わりです。必要になったら、もう一度申請できます。',
  back: '戻る',
  denyTitle: '申請を却下する',
  denySubmit: '却下する',
  denyAbout: (kind: string, who: SafeMrkdwn): SafeMrkdwn => mrk`*${kind}*\n申請した人: ${who}`,
  denyReason: '却下の理由',
  denyHint: '5〜500 文字で書いてください。申請した方に伝わります。',
  denyPlaceholder: '例: 接続元を限定できるので、抑制ではなく設定の修正をお願いします。',
  answers: {
    waiting: (who: string): SafeMrkdwn => mrk`申請を受け付けました。${who}の承認を待っています。`,
    waitingUntil: (until: SafeMrkdwn): SafeMrkdwn =>
      mrk`期限は ${until} です。それまでに承認されないと無効になります。`,
    stale: mrk`表示のあとに内容が変わりました。新しいカードを見てから、もう一度お答えください。`,
    own: mrk`自分の申請は、自分では承認も却下もできません。やめる場合は「取り下げる」を押してください。`,
    'not-yours': mrk`取り下げられるのは、申請した方だけです。`,
    'approved-before': mrk`あなたの承認は、すでに受け付けています。ほかの方の承認を待っています。`,
    over: mrk`この申請は、もう終わっています。変更はありません。`,
    'taken-back': mrk`申請を取り下げました。`,
    expired: mrk`期限までに承認がそろわなかったため、申請は無効になりました。必要な場合は、もう一度申請してください。`,
    refused: (who: SafeMrkdwn): SafeMrkdwn => mrk`申請は${who}に却下されました。`,
    'no-approver': (who: string): SafeMrkdwn => mrk`この申請に答えられるのは、${who}です。`,
  },
  thread: {
    asked: (who: SafeMrkdwn): SafeMrkdwn =>
      mrk`承認待ち: ${who}からの申請を、セキュリティチームが確認しています。`,
    until: (when: SafeMrkdwn): SafeMrkdwn =>
      mrk`承認の期限は ${when} です。それまで、この依頼は未対応のままです。`,
    refused: (asker: SafeMrkdwn, who: SafeMrkdwn): SafeMrkdwn =>
      mrk`${asker}、申請は${who}に却下されました。対応をお願いします。`,
    refusedBy: (who: SafeMrkdwn): SafeMrkdwn => mrk`申請は${who}に却下されました。対応をお願いします。`,
    withdrawn: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}が申請を取り下げました。`,
    expired: (asker: SafeMrkdwn): SafeMrkdwn =>
      mrk`${asker}、期限までに承認がそろわなかったため、申請は無効になりました。必要な場合は、もう一度申請してください。`,
    reason: '申請の理由',
  },
};

const counted = ({ count }: EffectFacts): string =>
  count === undefined ? 'What it is about' : `${count} ${count === 1 ? 'resource' : 'resources'}`;
const verb = ({ count }: EffectFacts): string => (count === undefined || count === 1 ? 'is' : 'are');
const lasting = ({ until }: EffectFacts): string => (until === undefined ? '' : ` until ${until}`);

export const en: typeof ja = {
  kinds: {
    suppress: 'suppression',
    'suppress-by-design': 'suppression by design',
    'suppress-many': 'suppression of several requests',
    'extend-suppression': 'extension of a suppression',
    'register-owner': 'another owner',
    'claim-account': 'claim of an account',
    'register-account': 'registration of an account',
    'request-account': 'a new account',
    'request-production-account': 'a new production account',
    'decide-control': 'treatment of a control',
  },
  anyKind: (kind) => `change (${kind})`,
  effects: {
    suppress: (facts) =>
      `${counted(facts)} ${verb(facts)} suppressed in Security Hub${lasting(facts)}: no messages, and out of the score.`,
    'suppress-by-design': (facts) =>
      `${counted(facts)} ${verb(facts)} suppressed in Security Hub as meant${lasting(facts)}. It is void when the resource changes.`,
    'suppress-many': (facts) =>
      `${counted(facts)} ${verb(facts)} suppressed in Security Hub${lasting(facts)}, request by request: each can be taken back or extended by itself.`,
    'extend-suppression': (facts) => `The suppression goes on${lasting(facts)}.`,
    'register-owner': () => 'The account gets another owner, who receives its requests from then on.',
    'claim-account': () => 'Whoever asked becomes the owner of this account and receives its requests.',
    'register-account': () => 'The account is registered; its owner and channel receive its requests.',
    'request-account': () => 'The creation of a new account begins. It will cost money.',
    'request-production-account': () =>
      'The creation of a new production account begins. It will cost money.',
    'decide-control': () => 'This control is treated differently in all accounts.',
  },
  anyEffect: 'What was asked for is done.',
  labels: {
    effect: 'If approved',
    scope: 'Scope',
    count: 'How many',
    resource: 'Resources',
    request: 'Requests',
    skipped: 'Not suppressed, because they were done meanwhile',
    severity: 'Severity (the worst)',
    reason: 'Reason',
    ticket: 'Ticket',
    until: 'Suppressed until',
    account: 'Account',
    name: 'Name',
    kind: 'Kind',
    mode: 'Mode',
    purpose: 'Purpose',
    owner: 'Owner',
    deputy: 'Deputy',
    'present-owner': 'Present owner',
    'present-deputy': 'Present deputy',
    project: 'Project',
    mail: 'Mail address',
    channel: 'Channel',
    cost: 'Cost',
    note: 'Note',
    field: 'Field',
  },
  values: {
    'all-open': 'all that were open when it was asked for',
    chosen: 'chosen ones only',
    production: 'production',
    'non-production': 'non-production',
    observe: 'observe',
    notify: 'notify',
    enforce: 'enforce',
    none: 'none',
    'new-channel': 'a new channel',
  },
  states: {
    waiting: (kind) => `⏳ Waiting for approval: ${kind}`,
    applying: (kind) => `⚙️ Being done: ${kind}`,
    applied: (kind) => `✅ Approved: ${kind}`,
    failed: (kind) => `⚠️ Could not be done: ${kind}`,
    unknown: (kind) => `⚠️ Nobody knows whether it was done: ${kind}`,
    refused: (kind) => `🚫 Denied: ${kind}`,
    withdrawn: (kind) => `↩️ Withdrawn: ${kind}`,
    denied: (kind) => `🚫 Not permitted any more: ${kind}`,
    expired: (kind) => `⌛ Expired: ${kind}`,
    ended: (kind) => `⌛ Has run out: ${kind}`,
    undone: (kind) => `↩️ Undone: ${kind}`,
  },
  told: {
    applied: (who) => mrk`${who}, what you asked for was approved and is done.`,
    refused: (who) => mrk`${who}, what you asked for was denied.`,
    denied: (who) => mrk`${who}, this was not done, because you are not permitted to do it any more.`,
    withdrawn: (who) => mrk`${who} has withdrawn this.`,
    expired: (who) =>
      mrk`${who}, this was not approved in time and is void. Please ask again if you still need it.`,
    failed: (who) => mrk`${who}, what you asked for was approved, but could not be done.`,
    unknown: (who) =>
      mrk`${who}, what you asked for was approved, but it is not certain whether it was done. Please look.`,
  },
  call: (who) => mrk`${who}, please approve or deny this.`,
  callNobody: mrk`Please approve or deny this.`,
  needed: 'Approvals needed',
  progress: (n, all) => `${n}/${all} approved`,
  approvedBy: (who, when) => mrk`${who} (${when})`,
  asker: 'Asked by',
  asked: (who, when) => mrk`${who} (${when})`,
  waitsUntil: 'Waits until',
  untilWhen: (when) => when,
  content: 'What it does',
  request: 'Request',
  openCard: 'Open the request’s card',
  round: (n) =>
    mrk`What this is about has become worse since it was asked, so earlier approvals are void. Please look again and approve anew (round ${n}).`,
  roundReply: (who) =>
    mrk`${who}, what this is about has become worse, so earlier approvals are void. Please look at the card again.`,
  reminder: (who, until) => mrk`${who}, this is still waiting for an approval, until ${until}.`,
  insteadOf: (channel) =>
    mrk`This is shown here because the bot cannot post to ${channel}. Please check that the bot is invited there and that the channel is not shared with other companies.`,
  outcome: {
    applying: mrk`All approvals are there; it is being done.`,
    applied: mrk`Approved and done.`,
    failed: mrk`Approved, but it could not be done. Nothing was changed.`,
    failedGone: mrk`Approved, but what it was about is gone. Nothing was changed.`,
    unknown: mrk`Approved, but it is not certain whether it was done. Please look.`,
    refused: (who) => mrk`Denied by ${who}.`,
    withdrawn: (who) => mrk`Withdrawn by ${who}.`,
    denied: mrk`Rights were checked once more before it was done, and whoever asked may not do it.`,
    expired: mrk`It was not approved in time.`,
    ended: mrk`The time for which it was approved is over.`,
    undone: mrk`It was done, and taken back later.`,
  },
  because: 'Why it was denied',
  approve: 'Approve',
  deny: 'Deny…',
  withdraw: 'Withdraw',
  confirmTitle: (kind) => `Approve: ${kind}`,
  confirmWithdrawTitle: 'Withdraw this',
  confirmWithdraw: 'Withdrawing ends this. You can ask again whenever you need it.',
  back: 'Back',
  denyTitle: 'Deny a change',
  denySubmit: 'Deny',
  denyAbout: (kind, who) => mrk`*${kind}*\nAsked by ${who}`,
  denyReason: 'Why',
  denyHint: 'Between 5 and 500 characters. Whoever asked is told.',
  denyPlaceholder: 'e.g. The sources can be limited; please fix the setting instead of suppressing it.',
  answers: {
    waiting: (who) => mrk`This now waits for the approval of ${who}.`,
    waitingUntil: (until) => mrk`It waits until ${until}; without an approval it is void then.`,
    stale: mrk`This has changed since you saw it. Please look at the card again before you answer.`,
    own: mrk`Nobody approves or denies what they asked for themselves. To take it back, press “Withdraw”.`,
    'not-yours': mrk`Only whoever asked for this can withdraw it.`,
    'approved-before': mrk`Your approval has been counted already. It waits for somebody else’s.`,
    over: mrk`This is over already. Nothing was changed.`,
    'taken-back': mrk`Withdrawn.`,
    expired: mrk`This was not approved in time and is void. Please ask again if you still need it.`,
    refused: (who) => mrk`What you asked for was denied by ${who}.`,
    'no-approver': (who) => mrk`This can be answered by ${who}.`,
  },
  thread: {
    asked: (who) => mrk`Waiting for approval: the security team is looking at what ${who} asked for.`,
    until: (when) => mrk`It waits until ${when}. Until then, this request stays open.`,
    refused: (asker, who) =>
      mrk`${asker}, what you asked for was denied by ${who}. Please take care of this.`,
    refusedBy: (who) => mrk`What was asked for was denied by ${who}. Please take care of this.`,
    withdrawn: (who) => mrk`${who} has withdrawn what they asked for.`,
    expired: (asker) =>
      mrk`${asker}, what you asked for was not approved in time and is void. Please ask again if you still need it.`,
    reason: 'Why it was asked for',
  },
};
