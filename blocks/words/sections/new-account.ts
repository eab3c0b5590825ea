import type { AccountCheck, AccountStep, MissingOfAccount, RequestEnd } from '../../../src/account-requests';
import { mrk, type SafeMrkdwn } from '../../kit';

const step: Record<AccountStep, string> = {
  requested: '申請',
  approved: '承認',
  created: 'アカウントの作成',
  baseline: '初期設定の確認',
  registered: '登録',
  ready: '利用開始',
};

/** What is awaited in each step, and of whom. */
const awaiting: Record<AccountStep, string> = {
  requested: '申請を待っています',
  approved: 'セキュリティチームの承認を待っています',
  created: 'アカウントの作成と ID の入力を待っています',
  baseline: 'ロールと Security Hub の準備を待っています',
  registered: '登録を待っています',
  ready: 'Security Hub の最初の検出結果を待っています',
};

/** What cannot be registered of what was wanted. */
const dropped: Record<'owner' | 'deputy' | 'channel', string> = {
  owner: '責任者',
  deputy: '代理',
  channel: 'チャンネル',
};

type Sentence = (arn: SafeMrkdwn, said: SafeMrkdwn) => SafeMrkdwn;
type RoleWords = Record<Exclude<AccountCheck['role'], 'refused'>, Sentence>;
type RefusedWords = Record<NonNullable<AccountCheck['roleWhy']>, Sentence>;
type HubWords = Record<AccountCheck['hub'], (said: SafeMrkdwn) => SafeMrkdwn>;

const role: RoleWords = {
  ok: (arn) => mrk`✅ ボットのロール ${arn} を引き受けられます。`,
  other: (arn, said) =>
    mrk`❌ ロール ${arn} に、別のアカウント ${said} が応答しました。入力した ID が正しいかを確認してください。`,
  unknown: (arn, said) =>
    mrk`⚠️ ロール ${arn} を確認できませんでした (${said})。少し待ってから、もう一度確認してください。`,
};

/** Why the role does not let the bot in, and what to do about it. */
const refused: RefusedWords = {
  'no-entry': (arn, said) =>
    mrk`❌ ボットのロール ${arn} を引き受けられません (${said})。ロールがないか、ロールが信頼する相手、または外部 ID (ExternalId) がボットと合っていません。`,
  outdated: (arn, said) =>
    mrk`❌ ロール ${arn} が古いテンプレートのままのため、引き受けられません (${said})。スタックを更新してください。`,
  forbidden: (arn, said) =>
    mrk`❌ 組織のポリシー (SCP または RCP) が、ロール ${arn} の引き受けを拒否しています (${said})。そのポリシーで、ボットのロールを許可してください。`,
  'region-off': (arn, said) =>
    mrk`❌ このアカウントでは、ボットのリージョン、またはそのリージョンの STS が無効になっているため、ロール ${arn} を使えません (${said})。AWS リージョンの設定と、IAM のアカウント設定で有効にしてください。`,
  suspended: (arn, said) =>
    mrk`❌ このアカウントは停止または閉鎖されているため、ロール ${arn} を引き受けられません (${said})。使うアカウントであれば、AWS サポートに問い合わせてください。`,
  other: (arn, said) =>
    mrk`❌ ボットのロール ${arn} を引き受けられません (${said})。ボットの設定 \`MEMBER_ROLE_NAME\` と \`MEMBER_EXTERNAL_ID\` を確認してください。`,
};

/** The template that makes the role, with the values that its parameters take. */
const template = {
  deploy: mrk`テンプレート \`infra/member/secops-bot-member.yml\` を、次の値でこのアカウントにデプロイしてください。手順は \`docs/roles.md\` にあります。`,
  value: (parameter: SafeMrkdwn, value: SafeMrkdwn): SafeMrkdwn => mrk`• ${parameter}: ${value}`,
  externalId: mrk`ボットの設定 \`MEMBER_EXTERNAL_ID\` と同じ値`,
  noExternalId: mrk`空のまま`,
};

/** The first thing that an account still lacks, in short. */
const missing: Record<MissingOfAccount, string> = {
  'role-no-entry': 'ボットのロールを引き受けられません。',
  'role-outdated': 'ボットのロールが古いテンプレートのままです。',
  'role-forbidden': '組織のポリシーが、ボットのロールの引き受けを拒否しています。',
  'role-region-off': 'アカウントで、ボットのリージョンが無効になっています。',
  'role-suspended': 'アカウントが停止または閉鎖されています。',
  'role-other': 'ボットのロールを引き受けられません。',
  'role-other-account': 'ボットのロールに、別のアカウントが応答しました。',
  'role-unknown': 'ボットのロールを確認できませんでした。',
  'hub-absent': 'Security Hub のメンバーではありません。',
  'hub-invited': 'Security Hub のメンバーとして、まだ有効ではありません。',
  'hub-suspended': 'アカウントが停止されています。',
  'hub-unknown': 'Security Hub に確認できませんでした。',
};

const hub: HubWords = {
  ok: () => mrk`✅ Security Hub のメンバーです。`,
  absent: () =>
    mrk`❌ Security Hub のメンバーではありません。Security Hub の管理者アカウントで、このアカウントをメンバーに追加してください。`,
  invited: (said) =>
    mrk`❌ Security Hub のメンバーとして、まだ有効ではありません (状態: ${said})。招待が承認されているかを確認してください。`,
  suspended: (said) =>
    mrk`❌ Security Hub によると、このアカウントは停止されています (状態: ${said})。使うアカウントであれば、AWS サポートに問い合わせてください。`,
  unknown: (said) =>
    mrk`⚠️ Security Hub に確認できませんでした (${said})。ボットに \`securityhub:GetMembers\` が許可されているかを確認してください。`,
};

const ends: Record<RequestEnd['as'], string> = {
  denied: '🚫 却下されました',
  withdrawn: '↩️ 取り下げられました',
  expired: '⌛ 期限が切れました',
  failed: '⚠️ 進められませんでした',
};

/** Why an approved request could not go on, by the code of the reason. */
const failures: Record<string, string> = {
  'mail-used':
    'ルートのメールアドレスが、ほかのアカウントで使われています。別のアドレスで申請し直してください。',
  'owner-left': '責任者にする方が Slack を退会しています。別の方を選んで申請し直してください。',
  'no-such-group': '責任者にするユーザーグループが見つかりません。別のグループを選んで申請し直してください。',
};

/** New accounts, from the form to the register. */
export const ja = {
  step,
  awaiting,
  dropped,
  role,
  refused,
  template,
  missing,
  hub,
  ends,
  failures,
  anyFailure: '反映できませんでした。もう一度申請してください。',
  form: {
    title: '新しいアカウントの申請',
    submit: '申請する',
    intro: mrk`新しい AWS アカウントを申請します。承認されたあと、セキュリティチームがアカウントを作成します。進み具合は、申請のカードで確認できます。`,
    approval: (kind: string, who: string): SafeMrkdwn => mrk`${kind}: ${who}の承認が必要です。`,
    noApproval: (kind: string): SafeMrkdwn => mrk`${kind}: 承認は要りません。`,
    notAllowed: (kind: string): SafeMrkdwn => mrk`${kind}: あなたは申請できません。`,
    name: 'アカウント名',
    namePlaceholder: '例: shop-staging',
    kind: '種類',
    purpose: '用途',
    purposePlaceholder: '何に使うアカウントかを書いてください。',
    owner: '責任者',
    ownerHint: 'このアカウントのセキュリティの依頼を受け取る方です。',
    ownerGroup: '責任者にするユーザーグループ',
    ownerGroupHint: 'チームで受け持つ場合に選びます。選ぶと、グループが責任者になります。',
    group: 'グループを選ぶ',
    person: '人を選ぶ',
    deputy: '代理',
    project: 'プロジェクト',
    mail: 'ルートのメールアドレス',
    mailHint:
      'ほかのアカウントで使っていないアドレスにしてください。個人ではなく、チームで受信できるものがおすすめです。',
    channel: '依頼を届けるチャンネル',
    channelHint: '選ばない場合は、既定のチャンネルに届きます。社外と共有したチャンネルは選べません。',
    channelPlaceholder: 'チャンネルを選ぶ',
    newChannel: '新しく作るチャンネルの名前',
    newChannelHint: 'これから作る場合だけ書いてください。チャンネルは自動では作られません。',
    cost: '費用について',
    costPlaceholder: '例: 月 5 万円まで、予算は開発部',
    choose: '選択してください',
    sentTitle: '申請しました',
    sent: (channel: SafeMrkdwn): SafeMrkdwn =>
      mrk`申請を受け付けました。進み具合は ${channel} のカードで確認できます。動きがあれば、そのスレッドでお知らせします。`,
  },
  errors: {
    name: '名前を 1〜80 文字で書いてください。',
    kind: '種類を選んでください。',
    purpose: '用途を 1〜1000 文字で書いてください。',
    owner: '責任者を選んでください。',
    mail: 'メールアドレスの形式で書いてください。例: aws+shop@example.com',
    mailUsed: 'このアドレスは、ほかのアカウントで使われています。別のアドレスにしてください。',
    project: '80 文字以内で書いてください。',
    newChannel:
      '小文字、数字、ハイフン、アンダースコアで、80 文字以内で書いてください。例: shop-staging-security',
    twoChannels: 'チャンネルは、選ぶか、新しい名前を書くか、どちらか一方にしてください。',
    text: (max: number): string => `${max} 文字以内で書いてください。`,
    required: '入力してください。',
    option: '選択肢から選んでください。',
    id: '12 桁のアカウント ID を書いてください。例: 111122223333',
    registered:
      'このアカウントには、すでに責任者が登録されています。変更するときは /secops owner を使ってください。',
    underWay: 'このアカウントは、ほかの申請で登録を進めています。',
    note: '足りないものがあっても登録する理由を書いてください。',
  },
  enter: {
    title: 'アカウント ID の入力',
    submit: '確認して登録する',
    about: (name: string): SafeMrkdwn =>
      mrk`作成したアカウント *${name}* の ID を入力してください。ボットがロールと Security Hub を確認し、すべてそろっていれば登録します。`,
    id: 'アカウント ID',
    idHint: '12 桁の数字です。',
    unchecked: '足りないものがある場合',
    uncheckedOption: '足りないものがあっても登録する',
    uncheckedHint:
      'Security Hub のメンバーであれば、検出結果の通知と抑制はできます。ロールがない間、アカウントの中での操作はできません。',
    note: 'その理由',
    noteHint: '上を選んだ場合だけ書いてください。履歴に残ります。',
  },
  register: {
    title: 'アカウントの登録',
    about: (account: SafeMrkdwn): SafeMrkdwn =>
      mrk`すでにあるアカウント ${account} を登録します。ボットがロールと Security Hub を確認し、すべてそろっていれば登録します。`,
    sentTitle: '受け付けました',
    sent: (channel: SafeMrkdwn): SafeMrkdwn => mrk`確認の結果と進み具合は、${channel} のカードに表示します。`,
    usage: '/secops account register に、12 桁のアカウント ID か名前を続けて入力してください。',
  },
  card: {
    title: (name: string): string => `新しいアカウント: ${name}`,
    existing: (name: string): string => `アカウントの登録: ${name}`,
    ready: (name: string): string => `アカウントの準備ができました: ${name}`,
    asker: '申請した人',
    owner: '責任者',
    deputy: '代理',
    nobody: 'なし',
    kind: '種類',
    project: 'プロジェクト',
    channel: 'チャンネル',
    newChannel: (name: string): string => `#${name} (これから作成)`,
    defaultChannel: '既定のチャンネル',
    account: 'アカウント ID',
    purpose: '用途',
    progress: '進み具合',
    reached: (step: string, when: SafeMrkdwn): SafeMrkdwn => mrk`✅ *${step}* ${when}`,
    skipped: (step: string, when: SafeMrkdwn): SafeMrkdwn => mrk`⚠️ *${step}* ${when}`,
    by: (who: SafeMrkdwn): SafeMrkdwn => mrk` ${who}`,
    awaited: (step: string, what: string): SafeMrkdwn => mrk`⏳ *${step}* ${what}`,
    late: (step: string, what: string): SafeMrkdwn => mrk`⚠️ *${step}* 予定より遅れています。${what}`,
    until: (when: SafeMrkdwn): SafeMrkdwn => mrk` (目安: ${when})`,
    later: (step: string): SafeMrkdwn => mrk`▫️ ${step}`,
    unreached: (step: string): SafeMrkdwn => mrk`– ${step}`,
    checks: (when: SafeMrkdwn): SafeMrkdwn => mrk`*確認の結果* (${when})`,
    unchecked: (why: SafeMrkdwn): SafeMrkdwn => mrk`足りないものがある状態で登録しました。理由: ${why}`,
    withoutRole: mrk`Security Hub のメンバーであれば、検出結果の通知と抑制はできます。ロールがない間、アカウントの中での操作はできません。`,
    left: (what: string): SafeMrkdwn =>
      mrk`申請にあった${what}が見つからなくなったため、登録していません。\`/secops owner\` で登録してください。`,
    because: '理由',
    enter: 'アカウント ID を入力…',
    again: 'もう一度確認する',
    insteadOf: (channel: SafeMrkdwn): SafeMrkdwn =>
      mrk`${channel} に投稿できないため、こちらに届けています。ボットが招待されているか、社外と共有されたチャンネルでないかを確認してください。`,
  },
  thread: {
    approved: (asker: SafeMrkdwn, team: SafeMrkdwn): SafeMrkdwn =>
      mrk`${asker}、申請が承認されました。${team}、アカウントを作成し、カードのボタンから ID を入力してください。`,
    created: (account: SafeMrkdwn): SafeMrkdwn => mrk`アカウント ${account} の ID が入力されました。`,
    baseline: mrk`ロールと Security Hub の準備ができていることを確認しました。`,
    unchecked: mrk`足りないものがある状態で、登録を進めました。`,
    registered: (account: SafeMrkdwn, owner: SafeMrkdwn): SafeMrkdwn =>
      mrk`アカウント ${account} を登録しました。責任者は${owner}です。`,
    ownerless: (account: SafeMrkdwn): SafeMrkdwn =>
      mrk`アカウント ${account} を登録しました。責任者はまだ登録されていません。`,
    ready: (who: SafeMrkdwn): SafeMrkdwn =>
      mrk`🎉 ${who}、アカウントの準備ができました。どうぞお使いください。`,
    missing: (who: SafeMrkdwn): SafeMrkdwn =>
      mrk`${who}、まだ足りないものがあります。カードの確認の結果を見て、直したら「もう一度確認する」を押してください。`,
    late: (team: SafeMrkdwn, step: string): SafeMrkdwn =>
      mrk`${team}、「${step}」が予定より遅れています。状況を確認してください。`,
    denied: (asker: SafeMrkdwn, who: SafeMrkdwn): SafeMrkdwn => mrk`${asker}、申請は${who}に却下されました。`,
    ruledOut: (asker: SafeMrkdwn): SafeMrkdwn =>
      mrk`${asker}、権限が足りなくなったため、申請は無効になりました。`,
    withdrawn: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}が申請を取り下げました。`,
    expired: (asker: SafeMrkdwn): SafeMrkdwn =>
      mrk`${asker}、期限までに承認がそろわなかったため、申請は無効になりました。必要な場合は、もう一度申請してください。`,
    failed: (asker: SafeMrkdwn, why: string): SafeMrkdwn => mrk`${asker}、${why}`,
  },
  answers: {
    checks: mrk`まだ足りないものがあります。カードの確認の結果を見てください。`,
    registered: mrk`このアカウントには、すでに責任者が登録されています。変更はありません。`,
    'under-way': mrk`このアカウントは、ほかの申請で登録を進めています。変更はありません。`,
  },
};

export const en: typeof ja = {
  step: {
    requested: 'Requested',
    approved: 'Approved',
    created: 'Created',
    baseline: 'Baseline checked',
    registered: 'Registered',
    ready: 'Ready',
  },
  awaiting: {
    requested: 'waits to be requested',
    approved: 'waits for the security team’s approval',
    created: 'waits for somebody to create it and enter its id',
    baseline: 'waits for the role and for Security Hub',
    registered: 'waits to be registered',
    ready: 'waits for the first findings from Security Hub',
  },
  dropped: { owner: 'owner', deputy: 'deputy', channel: 'channel' },
  role: {
    ok: (arn) => mrk`✅ The bot’s role ${arn} can be assumed.`,
    other: (arn, said) =>
      mrk`❌ Another account, ${said}, answers for the role ${arn}. Please check the id that was entered.`,
    unknown: (arn, said) =>
      mrk`⚠️ The role ${arn} could not be checked (${said}). Please try again in a while.`,
  },
  refused: {
    'no-entry': (arn, said) =>
      mrk`❌ The bot’s role ${arn} cannot be assumed (${said}). Either it is not there, or it trusts somebody else or asks for another external id.`,
    outdated: (arn, said) =>
      mrk`❌ The role ${arn} cannot be assumed (${said}) because it comes from an earlier template. Please update its stack.`,
    forbidden: (arn, said) =>
      mrk`❌ A policy of the organization (SCP or RCP) denies the bot the role ${arn} (${said}). Please let the bot’s role through in that policy.`,
    'region-off': (arn, said) =>
      mrk`❌ The role ${arn} cannot be used (${said}) because this account has the bot’s Region off, or STS in it. Please enable them under AWS Regions and in IAM’s account settings.`,
    suspended: (arn, said) =>
      mrk`❌ The role ${arn} cannot be assumed (${said}) because this account is suspended or closed. If it is to be used, please ask AWS Support.`,
    other: (arn, said) =>
      mrk`❌ The bot’s role ${arn} cannot be assumed (${said}). Please check the bot’s settings \`MEMBER_ROLE_NAME\` and \`MEMBER_EXTERNAL_ID\`.`,
  },
  template: {
    deploy: mrk`Please deploy the template \`infra/member/secops-bot-member.yml\` in this account with these values; \`docs/roles.md\` has the commands.`,
    value: (parameter, value) => mrk`• ${parameter}: ${value}`,
    externalId: mrk`that of the bot’s setting \`MEMBER_EXTERNAL_ID\``,
    noExternalId: mrk`left empty`,
  },
  missing: {
    'role-no-entry': 'The bot’s role cannot be assumed.',
    'role-outdated': 'The bot’s role comes from an earlier template.',
    'role-forbidden': 'A policy of the organization denies the bot its role.',
    'role-region-off': 'The account has the bot’s Region off.',
    'role-suspended': 'The account is suspended or closed.',
    'role-other': 'The bot’s role cannot be assumed.',
    'role-other-account': 'Another account answers for the bot’s role.',
    'role-unknown': 'The bot’s role could not be checked.',
    'hub-absent': 'It is no member of Security Hub.',
    'hub-invited': 'It is not an enabled member of Security Hub yet.',
    'hub-suspended': 'The account is suspended.',
    'hub-unknown': 'Security Hub could not be asked.',
  },
  hub: {
    ok: () => mrk`✅ It is a member of Security Hub.`,
    absent: () =>
      mrk`❌ It is no member of Security Hub. Please add it as a member in Security Hub’s administrator account.`,
    invited: (said) =>
      mrk`❌ It is not an enabled member of Security Hub yet (status: ${said}). Please check whether it has accepted the invitation.`,
    suspended: (said) =>
      mrk`❌ Security Hub says that this account is suspended (status: ${said}). If it is to be used, please ask AWS Support.`,
    unknown: (said) =>
      mrk`⚠️ Security Hub could not be asked (${said}). Please check that the bot is allowed \`securityhub:GetMembers\`.`,
  },
  ends: {
    denied: '🚫 Denied',
    withdrawn: '↩️ Withdrawn',
    expired: '⌛ Expired',
    failed: '⚠️ Could not go on',
  },
  failures: {
    'mail-used': 'the root mail address belongs to another account. Please ask again with another address.',
    'owner-left': 'whoever was to be the owner has left Slack. Please ask again and choose somebody else.',
    'no-such-group':
      'the user group that was to be the owner is gone. Please ask again and choose another one.',
  },
  anyFailure: 'it could not be done. Please ask again.',
  form: {
    title: 'Request a new account',
    submit: 'Request',
    intro: mrk`Ask for a new AWS account. Once this is approved, the security team creates it. You can follow it on the card of your request.`,
    approval: (kind, who) => mrk`${kind}: needs the approval of ${who}.`,
    noApproval: (kind) => mrk`${kind}: needs no approval.`,
    notAllowed: (kind) => mrk`${kind}: you cannot ask for one.`,
    name: 'Account name',
    namePlaceholder: 'e.g. shop-staging',
    kind: 'Kind',
    purpose: 'Purpose',
    purposePlaceholder: 'What the account will be used for',
    owner: 'Owner',
    ownerHint: 'Whoever will receive the security requests of this account.',
    ownerGroup: 'User group as owner',
    ownerGroupHint: 'For a team. If you choose one, the group becomes the owner.',
    group: 'Choose a group',
    person: 'Choose a person',
    deputy: 'Deputy',
    project: 'Project',
    mail: 'Root mail address',
    mailHint: 'One that no other account uses. Best is an address that a team reads, not one person.',
    channel: 'Channel for its requests',
    channelHint:
      'Without one they go to the default channel. Channels shared with other companies cannot be chosen.',
    channelPlaceholder: 'Choose a channel',
    newChannel: 'Name of a new channel',
    newChannelHint: 'Only if it is still to be created. It is not created automatically.',
    cost: 'Cost',
    costPlaceholder: 'e.g. up to 500 USD a month, from the budget of development',
    choose: 'Choose',
    sentTitle: 'Requested',
    sent: (channel) =>
      mrk`Your request has been received. You can follow it on its card in ${channel}; news are told in its thread.`,
  },
  errors: {
    name: 'Please write a name of 1 to 80 characters.',
    kind: 'Please choose a kind.',
    purpose: 'Please write the purpose in 1 to 1000 characters.',
    owner: 'Please choose an owner.',
    mail: 'Please write a mail address, such as aws+shop@example.com',
    mailUsed: 'Another account uses this address. Please choose another one.',
    project: 'Please write at most 80 characters.',
    newChannel: 'Small letters, digits, hyphens and underscores, at most 80, such as shop-staging-security',
    twoChannels: 'Please choose a channel or name a new one, not both.',
    text: (max) => `Please write at most ${max} characters.`,
    required: 'Please fill this in.',
    option: 'Please choose one of the options.',
    id: 'Please write the twelve digits of the account’s id, such as 111122223333',
    registered: 'This account has an owner already. To change it, use /secops owner.',
    underWay: 'Another request is about this account already.',
    note: 'Please write why it is registered although something is missing.',
  },
  enter: {
    title: 'Enter the account’s id',
    submit: 'Check and register',
    about: (name) =>
      mrk`Please enter the id of the account *${name}* that you have created. The bot looks at its role and at Security Hub, and registers the account if nothing is missing.`,
    id: 'Account id',
    idHint: 'Twelve digits.',
    unchecked: 'If something is missing',
    uncheckedOption: 'Register it all the same',
    uncheckedHint:
      'As a member of Security Hub its findings can be told and suppressed. Without the role nothing can be done in the account itself.',
    note: 'Why',
    noteHint: 'Only if you have chosen the above. It is kept in the history.',
  },
  register: {
    title: 'Register an account',
    about: (account) =>
      mrk`Register the existing account ${account}. The bot looks at its role and at Security Hub, and registers the account if nothing is missing.`,
    sentTitle: 'Received',
    sent: (channel) => mrk`What is found out is shown on a card in ${channel}.`,
    usage: 'Write the twelve digits of an account’s id, or its name, behind /secops account register.',
  },
  card: {
    title: (name) => `New account: ${name}`,
    existing: (name) => `Registering the account: ${name}`,
    ready: (name) => `The account is ready: ${name}`,
    asker: 'Requested by',
    owner: 'Owner',
    deputy: 'Deputy',
    nobody: 'nobody',
    kind: 'Kind',
    project: 'Project',
    channel: 'Channel',
    newChannel: (name) => `#${name} (still to be created)`,
    defaultChannel: 'the default channel',
    account: 'Account id',
    purpose: 'Purpose',
    progress: 'Progress',
    reached: (step, when) => mrk`✅ *${step}* ${when}`,
    skipped: (step, when) => mrk`⚠️ *${step}* ${when}`,
    by: (who) => mrk` ${who}`,
    awaited: (step, what) => mrk`⏳ *${step}* ${what}`,
    late: (step, what) => mrk`⚠️ *${step}* takes longer than planned: ${what}`,
    until: (when) => mrk` (planned by ${when})`,
    later: (step) => mrk`▫️ ${step}`,
    unreached: (step) => mrk`– ${step}`,
    checks: (when) => mrk`*What was looked at* (${when})`,
    unchecked: (why) => mrk`Registered although something is missing, because: ${why}`,
    withoutRole: mrk`As a member of Security Hub its findings can be told and suppressed. Without the role nothing can be done in the account itself.`,
    left: (what) =>
      mrk`The ${what} that was asked for is gone and not registered. Please use \`/secops owner\`.`,
    because: 'Reason',
    enter: 'Enter the account’s id…',
    again: 'Check again',
    insteadOf: (channel) =>
      mrk`This is shown here because the bot cannot post to ${channel}. Please check that the bot is invited there and that the channel is not shared with other companies.`,
  },
  thread: {
    approved: (asker, team) =>
      mrk`${asker}, your request is approved. ${team}, please create the account, then enter its id with the card’s button.`,
    created: (account) => mrk`The id of account ${account} has been entered.`,
    baseline: mrk`Its role and Security Hub are as they should be.`,
    unchecked: mrk`It goes on although something is missing.`,
    registered: (account, owner) => mrk`Account ${account} is registered. Its owner is ${owner}.`,
    ownerless: (account) => mrk`Account ${account} is registered. It has no owner yet.`,
    ready: (who) => mrk`🎉 ${who}, the account is ready to use.`,
    missing: (who) =>
      mrk`${who}, something is still missing. Please look at the card, and press “Check again” when it is mended.`,
    late: (team, step) => mrk`${team}, the step “${step}” takes longer than planned. Please look at it.`,
    denied: (asker, who) => mrk`${asker}, your request was denied by ${who}.`,
    ruledOut: (asker) =>
      mrk`${asker}, your request has ended because you are not permitted to ask for this any more.`,
    withdrawn: (who) => mrk`${who} has withdrawn the request.`,
    expired: (asker) =>
      mrk`${asker}, your request was not approved in time and is void. Please ask again if you still need it.`,
    failed: (asker, why) => mrk`${asker}, ${why}`,
  },
  answers: {
    checks: mrk`Something is still missing. Please look at the card.`,
    registered: mrk`This account has an owner already. Nothing was changed.`,
    'under-way': mrk`Another request is about this account already. Nothing was changed.`,
  },
};
