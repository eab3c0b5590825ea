import type { Need, Role } from '../../src/access';
import type { AccountKind } from '../../src/accounts';
import type { Control, Severity } from '../../src/controls';
import type { RecordState, WorkflowStatus } from '../../src/findings';
import type { Treatment } from '../../src/policy';
import type { IssueState } from '../../src/requests';
import { mrk, type SafeMrkdwn } from '../kit';
import { ja as accounts } from './sections/accounts';
import { ja as approval } from './sections/approval';
import { ja as bulk } from './sections/bulk';
import { ja as bulletin } from './sections/bulletin';
import { ja as exceptions } from './sections/exceptions';
import { ja as misread } from './sections/misread';
import { ja as newAccount } from './sections/new-account';
import { ja as owners } from './sections/owners';
import { ja as playbook } from './sections/playbook';
import { ja as questions } from './sections/questions';

const severity: Record<Severity, string> = {
  CRITICAL: '重大 (CRITICAL)',
  HIGH: '高 (HIGH)',
  MEDIUM: '中 (MEDIUM)',
  LOW: '低 (LOW)',
  INFORMATIONAL: '情報 (INFORMATIONAL)',
};

const kind: Record<AccountKind, string> = { production: '本番', 'non-production': '本番以外' };

const role: Record<Role, string> = {
  member: 'ワークスペースのメンバー',
  owner: 'アカウントの責任者または代理',
  analyst: 'セキュリティ担当者',
  lead: 'セキュリティ責任者',
};

/** Who has to approve, and how many of them. */
const approvers = (needs: readonly Need[]): string =>
  needs.map(({ of, count }) => `${role[of]} ${count} 名`).join('と');

const state: Record<IssueState, string> = {
  open: '未対応',
  notifying: '未対応 (お知らせのみ)',
  suppressing: '抑制中 (Security Hub の確認待ち)',
  suppressed: '抑制済み',
  resolved: '解決済み',
  closed: '終了',
  left: '対象外',
  held: '扱いの決定待ち',
  unknown: '確認できません',
};

const workflow: Record<WorkflowStatus, string> = {
  NEW: '新規 (NEW)',
  NOTIFIED: '通知済み (NOTIFIED)',
  RESOLVED: '解決済み (RESOLVED)',
  SUPPRESSED: '抑制済み (SUPPRESSED)',
};

const record: Record<RecordState, string> = {
  ACTIVE: '有効 (ACTIVE)',
  ARCHIVED: 'アーカイブ済み (ARCHIVED)',
};

const treatment: Record<Treatment, string> = {
  track: '直るまで追いかけます',
  notify: 'お知らせして、そのあと抑制します',
  ignore: 'お知らせせずに抑制します',
  leave: '扱いません (ほかの担当)',
};

const nextCheck: Record<Control['schedule'], string> = {
  periodic: 'AWS は 12 時間または 24 時間ごとに確認するため、結果は前回の確認から 24 時間以内に届きます。',
  change: 'リソースの設定が変わると AWS が確認します。結果は通常、数分で届きます。',
  both: 'リソースの設定が変わると通常は数分で、変わらなくても前回の確認から 24 時間以内に、AWS が確認します。',
};

/** Slack's answers to a card that could not be posted, and what to do about each. */
const unreachable: Record<string, (channel: SafeMrkdwn) => SafeMrkdwn> = {
  not_in_channel: (channel) =>
    mrk`${channel} に入れなかったため、こちらに届けています。そのチャンネルで \`/invite\` を使い、このボットを招待してください。`,
  channel_not_found: (channel) =>
    mrk`${channel} が見つからないため、こちらに届けています。非公開チャンネルの場合は \`/invite\` でこのボットを招待し、そうでなければアカウントのチャンネルを登録し直してください。`,
  is_archived: (channel) =>
    mrk`${channel} はアーカイブされているため、こちらに届けています。アカウントのチャンネルを登録し直してください。`,
  externally_shared: (channel) =>
    mrk`${channel} は社外と共有されているため、こちらに届けています。社内だけのチャンネルを、アカウントのチャンネルとして登録し直してください。`,
};

/** Security Hub's reasons for refusing a write. */
const refusal: Record<string, string> = {
  FindingNotFound:
    'Security Hub に該当の検出結果がありませんでした。すでに消えたか、別の検出結果に置き換わっています',
  ConcurrentUpdateError: 'ほかの更新と重なったため、Security Hub が受け付けませんでした',
  InternalFailure: 'Security Hub の内部でエラーが起きました',
  InvalidInput: 'Security Hub が書き込みの内容を受け付けませんでした',
  LimitExceeded: 'Security Hub への書き込みが上限に達しました',
  AccessDenied: 'Security Hub に書き込む権限がありませんでした',
};

/**
 * The Japanese words: the source of truth, whose type the English ones follow. What is interpolated into `mrk` is
 * escaped there; what returns a string is meant for plain text.
 */
export const ja = {
  severity,
  kind,
  role,
  state,
  workflow,
  record,
  treatment,
  nextCheck,
  unreachable,
  refusal,
  bulletin,

  person: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who} さん`,
  people: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who} のみなさん`,
  listed: (all: readonly SafeMrkdwn[]): SafeMrkdwn =>
    all.reduce((text, one, index) => (index === 0 ? one : mrk`${text}、${one}`), mrk``),
  roles: (all: readonly string[]): string => all.join('、'),
  accountName: (id: string): string => `名前が未登録 (${id})`,
  global: 'すべてのリージョン (global)',
  andMore: (n: number): string => `ほか ${n} 件`,
  none: 'なし',
  close: '閉じる',
  /** A day on a calendar, for plain text. */
  day: (at: Date, timeZone: string): string =>
    new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeZone }).format(at),

  card: {
    title: (level: string, title: string): string => `${level}: ${title}`,
    threat: (level: string, title: string): string => `脅威 ${level}: ${title}`,
    resolvedTitle: (title: string): string => `解決済み: ${title}`,
    suppressedTitle: (title: string): string => `抑制済み: ${title}`,
    closedTitle: (title: string): string => `終了: ${title}`,
    notification: (title: string, account: string): SafeMrkdwn => mrk`${title} — ${account}`,
    ask: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}、ご確認と対応をお願いします。`,
    askOwnerless: (who: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who}、このアカウントには責任者が登録されていません。代わりにご確認をお願いします。`,
    askNobody: mrk`このアカウントには責任者が登録されていません。お心当たりの方は、ご確認をお願いします。`,
    noticeOnly: mrk`お知らせのみの項目です。対応は任意で、お伝えしたあとは自動で抑制し、スコアから外します。`,
    due: '期限',
    dueOn: (when: SafeMrkdwn): SafeMrkdwn => mrk`${when} まで`,
    overdue: (when: SafeMrkdwn): SafeMrkdwn =>
      mrk`${when} (過ぎています)\n難しい場合は、見通しをスレッドで教えてください。`,
    noDue: '期限はありません',
    account: 'アカウント',
    control: 'コントロール',
    threatType: '検出の種類',
    region: 'リージョン',
    severityLabel: '重要度',
    taken: '対応中',
    takenBy: (who: SafeMrkdwn, when: SafeMrkdwn): SafeMrkdwn => mrk`${who} (${when} から)`,
    why: 'なぜ大切か',
    what: '何が起きたか',
    resources: (n: number): string => `対象のリソース (${n} 件)`,
    showMore: (n: number): string => `ほか ${n} 件を見る`,
    pressSuppress: mrk`「抑制する…」を押して、理由を残してください。`,
    pressSuppressOnly: mrk`意図した設定の場合は、「抑制する…」を押して、理由を残してください。`,
    readMore: '詳しい手順 (AWS のドキュメント)',
    progress: (parts: readonly string[], total: number): SafeMrkdwn =>
      mrk`全 ${total} 件: ${parts.join('、')}`,
    open: (n: number): string => `未対応 ${n} 件`,
    resolved: (n: number): string => `解決済み ${n} 件`,
    suppressed: (n: number): string => `抑制済み ${n} 件`,
    closed: (n: number): string => `終了 ${n} 件`,
    doneResolved: mrk`すべて解決しました。ご対応ありがとうございました。`,
    doneResolvedBy: (who: SafeMrkdwn): SafeMrkdwn =>
      mrk`すべて解決しました。${who}、ご対応ありがとうございました。`,
    doneSuppressed: mrk`すべて抑制されています。いまお願いすることはありません。`,
    doneClosed: mrk`対象のリソースがなくなったため、この依頼を終了しました。`,
    fixedClaim: (who: SafeMrkdwn, when: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who}から修正の連絡がありました (${when})。`,
    stillFailing: (n: number): SafeMrkdwn =>
      mrk`その時点で、Security Hub の記録ではまだ ${n} 件が失敗のままでした。`,
    waiting: mrk`AWS の確認を待っています。`,
    noneFailing: mrk`その時点で、Security Hub に失敗の記録は残っていませんでした。`,
    byException: (who: SafeMrkdwn, n: number, until: SafeMrkdwn): SafeMrkdwn =>
      mrk`*抑制 ${n} 件* — ${who}が ${until} まで抑制しました。`,
    reason: '理由',
    ticket: 'チケット',
    byPolicy: (n: number, line: SafeMrkdwn): SafeMrkdwn =>
      mrk`*抑制 ${n} 件* — ポリシーの ${line} の行に従って抑制しました。`,
    byOutside: (n: number, who: SafeMrkdwn): SafeMrkdwn =>
      mrk`*抑制 ${n} 件* — ${who} が Security Hub で直接抑制しました。`,
    byOutsideUnknown: (n: number): SafeMrkdwn =>
      mrk`*抑制 ${n} 件* — Security Hub で直接抑制されていました。`,
    pending: (n: number): SafeMrkdwn => mrk`うち ${n} 件は、Security Hub がまだ確認していません。`,
    withheldGroup: (n: number): SafeMrkdwn => mrk`うち ${n} 件は、Security Hub への書き込みを控えています。`,
    moreGroups: (n: number): SafeMrkdwn => mrk`抑制はほかに ${n} 種類あります。「詳細」でご覧ください。`,
    withheld: mrk`このアカウントはお知らせのみのモード (notify) のため、Security Hub には何も書き込みません。`,
    observed: mrk`このアカウントは様子見のモード (observe) のため、セキュリティチームだけに届けています。責任者には知らせていません。`,
    failed: (n: number): SafeMrkdwn => mrk`*${n} 件は抑制できませんでした。* 引き続き未対応として扱います。`,
    previous: (link: SafeMrkdwn): SafeMrkdwn => mrk`以前にも同じ依頼がありました: ${link}`,
    previousLink: '前回のカード',
    unreachable: (channel: SafeMrkdwn, because: SafeMrkdwn): SafeMrkdwn =>
      mrk`${channel} に投稿できなかったため (${because})、こちらに届けています。ボットが招待されているか、アカウントのチャンネルの登録が正しいかを確認してください。`,
    take: '対応します',
    fixed: '修正しました',
    suppress: '抑制する…',
    details: '詳細を見る',
    checkNow: 'いま確認する',
    undo: '抑制を取り消す',
    undoTitle: '抑制の取り消し',
    undoText: '取り消すと、対象は未対応に戻り、この依頼が再び開きます。',
    keep: '戻る',
  },

  thread: {
    joined: (n: number): SafeMrkdwn => mrk`新たに ${n} 件のリソースが加わりました。`,
    back: (n: number): SafeMrkdwn => mrk`${n} 件が再び検出されました。もう一度ご確認をお願いします。`,
    backBrief: '再び検出',
    lookPlease: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}、ご確認をお願いします。`,
    suppressed: (who: SafeMrkdwn, n: number, until: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who}が ${n} 件を ${until} まで抑制しました。`,
    suppressedForGood: (who: SafeMrkdwn, n: number): SafeMrkdwn => mrk`${who}が ${n} 件を抑制しました。`,
    reason: '理由',
    ticket: 'チケット',
    undone: (who: SafeMrkdwn, n: number): SafeMrkdwn =>
      mrk`${who}が ${n} 件の抑制を取り消しました。未対応に戻ります。`,
    expired: (n: number): SafeMrkdwn => mrk`${n} 件の抑制の期限が切れました。未対応に戻ります。`,
    taken: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}が対応します。ありがとうございます。`,
    fixed: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}から修正の連絡がありました。ありがとうございます。`,
    stillFailing: (n: number): SafeMrkdwn =>
      mrk`Security Hub の記録では、まだ ${n} 件が失敗のままです。AWS が次に確認するまで、このまま待ちます。`,
    noneFailing: mrk`Security Hub にも失敗の記録は残っていません。まもなくカードに反映します。`,
    resolved: [
      (): SafeMrkdwn => mrk`✅ すべて解決しました。ご対応ありがとうございました。`,
      (): SafeMrkdwn => mrk`✅ これで全部です。丁寧に直していただき、ありがとうございました。`,
      (): SafeMrkdwn => mrk`✅ 解決を確認しました。おかげで、アカウントがひとつ安全になりました。`,
      (): SafeMrkdwn => mrk`✅ 確認できました。お忙しいなか、ありがとうございました。`,
    ],
    thanks: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}、お疲れさまでした。`,
    settled: mrk`未対応の項目はなくなりました。いまお願いすることはありません。`,
    adopted: (n: number, who: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who} が Security Hub で ${n} 件を直接抑制しました。その判断に合わせ、こちらでも抑制済みとして扱います。`,
    lifted: (n: number, who: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who} が Security Hub で ${n} 件の抑制を解除しました。未対応に戻ります。`,
    claimed: (n: number, who: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who} が Security Hub で ${n} 件を解決済み (RESOLVED) にしましたが、検査はまだ失敗しています。合格するまで未対応として扱います。`,
    somebody: 'どなたか',
    failed: (n: number, because: SafeMrkdwn): SafeMrkdwn => mrk`${n} 件を抑制できませんでした。${because}。`,
    failedNext: mrk`この項目は未対応のまま残ります。しばらくしてから、もう一度「抑制する…」をお試しください。続く場合はセキュリティチームにお知らせください。`,
    failedGone: mrk`対応は不要です。新しい検出結果が届けば、改めてお知らせします。`,
    unknownRefusal: (detail: SafeMrkdwn): SafeMrkdwn => mrk`Security Hub の回答は ${detail} でした`,
    noDetail: '理由は示されませんでした',
    opened: mrk`この依頼を開きました。`,
    sent: (action: SafeMrkdwn): SafeMrkdwn =>
      mrk`Security Hub のカスタムアクション ${action} から送られました。`,
    sentBy: (action: SafeMrkdwn, who: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who} が Security Hub のカスタムアクション ${action} で送りました。`,
    sentUnnamed: mrk`Security Hub のカスタムアクションから送られました。`,
  },

  loading: { title: '読み込み中', text: mrk`読み込んでいます。少しお待ちください。` },

  suppress: {
    title: '抑制する',
    submit: '抑制する',
    cancel: 'キャンセル',
    about: (control: SafeMrkdwn, title: string, account: string): SafeMrkdwn =>
      mrk`*${control} ${title}*\nアカウント: ${account}`,
    target: (n: number): string => `抑制の対象 (いま未対応の ${n} 件)`,
    one: '抑制の対象',
    explain: mrk`抑制している間は通知されず、スコアからも外れます。期限が来ると未対応に戻ります。`,
    withheld: mrk`このアカウントはお知らせのみのモード (notify) のため、抑制は記録だけされ、Security Hub には書き込まれません。`,
    reason: '理由',
    reasonHint: 'あとで読む人が納得できるように、なぜ問題ないのかを 10〜500 文字で書いてください。',
    reasonPlaceholder: '例: 社内の検証用です。接続元は社内ネットワークに限られています。',
    scope: '範囲',
    scopeAll: (n: number): string => `いま未対応のすべて (${n} 件)`,
    scopeChosen: '選んだものだけ',
    scopeNote: mrk`今後見つかるものには適用されません。`,
    issues: '抑制するリソース',
    issuesPlaceholder: 'リソースを選ぶ',
    issuesHint: '「選んだものだけ」にした場合に選んでください。',
    tooMany: (shown: number, all: number): SafeMrkdwn =>
      mrk`選べるのは先頭の ${shown} 件までです (全 ${all} 件)。残りは、これらを片付けたあとに選べます。`,
    days: '期限',
    daysPlaceholder: '期限を選ぶ',
    dayOption: (days: number, until: string): string => `${days} 日間 (${until} まで)`,
    dayNeeds: (needs: readonly Need[], other: boolean): string =>
      `${other ? 'ご本人以外の' : ''}${approvers(needs)}の承認が必要`,
    askApproval: '承認を申請する',
    approvalNote: mrk`送信すると、申請がセキュリティチームに届きます。承認されるまで、抑制は行われません。`,
    someNeedApproval: mrk`承認が必要な期間を選ぶと、申請がセキュリティチームに届きます。承認されるまで、抑制は行われません。`,
    ticket: 'チケットの URL',
    ticketHint: 'https:// から始まる URL を入れてください。',
    refusedTitle: mrk`*この項目は、いまの権限では抑制できません。*`,
    nothing: mrk`いま抑制できる未対応の項目はありません。`,
    errors: {
      reasonShort: '理由を 10 文字以上で書いてください。',
      reasonLong: '理由は 500 文字以内で書いてください。',
      scope: '範囲を選んでください。',
      issues: '抑制するリソースを 1 つ以上選んでください。',
      days: '期限を選んでください。',
      ticket: 'https:// から始まる URL を入れてください。',
      stale: 'この画面は古くなりました。閉じて、もう一度開いてください。',
    },
  },

  ruling: {
    outsider: mrk`この操作は、このワークスペースのメンバーだけが行えます。`,
    notAllowed: (who: string): SafeMrkdwn => mrk`この操作を行えるのは、${who}です。`,
    notAllowedNobody: mrk`この操作は、どなたにも許可されていません。`,
    tooLong: (days: number, level: string): SafeMrkdwn =>
      mrk`重要度「${level}」で選べる期間は、${days} 日までです。`,
    gone: mrk`対象がもうありません。カードの表示が更新されるまで、少しお待ちください。`,
    guest: mrk`この操作は、ゲストの方には許可されていません。`,
    left: mrk`申請した方が Slack を退会しているため、この操作は行えません。`,
    owned: mrk`このアカウントには、すでに責任者がいます。交代は、いまの責任者かセキュリティ担当者が行えます。`,
    approvers,
    needsApproval: (needs: readonly Need[], other: boolean): SafeMrkdwn =>
      mrk`この操作には、${other ? 'ご本人以外の' : ''}${approvers(needs)}の承認が必要です。`,
    askThem: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}に相談してください。`,
  },

  details: {
    title: '詳細',
    resource: 'リソース',
    type: '種類',
    state: '状態',
    region: 'リージョン',
    firstSeen: '最初の検出',
    lastSeen: '最後の確認',
    due: '期限',
    episodes: '検出の回数',
    times: (n: number): string => `${n} 回`,
    standards: '標準',
    findings: 'Security Hub の検出結果',
    history: '履歴',
    console: 'Security Hub で開く',
    signIn: (account: SafeMrkdwn): SafeMrkdwn =>
      mrk`「Security Hub で開く」は、アカウント ${account} または Security Hub の管理アカウントにサインインしてから押してください。`,
    more: (n: number): SafeMrkdwn =>
      mrk`ほかに ${n} 件あります。カードの「ほか … 件を見る」から一覧をご覧ください。`,
    moreFindings: (n: number): SafeMrkdwn => mrk`ほかに ${n} 件の検出結果があります。`,
    empty: mrk`表示できる項目はありません。`,
  },

  resources: {
    title: '未対応のリソース',
    heading: (n: number, page: number, pages: number): SafeMrkdwn =>
      mrk`未対応 ${n} 件 (${page} / ${pages} ページ)`,
    due: (when: SafeMrkdwn): SafeMrkdwn => mrk`期限 ${when}`,
    previous: '前のページ',
    next: '次のページ',
    empty: mrk`未対応のリソースはありません。`,
  },

  notice: {
    unchecked: (control: SafeMrkdwn) => mrk`${control} を AWS が確認できていません`,
    uncheckedWhere: (account: SafeMrkdwn, region: SafeMrkdwn) =>
      mrk`最初に見つかった場所: ${account}、${region}`,
    uncheckedWhy:
      '結果が WARNING または NOT_AVAILABLE でした。多くの場合、そのリソースを AWS Config が記録していません。スコアでは「不明」として数えます。',
    uncheckedDo:
      'AWS Config の記録対象と、サービスにリンクされたルールの権限をご確認ください。責任者には知らせていません。このお知らせはコントロールごとに 1 回だけです。',
    sharedChannel: (channel: SafeMrkdwn) => mrk`${channel} は社外と共有されているため、投稿を止めました`,
    sharedChannelWhy:
      'このチャンネルに届けるはずだったものは、既定のチャンネルに届けます。既定のチャンネルにも届けられない場合は、このチャンネルに届けます。',
    sharedChannelDo: mrk`意図しない共有でないか、ご確認ください。意図したものであれば、社内だけのチャンネルをアカウントに登録し直してください。このお知らせはチャンネルごとに 1 回だけです。`,
  },
  answers: {
    help: 'secops-bot の使い方',
    helpIntro: mrk`AWS のセキュリティの依頼に、ここで答えられます。`,
    menu: 'secops-bot',
    menuText: mrk`何をご覧になりますか。`,
    menuRequests: '依頼の一覧を見る',
    menuPolicy: 'ポリシーを調べる',
    menuHelp: '使い方を見る',
    list: (n: number): string => `未対応の依頼 (${n} 件)`,
    listEmpty: mrk`未対応の依頼はありません。ありがとうございます。`,
    listEmptyMine: (example: SafeMrkdwn): SafeMrkdwn =>
      mrk`あなたが責任者のアカウントに、未対応の依頼はありません。ほかのアカウントの依頼は ${example} のように、アカウント名か ID を付けると表示できます。`,
    listLine: (open: number, due: SafeMrkdwn): SafeMrkdwn => mrk`未対応 ${open} 件、期限 ${due}`,
    listLineNoDue: (open: number): SafeMrkdwn => mrk`未対応 ${open} 件`,
    overdue: '期限を過ぎています',
    openCard: 'カードを開く',
    page: (page: number, pages: number): SafeMrkdwn => mrk`${page} / ${pages} ページ`,
    policy: (control: string): string => `${control} の扱い`,
    policySeverity: '重要度',
    policyCategory: '分類',
    categories: {
      required: '必須のサービスと設定',
      availability: '可用性',
      logging: 'ログ',
      'encryption-in-transit': '通信の暗号化',
      'encryption-at-rest': '保存データの暗号化',
      other: 'その他',
    },
    uncategorised: '未分類',
    policyRow: (kindName: string, what: string): SafeMrkdwn => mrk`*${kindName}*: ${what}`,
    policyDue: (hours: number): string => (hours % 24 === 0 ? `期限 ${hours / 24} 日` : `期限 ${hours} 時間`),
    policyLine: (line: SafeMrkdwn): SafeMrkdwn => mrk`ポリシーの行 ${line}`,
    policyAnswer: mrk`Slack での決定`,
    policyUndecided: mrk`このコントロールの扱いは、まだ決まっていません。セキュリティチームが決めるまで、責任者には知らせません。次は、いまのポリシーに当てはめた場合の案です。`,
    checkNow: 'Security Hub に確認しました',
    checkResult: (failing: number, passed: number): SafeMrkdwn =>
      mrk`いまの記録: 失敗 ${failing} 件、合格 ${passed} 件。`,
    checkGone: (n: number): SafeMrkdwn => mrk`検出結果がなくなったものが ${n} 件あります。`,
    checkPassed: mrk`すべて合格しています。まもなくカードに反映します。`,
    checkWait: mrk`修正したばかりの場合は、AWS の次の確認をお待ちください。`,
    unknown: (word: SafeMrkdwn): SafeMrkdwn => mrk`${word} というコマンドはありません。`,
    suggest: (usage: SafeMrkdwn): SafeMrkdwn => mrk`もしかして: ${usage}`,
    seeHelp: mrk`使い方は \`/secops help\` でご覧になれます。`,
    failure: mrk`うまくいきませんでした。何も変更していません。もう一度お試しください。`,
    uncertain: mrk`処理が途中で止まり、反映されたかどうかを確認できていません。カードと Security Hub の状態を確認してから、必要ならもう一度お試しください。`,
    failureReference: (id: SafeMrkdwn): SafeMrkdwn =>
      mrk`続く場合は、番号 ${id} を添えてセキュリティチームにお知らせください。`,
    outcome: {
      applied: mrk`承りました。まもなくカードに反映します。`,
      already: mrk`すでに済んでいます。変更はありません。`,
      gone: mrk`対象がもうありません。変更はありません。`,
      failed: mrk`反映できませんでした。何も変更していません。`,
      shown: mrk`カードを投稿しています。まもなくチャンネルに届きます。`,
    },
  },

  problem: { title: 'お知らせ' },
  accounts,
  approval,
  exceptions,
  bulk,
  misread,
  newAccount,
  owners,
  playbook,
  questions,
};
